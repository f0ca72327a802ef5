"""Rows of a SQLite database: its only table, or the one that is named behind a #.

Rules of this module: it is opened to be read, and nothing is ever written to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from byhand.agents.sheets.port import Bad, Line, Raw
from byhand.errors import TableError

_FATE = "nothing was done"
_NAMES = """
SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name
"""


class Database:
    """One table or view of it. table: "" is the only one.

    Raises:
        TableError: it can't be read, or there is more than one.
    """

    says: tuple[str, ...] = ()

    def __init__(self, path: Path, table: str) -> None:
        self._path = path
        try:
            with closing(self._opened()) as base:
                names = [str(name) for (name,) in base.execute(_NAMES)]
                self._table = _chosen(path, table, names)
                self.columns = tuple(
                    str(one[1]) for one in base.execute(f"PRAGMA table_info({_quoted(self._table)})").fetchall()
                )
        except sqlite3.Error:
            raise TableError(f"{path.name} can't be read as a SQLite database", fate=_FATE) from None

    def lines(self) -> Iterator[Line]:
        """See `Source`. They are counted as they come."""
        try:
            with closing(self._opened()) as base:
                rows = base.execute(f"SELECT * FROM {_quoted(self._table)}")  # noqa: S608  quoted, and read only
                for number, row in enumerate(rows, 1):
                    cells = tuple(map(_raw, row))
                    if any(cell is not None and cell != "" for cell in cells):
                        yield Line(number, cells)
        except sqlite3.Error:
            raise TableError(f"{self._path.name} can't be read to its end", fate=_FATE) from None

    def _opened(self) -> sqlite3.Connection:
        base = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True)
        base.text_factory = _text
        return base


def _chosen(path: Path, table: str, names: list[str]) -> str:
    if table in names:
        return table
    listed = ", ".join(names[:12])
    if table:
        hints = (f"it has: {listed}",) if names else ()
        raise TableError(f"{path.name} has no table {table}", hints=hints, fate=_FATE)
    if len(names) == 1:
        return names[0]
    if not names:
        raise TableError(f"{path.name} has no table", fate=_FATE)
    hints = (f"to say which, write: {path.name}#{names[0]}", f"it has: {listed}")
    raise TableError(f"{path.name} has {len(names)} tables", hints=hints, fate=_FATE)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _raw(found: object) -> Raw:
    match found:
        case None | str():
            return found
        case int():
            return Decimal(found)
        case float():
            return Decimal(format(found, ".15g")) if found - found == 0 else Bad("is no number")
        case _:
            return Bad("holds bytes, which are no text")


def _text(found: bytes) -> str:
    return found.decode("utf-8", "replace")
