"""The rows of a table, typed by a program's parameters: from csv, xlsx or SQLite.

Rules of this module: a table is gone through twice and never held: once to see how its numbers and dates are written,
once for its rows. A cell that has no value is a problem of its row, told by row and column and never with what stands
in it; a column that is missing or can be read in two ways is an error of the table. A secret is never read from one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import msgspec

from byhand.agents.columns import Match, Survey, count, matched, texts, typed
from byhand.agents.sheets.database import Database
from byhand.agents.sheets.delimited import Delimited
from byhand.agents.sheets.port import Line, Source
from byhand.agents.sheets.spreadsheet import Spreadsheet
from byhand.errors import TableError
from byhand.workflows.cells import Cell, CellError, Values, read
from byhand.workflows.program import Parameter, Workflow

_FATE = "nothing was done"
_ZIP, _SQLITE, _OLE = b"PK\x03\x04", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0"
STATUS = ("byhand state", "byhand reason")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Row(msgspec.Struct, frozen=True):
    """One record. number: from 1. lines: where it stands in the file, as the programs that open it count.

    key: tells it from all others by what its identity says, whatever the order of the table. problems: each a sentence
    of why it can't be run; it then has no values.
    """

    number: int
    lines: tuple[int, ...]
    values: Values
    key: str
    problems: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Row({self.number})"


class Table:
    """One that fits the program.

    name: of the file. columns: its header. says: what a person is to be told: how it was read, and what of it wasn't.
    """

    def __init__(self, name: str, source: Source, workflow: Workflow, folder: Path) -> None:
        found = matched(source.columns, workflow.parameters)
        if found.faults:
            known = ", ".join(filter(None, source.columns)) or "nameless"
            hints = (*found.faults[1:], f"its columns are: {known}")
            hints += ("to take a column of another name, write: amount: {kind: number, column: NAME}",)
            raise TableError(f"{name}: {found.faults[0]}", hints=hints, fate=_FATE)
        self.name = name
        self.columns = source.columns
        self.says = source.says + tuple(
            f"the column {head} isn't read: a secret is asked for, or comes from the keyring" for head in found.unread
        )
        self._source, self._workflow, self._folder = source, workflow, folder
        self._matches = found.matches
        self._unread = found.unread
        self._lists = frozenset(match.parameter.name for match in found.matches if match.field)
        self._forms = self._surveyed()

    def rows(self) -> Iterator[Row]:
        """All of them, one after the other, as often as it is asked.

        Raises:
            TableError: the file goes on in a way that can't be read.
        """
        seen: dict[str, int] = {}
        for number, lines in enumerate(self._records(), 1):
            row = self._row(number, lines)
            if not self._workflow.identity:
                again = seen[row.key] = seen.get(row.key, 0) + 1
                yield row if again == 1 else msgspec.structs.replace(row, key=_hashed([row.key, again]))
            elif (first := seen.setdefault(row.key, number)) != number and not row.problems:
                names = " and ".join(self._workflow.identity)
                apart = " and stands apart from it; sort the table by it" if self._lists else ""
                problem = f"row {number} has the same {names} as row {first}{apart}"
                yield msgspec.structs.replace(row, problems=(problem,), values={})
            else:
                yield row

    def texts(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row as it stands there, a text for each column, with the number of the record it belongs to."""
        for number, lines in enumerate(self._records(), 1):
            for line in lines:
                yield number, texts(line.cells, self.columns, self._unread)

    def _surveyed(self) -> dict[int, str]:
        """How each column is written; one time through the whole table."""
        surveys = [Survey(one) for one in self._matches]
        number = 0
        for line in self._source.lines():
            number = line.number
            for survey in surveys:
                if survey.match.place < len(line.cells):
                    survey.see(line.cells[survey.match.place], number)
        if not number:
            hints = ("it has a header, and nothing below it",)
            raise TableError(f"{self.name} has no rows", hints=hints, fate=_FATE)
        told = [(survey.match, *survey.form()) for survey in surveys]
        if faults := [fault for _, _, fault in told if fault]:
            raise TableError(f"{self.name}, {faults[0]}", hints=tuple(faults[1:]), fate=_FATE)
        return {match.place: match.form or form for match, form, _ in told}

    def _records(self) -> Iterator[tuple[Line, ...]]:
        """Lines beside each other whose identity is the same are one record, where it has lists."""
        if not self._lists or not self._workflow.identity:
            for line in self._source.lines():
                yield (line,)
            return
        held: list[Line] = []
        last: tuple[object, ...] | None = None
        for line in self._source.lines():
            own = tuple(self._cell(line, match)[0] for match in self._telling())
            if held and own != last:
                yield tuple(held)
                held = []
            held.append(line)
            last = own
        if held:
            yield tuple(held)

    def _telling(self) -> list[Match]:
        return [one for one in self._matches if one.parameter.name in self._workflow.identity and one.field is None]

    def _cell(self, line: Line, match: Match) -> tuple[Cell, str]:
        """A cell, and what is wrong with it."""
        raw = line.cells[match.place] if match.place < len(line.cells) else None
        try:
            if match.parameter.kind == "list" and match.field is None:
                return _listed(raw, match.parameter), ""
            cell = typed(raw, match, self._forms.get(match.place, ""))
            if match.kind.kind == "file" and cell != "":
                return self._file(str(cell)), ""
        except CellError as error:
            return "", f"{match.called} {error}"
        return cell, ""

    def _file(self, cell: str) -> str:
        path = Path(cell).expanduser()
        whole = path if path.is_absolute() else self._folder / path
        if not whole.is_file():
            raise CellError("names a file that isn't there")
        return str(whole)

    def _row(self, number: int, lines: tuple[Line, ...]) -> Row:
        problems: list[str] = []
        values: dict[str, Cell] = {}
        for match in self._matches:
            if match.field is None:
                values[match.parameter.name] = self._one(lines, match, number, problems)
        for name in sorted(self._lists):
            fields = [match for match in self._matches if match.parameter.name == name]
            values[name] = self._entries(lines, fields, number, problems)
        wide = len(self.columns)
        problems += [
            _said(number, line, f"it has {len(line.cells)} cells, and the header {wide}")
            for line in lines
            if any(cell not in (None, "") for cell in line.cells[wide:])
        ]
        for one in self._workflow.parameters:
            if one.name not in values and one.kind != "secret":
                values[one.name] = () if one.kind == "list" else ""
        key = self._key(values)
        kept = tuple(line.number for line in lines)
        return Row(number, kept, {} if problems else values, key, tuple(dict.fromkeys(problems)))

    def _one(self, lines: tuple[Line, ...], match: Match, number: int, problems: list[str]) -> Cell:
        """A cell of the record; further lines of it repeat it or leave it empty."""
        cell, why = self._cell(lines[0], match)
        if why:
            problems.append(_said(number, lines[0], why))
        for line in lines[1:]:
            raw = line.cells[match.place] if match.place < len(line.cells) else None
            if raw in (None, ""):
                continue
            other, why = self._cell(line, match)
            if why or other != cell:
                said = why or f"{match.called} is another than in the record's first line"
                problems.append(_said(number, line, said))
        return cell

    def _entries(self, lines: tuple[Line, ...], fields: list[Match], number: int, problems: list[str]) -> Cell:
        entries: list[Mapping[str, Cell]] = []
        for line in lines:
            raws = [line.cells[one.place] if one.place < len(line.cells) else None for one in fields]
            if all(raw is None or (isinstance(raw, str) and not raw.strip()) for raw in raws):
                continue
            entry: dict[str, Cell] = {field.name: "" for field in fields[0].parameter.fields}
            for one in fields:
                cell, why = self._cell(line, one)
                if why:
                    problems.append(_said(number, line, why))
                entry[one.kind.name] = cell
            entries.append(entry)
        if not entries and fields[0].parameter.needed:
            problems.append(_said(number, lines[0], f"{fields[0].parameter.name} has no entry"))
        return tuple(entries)

    def _key(self, values: Values) -> str:
        names = self._workflow.identity or tuple(values)
        return _hashed([[name, _bare(values.get(name, ""))] for name in sorted(names)])


def opened(place: str | Path, workflow: Workflow) -> Table:
    """A table that fits the program.

    Args:
        place: of the file; of a spreadsheet or a database with `#NAME` behind it, a sheet or a table of it.
        workflow: its parameters say what is looked for.

    Raises:
        TableError: it can't be read, a column is missing or there twice, its numbers or dates can be read in two ways,
            or it has no rows.
    """
    path, part = _split(str(place))
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        why = "is not there" if isinstance(error, FileNotFoundError) else "can't be read"
        raise TableError(f"{path} {why}", fate=_FATE) from None
    name = f"{path.name}#{part}" if part else path.name
    return Table(name, _source(path, part, head, workflow), workflow, path.parent)


def _source(path: Path, part: str, head: bytes, workflow: Workflow) -> Source:
    if head.startswith(_ZIP):
        return Spreadsheet(path, part)
    if head.startswith(_SQLITE):
        return Database(path, part)
    if head.startswith(_OLE):
        hints = ("save it as .xlsx without a password, or as .csv",)
        raise TableError(f"{path.name} is an old or a locked spreadsheet", hints=hints, fate=_FATE)
    if not head.strip():
        raise TableError(f"{path.name} is empty", hints=("its first line names the columns",), fate=_FATE)
    return Delimited(path, lambda header: count(header, workflow.parameters))


def _split(place: str) -> tuple[Path, str]:
    whole = Path(place).expanduser()
    name, sign, part = place.rpartition("#")
    return (whole, "") if whole.exists() or not sign else (Path(name).expanduser(), part)


def _listed(raw: object, parameter: Parameter) -> Cell:
    """A list that is one cell: JSON, [{"article": "A", "price": 1.5}]."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if parameter.needed:
            raise CellError("is empty")
        return ()
    try:
        found: Any = json.loads(str(raw), parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError):
        raise CellError('is no list: write [{"article": "A", "price": 1.5}], or a column for each field') from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in cast("list[object]", found)):
        raise CellError("is no list of entries")
    fields = {one.name: one for one in parameter.fields}
    entries: list[Mapping[str, Cell]] = []
    for one in cast("list[dict[str, object]]", found):
        if odd := next((name for name in one if name not in fields), ""):
            raise CellError(f"has an entry with {odd[:40]!r}, and its fields are {', '.join(fields)}")
        entries.append({name: _of_json(one.get(name), field) for name, field in fields.items()})
    return tuple(entries)


def _of_json(value: object, field: Parameter) -> Cell:
    try:
        if isinstance(value, bool) and field.kind == "flag":
            return value
        if isinstance(value, Decimal) and field.kind == "number":
            return value
        if value is None or isinstance(value, (str, Decimal)):
            said = "" if value is None else value if isinstance(value, str) else f"{value:f}"
            return read(said, msgspec.structs.replace(field, format=""))
    except CellError as error:
        raise CellError(f"has an entry whose {field.name} {error}") from None
    raise CellError(f"has an entry whose {field.name} is no {field.kind}")


def _said(number: int, line: Line, why: str) -> str:
    return f"row {number} (line {line.number}): {why}"


def _bare(cell: Cell) -> object:
    """One spelling for each value."""
    match cell:
        case bool():
            return cell
        case Decimal():
            return f"{cell.normalize():f}"
        case date():
            return cell.isoformat()
        case str():
            return cell
        case _:
            return [{name: _bare(one) for name, one in sorted(entry.items())} for entry in cell]


def _hashed(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()


def write_back(table: Table, to: Path, said: Callable[[int], Sequence[str]], titles: Sequence[str] = STATUS) -> None:
    """The table as CSV with what became of each row beside it; there whole or not at all, for the person alone.

    Args:
        table: as it was read. Columns of secrets stay empty.
        to: where the file goes; the table's own file may be it.
        said: of a record's number, a text for each of the titles.
        titles: of the columns that are added.

    Raises:
        TableError: it can't be written.
    """
    try:
        descriptor, made = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.parent)
        try:
            with io.open(descriptor, "w", newline="", encoding="utf-8-sig") as file:  # noqa: UP020  of a descriptor
                writer = csv.writer(file)
                writer.writerow((*table.columns, *titles))
                for number, row in table.texts():
                    writer.writerow((*row, *map(_harmless, said(number))))
                file.flush()
                os.fsync(file.fileno())
            Path(made).replace(to)
        except BaseException:
            with suppress(OSError):
                Path(made).unlink()
            raise
    except OSError as error:
        raise TableError(
            f"{to} can't be written: {(error.strerror or '').lower()}", fate="the table is as it was"
        ) from None


def _harmless(text: str) -> str:
    """A program that opens the file would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
