"""The pages of a MiniWoB++ demonstration: each state's tree as a flat list, with numbers that stay. Pure.

The source numbers elements (`ref`), texts below zero, and may begin anew when a task ends: then an element is known by
its way from the root. Whatever is no tree of that form is no demonstration.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

_ROLES: dict[str, tuple[str, str]] = {
    "input_text": ("entry", "textbox"), "input_search": ("entry", "searchbox"), "input_email": ("entry", "textbox"),
    "input_number": ("spin button", "spinbutton"), "input_range": ("slider", "slider"),
    "input_password": ("password text", "textbox"), "input_date": ("date editor", "textbox"),
    "input_time": ("date editor", "textbox"), "input_checkbox": ("check box", "checkbox"),
    "input_radio": ("radio button", "radio"), "input_submit": ("push button", "button"),
    "input_button": ("push button", "button"), "input_color": ("push button", "button"),
    "textarea": ("entry", "textbox"), "button": ("push button", "button"),
    "select": ("combo box", "combobox"), "a": ("link", "link"), "label": ("label", ""),
    "li": ("list item", "listitem"), "ul": ("list", "list"), "ol": ("list", "list"), "table": ("table", "table"),
    "tbody": ("section", "rowgroup"), "thead": ("section", "rowgroup"), "tr": ("table row", "row"),
    "td": ("table cell", "cell"), "th": ("column header", "columnheader"),
    **{f"h{number}": ("heading", "heading") for number in range(1, 7)},
    "fieldset": ("grouping", "group"), "img": ("image", "img"), "hr": ("separator", "separator"),
    "body": ("document web", ""), "form": ("form", "form"), "t": ("static", ""),
}  # fmt: skip
"""HTML's tag, with the type of an input, in AT-SPI's words, and the role that the observer tells."""
TYPED = frozenset({"input_text", "input_search", "input_password", "input_number", "textarea"})
PICKED = frozenset({"input_date", "input_time"})
BOXES = frozenset({"input_checkbox", "input_radio"})
_MOST_DEEP = 200


class Dom(msgspec.Struct):
    """An element as the source tells it."""

    tag: str
    ref: int = 0
    left: float = 0
    top: float = 0
    width: float = 0
    height: float = 0
    id: Any = ""
    classes: Any = ""
    ground: Any = msgspec.field(name="bgColor", default="")
    text: Any = ""
    value: Any = None
    focused: bool = False
    target: bool = msgspec.field(name="recordingTarget", default=False)
    children: tuple[Dom, ...] = ()


class Deed(msgspec.Struct):
    """What was done: a browser's event. timing: 1 before the page's own listeners, 3 after them."""

    type: str
    x: float = 0
    y: float = 0
    code: int = msgspec.field(name="keyCode", default=0)
    char: int = msgspec.field(name="charCode", default=0)
    timing: int = 1


class State(msgspec.Struct):
    time: float
    dom: Dom
    action: Deed | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """number: the same in all states. parent: the number of what it lies in, or -1. value: None where it holds none.

    rect: x, y, w, h. ground: the colour behind it, as a style sheet has it.
    """

    number: int
    parent: int
    tag: str
    id: str
    classes: str
    text: str
    value: str | bool | None
    focused: bool
    target: bool
    rect: tuple[float, float, float, float]
    ground: str = ""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """In whole pixels."""
        return whole(self.rect)

    @property
    def role(self) -> str:
        return _ROLES.get(self.tag, ("section", ""))[0]

    @property
    def aria(self) -> str:
        return _ROLES.get(self.tag, ("section", ""))[1]

    @property
    def html(self) -> str:
        """HTML's tag alone."""
        return self.tag.partition("_")[0]

    @property
    def holds(self) -> str:
        if isinstance(self.value, bool):
            return "checked" if self.value else "unchecked"
        if self.value is None:
            return ""
        if self.tag in PICKED and self.value:
            return "date" if self.tag == "input_date" else "time"
        count = len(self.value)
        return "empty" if not count else f"{count} character{'s' * (count != 1)}"


def whole(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """In whole pixels, as JavaScript rounds."""
    x, y, w, h = (math.floor(edge + 0.5) for edge in box)
    return x, y, w, h


Flat = dict[int, Node]
"""The elements of a state by number, parents before children."""


class Numbers:
    """Gives the elements of each state numbers that stay."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, str] | str, int] = {}
        self._ways: dict[str, int] = {}
        self._root = 0
        self._next = 1

    def flat(self, dom: Dom) -> Flat:
        """The state's elements."""
        if dom.ref != self._root:
            self._known = {}
            self._root = dom.ref
        ways: dict[str, int] = {}
        found: Flat = {}
        for one, parent, way in _walk(dom):
            key = (one.ref, one.tag, str(one.id)) if one.ref > 0 else way  # several may have one number
            number = self._known.get(key) or self._ways.get(way)
            if number is None or number in found:
                number, self._next = self._next, self._next + 1
            self._known[key] = ways[way] = number
            found[number] = _node(number, ways.get(parent, -1), one)
        self._ways = ways
        return found


def _walk(dom: Dom) -> Iterator[tuple[Dom, str, str]]:
    stack = [(dom, "", f"/{dom.tag}", 0)]
    while stack:
        one, parent, way, deep = stack.pop()
        yield one, parent, way
        if deep < _MOST_DEEP:
            stack += [
                (child, way, f"{way}/{place}{child.tag}#{child.id}", deep + 1)
                for place, child in reversed(list(enumerate(one.children)))
            ]


def _node(number: int, parent: int, one: Dom) -> Node:
    value = one.value if isinstance(one.value, bool) or one.value is None else str(one.value)
    rect = (one.left, one.top, max(0.0, one.width), max(0.0, one.height))
    return Node(
        number, parent, one.tag.lower(), str(one.id), str(one.classes), str(one.text), value, one.focused,
        one.target, rect, str(one.ground),
    )  # fmt: skip
