"""What is done to which row, on the disk before it is done: each row once, whatever dies when.

    NAME.runs/journal.db    SQLite (WAL, synchronous=FULL): runs, attempts at rows, acts, heals
    NAME.runs/lock          who runs it now; the system lets go of it when that process dies

Rules of this module: no cell and no secret is in it. A row is known by its number and by a keyed hash of what tells it
from all others; the key lies beside it and is drawn anew for each program, so hashes of two programs don't compare. An
act that can't be undone and whose `will` is there leaves its row *uncertain* until something says what came of it.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Literal, Self

import msgspec

from byhand.agents.outcome import Cell, Healed, Outcome, State, Values
from byhand.errors import AlreadyRunning
from byhand.vault.durable import private_dir
from byhand.vault.lock import Lock
from byhand.workflows.program import Risk

FILE, LOCK = "journal.db", "lock"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
  id INTEGER PRIMARY KEY, began REAL, ended REAL, revision INTEGER, rows INTEGER, why TEXT DEFAULT '');
CREATE TABLE IF NOT EXISTS attempt (
  id INTEGER PRIMARY KEY, run INTEGER, key TEXT, cells TEXT, number INTEGER, began REAL, seconds REAL, state TEXT,
  kind TEXT, step TEXT, harmed INTEGER, steps INTEGER);
CREATE INDEX IF NOT EXISTS attempt_key ON attempt (key);
CREATE TABLE IF NOT EXISTS act (
  id INTEGER PRIMARY KEY, attempt INTEGER, step TEXT, risk TEXT, will REAL, did REAL);
CREATE INDEX IF NOT EXISTS act_attempt ON act (attempt);
CREATE TABLE IF NOT EXISTS healed (attempt INTEGER, told TEXT);
CREATE TABLE IF NOT EXISTS cleared (key TEXT, attempt INTEGER, at REAL, why TEXT);
"""
Clock = Callable[[], float]
"""UTC seconds."""


class Standing(msgspec.Struct, frozen=True):
    """How a row stands before it is begun.

    state: "done" or "unchecked" where it was done before, "" else. run: in which. changed: its cells were others then.
    uncertain: the step that may have been done, and that nothing is known of.
    """

    state: Literal["", "done", "unchecked"] = ""
    run: int = 0
    changed: bool = False
    uncertain: str = ""


class Kept(msgspec.Struct, frozen=True):
    """What the journal keeps of an attempt at a row. state: "" where it was cut off."""

    number: int
    state: State | Literal[""]
    seconds: float
    steps: int
    kind: str = ""
    step: str = ""
    harmed: bool = False


class Run(msgspec.Struct, frozen=True):
    """began, ended: UTC seconds; ended 0 where it was cut off. rows: that it had to do. counts: by state."""

    id: int
    began: float
    ended: float
    revision: int
    rows: int
    counts: dict[str, int]
    why: str = ""


class Journal:
    """The journal of one program. Use `open`; `read` for whoever only looks."""

    def __init__(self, base: sqlite3.Connection, lock: Lock | None, clock: Clock) -> None:
        self._base, self._lock, self._clock = base, lock, clock
        row = base.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()
        self._key: bytes = row[0] if row else b""
        self.run = 0

    @classmethod
    def open(cls, folder: Path, clock: Clock) -> Self:
        """To run rows with.

        Args:
            folder: of the program's runs; made if it is not there.
            clock: tells when.

        Raises:
            AlreadyRunning: another process does.
        """
        lock = Lock(private_dir(folder) / LOCK)
        if not lock.take():
            raise AlreadyRunning(
                "this program is being run by another process",
                hints=("wait until it has ended, or stop it with a key press at its screen",),
                fate="nothing was done",
            )
        try:
            return cls(_opened(folder / FILE), lock, clock)
        except BaseException:
            lock.give()
            raise

    @classmethod
    def read(cls, folder: Path, clock: Clock) -> Self | None:
        """To look into; None where nothing was ever run."""
        return cls(_opened(folder / FILE), None, clock) if (folder / FILE).is_file() else None

    def close(self) -> None:
        self._base.close()
        if self._lock:
            self._lock.give()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- a run ------------------------------------------------------------------------------------------------------

    def begin(self, rows: int, revision: int) -> int:
        with self._base:
            made = self._base.execute(
                "INSERT INTO run (began, revision, rows) VALUES (?, ?, ?)", (self._clock(), revision, rows)
            )
        self.run = made.lastrowid or 0
        return self.run

    def end(self, why: str = "") -> None:
        """why: it ended before its last row, in a word or two."""
        with self._base:
            self._base.execute("UPDATE run SET ended = ?, why = ? WHERE id = ?", (self._clock(), why, self.run))

    # -- a row ------------------------------------------------------------------------------------------------------

    def key(self, values: Values, identity: Sequence[str]) -> str:
        """Names a row for ever: by what tells it from all others, else by all its cells. A program without cells does
        one more thing each time it has ended well. values: never a secret, here and below.
        """
        if not values:
            query = "SELECT COUNT(*) FROM attempt WHERE number = 0 AND state IN ('done', 'unchecked')"
            return self._hash(f"time {self._base.execute(query).fetchone()[0]}")
        names = [name for name in identity if name in values] or sorted(values)
        return self._hash([[name, plain(values[name])] for name in names])

    def standing(self, key: str, values: Values) -> Standing:
        """What is known of that row from before."""
        since = self._base.execute("SELECT MAX(attempt) FROM cleared WHERE key = ?", (key,)).fetchone()[0] or 0
        found = self._base.execute(
            "SELECT id, run, state, harmed, cells FROM attempt WHERE key = ? AND id > ? ORDER BY id DESC", (key, since)
        ).fetchall()
        for _, run, state, _, cells in found:
            if state in ("done", "unchecked"):
                return Standing(state, run, cells != self._hash(_all(values)))
        for attempt, *_ in found:
            # Done or not: who begins again at the row's first step would do it twice.
            risky = self._base.execute(
                "SELECT step FROM act WHERE attempt = ? AND risk != '' ORDER BY id DESC LIMIT 1", (attempt,)
            ).fetchone()
            if risky:
                return Standing(uncertain=risky[0])
        return Standing()

    def book(self, number: int, key: str, values: Values) -> RowBook:
        """The book of a row that is about to be begun. number: from 1; 0 for a program without a table."""
        with self._base:
            made = self._base.execute(
                "INSERT INTO attempt (run, key, cells, number, began) VALUES (?, ?, ?, ?, ?)",
                (self.run, key, self._hash(_all(values)), number, self._clock()),
            )
        return RowBook(self._base, made.lastrowid or 0, self._clock)

    def clear(self, key: str, why: str) -> None:
        """A person's word that nothing of that row stands: it can be done anew."""
        with self._base:
            last = self._base.execute("SELECT MAX(id) FROM attempt WHERE key = ?", (key,)).fetchone()[0] or 0
            self._base.execute("INSERT INTO cleared VALUES (?, ?, ?, ?)", (key, last, self._clock(), why))

    def settle(self, key: str) -> None:
        """A person's word that the row stands: it is not done again."""
        with self._base:
            self._base.execute(
                "UPDATE attempt SET state = 'done', kind = 'person' WHERE id = "
                "(SELECT MAX(id) FROM attempt WHERE key = ?)",
                (key,),
            )

    # -- looking ----------------------------------------------------------------------------------------------------

    def runs(self) -> list[Run]:
        """Oldest first."""
        counted: dict[int, dict[str, int]] = {}
        query = "SELECT run, COALESCE(state, 'cut off'), COUNT(*) FROM attempt GROUP BY 1, 2"
        for run, state, count in self._base.execute(query):
            counted.setdefault(run, {})[state] = count
        return [
            Run(run, began, ended or 0.0, revision, rows, counted.get(run, {}), why)
            for run, began, ended, revision, rows, why in self._base.execute(
                "SELECT id, began, ended, revision, rows, why FROM run ORDER BY id"
            )
        ]

    def rows(self, run: int) -> list[Kept]:
        """What became of the rows of a run, in the order they were begun."""
        return [
            Kept(number, state or "", seconds or 0.0, steps or 0, kind or "", step or "", bool(harmed))
            for number, state, seconds, steps, kind, step, harmed in self._base.execute(
                "SELECT number, state, seconds, steps, kind, step, harmed FROM attempt WHERE run = ? ORDER BY id",
                (run,),
            )
        ]

    def healed(self, run: int) -> list[tuple[int, Healed]]:
        """What was found by other evidence in a run, with the rows' numbers, in order."""
        query = (
            "SELECT number, told FROM healed JOIN attempt ON attempt.id = healed.attempt WHERE run = ? "
            "ORDER BY healed.rowid"
        )
        return [(number, msgspec.json.decode(told, type=Healed)) for number, told in self._base.execute(query, (run,))]

    def last_key(self, number: int) -> str:
        """The row that was tried last under that number, "" where none was."""
        query = "SELECT key FROM attempt WHERE number = ? ORDER BY id DESC LIMIT 1"
        found = self._base.execute(query, (number,)).fetchone()
        return found[0] if found else ""

    def _hash(self, told: object) -> str:
        return hmac.new(self._key, msgspec.json.encode(told), sha256).hexdigest()


class RowBook:
    """Satisfies `outcome.Book` for one attempt at one row."""

    def __init__(self, base: sqlite3.Connection, attempt: int, clock: Clock) -> None:
        self._base, self._attempt, self._clock = base, attempt, clock

    def will(self, step: str, risk: Risk) -> None:
        with self._base:
            self._base.execute(
                "INSERT INTO act (attempt, step, risk, will) VALUES (?, ?, ?, ?)",
                (self._attempt, step, risk, self._clock()),
            )

    def did(self, step: str) -> None:
        with self._base:
            self._base.execute(
                "UPDATE act SET did = ? WHERE id = (SELECT MAX(id) FROM act WHERE attempt = ? AND step = ?)",
                (self._clock(), self._attempt, step),
            )

    def close(self, outcome: Outcome) -> None:
        """What came of it, and nothing of what it read."""
        stop = outcome.stop
        with self._base:
            self._base.execute(
                "UPDATE attempt SET state = ?, seconds = ?, kind = ?, step = ?, harmed = ?, steps = ? WHERE id = ?",
                (
                    outcome.state, outcome.seconds, stop.kind if stop else "", stop.step if stop else "",
                    bool(stop and stop.harmed), outcome.steps, self._attempt,
                ),
            )  # fmt: skip
            self._base.executemany(
                "INSERT INTO healed VALUES (?, ?)",
                [(self._attempt, msgspec.json.encode(one).decode()) for one in outcome.healed],
            )


def plain(cell: Cell) -> object:
    """A cell as JSON has it, the same for the same value: 1.50 is 1.5."""
    if isinstance(cell, tuple):
        return [_all(entry) for entry in cell]
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return cell.isoformat() if isinstance(cell, date) else cell


def _all(values: Values) -> list[list[object]]:
    return [[name, plain(values[name])] for name in sorted(values)]


def _opened(file: Path) -> sqlite3.Connection:
    if not file.exists():
        file.touch(mode=0o600)
    base = sqlite3.connect(file, timeout=10)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")
        with base, closing(base.cursor()) as cursor:
            cursor.executescript(_TABLES)
            cursor.execute("INSERT OR IGNORE INTO meta VALUES ('key', ?)", (secrets.token_bytes(32),))
    except BaseException:
        base.close()
        raise
    return base
