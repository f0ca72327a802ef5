"""Rows of a text: csv, tsv, whatever stands between the cells.

Rules of this module: an encoding is known by its mark, or because all of the file fits it; Windows-1252 is what is
left, and is said. The delimiter is the one by which the header names most of what is looked for.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from byhand.agents.sheets.port import Line
from byhand.errors import TableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_FATE = "nothing was done"


class Delimited:
    """A text file with a header.

    Args:
        path: of the file.
        wanted: how many of the columns that are looked for a header has.

    Raises:
        TableError: it can't be read.
    """

    def __init__(self, path: Path, wanted: Callable[[Sequence[str]], int]) -> None:
        self._path = path
        self.encoding = _encoding(path)
        self.says: tuple[str, ...] = ()
        if self.encoding == "cp1252":
            self.says = (f"{path.name} is not UTF-8 and was read as Windows-1252: look whether its umlauts are right",)
        self.delimiter, self._skipped = self._sniffed(wanted)
        header = next(self._read(), None)
        if header is None:
            raise TableError(f"{path.name} is empty", hints=("its first line names the columns",), fate=_FATE)
        self.columns = tuple(" ".join(name.split()) for name in header[1])

    def lines(self) -> Iterator[Line]:
        """See `Source`."""
        for number, cells in islice(self._read(), 1, None):
            if any(cell.strip() for cell in cells):
                yield Line(number, tuple(cells))

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        try:
            with self._path.open(newline="", encoding=self.encoding) as file:
                for _ in range(self._skipped):
                    file.readline()
                reader = csv.reader(file, delimiter=self.delimiter, strict=True)
                begun = 1 + self._skipped
                try:
                    for cells in reader:
                        if cells:
                            yield begun, cells
                        begun = reader.line_num + 1 + self._skipped
                except csv.Error as error:
                    raise _unreadable(self._path, begun, str(error)) from None
        except (OSError, UnicodeError):
            raise TableError(f"{self._path.name} can't be read", fate=_FATE) from None

    def _sniffed(self, wanted: Callable[[Sequence[str]], int]) -> tuple[str, int]:
        try:
            with self._path.open(newline="", encoding=self.encoding) as file:
                sample = file.read(_SAMPLE)
        except (OSError, UnicodeError):
            raise TableError(f"{self._path.name} can't be read", fate=_FATE) from None
        first = sample.split("\n", 1)[0].strip()
        # How Excel writes down which one it took.
        if first.lower().startswith("sep=") and len(first) == 5:
            return first[4], 1

        def worth(delimiter: str) -> tuple[int, bool, int]:
            try:
                rows = list(islice(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), 50))
            except csv.Error:
                return (0, False, 0)
            full = [row for row in rows if row][:-1] or rows[:1]  # the last one may be cut
            header = full[0] if full else []
            is_even = len(header) > 1 and all(len(row) == len(header) for row in full)
            return (wanted(header), is_even, len(header))

        return max(_DELIMITERS, key=worth), 0


def _encoding(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(_SAMPLE)
            for mark, name in _MARKS:
                if head.startswith(mark):
                    return name
            if (wide := _wide(head)) or b"\x00" in head:
                if wide:
                    return wide
                raise TableError(f"{path.name} is no text", hints=("it is read as .csv, .xlsx or .sqlite",), fate=_FATE)
            file.seek(0)
            if _fits(file, "utf-8"):
                return "utf-8"
            file.seek(0)
            if _fits(file, "cp1252"):
                return "cp1252"
    except OSError as error:
        raise TableError(f"{path.name} can't be read: {(error.strerror or '').lower()}", fate=_FATE) from None
    hints = ("save it as UTF-8",)
    raise TableError(f"{path.name} is neither UTF-8 nor Windows-1252", hints=hints, fate=_FATE)


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: of mostly Latin letters every other byte is 0."""
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    half = max(1, min(len(head), 2000) // 2)
    if odd > 0.4 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd == 0 else ""


def _fits(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while piece := file.read(1 << 20):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unreadable(path: Path, line: int, said: str) -> TableError:
    if "end of data" in said:
        return TableError(
            f"{path.name} line {line}: a text in quotes isn't closed",
            hints=('a quote inside of a text in quotes is written twice: ""',), fate=_FATE,
        )  # fmt: skip
    if "field limit" in said:
        return TableError(f"{path.name} line {line}: a cell is longer than 131072 signs", fate=_FATE)
    return TableError(
        f"{path.name} line {line}: quotes and cells don't fit together",
        hints=("a cell with quotes in it stands in quotes, and they are written twice",), fate=_FATE,
    )  # fmt: skip
