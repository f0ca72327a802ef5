"""`byhand guard timing`: typing in a table, told in drawn time, by the code that guards a recording.

Rules of this module: a row in, a row out, in order; only the two times change. A table with another column is refused:
it could tell the true times. Nothing of a row is ever quoted, and where something is wrong nothing is left behind.
"""

from __future__ import annotations

import csv
import hashlib
import math
import os
import secrets
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

from cyclopts import Parameter
from rich.text import Text

from byhand.cli.output import Json, emit, say
from byhand.errors import UsageFault
from byhand.privacy.rhythm.strokes import Strokes

COLUMNS = ("person", "key", "down_ms", "up_ms")
_UNWRITTEN = "nothing was written"
_MOST_MS = 1e15  # beyond any clock, and a float still knows each ms


def guard_timing(
    table: Annotated[Path, Parameter(name="IN.csv", help="Columns person, key, down_ms, up_ms, in any order.")],
    told: Annotated[Path, Parameter(name="OUT.csv", help="Where to write the same rows with drawn times.")],
    /,
    *,
    seed: Annotated[str, Parameter(help="Draw the same times again. For tests: it must be secret to protect.")] = "",
    json: Json = False,
) -> None:
    root = seed.encode() if seed else secrets.token_bytes(32)
    people: dict[str, Strokes] = {}
    rows = 0
    try:
        with table.open(newline="", encoding="utf-8-sig") as source:
            if told.exists() and not told.is_file():
                # What is put in its place would take away /dev/stdout from everybody.
                raise UsageFault("a table is told into a file, not into a folder or a device", fate=_UNWRITTEN)
            if told.exists() and told.samefile(table):
                raise UsageFault("a table can't be told into itself", hints=("name another file",), fate=_UNWRITTEN)
            with _beside(told) as target:
                writer = csv.writer(target, lineterminator="\n")
                writer.writerow(COLUMNS)
                for person, key, down_ms in _rows(source):
                    if person not in people:
                        name = person.encode("utf-8", "surrogatepass")
                        people[person] = Strokes(hashlib.sha256(root + b"\0" + name).digest())
                    writer.writerow((person, key, *people[person].told(key, down_ms)))
                    rows += 1
    except OSError as error:
        # The name it takes in the end, not that of the file beside it.
        which = f"{table.name} can't be read" if error.filename == str(table) else f"{told.name} can't be written"
        why = (error.strerror or type(error).__name__).lower()
        raise UsageFault(f"{which}: {why}", fate=_UNWRITTEN) from None
    if json:
        emit({"rows": rows, "people": len(people)})
    else:
        who = "1 person" if len(people) == 1 else f"{len(people):,} people"
        say(
            Text.assemble(
                ("wrote ", "quiet"), (str(told), "name"), (f"  {rows:,} rows of {who}, in drawn time", "quiet")
            )
        )


@contextmanager
def _beside(path: Path) -> Generator[TextIO]:
    """A file that takes its name only when it is whole: half a table would pass for one. For the person alone."""
    handle, name = tempfile.mkstemp(prefix=".byhand-", dir=path.absolute().parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _rows(source: TextIO) -> Iterator[tuple[str, str, float]]:
    """Person, key and when it went down.

    Raises:
        UsageFault: a column or a row is not as it must be. It names the line.
    """
    reader = csv.reader(source)
    try:
        names = [name.strip().lower() for name in next(reader, list[str]())]
        if sorted(names) != sorted(COLUMNS):
            raise _wrong_columns(names)
        places = [names.index(name) for name in COLUMNS]
        for row in reader:
            if not row:
                continue
            if len(row) != len(COLUMNS):
                raise _wrong(reader.line_num, f"has {len(row)} cells, not {len(COLUMNS)}")
            person, key, down, up = (row[place] for place in places)
            down_ms, up_ms = _ms(down, reader.line_num), _ms(up, reader.line_num)
            if up_ms < down_ms:
                raise _wrong(reader.line_num, "has a key that went up before it went down")
            yield person, key, down_ms
    except (csv.Error, UnicodeDecodeError):  # their own words may quote the row
        raise _wrong(reader.line_num + 1, "is not CSV in UTF-8") from None


def _ms(cell: str, line: int) -> float:
    try:
        ms = float(cell)
    except ValueError:
        ms = math.nan
    if not abs(ms) <= _MOST_MS:
        raise _wrong(line, "has a time that is not a number of milliseconds")
    return ms


def _wrong_columns(names: list[str]) -> UsageFault:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        message = f"the table has no column {missing[0]}"
    elif len(set(names)) < len(names):
        message = "the table has a column twice"
    else:
        message = "the table has other columns, and they could tell the true times"
    return UsageFault(message, hints=(f"its first line must be: {','.join(COLUMNS)}",), fate=_UNWRITTEN)


def _wrong(line: int, what: str) -> UsageFault:
    return UsageFault(f"line {line} of the table {what}", fate=_UNWRITTEN)
