"""Forgetting: a new vault key, everything that stays wrapped under it, the old vault key destroyed.

Deleting rows is not enough: an old copy of the file still holds them. So each forgetting changes the vault's key, and
with the old key gone no older copy of the file opens. The order is safe wherever the process dies:

    1 note the coming generation   2 store its key            (a crash here: the next open destroys the unused key)
    3 one transaction: rows deleted or sealed anew, all other keys rewrapped, generation changed, the old noted as stale
    4 destroy the old key          5 empty the log, drop the note  (a crash here: the next open goes on from 4)
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from byhand.errors import NoSuchRecording, Problem, VaultDamaged, VaultFull
from byhand.events.kinds import AnyEvent, Header
from byhand.seal.envelope import KEY_BYTES, NONCE_BYTES, open_sealed, seal
from byhand.seal.header import End, Summary, seal_end, seal_header
from byhand.seal.keys import unwrap, wrap
from byhand.vault import sheets
from byhand.vault.cutting import Moved, counts, cut, is_bare, moved
from byhand.vault.database import Database, RecordingRow
from byhand.vault.lock import Lock
from byhand.vault.reading import end_of, header_of, read
from byhand.vault.ring import Ring
from byhand.vault.writing import write_all

Step = Callable[[str], None]
"""Told where we are, so that a test can pull the plug there."""

Taken = Callable[[Header], Callable[[Sequence[AnyEvent]], list[bool]]]


def unknown(name: str) -> NoSuchRecording:
    return NoSuchRecording(f"there is no recording {name}", hints=("to see what there is, run: byhand list",))


class Forgotten(msgspec.Struct, frozen=True):
    """What was erased: whole recordings, recordings that lost a part, and how many events in all."""

    whole: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    events: int = 0


class _Cut(msgspec.Struct, frozen=True):
    """A recording that loses something. `events` None: all of it."""

    row: RecordingRow
    header: Header | None
    summary: Summary | None
    events: list[AnyEvent] | None
    lost: int
    moves: tuple[Moved, ...] = ()


class Eraser:
    """Forgets in one vault file. One forgetting at a time, across processes."""

    def __init__(self, database: Database, ring: Ring, lock: Lock, reserve: Path, step: Step) -> None:
        self._database = database
        self._ring = ring
        self._lock = lock
        self._reserve = reserve
        self._step = step

    def whole(self, names: Sequence[str]) -> Forgotten:
        """Erase these recordings."""
        with self._lock:
            self._tidy()
            cuts: list[_Cut] = []
            for name in names:
                row = self._database.recording(name)
                if row is None:
                    raise NoSuchRecording(
                        f"there is no recording {name}", hints=("to see what there is, run: byhand list",)
                    )
                cuts.append(_Cut(row, None, None, None, self._count(name)))
            return self._rotate(cuts, None, details=False) if cuts else Forgotten()

    def everything(self) -> Forgotten:
        """Erase all recordings and what the ledger's leaves stood for. Needs no old key: a lost one is no hindrance."""
        with self._lock:
            self._tidy()
            cuts = [_Cut(row, None, None, None, self._count(row.id)) for row in self._database.recordings()]
            return self._rotate(cuts, None, details=True)

    def part(self, taken: Taken, live: Callable[[RecordingRow], bool]) -> Forgotten:
        """Erase what `taken` takes of each recording. `live` tells which may grow: those are cut while they can't."""
        with self._lock:
            self._tidy()
            rows = self._database.recordings()
            # A recording that has ended changes only under our lock: prepared beforehand, a writer hardly waits for it.
            ended = [self._prepare(row, taken, keep=False) for row in rows if not live(row)]
            cuts = [one for one in ended if one is not None]
            growing = [row.id for row in rows if live(row)]

            def late() -> list[_Cut]:
                found = [self._database.recording(name) for name in growing]
                made = [self._prepare(row, taken, keep=True) for row in found if row is not None]
                return [one for one in made if one is not None]

            if not cuts and not any(self._prepare(row, taken, keep=True) for row in rows if row.id in growing):
                return Forgotten()
            return self._rotate(cuts, late, details=False)

    def finish_started(self) -> None:
        """Go on with a forgetting that a crash interrupted. Does nothing while another process is at it."""
        if self._database.damage or (self._database.meta("pending") is None and self._database.meta("stale") is None):
            return
        if self._lock.take():
            try:
                self._tidy()
            finally:
                self._lock.give()

    def _count(self, name: str) -> int:
        found = self._database.rows("SELECT coalesce(sum(count), 0) FROM segments WHERE recording=?", name)
        return msgspec.convert(found[0][0], int)

    def _key(self, row: RecordingRow) -> bytes:
        return unwrap(self._ring.key(row.generation), row.generation, row.id, row.wrapped)

    def _prepare(self, row: RecordingRow, taken: Taken, *, keep: bool) -> _Cut | None:
        """What this recording loses, or None. Damaged segments can't be sealed anew: they are lost with the old key."""
        problems: list[Problem] = []
        connection = self._database.look()
        try:
            key = self._key(row)
            header = header_of(row, key)
            events = [one.event for one in read(connection, row, key, problems)]
        finally:
            connection.close()
        marks = taken(header)(events)
        if not any(marks):
            return None
        left = cut(events, marks)
        if left == events:
            return None
        end = end_of(row, key)
        gone = sum(marks)
        if is_bare(left) and not keep:
            return _Cut(row, None, None, None, gone)
        return _Cut(row, header, None if end is None else end.summary, left, gone, moved(events, left))

    def _rotate(self, cuts: list[_Cut], late: Callable[[], list[_Cut]] | None, *, details: bool) -> Forgotten:
        try:
            return self._rotate_once(cuts, late, details=details)
        except VaultFull:
            # A full disk must not keep us from forgetting. The keys do the erasing; zeros over deleted pages would need
            # room in the log, so they are left out, and the little that is needed was reserved when recording began.
            self._reserve.unlink(missing_ok=True)
            with self._database.zeroing(on=False):
                return self._rotate_once(cuts, late, details=details)

    def _rotate_once(self, cuts: list[_Cut], late: Callable[[], list[_Cut]] | None, *, details: bool) -> Forgotten:
        database, ring, step = self._database, self._ring, self._step
        old = msgspec.convert(database.meta("generation"), int)
        new = old + 1
        with database.transaction():
            database.put_meta("pending", new)
        step("noted")
        fresh = ring.make(new)
        step("key stored")
        with database.transaction():
            cuts = cuts + (late() if late else [])
            for one in cuts:
                self._apply(one, new, fresh)
            step("cut")
            self._rewrap(new, fresh, {one.row.id for one in cuts})
            self._reseal_details(old, new, fresh, drop=details)
            database.put_meta("generation", new)
            database.put_meta("stale", old)
            database.put_meta("pending", None)
            step("rewrapped")
        step("committed")
        self._tidy()
        return Forgotten(
            whole=tuple(one.row.id for one in cuts if one.events is None),
            part=tuple(one.row.id for one in cuts if one.events is not None),
            events=sum(one.lost for one in cuts),
        )

    def _apply(self, one: _Cut, new: int, fresh: bytes) -> None:
        """In the transaction: delete, and seal what stays under a new key of its own."""
        database, row = self._database, one.row
        database.run("DELETE FROM segments WHERE recording=?", row.id)
        if one.events is None or one.header is None:
            database.run("DELETE FROM recordings WHERE id=?", row.id)
            sheets.erase(database, row.id)
            return
        key = secrets.token_bytes(KEY_BYTES)
        sheets.reseal(database, row.id, self._key(row), key, one.moves)
        row = msgspec.structs.replace(
            row,
            epoch=row.epoch + 1,
            generation=new,
            wrapped=wrap(fresh, new, row.id, key, secrets.token_bytes(NONCE_BYTES)),
            header=seal_header(key, secrets.token_bytes(NONCE_BYTES), one.header),
        )
        head = write_all(database, row, key, one.events)
        if one.summary is not None:
            end = End(msgspec.structs.replace(one.summary, kept=counts(one.events)), head.next_seq, head.last)
            row = msgspec.structs.replace(row, end=seal_end(key, secrets.token_bytes(NONCE_BYTES), row.id, end))
        database.put_recording(row)

    def _rewrap(self, new: int, fresh: bytes, done: set[str]) -> None:
        for row in self._database.recordings():
            if row.id in done:
                continue
            try:
                key = self._key(row)
            except VaultDamaged:
                continue  # unreadable before, unreadable after: it stays listed, so that it can be forgotten
            wrapped = wrap(fresh, new, row.id, key, secrets.token_bytes(NONCE_BYTES))
            self._database.put_recording(msgspec.structs.replace(row, generation=new, wrapped=wrapped))

    def _reseal_details(self, old: int, new: int, fresh: bytes, *, drop: bool) -> None:
        if drop:
            self._database.run("UPDATE ledger_details SET sealed=x''")
            return
        for row in self._database.rows("SELECT seq, sealed FROM ledger_details WHERE length(sealed) > 0"):
            seq, sealed = msgspec.convert(row, tuple[int, bytes])
            try:
                detail = open_sealed(self._ring.key(old), "detail", (seq, old), sealed)
            except VaultDamaged:
                continue
            sealed = seal(fresh, secrets.token_bytes(NONCE_BYTES), "detail", (seq, new), detail)
            self._database.run("UPDATE ledger_details SET sealed=? WHERE seq=?", sealed, seq)

    def _tidy(self) -> None:
        """Under the lock: destroy what a finished or broken-off forgetting left, then drop the note of it."""
        database = self._database
        stale, pending = database.meta("stale"), database.meta("pending")
        if stale is None and pending is None:
            return
        for generation in (stale, pending):
            if generation is not None:
                self._ring.destroy(msgspec.convert(generation, int))
        self._step("key destroyed")
        database.shrink()
        self._step("emptied")
        with database.transaction():
            database.put_meta("stale", None)
            database.put_meta("pending", None)
