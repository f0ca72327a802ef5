"""Rows of the compiler: how much of a program is inferred as a person would write it, from three demonstrations each.

Counted are parameters (name, kind, how it's typed), what is read, loops, conditions and which row: each line of the
outline a person wrote is right or wrong, and so is one that is there and should not be. The families are those of
tests/workflows/compiling; `blind` is the same where the guard cleared no word of any record.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.report import Row
from byhand.workflows.compiling.make import make
from tests.workflows.compiling.outline import outline, shape
from tests.workflows.compiling.showing import demonstrations

ALL = ("inferred",)
_REACH, _REACH_BLIND = 0.95, 0.7
FAMILIES = Path(__file__).parent.parent / "tests" / "workflows" / "compiling" / "families"


def measure() -> Iterator[Row]:
    """Both rows."""
    for blind in (False, True):
        right = wrong = whole = 0
        paths = sorted(FAMILIES.glob("*.txt"))
        begun = time.process_time()
        for path in paths:
            good, bad, all_of_it = one(path, blind=blind)
            right, wrong, whole = right + good, wrong + bad, whole + all_of_it
        spent = (time.process_time() - begun) / len(paths)
        share = right / (right + wrong)
        yield Row(
            "parameters, loops and branches as a person writes them" + (", no record's words kept" if blind else ""),
            f">= {_REACH_BLIND if blind else _REACH}", f"{share:.3f}", "",
            f"{len(paths)} families, 3 demonstrations each, {right + wrong} things; "
            f"{whole} whole programs the same; {1000 * spent:.0f} ms each",
            share >= (_REACH_BLIND if blind else _REACH),
        )  # fmt: skip


def one(path: Path, *, blind: bool = False) -> tuple[int, int, bool]:
    """How many things of a family are right, how many are wrong or missing, and whether the whole program is as it
    should be.
    """
    text, _, expected = path.read_text().partition("===\n")
    made = outline(make(demonstrations(text, blind=blind), path.stem)).strip()
    wanted, found = Counter(shape(expected.strip())), Counter(shape(made))
    right = (wanted & found).total()
    return right, max(wanted.total(), found.total()) - right, made == expected.strip()


if __name__ == "__main__":
    for row in measure():
        print(row.as_dict())
