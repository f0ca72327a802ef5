"""A place in a picture, keys by other names, a text for whatever has the keyboard: as an act on an element. Pure.

Rules of this module: the element is the smallest of the list whose box holds the place. What only holds others (a form,
a list, a row) is there for the looks of it: a press on its bare ground is a press on nothing, and refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from byhand.events.kinds import Snapshot
from byhand.models.decision import Decision, Did, Op
from byhand.models.endpoints.reading import Answer, Mistake, checked

_HOLDERS = frozenset({
    "group", "form", "region", "main", "navigation", "list", "table", "row", "rowgroup", "banner", "contentinfo",
    "complementary", "search", "grid", "radiogroup", "tree", "document", "dialog", "alertdialog", "tablist", "menu",
    "menubar", "toolbar", "tabpanel", "figure", "feed", "treegrid", "none", "presentation", "generic", "application",
})  # fmt: skip
_FIELDS = frozenset({"textbox", "searchbox", "combobox", "spinbutton"})
_KEYS = {
    "ctrl": "Control", "control": "Control", "control_l": "Control", "alt": "Alt", "option": "Alt", "shift": "Shift",
    "cmd": "Meta", "command": "Meta", "super": "Meta", "meta": "Meta", "win": "Meta", "return": "Enter",
    "enter": "Enter", "kp_enter": "Enter", "tab": "Tab", "esc": "Escape", "escape": "Escape", "space": " ",
    "backspace": "Backspace", "delete": "Delete", "del": "Delete", "insert": "Insert", "home": "Home", "end": "End",
    "page_up": "PageUp", "pageup": "PageUp", "prior": "PageUp", "page_down": "PageDown", "pagedown": "PageDown",
    "next": "PageDown", "up": "ArrowUp", "down": "ArrowDown", "left": "ArrowLeft", "right": "ArrowRight",
    "arrowup": "ArrowUp", "arrowdown": "ArrowDown", "arrowleft": "ArrowLeft", "arrowright": "ArrowRight",
    "plus": "+", "minus": "-",
} | {f"f{at}": f"F{at}" for at in range(1, 13)}  # fmt: skip
"""As xdotool and OpenAI's tool call them -> `KeyboardEvent.key`."""
_HELD = ("Control", "Alt", "Meta", "Shift")
_NOTHING = Mistake("pointed at a place where nothing is")


class Point(NamedTuple):
    """In pixels of the picture, which are CSS pixels of the viewport."""

    x: float
    y: float


def under(seen: Snapshot, point: Point, *, bare: bool = False) -> int:
    """The node at a place; 0 for none. bare: what only holds others counts too."""
    best, found = 0.0, 0
    for at, node in enumerate(seen.nodes):
        x, y, w, h = seen.places[4 * at : 4 * at + 4]
        if not (x <= point.x < x + w and y <= point.y < y + h):
            continue
        if seen.roles[at] in _HOLDERS and not bare:
            continue
        # The options of a closed list have its box, and come after it.
        if not found or w * h < best:
            best, found = w * h, node
    return found


def pressed(op: Op, seen: Snapshot, point: Point) -> Answer:
    """A press or the like."""
    node = under(seen, point)
    return checked(Decision(op, node), seen) if node else _NOTHING


def dragged(seen: Snapshot, start: Point, end: Point) -> Answer:
    node, to = under(seen, start), under(seen, end)
    return checked(Decision("drag", node, to), seen) if node and to else _NOTHING


def scrolled(seen: Snapshot, point: Point | None, notches: float) -> Answer:
    """Positive is down."""
    node = under(seen, point, bare=True) if point is not None else 0
    return checked(Decision("scroll", node, dy=notches), seen)


def typed(seen: Snapshot, did: Sequence[Did], text: str) -> Answer:
    """Into the field that has the keyboard, else into the one that was pressed last.

    A line feed at the end is no part of it: Enter is an act of its own.
    """
    focused = [
        node for node, role, states in zip(seen.nodes, seen.roles, seen.states, strict=True)
        if "focused" in states.split() and role in _FIELDS
    ]  # fmt: skip
    last = did[-1].node if did and did[-1].op in ("click", "double_click", "type") else 0
    node = focused[-1] if focused else last if last in seen.nodes else 0
    if not node:
        return Mistake("typed where no field has the keyboard")
    return checked(Decision("type", node, text=text.rstrip("\n")), seen)


def chord(names: Sequence[str]) -> Answer:
    """Keys by any of their names, struck together."""
    keys = [_KEYS.get(one.strip().casefold(), one) for one in names]
    held = [one for one in _HELD if one in keys]
    rest = [one for one in keys if one not in _HELD]
    if len(rest) != 1 or (len(rest[0]) > 1 and rest[0] not in _KEYS.values()):
        return Mistake("named no key that there is")
    last = rest[0].lower() if held and rest[0].isalpha() and len(rest[0]) == 1 else rest[0]
    return Decision("key", keys=(*held, last))
