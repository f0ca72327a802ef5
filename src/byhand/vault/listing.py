"""What a list of recordings may show without a key."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from byhand.errors import VaultDamaged
from byhand.vault.database import Database, RecordingRow, meaning

State = Literal["open", "closed", "interrupted"]


class RecordingInfo(msgspec.Struct, frozen=True):
    """What a list may show without a key.

    state: `open` is being made now; `interrupted` was never finished (a crash), and reads to its last durable event.
    ended_utc_ns: 0 where it did not end. events, bytes: what lies in the vault now.
    """

    id: str
    state: State
    grant: str
    policy_hash: str
    purpose: str
    started_utc_ns: int
    ended_utc_ns: int
    reviewed: bool
    events: int
    bytes: int


def listed(database: Database, *, alive: bool) -> list[RecordingInfo]:
    """All recordings, oldest first. `alive`: some process is making one."""
    held = _held(database)
    made: list[RecordingInfo] = []
    for row in database.recordings():
        events, size = held.get(row.id, (0, 0))
        made.append(
            RecordingInfo(
                id=row.id,
                state=state_of(row, alive=alive),
                grant=row.grant_id,
                policy_hash=row.policy_hash,
                purpose=row.purpose,
                started_utc_ns=row.started,
                ended_utc_ns=row.ended,
                reviewed=bool(row.reviewed),
                events=events,
                bytes=size,
            )
        )
    return made


def state_of(row: RecordingRow, *, alive: bool) -> State:
    """A recording called open whose writer is gone was interrupted."""
    if row.state == "closed":
        return "closed"
    return "open" if row.state == "open" and alive else "interrupted"


def fingerprint(database: Database, recording: str) -> bytes:
    """SHA-256 over every sealed byte of a recording and of what lies beside it: the same bytes say the same."""
    digest = hashlib.sha256()
    for statement in (
        "SELECT header, end, purpose, grant_id, policy_hash, started, ended, state, wrapped FROM recordings WHERE id=?",
        "SELECT first_seq, count, prev, sealed FROM segments WHERE recording=? ORDER BY first_seq",
        "SELECT name, sealed FROM sheets WHERE recording=? ORDER BY name",
    ):
        with meaning(database.path):
            for row in database.connection.execute(statement, (recording,)):
                digest.update(msgspec.msgpack.encode(row))
    return digest.digest()


def _held(database: Database) -> dict[str, tuple[int, int]]:
    """Events and bytes by recording; of a damaged table nothing."""
    statement = "SELECT recording, sum(count), sum(length(sealed)) FROM segments GROUP BY 1"
    try:
        found = msgspec.convert(database.rows(statement), list[tuple[str, int, int]])
    except (VaultDamaged, msgspec.ValidationError):
        return {}
    return {name: (events, size) for name, events, size in found}
