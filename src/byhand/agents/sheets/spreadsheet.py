"""Rows of a spreadsheet (.xlsx), read by openpyxl (extra `tables`).

Rules of this module: of a formula its value counts, as it was worked out when the file was saved; its text is never
read. A number is what the program shows of it: 15 digits, and zeros in front where its format is nothing but zeros.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from byhand.agents.sheets.port import Bad, Line, Raw
from byhand.errors import TableError

_FATE = "nothing was done"
_LARGEST = 1 << 30
"""Bytes it may unpack to: 100 000 rows take some 50 MiB."""
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


class Spreadsheet:
    """One sheet of it. sheet: "" is the only one in which something stands.

    Raises:
        TableError: it can't be read, or there is more than one.
    """

    says: tuple[str, ...] = ()

    def __init__(self, path: Path, sheet: str) -> None:
        self._path = path
        self._checked()
        with closing(self._opened(values=True)) as book:
            full = [one.title for one in book.worksheets if _first(one) is not None]
            self._sheet = self._chosen(sheet, [one.title for one in book.worksheets], full)
            found = _first(book[self._sheet])
        if found is None:
            raise TableError(f"{path.name} is empty", hints=("its first row names the columns",), fate=_FATE)
        self._header, header = found
        while header and header[-1] in (None, ""):
            header = header[:-1]
        self.columns = tuple("" if name is None else " ".join(str(name).split()) for name in header)
        self._has_formulas = self._mentions_formulas()

    def lines(self) -> Iterator[Line]:
        """See `Source`."""
        wide = len(self.columns)
        with closing(self._opened(values=True)) as book, closing(self._opened(values=False)) as written:
            formulas = iter(_rows(written[self._sheet])) if self._has_formulas else None
            for number, cells in _rows(book[self._sheet]):
                formula = next(formulas, (0, ()))[1] if formulas is not None else ()
                if number <= self._header:
                    continue
                raw = [_raw(one) for one in cells]
                for place, one in enumerate(formula[: len(raw)]):
                    if raw[place] is None and getattr(one, "data_type", "") == "f":
                        raw[place] = Bad("is a formula that was never worked out: open the file and save it again")
                while len(raw) > wide and raw[-1] in (None, ""):
                    raw.pop()
                if any(one is not None and one != "" for one in raw):
                    yield Line(number, tuple(raw))

    def _opened(self, *, values: bool) -> Any:
        try:
            from openpyxl import load_workbook  # noqa: PLC0415  an extra
        except ImportError:
            hints = ('to read spreadsheets, run: pip install "byhand[tables]"', "or save it as .csv")
            raise TableError("spreadsheets can't be read here", hints=hints, fate=_FATE) from None
        try:
            return load_workbook(self._path, read_only=True, data_only=values, keep_links=False)
        except Exception:  # whatever a broken file makes of it
            raise TableError(f"{self._path.name} can't be read as a spreadsheet", fate=_FATE) from None

    def _checked(self) -> None:
        try:
            with zipfile.ZipFile(self._path) as packed:
                if sum(one.file_size for one in packed.infolist()) > _LARGEST:
                    raise TableError(f"{self._path.name} is too large to be a table", fate=_FATE)
        except (OSError, zipfile.BadZipFile):
            raise TableError(f"{self._path.name} can't be read as a spreadsheet", fate=_FATE) from None

    def _chosen(self, sheet: str, names: list[str], full: list[str]) -> str:
        listed = f"it has: {', '.join(names[:12])}"
        if sheet and sheet not in names:
            raise TableError(f"{self._path.name} has no sheet {sheet}", hints=(listed,), fate=_FATE)
        if sheet or len(full) == 1:
            return sheet or full[0]
        if not full:
            raise TableError(f"{self._path.name} is empty", hints=("its first row names the columns",), fate=_FATE)
        hints = (f"to say which, write: {self._path.name}#{full[0]}", listed)
        raise TableError(f"something stands in {len(full)} sheets of {self._path.name}", hints=hints, fate=_FATE)

    def _mentions_formulas(self) -> bool:
        """To read the sheet twice costs as much again, and most have none."""
        with zipfile.ZipFile(self._path) as packed:
            for one in packed.namelist():
                if not one.startswith("xl/worksheets/") or not one.endswith(".xml"):
                    continue
                with packed.open(one) as file:
                    tail = b""
                    while piece := file.read(1 << 20):
                        if _FORMULA.search(tail + piece):
                            return True
                        tail = piece[-16:]
        return False


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # what a file says of its size is often wrong
    return enumerate(cast("Iterator[tuple[Any, ...]]", sheet.iter_rows()), 1)


def _first(sheet: Any) -> tuple[int, tuple[Any, ...]] | None:
    """The first row in which something stands."""
    if not hasattr(sheet, "iter_rows"):
        return None
    for number, cells in _rows(sheet):
        values = tuple(cell.value for cell in cells)
        if any(value is not None and str(value).strip() for value in values):
            return number, values
    return None


def _raw(cell: Any) -> Raw:
    value = cell.value
    match value:
        case None | str():
            return Bad(f"holds {value}, which is an error of the spreadsheet") if cell.data_type == "e" else value
        case bool():
            return value
        case datetime():
            return value.date() if value.time() == time() else Bad("is a date with a time of day")
        case date():
            return value
        case int() | float():
            return _number(value, str(cell.number_format or ""))
        case _:
            return Bad("is a time or something else that is neither text, number nor date")


def _number(value: float, shown: str) -> Raw:
    if isinstance(value, float) and value - value != 0:
        return Bad("is no number")
    found = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if re.fullmatch("00+", shown) and found == found.to_integral_value() and found >= 0:
        return f"{found:f}".rjust(len(shown), "0")
    return found
