"""What a desktop program shows, as a view in the observer's words.

Rules of this module: values only. Cells of a table are told flat by toolkits; here they lie in rows, as on a page. The
options of a list lie in it, wherever the toolkit hangs them. A window is one form: what lies in it belongs together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from byhand.agents.actuators.window_tree import CELLS, HEADS, ITEMS, Told
from byhand.capture.accessibility.bus import Node
from byhand.capture.accessibility.roles import STATES
from byhand.capture.accessibility.tree import Box
from byhand.episodes.boxes import ROLES
from byhand.workflows.view import Seen, View

_KEPT = frozenset({
    "checked", "indeterminate", "selected", "pressed", "expanded", "collapsed", "read only", "required",
    "invalid entry", "multi line", "multiselectable", "has popup", "modal", "editable", "focused",
})  # fmt: skip
_ARIA = ROLES | {
    "toggle button": "button", "menu item": "menuitem", "check menu item": "menuitemcheckbox",
    "radio menu item": "menuitemradio", "page tab": "tab", "scroll pane": "group", "filler": "group",
    "section": "group", "grouping": "group", "viewport": "group", "document web": "document", "paragraph": "text",
    "notification": "alert", "info bar": "alert", "status bar": "status", "file chooser": "dialog",
    "color chooser": "dialog", "font chooser": "dialog", "progress bar": "progressbar", "tool tip": "tooltip",
    "scroll bar": "scrollbar", "frame": "form", "tree": "tree",
}  # fmt: skip
_TABLES = frozenset({"table", "tree table", "tree"})
_BETWEEN = frozenset({"menu", "window"})
"""What a list's options hang in."""


class Numbers:
    """Of nodes, for views: the same as long as the program runs. 0 is none."""

    def __init__(self) -> None:
        self._of: dict[tuple[Node, bool], int] = {}

    def of(self, node: Node, *, row: bool = False) -> int:
        """row: the row that begins with that cell."""
        return self._of.setdefault((node, row), len(self._of) + 1)


def view(told: Sequence[Told], app: str, numbers: Numbers) -> tuple[View, dict[int, Told]]:
    """The view, and what each of its numbers stands for."""
    elements: list[Seen] = []
    by_number: dict[int, Told] = {}
    places: dict[int, int] = {}
    rows = _rows(told)
    begun: dict[int, int] = {}
    for place, one in enumerate(told):
        parent = places.get(one.parent, -1)
        inside = _list_of(place, told)
        if inside >= 0 and one.role in _BETWEEN:
            places[place] = places[inside]  # an option lies in its list
            continue
        if (row := rows.get(place, -1)) >= 0:
            if row not in begun:
                number = numbers.of(told[row].node, row=True)
                box = _around([told[at].box for at, of in rows.items() if of == row])
                states = tuple(s for s in ("selected",) if s in one.states)
                begun[row] = len(elements)
                by_number[number] = told[row]
                elements.append(Seen(number, parent, "row", states=states, box=box))
            parent = begun[row]
        number = numbers.of(one.node)
        option = inside >= 0
        role = "option" if option else _ARIA.get(one.role, one.role)
        if role == "textbox" and one.role == "text" and "editable" not in one.states:
            role = "text" if "disabled" not in one.states else role
        states = tuple(state for state in STATES if state in one.states & _KEPT)
        more = tuple(state for state in ("disabled", "secret") if state in one.states)
        by_number[number] = one
        places[place] = len(elements)
        elements.append(Seen(
            number, parent, role, "option" if option else "", one.name, (*states, *more), one.value, one.box, 0, "",
            one.hint,
        ))  # fmt: skip
    title = next((one.name for one in told if one.parent < 0 and one.name), "")
    return View(app, title, tuple(elements)), by_number


def _list_of(place: int, told: Sequence[Told]) -> int:
    """The combo box that it is an option of, or that its options hang in; -1 for none."""
    up = told[place].parent
    while up >= 0:
        if told[up].role == "combo box":
            return up if told[place].role in ITEMS | _BETWEEN else -1
        if told[up].role not in ("menu", "window", "list"):
            return -1
        up = told[up].parent
    return -1


def _rows(told: Sequence[Told]) -> dict[int, int]:
    """For each cell that lies in its table itself, the first cell of its row."""
    found: dict[int, int] = {}
    for roles in (CELLS, HEADS):
        cells = [
            at for at, one in enumerate(told)
            if one.role in roles and one.parent >= 0 and told[one.parent].role in _TABLES
        ]  # fmt: skip

        for _, table in groupby(cells, lambda at: told[at].parent):
            inside = list(table)
            wide = _columns([told[at].box for at in inside], len(inside))
            for first in range(0, len(inside), wide):
                found |= dict.fromkeys(inside[first : first + wide], inside[first])
    return found


def _columns(boxes: Sequence[Box], many: int) -> int:
    """How many of these lie beside each other: as many as do in the first row that shows."""
    shown = [at for at, one in enumerate(boxes) if one[2] and one[3]]
    if not shown:
        return max(many, 1)
    first = boxes[shown[0]]
    return sum(1 for at in shown if boxes[at][1] < first[1] + first[3] and first[1] < boxes[at][1] + boxes[at][3])


def _around(boxes: Sequence[Box]) -> Box:
    boxes = [one for one in boxes if one[2] and one[3]]
    if not boxes:
        return 0, 0, 0, 0
    left, top = min(one[0] for one in boxes), min(one[1] for one in boxes)
    right, low = max(one[0] + one[2] for one in boxes), max(one[1] + one[3] for one in boxes)
    return left, top, right - left, low - top
