"""The tail of a recording that is being made.

Live segments are small: one for each batch, so that little is lost in a crash. When those at the tail have grown to
`MERGE_EVENTS` or `MERGE_BYTES` they are sealed anew as one, within the transaction of the next append. Only the tail is
ever touched: nothing behind it names its hash, so the chain is whole after every commit.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from byhand.events import codec
from byhand.events.kinds import AnyEvent, Frame
from byhand.seal.envelope import NONCE_BYTES
from byhand.seal.segment import Place, chain_hash, seal_segment
from byhand.vault.database import Database, RecordingRow, SegmentRow
from byhand.vault.reading import events_of

MERGE_EVENTS = 20_000
MERGE_BYTES = 4_000_000


class Head(msgspec.Struct, frozen=True):
    """Where the next segment goes. `tail`: row id, count and bytes of the small segments at the end."""

    key: bytes
    epoch: int
    next_seq: int
    last: bytes
    tail: tuple[tuple[int, int, int], ...] = ()

    def __repr__(self) -> str:
        return f"<head at {self.next_seq}>"


def first_head(row: RecordingRow, key: bytes) -> Head:
    return Head(key=key, epoch=row.epoch, next_seq=0, last=chain_hash(row.header))


def found_head(connection: sqlite3.Connection, row: RecordingRow, key: bytes) -> Head:
    """The head of what stands in the vault, after somebody sealed it anew."""
    found = connection.execute(
        "SELECT first_seq + count, sealed FROM segments WHERE recording=? ORDER BY first_seq DESC LIMIT 1", (row.id,)
    ).fetchone()
    if found is None:
        return first_head(row, key)
    next_seq, sealed = msgspec.convert(found, tuple[int, bytes])
    return Head(key=key, epoch=row.epoch, next_seq=next_seq, last=chain_hash(sealed))


def append(database: Database, row: RecordingRow, head: Head, events: Sequence[AnyEvent]) -> Head:
    """Inside a transaction: one more segment. The head to go on with, once the transaction is durable."""
    if sum(count for _, count, _ in head.tail) >= MERGE_EVENTS or sum(size for *_, size in head.tail) >= MERGE_BYTES:
        head = msgspec.structs.replace(merge(database, row, head), tail=())
    row_id, made = _put(database, row, head, events)
    return Head(
        key=head.key,
        epoch=head.epoch,
        next_seq=made.first_seq + made.count,
        last=chain_hash(made.sealed),
        tail=(*head.tail, (row_id, made.count, len(made.sealed))),
    )


def merge(database: Database, row: RecordingRow, head: Head) -> Head:
    """Inside a transaction: the small segments at the tail become one."""
    if len(head.tail) < 2:
        return head
    found = [_segment(database, row_id) for row_id, *_ in head.tail]
    events = [event for one in found for event in events_of(row, head.key, one)]
    for one in found:
        database.run("DELETE FROM segments WHERE id=?", one.id)
    start = msgspec.structs.replace(head, next_seq=found[0].first_seq, last=found[0].prev, tail=())
    row_id, made = _put(database, row, start, events)
    return msgspec.structs.replace(head, last=chain_hash(made.sealed), tail=((row_id, made.count, len(made.sealed)),))


def write_all(database: Database, row: RecordingRow, key: bytes, events: Sequence[AnyEvent]) -> Head:
    """Inside a transaction: a whole recording, in large segments."""
    head = first_head(row, key)
    for piece in pieces(events):
        _, made = _put(database, row, head, piece)
        head = msgspec.structs.replace(head, next_seq=made.first_seq + made.count, last=chain_hash(made.sealed))
    return head


def pieces(events: Sequence[AnyEvent]) -> Iterator[Sequence[AnyEvent]]:
    """Events cut into what one large segment holds. Only frames are big enough to weigh them."""
    start = weight = 0
    for place, event in enumerate(events):
        weight += len(event.patch) if isinstance(event, Frame) else 0
        if place + 1 - start >= MERGE_EVENTS or weight >= MERGE_BYTES:
            yield events[start : place + 1]
            start, weight = place + 1, 0
    if start < len(events):
        yield events[start:]


def _put(database: Database, row: RecordingRow, head: Head, events: Sequence[AnyEvent]) -> tuple[int, SegmentRow]:
    place = Place(row.id, row.grant_id, row.policy_hash, head.next_seq, len(events), head.last)
    sealed = seal_segment(head.key, secrets.token_bytes(NONCE_BYTES), place, codec.encode(events))
    made = SegmentRow(0, row.id, place.first_seq, place.count, place.prev, sealed)
    database.put_segment(made)
    return database.one("SELECT last_insert_rowid()", int), made


def _segment(database: Database, row_id: int) -> SegmentRow:
    row = database.rows("SELECT * FROM segments WHERE id=?", row_id)[0]
    return msgspec.convert(dict(zip(SegmentRow.__struct_fields__, row, strict=True)), SegmentRow)
