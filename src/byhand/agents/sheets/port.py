"""What a source of rows is, whatever lies behind it.

Rules of this module: values and the port only. A source holds no more than one row at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol


class Bad(NamedTuple):
    """A cell that has no value. why: as it follows the column's name: "is a formula that was never worked out"."""

    why: str


Raw = str | Decimal | date | bool | Bad | None
"""A cell as its source has it; None is an empty one."""


class Line(NamedTuple):
    """number: where it stands in the source, as the programs that open it count."""

    number: int
    cells: tuple[Raw, ...]

    def __repr__(self) -> str:
        return f"Line({self.number})"


class Source(Protocol):
    """columns: its header. says: what a person is to be told of how it is read."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def says(self) -> tuple[str, ...]: ...

    def lines(self) -> Iterator[Line]:
        """From the first below the header; without those in which nothing stands.

        Raises:
            TableError: it goes on in a way that can't be read.
        """
        ...
