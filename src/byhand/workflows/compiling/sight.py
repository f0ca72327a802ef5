"""A list of what could be seen, asked: what lies in what, the rows of a table, what stands beside a label. Pure.

Rules of this module: only what is listed is told. A name that was not cleared is "" and stays so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from byhand.episodes import boxes
from byhand.episodes.types import Target
from byhand.events.kinds import Snapshot, Wireframe

ROWS = frozenset({"row", "listitem", "article", "treeitem"})
_CONTROLS = frozenset({"button", "checkbox", "switch", "radio", "menuitem", "option", "textbox", "combobox"})
_CELLS = frozenset({"cell", "gridcell", "rowheader"})
_TABLES = frozenset({"table", "grid", "treegrid", "list", "tree", "feed", "main", "region"})
_BARS = frozenset({"navigation", "menu", "menubar", "tablist", "toolbar", "listbox", "banner", "contentinfo"})
"""What lies in one of these is one of the page's own ways, not a record."""
_LABELS = frozenset({"term", "label", "rowheader"})
_SAID = frozenset({"definition", "cell", "gridcell", "text", ""})
_TOLD = frozenset({"status", "alert", "alertdialog", "log"})


class Cell(NamedTuple):
    """head: of its column, "" where it has none."""

    head: str
    text: str


class Pair(NamedTuple):
    """What stands beside a label. place: of the value in the list."""

    label: str
    text: str
    place: int


class Sight:
    """One list. Places are those of the list, parents before children."""

    def __init__(self, listed: Snapshot | Wireframe) -> None:
        self.page = listed.page if isinstance(listed, Snapshot) else ""
        self.origin = listed.origin if isinstance(listed, Snapshot) else ""
        told = listed if isinstance(listed, Snapshot) else boxes.tree(listed)
        self.roles, self.names, self.parents, self.places = told.roles, told.names, told.parents, told.places
        self.nodes = listed.nodes if isinstance(listed, Snapshot) else ()
        self.holds = listed.holds if isinstance(listed, Snapshot) else ("",) * len(told.roles)
        self.states = listed.states if isinstance(listed, Snapshot) else ("",) * len(told.roles)
        self._wire = listed if isinstance(listed, Wireframe) else None

    def __len__(self) -> int:
        return len(self.roles)

    @cached_property
    def within(self) -> dict[int, list[int]]:
        """Children by parent; -1 is the list itself."""
        found: dict[int, list[int]] = {}
        for at, parent in enumerate(self.parents):
            found.setdefault(parent, []).append(at)
        return found

    def at(self, node: int) -> int:
        """Where the element of that number stands, or -1."""
        return self.nodes.index(node) if node and node in self.nodes else -1

    def find(self, role: str, name: str) -> int:
        """The first of that role and name, or -1."""
        return next((at for at in range(len(self)) if self.roles[at] == role and self.names[at] == name), -1)

    def count(self, role: str, name: str) -> int:
        return sum(self.roles[at] == role and self.names[at] == name for at in range(len(self)))

    def up(self, at: int) -> Iterator[int]:
        """What it lies in, the nearest first."""
        while 0 <= (parent := self.parents[at]) < at:
            yield (at := parent)

    def above(self, at: int) -> tuple[str, ...]:
        """Roles of what it lies in, outermost first."""
        return tuple(self.roles[up] for up in self.up(at))[::-1]

    def inside(self, at: int) -> list[int]:
        """All that lies in it, in the order of the list."""
        found: list[int] = []
        waiting = list(reversed(self.within.get(at, ())))
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += reversed(self.within.get(one, ()))
        return found

    def words(self, at: int) -> str:
        """Its name and the words in it."""
        inner = [self.names[one] for one in self.inside(at)]
        return " ".join(dict.fromkeys(word for word in (self.names[at], *inner) if word))

    def of(self, target: Target) -> int:
        """Where an element of a window stands, by its box, or -1."""
        if self._wire is None:
            return -1
        own, place = boxes.tree(self._wire).own, boxes.place(self._wire, target)
        return own.index(place) if place >= 0 and place in own else -1  # rows that were made of cells are -1 there

    def beneath(self, x: int, y: int) -> Target | None:
        """What lies at that place of the desktop, where this is a window; the smallest that does."""
        wire = self._wire
        if wire is None:
            return None
        rects = [boxes.rect(wire, at) for at in range(len(wire.roles))]
        under = [(boxes.area(one), -at) for at, one in enumerate(rects) if boxes.holds(one, (x, y, x + 1, y + 1))]
        if not under:
            return None
        at = -min(under)[1]
        return Target(role=wire.roles[at], name=wire.names[at], box=wire.places[4 * at : 4 * at + 4])

    def told_in(self, at: int) -> str:
        """The words in it but for what its controls are called."""
        inner = [self.names[one] for one in self.inside(at) if self.roles[one] not in _CONTROLS]
        return " ".join(dict.fromkeys(word for word in (self.names[at], *inner) if word))

    # ---- rows

    def row(self, at: int) -> int:
        """The row, item or card it lies in, or is; -1 if none. An item of a menu or a bar of links is none."""
        around = [at, *self.up(at)]
        for place, one in enumerate(around):
            if self.roles[one] not in ROWS:
                continue
            outer = around[place + 1 :]
            if self.roles[one] != "row" and any(self.roles[up] in _BARS for up in outer):
                return -1
            own = [child for child in self.within.get(one, ()) if self.roles[child] == "columnheader"]
            return -1 if own else one
        return -1

    def rows(self, row: int) -> list[int]:
        """All rows of the table that row lies in, itself too, heads left out."""
        table = self.table(row)
        found = [one for one in (self.inside(table) if table >= 0 else range(len(self)))
                 if self.roles[one] == self.roles[row]]  # fmt: skip
        return [one for one in found if self.row(one) == one]

    def table(self, row: int) -> int:
        """What holds the rows, or -1."""
        for one in self.up(row):
            if self.roles[one] in _TABLES or (self.roles[row] != "row" and self.roles[one] != "rowgroup"):
                return one
        return self.parents[row]

    def tables(self) -> list[list[int]]:
        """The rows of each table."""
        found: dict[int, list[int]] = {}
        for at in range(len(self)):
            if self.roles[at] == "row" and self.row(at) == at:
                found.setdefault(self.table(at), []).append(at)
        return list(found.values())

    def heading(self, at: int) -> str:
        """The last heading before it."""
        found = [self.names[one] for one in range(max(at, 0)) if self.roles[one] == "heading" and self.names[one]]
        return found[-1] if found else ""

    def heads(self, row: int) -> list[tuple[str, int, int]]:
        """Names of the columns, with their left and right edges."""
        table = self.table(row)
        inside = self.inside(table) if table >= 0 else range(len(self))
        return [
            (self.names[one], self.places[4 * one], self.places[4 * one] + self.places[4 * one + 2])
            for one in inside if self.roles[one] == "columnheader"
        ]  # fmt: skip

    def over(self, left: int, wide: int) -> str:
        """The column whose head lies over that part of a window, in whichever table."""
        heads = [(self.names[at], self.places[4 * at], self.places[4 * at] + self.places[4 * at + 2])
                 for at, role in enumerate(self.roles) if role == "columnheader"]  # fmt: skip
        return _head(heads, left, wide)

    def cells(self, row: int) -> tuple[Cell, ...]:
        """What stands in a row, by its columns; of an item without cells, its texts."""
        inner = self.within.get(row, ())
        cells = [one for one in inner if self.roles[one] in _CELLS]
        if not cells:
            texts = [self.names[one] for one in self.inside(row) if self.names[one]]
            return tuple(Cell("", text) for text in dict.fromkeys(texts))
        heads = self.heads(row)
        return tuple(Cell(_head(heads, self.places[4 * one], self.places[4 * one + 2]), self.told_in(one))
                     for one in cells)  # fmt: skip

    def column(self, at: int, row: int) -> str:
        """Name of the column it stands in."""
        for one in (at, *self.up(at)):
            if self.roles[one] in _CELLS and self.parents[one] == row:
                return _head(self.heads(row), self.places[4 * one], self.places[4 * one + 2])
            if one == row:
                break
        return ""

    # ---- what is said

    def pairs(self) -> list[Pair]:
        """Values that stand beside a label: of lists of terms, and of rows that are called something."""
        found: list[Pair] = []
        for at in range(len(self)):
            if self.roles[at] not in _LABELS or not self.names[at]:
                continue
            beside = self.within.get(self.parents[at], [])
            after = next((one for one in beside if one > at), -1)
            if after >= 0 and self.roles[after] in _SAID:
                found.append(Pair(self.names[at], self.words(after), after))
        return found

    def told(self) -> list[tuple[str, str]]:
        """Role and words of what a page tells of by itself: notes, alerts, dialogs, its headings."""
        found: list[tuple[str, str]] = []
        for at in range(len(self)):
            role = self.roles[at]
            if role in _TOLD and (said := self.words(at)):
                found.append((role, said))
            elif role in ("heading", "dialog") and self.names[at]:
                found.append((role, self.names[at]))
            elif self._wire is not None and role == "text" and self.names[at]:
                found.append((role, self.names[at]))  # windows have no role for a note; what is new tells
        return found

    def options(self, at: int) -> tuple[str, ...]:
        """Labels of what can be chosen there; () where not each of them was kept: a part would refuse the rest."""
        held = [self.names[one] for one in self.inside(at) if self.roles[one] in ("option", "radio")]
        if not held and self.names[at]:
            lists = (one for one in range(len(self)) if self.roles[one] == "listbox")
            own = next((one for one in lists if self.names[one] == self.names[at]), -1)
            held = [self.names[one] for one in self.inside(own) if self.roles[one] == "option"] if own >= 0 else []
        return tuple(dict.fromkeys(held)) if all(held) else ()


def _head(heads: list[tuple[str, int, int]], left: int, wide: int) -> str:
    """The column whose head lies over it, the most."""
    over = [(min(right, left + wide) - max(begin, left), name) for name, begin, right in heads]
    best = max(over, default=(0, ""))
    return best[1] if best[0] > 0 else ""
