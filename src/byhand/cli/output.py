"""The two ways to answer: lines for a person, JSON for a program."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from rich.theme import Theme

Json = Annotated[bool, Parameter(name="--json", help="Answer with JSON, for programs.")]
Yes = Annotated[bool, Parameter(name=("--yes", "-y"), help="Don't ask.")]

# Quiet on purpose: colour says what a word is, never how to feel about it, except for the three verdicts.
_THEME = Theme(
    {
        "quiet": "bright_black",
        "time": "bright_black",
        "app": "cyan",
        "name": "bold",
        "good": "green",
        "warn": "yellow",
        "bad": "red",
    }
)

Cell = str | Text
Row = Sequence[Cell]


class _Paper(Console):
    def on_broken_pipe(self) -> None:
        """Rich would exit with 1 here; `entry` knows better what it means."""
        raise BrokenPipeError


def paper() -> Console:
    """Where answers go. Colours only on a terminal; NO_COLOR is honoured by rich."""
    return _Paper(file=sys.stdout, theme=_THEME, highlight=False, markup=False, emoji=False)


def margin() -> Console:
    """Where errors, questions and progress go."""
    return Console(file=sys.stderr, theme=_THEME, highlight=False, markup=False, emoji=False)


def say(*lines: Cell, on: Console | None = None) -> None:
    """Print lines as they are: never wrapped or cropped when piped, wrapped by the terminal itself otherwise."""
    console = on or paper()
    for line in lines or ("",):
        console.print(line, soft_wrap=True)


def columns(rows: Iterable[Row], *, indent: int = 0, gap: int = 2) -> None:
    """Print rows with their cells aligned."""
    table = [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows]
    if not table:
        return
    widths = [max(cell_len(row[n].plain) for row in table if n < len(row)) for n in range(max(map(len, table)))]
    console = paper()
    for row in table:
        line = Text(" " * indent)
        for n, cell in enumerate(row):
            line.append_text(cell)
            if n + 1 < len(row):
                line.append(" " * (widths[n] - cell_len(cell.plain) + gap))
        line.rstrip()
        console.print(line, soft_wrap=True)


def emit(value: object) -> None:
    """One JSON value on one line of stdout."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def on_terminal() -> bool:
    """Is a person there to read progress and to answer questions?"""
    return sys.stdin.isatty() and sys.stderr.isatty()
