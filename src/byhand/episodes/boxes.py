"""A window's boxes as a tree, told as a page's list is: what lies in what, and in which row of a table. Pure.

A wireframe is flat: its boxes come the largest first, and those on an open menu after all others. So a box lies in the
smallest one before it that holds it. Roles become ARIA's, as far as `near` asks for them.

Rules of this module: nothing is guessed from words. A row is made only of cells of one table that lie side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from byhand.episodes.types import Target
from byhand.events.kinds import Wireframe

ROLES = {
    "label": "text", "static": "text", "caption": "text", "entry": "textbox", "text": "textbox",
    "password text": "textbox", "date editor": "textbox", "editbar": "textbox", "autocomplete": "textbox",
    "combo box": "combobox", "list box": "listbox", "spin button": "spinbutton", "check box": "checkbox",
    "radio button": "radio", "table row": "row", "list item": "listitem", "tree item": "treeitem",
    "table cell": "cell", "row header": "rowheader", "table row header": "rowheader", "tree table": "table",
    "tool bar": "toolbar", "menu bar": "menubar", "page tab list": "tablist", "panel": "group", "alert": "dialog",
    "push button": "button", "table column header": "columnheader", "column header": "columnheader",
}  # fmt: skip
_TABLES = frozenset({"table", "tree", "listbox", "list"})
_CELLS = frozenset({"cell", "rowheader"})
_COVERED = "covered"
_COARSE = 64
"""So much wider a text may be told whose words were not cleared: `privacy.frames.wireframe.STEP`."""
Rect = tuple[int, int, int, int]


class Tree(NamedTuple):
    """Columns as in a `Snapshot`. own: places in the wireframe, -1 of a row that was made of cells."""

    roles: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[int, ...]
    places: tuple[int, ...]
    own: tuple[int, ...]


@lru_cache(8)
def tree(wire: Wireframe) -> Tree:
    """Parents before children."""
    rects = [rect(wire, at) for at in range(len(wire.roles))]
    roles = [ROLES.get(role, role) for role in wire.roles]
    shown = [at for at, role in enumerate(wire.roles) if role != _COVERED]
    within: dict[int, list[int]] = {}
    for count, at in enumerate(shown):
        around = [one for one in shown[:count] if holds(rects[one], rects[at])]
        within.setdefault(min(around, key=lambda one: (area(rects[one]), -one)) if around else -1, []).append(at)
    told: list[tuple[str, str, int, Rect, int]] = []
    waiting = [(at, -1) for at in reversed(within.get(-1, []))]
    while waiting:
        at, parent = waiting.pop()
        here = len(told)
        told.append((roles[at], wire.names[at], parent, rects[at], at))
        children = within.get(at, [])
        rows = _rows([one for one in children if roles[one] in _CELLS], rects) if roles[at] in _TABLES else []
        of = {one: len(told) + number for number, row in enumerate(rows) for one in row}
        told += [("row", "", here, _around([rects[one] for one in row]), -1) for row in rows]
        waiting += [(one, of.get(one, here)) for one in reversed(children)]
    return Tree(
        tuple(role for role, *_ in told), tuple(name for _, name, *_ in told),
        tuple(parent for _, _, parent, _, _ in told),
        tuple(number for _, _, _, (x0, y0, x1, y1), _ in told for number in (x0, y0, x1 - x0, y1 - y0)),
        tuple(own for *_, own in told),
    )  # fmt: skip


def place(wire: Wireframe, target: Target) -> int:
    """Where the target stands in the wireframe, -1 if it does not."""
    if len(target.box) != 4:
        return -1
    x, y, w, h = target.box
    best, least = -1, _COARSE
    for at, role in enumerate(wire.roles):
        left, top, wide, high = wire.places[4 * at : 4 * at + 4]
        if (left, top, high) != (x, y, h) or not 0 <= wide - w < least or role != target.role:
            continue
        best, least = at, wide - w
    return best


def rect(wire: Wireframe, at: int) -> Rect:
    x, y, w, h = wire.places[4 * at : 4 * at + 4]
    return x, y, x + w, y + h


def area(one: Rect) -> int:
    return (one[2] - one[0]) * (one[3] - one[1])


def holds(outer: Rect, inner: Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _rows(cells: Sequence[int], rects: Sequence[Rect]) -> list[list[int]]:
    """Cells whose middles lie at one height. One alone is no row."""
    found: list[list[int]] = []
    for at in sorted(cells, key=lambda one: (rects[one][1], rects[one][0])):
        middle = (rects[at][1] + rects[at][3]) // 2
        row = found[-1] if found else None
        if row and rects[row[0]][1] <= middle < rects[row[0]][3]:
            row.append(at)
        else:
            found.append([at])
    return [row for row in found if len(row) > 1]


def _around(rects: Sequence[Rect]) -> Rect:
    return (
        min(one[0] for one in rects), min(one[1] for one in rects),
        max(one[2] for one in rects), max(one[3] for one in rects),
    )  # fmt: skip
