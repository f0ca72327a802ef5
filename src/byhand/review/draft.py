"""The edits of a recording and its approval, as they lie in the vault: two sheets, sealed beside the recording.

Rules of this module: pure. A draft follows events when a part was forgotten (`Sheet.moves`). An approval is what was
said at a time; whether it still holds is never stored, but found by making the artefact again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from byhand.errors import ReviewError, VaultDamaged, VaultError
from byhand.review.edits import Edit, follow
from byhand.vault.cutting import Moved
from byhand.vault.store import Sheet

EDITS = "edits"
APPROVAL = "approval"
VERSION = 1
MOST = 1_000
_T = TypeVar("_T", "Draft", "Approved")
_AS_IT_WAS = "the edits are as they were"


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person's edits. `made`: oldest first. `undone`: the one undone last comes last. `revision` grows with each
    change.
    """

    version: int = VERSION
    revision: int = 0
    made: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    def add(self, edit: Edit) -> Draft:
        """Raises:
        ReviewError: there are too many already.
        """
        if len(self.made) >= MOST:
            raise ReviewError("bad_edit", f"a draft holds at most {MOST:,} edits", fate=_AS_IT_WAS)
        return Draft(revision=self.revision + 1, made=(*self.made, edit))

    def undo(self) -> Draft:
        """Raises:
        ReviewError: there is nothing to undo.
        """
        if not self.made:
            raise ReviewError("nothing_to_undo", "there is nothing to undo", fate=_AS_IT_WAS)
        *made, last = self.made
        return Draft(revision=self.revision + 1, made=tuple(made), undone=(*self.undone, last))

    def redo(self) -> Draft:
        """Raises:
        ReviewError: there is nothing to redo.
        """
        if not self.undone:
            raise ReviewError("nothing_to_undo", "there is nothing to redo", fate=_AS_IT_WAS)
        *undone, last = self.undone
        return Draft(revision=self.revision + 1, made=(*self.made, last), undone=tuple(undone))


class Approved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The person said: these bytes may leave. sha256: their name, in hex. at: UTC seconds. entry: of the ledger."""

    sha256: str
    at: int
    entry: int
    version: int = VERSION


def draft_of(sheet: Sheet | None) -> Draft:
    """The draft, for the numbers events have now.

    Raises:
        VaultError: a newer byhand wrote it.
        VaultDamaged: it can't be read.
    """
    if sheet is None:
        return Draft()
    draft = _read(sheet, Draft)
    for moves in sheet.moves:
        draft = Draft(
            revision=draft.revision + 1, made=_followed(draft.made, moves), undone=_followed(draft.undone, moves)
        )
    return draft


def approved_of(sheet: Sheet | None) -> Approved | None:
    """What was approved. Raises like `draft_of`."""
    return None if sheet is None else _read(sheet, Approved)


def pack(value: Draft | Approved) -> bytes:
    return msgspec.msgpack.encode(value)


def _followed(edits: Sequence[Edit], moves: Sequence[Moved]) -> tuple[Edit, ...]:
    moved = (follow(edit, moves) for edit in edits)
    return tuple(edit for edit in moved if edit is not None)


class _Versioned(msgspec.Struct, frozen=True):
    version: int


def _read(sheet: Sheet, kind: type[_T]) -> _T:
    try:
        if msgspec.msgpack.decode(sheet.body, type=_Versioned).version != VERSION:
            raise VaultError("these edits were made by a newer byhand", hints=("update byhand to read them",))
        return msgspec.msgpack.decode(sheet.body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise VaultDamaged("what was laid beside a recording has a wrong form") from None
