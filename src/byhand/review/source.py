"""One recording as it lies in the vault now, with what was laid beside it, and what the edits make of it.

Rules of this module: it reads everything anew each time. Nothing that was found out is kept: an approval that held a
moment ago says nothing about the bytes that lie there now.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from byhand.errors import Problem, ReviewError, VaultDamaged, VaultError
from byhand.events.kinds import Header, Numbered
from byhand.events.time import MS
from byhand.review import artefact, draft
from byhand.review.answers import Approval, StoryRow
from byhand.review.apply import apply, is_bare
from byhand.review.books import Books
from byhand.review.draft import Approved, Draft
from byhand.review.looking import Finds, Hit, look
from byhand.seal.header import Summary
from byhand.ui.story.rows import tell
from byhand.ui.words import many
from byhand.vault.grants import is_withdrawn
from byhand.vault.store import RecordingInfo, Sheet, Vault

_NOT_APPROVED = "nothing was approved"


class Source(msgspec.Struct, frozen=True):
    """A recording. `sheets`: as they lie there. `damage`: why the sheets can't be read, or ""."""

    info: RecordingInfo
    header: Header
    summary: Summary | None
    events: list[Numbered]
    problems: list[str]
    sheets: dict[str, Sheet | None]
    draft: Draft
    approved: Approved | None
    damage: str

    @property
    def zero_ns(self) -> int:
        return self.events[0].event.mono_ns if self.events else 0

    def t(self, ns: int) -> int:
        """Time of the page: ms since the first event."""
        return (ns - self.zero_ns) // MS


class Leaving(msgspec.Struct, frozen=True):
    """The bytes that would leave, and what they say when they are read back."""

    data: bytes
    sha256: str
    shared: artefact.Shared


def load(vault: Vault, info: RecordingInfo) -> Source:
    """Raises:
    NoSuchRecording, KeyMissing, VaultError.
    VaultDamaged: not even its header can be read.
    """
    problems: list[Problem] = []
    header = vault.header(info.id)
    events = list(vault.read(info.id, problems))
    try:
        summary = vault.summary(info.id)
    except VaultDamaged:
        summary = None  # reading has named it as a problem
    sheets: dict[str, Sheet | None] = {}
    damage = ""
    edits, approved = Draft(), None
    try:
        sheets = {name: vault.sheet(info.id, name) for name in (draft.EDITS, draft.APPROVAL)}
        edits, approved = draft.draft_of(sheets[draft.EDITS]), draft.approved_of(sheets[draft.APPROVAL])
    except VaultDamaged:
        damage = "the edits or the approval of this recording do not verify"
    told = [problem.message for problem in problems] + ([damage] if damage else [])
    return Source(info, header, summary, events, told, sheets, edits, approved, damage)


def leaving(source: Source) -> Leaving:
    """Make the bytes, and read them back.

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    data = artefact.pack(apply(source.header, source.events, source.draft.made))
    return Leaving(data, artefact.name(data), artefact.read(data))


def refusal(source: Source, made: Leaving, home: Path, hits: Sequence[Hit]) -> ReviewError | None:
    """Why these bytes can't be approved, or None."""
    if source.info.state == "open":
        return _no("still_recording", "this recording is still being made", "stop it first: byhand stop")
    if source.problems:
        return _no("damaged", "this recording is damaged", "to see where, run: byhand show " + source.info.id)
    if source.header.purpose != "train":
        return _no(
            "mine_only", "you granted this recording for your own use only, so it can't be shared",
            "a recording made under a grant for training can",
        )  # fmt: skip
    if is_withdrawn(home, source.header.grant):
        return _no("withdrawn", "you took back the consent this recording was made under")
    if is_bare(made.shared):
        return _no("nothing_left", "nothing is left to share")
    if hits:
        return _no(
            "second_look", f"a second look found {many(len(hits), 'private thing')} in what would leave",
            "cut or relabel what it names",
        )  # fmt: skip
    return None


def second_look(made: Leaving, finds: Finds) -> list[Hit]:
    return look(made.shared.events, finds)


class Judged(msgspec.Struct, frozen=True):
    """What would leave, what speaks against it, and whether what was approved holds. made: None where no bytes can be
    made.
    """

    made: Leaving | None
    hits: list[Hit]
    refused: ReviewError | None
    approval: Approval


def judge(source: Source, books: Books, home: Path, finds: Finds) -> Judged:
    """Make the bytes and look at them. Whether an approval holds is found by making them again."""
    said = source.approved
    try:
        made = leaving(source)
    except VaultError as error:
        return Judged(None, [], _no("damaged", error.message), _approval(source, "the recording is damaged"))
    hits = second_look(made, finds)
    refused = refusal(source, made, home, hits)
    if said is None or source.damage:
        return Judged(made, hits, refused, _approval(source, source.damage))
    why = ""
    if made.sha256 != said.sha256:
        why = "something changed since it was approved"
    elif refused is not None:
        why = refused.message
    elif not books.confirms(said.entry, source.info.id, said.sha256):
        why = "the ledger does not confirm the approval"
    return Judged(made, hits, refused, _approval(source, why))


def approval(source: Source, books: Books, home: Path, finds: Finds) -> Approval:
    """Whether what was approved is what would leave now. Bytes are made only where something was approved."""
    if source.approved is None or source.damage:
        return _approval(source, source.damage)
    return judge(source, books, home, finds).approval


def _approval(source: Source, against: str) -> Approval:
    said = source.approved
    if said is None:
        if against and source.damage:
            return Approval("void", says=against)
        return Approval("none", says="nothing of it was approved to be shared")
    if against:
        return Approval("void", said.sha256, said.at, against)
    return Approval("approved", said.sha256, said.at, "approved: these very bytes may leave")


def rows(events: Sequence[Numbered], zero_ns: int, cut: frozenset[int] = frozenset()) -> list[StoryRow]:
    """The story, each row with the events it stands for."""
    told = list(tell(events))
    starts = sorted(row.seq for row in told)
    last = events[-1].seq if events else 0
    until = dict(zip(starts, [*(after - 1 for after in starts[1:]), last], strict=False))
    known = [one.seq for one in events]
    return [
        StoryRow(
            seq=row.seq, until=max(until[row.seq], row.seq), t=(row.ns - zero_ns) // MS, kind=row.kind, app=row.app,
            verb=row.verb, what=row.what, note=row.note, by=row.by,
            cut=bool(cut) and _all_cut(row.seq, max(until[row.seq], row.seq), known, cut),
        )
        for row in told
    ]  # fmt: skip


def _all_cut(first: int, last: int, known: Sequence[int], cut: frozenset[int]) -> bool:
    return all(seq in cut for seq in range(first, last + 1)) if len(known) == known[-1] + 1 else first in cut


def _no(code: str, message: str, *hints: str) -> ReviewError:
    return ReviewError(code, message, hints=hints, fate=_NOT_APPROVED)
