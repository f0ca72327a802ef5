"""Clicks in quick succession at one place are a double or a triple click.

500 ms from press to press, and no further apart than a hand slips; the same that desktops and browsers take. More than
three in a row are somebody pressing an arrow again and again: those stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.making import Made, joined
from byhand.episodes.seen import STILL_PX, Seen
from byhand.episodes.types import Action, Op
from byhand.events.time import MS

QUICK_NS = 500 * MS
_OPS: dict[int, Op] = {2: "double_click", 3: "triple_click"}


def multiples(seen: Seen, acts: Sequence[Action]) -> Made:
    """See the module."""
    made: list[Action] = []
    row: list[Action] = []
    for act in acts:
        if row and not _again(seen, row[-1], act):
            made += _row(row)
            row = []
        if act.op == "click":
            row.append(act)
        else:
            made.append(act)
    return [*made, *_row(row)], []


def _again(seen: Seen, before: Action, act: Action) -> bool:
    if act.op != "click" or act.start_ns - before.start_ns > QUICK_NS or act.keys != before.keys:
        return False
    most = STILL_PX * seen.scale(act.x, act.y)
    return (act.x - before.x) ** 2 + (act.y - before.y) ** 2 <= most * most


def _row(row: list[Action]) -> list[Action]:
    op = _OPS.get(len(row))
    if op is None:
        return row
    first = row[0]  # the first press says what was there
    return [joined(row, op=op, why="multiples.quick", target=first.target, x=first.x, y=first.y)]
