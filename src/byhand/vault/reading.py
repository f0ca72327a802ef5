"""A recording's chain, verified link by link as it is read.

Rules of this module: nothing that does not verify is handed out. With a list of problems, reading goes on behind a
damaged place; each segment proves itself, and its `prev` tells whether something is missing before it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import msgspec

from byhand.errors import Problem, VaultDamaged, VaultError
from byhand.events import codec
from byhand.events.kinds import AnyEvent, Header, Numbered
from byhand.seal.header import End, open_end, open_header
from byhand.seal.segment import Place, chain_hash, open_segment
from byhand.vault.database import RecordingRow, SegmentRow

_GIVE_UP = 4096
"""Row ids in a row that can't be read, after which there are no more."""

Slot = tuple[int, int, int]
"""Where a segment lies: row id, first sequence, count."""


def header_of(row: RecordingRow, key: bytes) -> Header:
    """The header, with what the plain columns claim checked against it.

    Raises:
        VaultDamaged: it does not verify.
    """
    header = open_header(key, row.id, row.grant_id, row.policy_hash, row.purpose, row.header)
    if header.recording != row.id or header.utc_ns != row.started:
        raise VaultDamaged(f"the header of recording {row.id} does not verify")
    return header


def end_of(row: RecordingRow, key: bytes) -> End | None:
    """How it ended, or None when it did not.

    Raises:
        VaultDamaged: it does not verify.
    """
    if not row.end and row.state != "closed":
        return None
    end = open_end(key, row.id, row.end)
    if end.summary.ended_utc_ns != row.ended:
        raise VaultDamaged(f"the end of recording {row.id} does not verify")
    return end


def slots(connection: sqlite3.Connection, recording: str, problems: list[Problem] | None) -> list[Slot]:
    """Where the segments lie, in order. Of a damaged index, what can be found row by row."""
    statement = "SELECT id, first_seq, count FROM segments WHERE recording=? ORDER BY first_seq"
    found: list[Slot] = []
    try:
        found.extend(msgspec.convert(row, Slot) for row in connection.execute(statement, (recording,)))
    except (sqlite3.Error, msgspec.ValidationError):
        if problems is None:
            raise VaultDamaged(f"the index of recording {recording} is damaged") from None
        problems.append(Problem(recording, "the index is damaged; rows were looked for one by one"))
        return _one_by_one(connection, recording)
    return found


def _one_by_one(connection: sqlite3.Connection, recording: str) -> list[Slot]:
    found: list[Slot] = []
    statement = "SELECT id, first_seq, count FROM segments NOT INDEXED WHERE id=? AND recording=?"
    row_id = missed = 0
    while missed < _GIVE_UP:
        row_id += 1
        missed += 1
        with contextlib.suppress(sqlite3.Error, msgspec.ValidationError):
            row = connection.execute(statement, (row_id, recording)).fetchone()
            if row is not None:
                found.append(msgspec.convert(row, Slot))
                missed = 0
    return sorted(found, key=lambda slot: slot[1])


def segment(connection: sqlite3.Connection, row_id: int) -> SegmentRow | None:
    """One segment, or None when its pages can't be read."""
    with contextlib.suppress(sqlite3.Error, msgspec.ValidationError):
        row = connection.execute("SELECT * FROM segments WHERE id=?", (row_id,)).fetchone()
        if row is not None:
            return msgspec.convert(dict(zip(SegmentRow.__struct_fields__, row, strict=True)), SegmentRow)
    return None


def events_of(row: RecordingRow, key: bytes, found: SegmentRow) -> list[AnyEvent]:
    """The events of one segment.

    Raises:
        VaultDamaged: it does not verify.
    """
    place = Place(row.id, row.grant_id, row.policy_hash, found.first_seq, found.count, found.prev)
    events = codec.decode(open_segment(key, place, found.sealed))
    if len(events) != found.count:
        raise VaultDamaged("a segment holds another number of events than it says")
    return events


def read(
    connection: sqlite3.Connection, row: RecordingRow, key: bytes, problems: list[Problem] | None = None
) -> Iterator[Numbered]:
    """The events of a recording, in order.

    `problems`: where to put what is damaged; None: raise at the first damaged place.

    Raises:
        VaultDamaged: names the first sequence that can't be read, and what can.
    """
    good: list[tuple[int, int]] = []
    walk = _walk(connection, row, key, problems is not None)
    for part in walk:
        if isinstance(part, _Bad):
            if problems is None:
                raise _damaged(row.id, part, good, walk)
            problems.append(Problem(row.id, part.message))
            continue
        first, events = part
        good.append((first, first + len(events) - 1))
        for seq, event in enumerate(events, first):
            yield Numbered(seq, event)


class _Bad(msgspec.Struct, frozen=True):
    seq: int
    message: str


def _walk(
    connection: sqlite3.Connection, row: RecordingRow, key: bytes, salvage: bool
) -> Iterator[tuple[int, list[AnyEvent]] | _Bad]:
    """Good segments and bad places, in order."""
    try:
        header_of(row, key)
    except VaultDamaged as error:
        yield _Bad(0, error.message)
    problems: list[Problem] | None = [] if salvage else None
    try:
        places = slots(connection, row.id, problems)
    except VaultDamaged as error:
        yield _Bad(0, error.message)
        places = slots(connection, row.id, [])
    for problem in problems or ():
        yield _Bad(0, problem.message)
    expected = 0
    before: bytes | None = chain_hash(row.header)
    for row_id, first, count in places:
        if first > expected:
            yield _Bad(expected, f"events {expected} to {first - 1} are missing")
            before = None
        found = segment(connection, row_id)
        events: list[AnyEvent] | None = None
        if found is not None and (found.recording, found.first_seq, found.count) == (row.id, first, count):
            with contextlib.suppress(VaultDamaged):
                events = events_of(row, key, found)
        if found is None or events is None or first < expected:
            yield _Bad(first, f"events {first} to {first + count - 1} do not verify")
            before = None
        else:
            # After a damaged segment there is nothing to compare with: it has said so already.
            if before is not None and found.prev != before:
                yield _Bad(first, f"what stood before event {first} was changed or removed")
            before = chain_hash(found.sealed)
            yield first, events
        expected = max(expected, first + count)
    yield from _check_end(row, key, expected, before)


def _check_end(row: RecordingRow, key: bytes, expected: int, before: bytes | None) -> Iterator[_Bad]:
    try:
        end = end_of(row, key)
    except VaultDamaged as error:
        yield _Bad(expected, error.message)
        return
    if end is None:
        return
    if end.events != expected:
        yield _Bad(expected, f"events {expected} to {end.events - 1} are missing")
    elif before is not None and end.last != before:
        yield _Bad(expected, "the last segment is not the one that was written last")


def _damaged(
    recording: str, bad: _Bad, good: list[tuple[int, int]], rest: Iterator[tuple[int, list[AnyEvent]] | _Bad]
) -> VaultError:
    good.extend((part[0], part[0] + len(part[1]) - 1) for part in rest if not isinstance(part, _Bad))
    joined: list[tuple[int, int]] = []
    for first, last in good:
        if joined and joined[-1][1] + 1 == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    readable = ", ".join(f"{first} to {last}" for first, last in joined)
    return VaultDamaged(
        f"recording {recording} is damaged from event {bad.seq} on: {bad.message}",
        hints=(f"still readable: events {readable}" if readable else "nothing of it can be read any more",),
    )
