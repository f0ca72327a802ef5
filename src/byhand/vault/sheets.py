"""Sheets: small things a person lays beside a recording (edits, an approval), sealed under its key and erased with it.

Rules of this module: the vault does not know what a sheet says. When a part of the recording is forgotten its events
get other numbers; the sheet is sealed anew under the new key with a note of which went where (`moves`), so that whoever
wrote it can find the events it was about. A sheet that does not verify stays as it is: it must not look as if there
never was one.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping

import msgspec

from byhand.errors import VaultDamaged
from byhand.seal.envelope import NONCE_BYTES, open_sealed, seal
from byhand.vault.cutting import Moved
from byhand.vault.database import Database


class Sheet(msgspec.Struct, frozen=True):
    """What was laid there, and what was forgotten of the recording since: moves for each time, in order."""

    body: bytes
    moves: tuple[tuple[Moved, ...], ...] = ()


def get(database: Database, key: bytes, recording: str, name: str) -> Sheet | None:
    """The sheet, or None where none was laid.

    Raises:
        VaultDamaged: it does not verify.
    """
    found = database.rows("SELECT sealed FROM sheets WHERE recording=? AND name=?", recording, name)
    if not found:
        return None
    try:
        sealed = msgspec.convert(found[0][0], bytes)
        return msgspec.msgpack.decode(open_sealed(key, "sheet", (recording, name), sealed), type=Sheet)
    except msgspec.MsgspecError:
        raise VaultDamaged(f"a sheet of recording {recording} has a wrong form") from None


def put(database: Database, key: bytes, recording: str, name: str, sheet: Sheet | None) -> None:
    """Inside a transaction: lay the sheet there, over what was; None takes it away."""
    if sheet is None:
        database.run("DELETE FROM sheets WHERE recording=? AND name=?", recording, name)
        return
    packed = msgspec.msgpack.encode(sheet)
    sealed = seal(key, secrets.token_bytes(NONCE_BYTES), "sheet", (recording, name), packed)
    database.run("INSERT OR REPLACE INTO sheets VALUES (?,?,?)", recording, name, sealed)


def lay(
    database: Database,
    key: bytes,
    recording: str,
    laid: Mapping[str, bytes | None],
    lying: Mapping[str, Sheet | None],
) -> bool:
    """Inside a transaction: lay these, if `lying` is still what lies there. Says whether it did.

    Raises:
        VaultDamaged: what lies there does not verify.
    """
    if any(get(database, key, recording, name) != sheet for name, sheet in lying.items()):
        return False
    for name, body in laid.items():
        put(database, key, recording, name, None if body is None else Sheet(body))
    return True


def exists(database: Database, recording: str, name: str) -> bool:
    return bool(database.rows("SELECT 1 FROM sheets WHERE recording=? AND name=?", recording, name))


def erase(database: Database, recording: str) -> None:
    """Inside a transaction: all sheets of a recording go."""
    database.run("DELETE FROM sheets WHERE recording=?", recording)


def reseal(database: Database, recording: str, old: bytes, new: bytes, moves: tuple[Moved, ...]) -> None:
    """Inside a transaction: the recording got a new key and lost some events."""
    for (name,) in database.rows("SELECT name FROM sheets WHERE recording=?", recording):
        with contextlib.suppress(VaultDamaged, msgspec.ValidationError):
            known = msgspec.convert(name, str)
            sheet = get(database, old, recording, known)
            if sheet is not None:
                put(database, new, recording, known, Sheet(sheet.body, (*sheet.moves, moves)))
