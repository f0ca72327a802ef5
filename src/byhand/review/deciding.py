"""What a person decides: edits, undo, approving, taking back, forgetting.

Rules of this module: it fails closed. An approval is written into the ledger before it counts, so that none is ever
without an entry. Each change names the draft it was made on, and is refused when that one moved on.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from pathlib import Path

import msgspec

from byhand.errors import ReviewError, VaultDamaged
from byhand.review import draft
from byhand.review.answers import Approval, DraftAnswer
from byhand.review.desk import Desk
from byhand.review.draft import Approved, Draft
from byhand.review.edits import Edit, check
from byhand.review.source import Source, approval, leaving, load, refusal, second_look
from byhand.vault.store import Forgotten

_AS_IT_WAS = "the edits are as they were"


class Clocks(msgspec.Struct, frozen=True):
    """Now, as forgetting needs it. boot_id: CLOCK_MONOTONIC counts from that boot."""

    utc_ns: Callable[[], int]
    mono_ns: Callable[[], int]
    boot_id: str


class Decisions:
    """Changes what the desk shows.

    Args:
        tell: says to a running recorder that the last so many ns are to be forgotten, before the vault does it.
    """

    def __init__(self, desk: Desk, clocks: Clocks, tell: Callable[[Path, int], None]) -> None:
        self._desk = desk
        self._clocks = clocks
        self._tell = tell

    def edit(self, name: str, revision: int, edit: Edit) -> DraftAnswer:
        """One more edit.

        Raises:
            ReviewError: it does not fit, or the draft has moved on.
        """

        def added(source: Source) -> Draft:
            check(edit, source.header, source.events)
            return source.draft.add(edit)

        return self._change(name, revision, added)

    def undo(self, name: str, revision: int) -> DraftAnswer:
        return self._change(name, revision, lambda source: source.draft.undo())

    def redo(self, name: str, revision: int) -> DraftAnswer:
        return self._change(name, revision, lambda source: source.draft.redo())

    def _change(self, name: str, revision: int, make: Callable[[Source], Draft]) -> DraftAnswer:
        source = self._desk.source(name)
        if source.info.state == "open":
            raise ReviewError(
                "still_recording", "this recording is still being made", hints=("stop it first: byhand stop",),
                fate=_AS_IT_WAS,
            )  # fmt: skip
        if source.damage:
            raise VaultDamaged(source.damage, hints=("to erase it, run: byhand forget " + name,), fate=_AS_IT_WAS)
        if source.draft.revision != revision:
            raise _moved_on()
        made = make(source)
        lying = {draft.EDITS: source.sheets[draft.EDITS]}
        if not self._desk.vault.put_sheets(name, {draft.EDITS: draft.pack(made)}, lying=lying):
            raise _moved_on()
        return self._desk.draft(load(self._desk.vault, self._desk.info(name)))

    def approve(self, name: str, sha256: str) -> Approval:
        """Say that these very bytes may leave.

        Raises:
            ReviewError: they may not, or they are not the bytes that would leave now.
            LedgerBroken, VaultFull, VaultDamaged: it can't be written down; then nothing is approved.
        """
        desk = self._desk
        source = desk.source(name)
        made = leaving(source)
        refused = refusal(source, made, desk.home, second_look(made, desk.finds))
        if refused is not None:
            raise refused
        if not hmac.compare_digest(made.sha256, sha256):
            raise ReviewError(
                "not_these_bytes", "what would leave is no longer what you looked at", hints=("look at it again",),
                fate="nothing was approved",
            )  # fmt: skip
        entry, at = desk.books.record("approve", {"recording": name, "sha256": sha256, "purpose": "train"})
        said = draft.pack(Approved(sha256, at, entry))
        if not desk.vault.put_sheets(name, {draft.APPROVAL: said}, lying=source.sheets):
            raise _moved_on()
        desk.vault.mark_reviewed(name)
        return self._approval(name)

    def take_back(self, name: str) -> Approval:
        """The approval is gone, whatever the ledger can be told."""
        desk = self._desk
        desk.info(name)
        had = desk.vault.has_sheet(name, draft.APPROVAL)
        desk.vault.put_sheets(name, {draft.APPROVAL: None})
        if had:
            desk.books.record("take_back", {"recording": name})
        return self._approval(name)

    def _approval(self, name: str) -> Approval:
        desk = self._desk
        return approval(load(desk.vault, desk.info(name)), desk.books, desk.home, desk.finds)

    def reviewed(self, name: str) -> None:
        """Retention no longer takes it by itself."""
        self._desk.source(name)
        self._desk.vault.mark_reviewed(name)

    def forget(self, name: str) -> Forgotten:
        self._desk.info(name)
        forgotten = self._desk.vault.forget(name)
        self._note(forgotten)
        return forgotten

    def forget_last(self, seconds: int) -> Forgotten:
        span_ns = seconds * 10**9
        # A recorder first writes what it still holds of that time; then it goes with the rest.
        self._tell(self._desk.home, span_ns)
        forgotten = self._desk.vault.forget_last(
            span_ns,
            now_utc_ns=self._clocks.utc_ns(),
            now_mono_ns=self._clocks.mono_ns(),
            boot_id=self._clocks.boot_id,
        )
        self._note(forgotten)
        return forgotten

    def _note(self, forgotten: Forgotten) -> None:
        detail = {"recordings": forgotten.whole, "parts_of": forgotten.part}
        if any(detail.values()):
            self._desk.books.record("forget", {name: ids for name, ids in detail.items() if ids})


def _moved_on() -> ReviewError:
    return ReviewError(
        "moved_on", "the edits were changed meanwhile", hints=("load the recording again",), fate=_AS_IT_WAS
    )
