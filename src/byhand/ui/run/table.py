"""The person's table back, with what became of each row beside its cells. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from byhand.ui.run.telling import Line

COLUMNS = ("byhand state", "byhand reason", "byhand steps", "byhand seconds")
# A program that opens the file takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(columns: Sequence[str], cells: Sequence[Mapping[str, str]], lines: Sequence[Line]) -> str:
    """As CSV, in the order of the table.

    Args:
        columns: of the table.
        cells: each row's, as they were written; the first is row 1.
        lines: what became of them.
    """
    known = {line.number: line for line in lines}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*columns, *COLUMNS))
    for number, row in enumerate(cells, 1):
        told: tuple[object, ...] = ("not begun", "", "", "")
        if line := known.get(number):
            told = (line.state, _plain(line.reason), line.steps, f"{line.seconds:.1f}")
        writer.writerow((*(row.get(name, "") for name in columns), *told))
    return out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
