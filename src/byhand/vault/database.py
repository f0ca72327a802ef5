"""One SQLite file: its tables, how it is opened, and what its errors mean to a person. See docs/formats/vault.md."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import msgspec

from byhand.errors import VaultDamaged, VaultError, VaultFull
from byhand.vault.durable import private_dir

VERSION = 2
APPLICATION = 0x42594856  # "BYHV"
BUSY_MS = 30_000
FULL_FATE = "what was kept stays readable; nothing more was written"

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE recordings (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, grant_id TEXT NOT NULL, policy_hash TEXT NOT NULL, purpose TEXT NOT NULL,
    started INTEGER NOT NULL, ended INTEGER NOT NULL, reviewed INTEGER NOT NULL, epoch INTEGER NOT NULL,
    generation INTEGER NOT NULL, wrapped BLOB NOT NULL, header BLOB NOT NULL, end BLOB NOT NULL
) STRICT;
CREATE TABLE segments (
    id INTEGER PRIMARY KEY, recording TEXT NOT NULL, first_seq INTEGER NOT NULL, count INTEGER NOT NULL,
    prev BLOB NOT NULL, sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX segments_by_place ON segments (recording, first_seq, count);
CREATE TABLE ledger_details (seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
"""
_SHEETS = """
CREATE TABLE sheets (
    recording TEXT NOT NULL, name TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (recording, name)
) STRICT, WITHOUT ROWID;
"""
_STEPS = {0: _SCHEMA, 1: _SHEETS}
"""What leads from each version to the next. Version 2 added `sheets`."""

_T = TypeVar("_T")


class RecordingRow(msgspec.Struct, frozen=True):
    """One row of `recordings`. `epoch` grows when the recording is sealed anew; `generation` is the vault key's."""

    id: str
    state: str
    grant_id: str
    policy_hash: str
    purpose: str
    started: int
    ended: int
    reviewed: int
    epoch: int
    generation: int
    wrapped: bytes
    header: bytes
    end: bytes


class SegmentRow(msgspec.Struct, frozen=True):
    id: int
    recording: str
    first_seq: int
    count: int
    prev: bytes
    sealed: bytes


@contextlib.contextmanager
def meaning(path: Path) -> Generator[None]:
    """Turns what SQLite raises into what it means."""
    try:
        yield
    except sqlite3.Error as error:
        raise translate(error, path) from None
    except UnicodeDecodeError:
        # SQLite quotes a damaged name in its message, and Python can't decode that.
        raise _damaged(path) from None


def translate(error: sqlite3.Error, path: Path) -> VaultError:
    """The error a person understands. SQLite's own text may name tables, never content."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    full = code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(path))
    if full:
        return VaultFull("the disk is full", hints=("make room, or run: byhand forget REC",), fate=FULL_FATE)
    if code == sqlite3.SQLITE_BUSY:
        return VaultError("another program holds the vault", hints=("try again in a moment",))
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return VaultError(f"{path} can't be opened for writing", hints=("check who owns it: byhand doctor",))
    return _damaged(path)


def _damaged(path: Path) -> VaultDamaged:
    return VaultDamaged(
        f"{path} is damaged", hints=("to see what can still be read, run: byhand list",), fate="nothing was changed"
    )


def _no_room(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(path.parent).free < 64 * 1024
    return False


class Database:
    """The one connection that writes, and short-lived ones that read a steady picture.

    damage: "" or why nothing may be written any more; then what is left can still be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damage = ""
        private_dir(path.parent)
        with contextlib.suppress(FileExistsError):
            # SQLite would create it readable by others; its -wal and -shm copy the mode of the file itself.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            with meaning(path):
                self.connection = self._connect()
                self._prepare()
        except VaultDamaged:
            self.damage = f"{path} is damaged or cut short"
            self.connection = self.look()
            try:
                self.recordings()
            except VaultDamaged:
                self.close()
                raise VaultDamaged(
                    f"{path} is damaged, and not even its list of recordings can be read",
                    hints=("put it back from a backup", f"or, to start anew, move it away: mv {path} {path}.damaged"),
                    fate="nothing was changed",
                ) from None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        for setting in (
            "auto_vacuum=INCREMENTAL",
            "journal_mode=WAL",
            "synchronous=FULL",
            "fullfsync=ON",
            "checkpoint_fullfsync=ON",
            "secure_delete=ON",
            "journal_size_limit=8388608",
            "temp_store=MEMORY",
            "cell_size_check=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {setting}").fetchall()
        return connection

    def _prepare(self) -> None:
        version = self.one("PRAGMA user_version", int)
        if version > VERSION:
            raise VaultError("this vault was made by a newer byhand", hints=("update byhand to open it",))
        if version and self.one("PRAGMA application_id", int) != APPLICATION:
            raise VaultDamaged(f"{self.path} is no vault")
        if version == VERSION:
            return
        with self.transaction():
            # Somebody else may have made the tables while we waited.
            version = self.one("PRAGMA user_version", int)
            if not version and self.one("SELECT count(*) FROM sqlite_master", int):
                raise VaultDamaged(f"{self.path} is no vault")
            for step in range(version, VERSION):
                for statement in _STEPS[step].split(";\n"):
                    if statement.strip():
                        self.connection.execute(statement)
            self.connection.execute(f"PRAGMA application_id={APPLICATION}")
            self.connection.execute(f"PRAGMA user_version={VERSION}")

    def look(self) -> sqlite3.Connection:
        """A connection of its own for reading; also of a file cut short, which SQLite else refuses as a whole."""
        connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        if self.damage:
            # Makes SQLite believe the file's real length instead of the one in its header (btree.c, lockBtree).
            connection.execute("PRAGMA writable_schema=ON")
        return connection

    @contextlib.contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing, and durable when it is left."""
        if self.damage:
            raise VaultDamaged(
                self.damage,
                hints=("what is left can still be read: byhand list", "to start anew: byhand forget --all"),
                fate="nothing more was written",
            )
        with meaning(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk may already have rolled back.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def run(self, statement: str, *values: object) -> None:
        self.connection.execute(statement, values)

    def one(self, statement: str, kind: type[_T], *values: object) -> _T:
        """The one value asked for."""
        return msgspec.convert(self.connection.execute(statement, values).fetchone()[0], kind)

    def recordings(self) -> list[RecordingRow]:
        with meaning(self.path):
            return [_recording(row) for row in self.connection.execute("SELECT * FROM recordings ORDER BY started, id")]

    def recording(self, name: str) -> RecordingRow | None:
        return self.recording_in(self.connection, name)

    def recording_in(self, connection: sqlite3.Connection, name: str) -> RecordingRow | None:
        with meaning(self.path):
            row = connection.execute("SELECT * FROM recordings WHERE id=?", (name,)).fetchone()
        return None if row is None else _recording(row)

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with meaning(self.path):
            return self.connection.execute(statement, values).fetchall()

    def put_recording(self, row: RecordingRow) -> None:
        marks = ",".join("?" * len(row.__struct_fields__))
        self.run(f"INSERT OR REPLACE INTO recordings VALUES ({marks})", *msgspec.structs.astuple(row))  # noqa: S608

    def put_segment(self, row: SegmentRow) -> None:
        """`row.id` is chosen by the database."""
        self.run(
            "INSERT INTO segments (recording, first_seq, count, prev, sealed) VALUES (?,?,?,?,?)",
            row.recording,
            row.first_seq,
            row.count,
            row.prev,
            row.sealed,
        )

    def meta(self, name: str) -> int | str | None:
        found = self.rows("SELECT value FROM meta WHERE name=?", name)
        return msgspec.convert(found[0][0], int | str) if found else None

    def put_meta(self, name: str, value: int | str | None) -> None:
        if value is None:
            self.run("DELETE FROM meta WHERE name=?", name)
        else:
            self.run("INSERT OR REPLACE INTO meta VALUES (?,?)", name, value)

    def used_bytes(self) -> int:
        """What the vault holds, free pages not counted: they are written to next."""
        with meaning(self.path):
            pages = self.one("PRAGMA page_count", int) - self.one("PRAGMA freelist_count", int)
            return pages * self.one("PRAGMA page_size", int)

    def shrink(self) -> None:
        """Give free pages back and empty the write-ahead log. A reader in the way is no error: next time does it."""
        for statement in (
            "busy_timeout=1000",
            "incremental_vacuum",
            "wal_checkpoint(TRUNCATE)",
            f"busy_timeout={BUSY_MS}",
        ):
            with contextlib.suppress(sqlite3.Error):
                # A script, because it steps to the end; `execute` frees one page and stops.
                self.connection.executescript(f"PRAGMA {statement}")

    @contextlib.contextmanager
    def zeroing(self, *, on: bool) -> Generator[None]:
        """Whether deleted pages are overwritten. Zeros need room in the log, which a full disk does not have."""
        self.connection.execute(f"PRAGMA secure_delete={'ON' if on else 'OFF'}").fetchall()
        try:
            yield
        finally:
            self.connection.execute("PRAGMA secure_delete=ON").fetchall()

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.connection.close()


def _recording(row: tuple[object, ...]) -> RecordingRow:
    try:
        return msgspec.convert(dict(zip(RecordingRow.__struct_fields__, row, strict=True)), RecordingRow)
    except msgspec.ValidationError:
        raise VaultDamaged("a row of the vault's list of recordings is damaged") from None
