"""From a place on the screen, or a focus, to one described element.

A hit test is a start, not an answer: Chromium stops at the page, or gives a neighbour from a cache. So its result must
hold the point and must not be a mere container; else all that shows is asked for its box, and the smallest box that
holds the point wins. A text or picture inside a button is a press on the button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Bus, Node
from byhand.capture.accessibility.programs import Programs, Top, focused, main_top, scale_of, showing, tops
from byhand.capture.accessibility.roles import ACTS, INPUTS, LAYOUT, MENU_ITEMS, PAGES, PASSWORD, SHOWING, state_names
from byhand.capture.accessibility.tree import Box, soon
from byhand.events.raw import RawElement

LOOKUP_S = 0.15
_MOST_NODES = 600
_MOST_LEVELS = 50
_HITS = 24
_LIFT = 4  # a label is at most this deep inside its button


@dataclass(frozen=True, slots=True)
class Seen:
    """A desktop window as the driver told of it. `box` in device pixels; `menu` if no window manager keeps it."""

    window: int
    pid: int
    title: str
    box: Box
    menu: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """One node on the way from an element up to its window."""

    node: Node
    role: str
    place: int


class Lookup:
    """Asks one bus. Every method raises NoAnswer or BusGone as `bus` says."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._scales: dict[int, float] = {}
        self.programs = Programs(bus)

    def under(self, root: Node, x: int, y: int, seen: Seen, until: float) -> Node | None:
        """What lies at a place of the screen (device pixels)."""
        found = tops(self._bus, root, until)
        main = main_top(found, seen.box, seen.title) if seen.box[2] and not seen.menu else None
        if main is not None:
            self._scales[seen.pid] = scale_of(main.box, seen.box)
        scale = self._scales.get(seen.pid, 1.0)
        x, y = int(x / scale), int(y / scale)
        if main is None:
            # Mostly an open menu: its items hang below the menu bar of another window.
            for top in found:
                if top.showing and (node := self._menu_item(top, x, y, until)):
                    return node
        likely = _likely(found, main, x, y)
        for top in likely:
            node = self._hit(top, x, y, until)
            if node != top.node:
                return node
        return likely[0].node if likely else None

    def in_focus(self, root: Node, seen: Seen, until: float) -> Node | None:
        """What has the focus in a window."""
        top = main_top(tops(self._bus, root, until), seen.box, seen.title)
        if top is None:
            return None
        self._scales[seen.pid] = scale_of(top.box, seen.box)
        return focused(self._bus, top.node, until)

    def describe(
        self, why: Literal["press", "focus"], node: Node, seen: Seen, stamps: tuple[int, int], until: float
    ) -> RawElement:
        """All that may be known of an element. What was typed into it is never asked for."""
        steps = self._up(node, until)
        top = steps[-1].node
        if why == "press":
            steps = self._whole_list(_lifted(steps), until)
        node, role = steps[0].node, steps[0].role
        page = next((step.node for step in steps if step.role in PAGES), None)
        asks = [tree.name(node), tree.extents(node), tree.states(node), tree.attributes(node), tree.relations(node)]
        asks.append(tree.name(top))
        answers = self._bus.gather(asks + (tree.addresses(page) if page else []), soon(until))
        name, box, states, attributes, relations, frame = answers[:6]
        url = next((text for answer in answers[6:] if (text := tree.as_url(answer))), "")
        # Some toolkits give a password field the role of an entry and say the rest here.
        if tree.as_map(attributes).get("text-input-type") == "password":
            role = PASSWORD
        label = tree.as_text(name)
        if not label and role in INPUTS:
            other = tree.as_label(relations)
            label = tree.as_text(self._bus.call(tree.name(other), soon(until))) if other else ""
        path = tuple((step.role, step.place) for step in reversed(steps))
        return RawElement(
            *stamps, why, True, seen.window, seen.pid, role, label, state_names(tree.as_words(states)),
            *scaled(tree.as_box(box), self._scales.get(seen.pid, 1.0)), path, url, tree.as_text(frame),
        )  # fmt: skip

    def _hit(self, top: Top, x: int, y: int, until: float) -> Node:
        node = top.node
        for _ in range(_HITS):
            answer = self._bus.call(tree.at_point(node, x, y), soon(until))
            deeper = tree.as_node(answer[0]) if answer else None
            if deeper is None or deeper == node:
                break
            node = deeper
        asks = [tree.role(node), tree.extents(node), tree.states(node)]
        role, box, states = self._bus.gather(asks, soon(until))
        # Chromium finds the options of a closed list where the list is; they don't show.
        if tree.as_role(role) not in LAYOUT and tree.has(states, SHOWING) and tree.holds(tree.as_box(box), x, y):
            return node
        return self._smallest(top, x, y, until) or node

    def _menu_item(self, top: Top, x: int, y: int, until: float) -> Node | None:
        nodes = showing(self._bus, top.node, until, _MOST_NODES)
        roles = self._bus.gather([tree.role(node) for node in nodes], soon(until))
        items = [node for node, role in zip(nodes, roles, strict=True) if tree.as_role(role) in MENU_ITEMS]
        boxes = self._bus.gather([tree.extents(node) for node in items], soon(until))
        inside = [node for node, box in zip(items, boxes, strict=True) if tree.holds(tree.as_box(box), x, y)]
        return inside[-1] if inside else None

    def _smallest(self, top: Top, x: int, y: int, until: float) -> Node | None:
        nodes = showing(self._bus, top.node, until, _MOST_NODES)
        boxes = [tree.as_box(a) for a in self._bus.gather([tree.extents(node) for node in nodes], soon(until))]
        under = [(box[2] * box[3], -place) for place, box in enumerate(boxes) if tree.holds(box, x, y)]
        return nodes[-min(under)[1]] if under else None

    def _whole_list(self, steps: list[_Step], until: float) -> list[_Step]:
        """A closed list tells of its chosen option in its own place: a press there is one on the list."""
        place = next((place for place, step in enumerate(steps[:4]) if step.role == "combo box"), 0)
        if not place or steps[0].role not in MENU_ITEMS | {"menu", "list item"}:
            return steps
        option, whole = self._bus.gather([tree.extents(steps[0].node), tree.extents(steps[place].node)], soon(until))
        x, y, w, h = tree.as_box(option)
        return steps[place:] if tree.holds(tree.as_box(whole), x + w // 2, y + h // 2) else steps

    def _up(self, node: Node, until: float) -> list[_Step]:
        """From an element (first) up to its window (last)."""
        steps: list[_Step] = []
        while len(steps) < _MOST_LEVELS:
            role, place, above = self._bus.gather([tree.role(node), tree.index(node), tree.parent(node)], soon(until))
            step = _Step(node, tree.as_role(role), tree.as_number(place))
            if step.role == "application" and steps:
                break
            steps.append(step)
            higher = tree.as_node(above[0]) if above else None
            if higher is None or higher == node:
                break
            node = higher
        return steps


def scaled(box: Box, scale: float) -> Box:
    """A program's box in device pixels."""
    if scale == 1.0:
        return box
    x, y, w, h = box
    return round(x * scale), round(y * scale), round(w * scale), round(h * scale)


def _likely(found: list[Top], main: Top | None, x: int, y: int) -> list[Top]:
    """Windows that may have got a press, the likeliest first: an open menu, the window we know, a named one."""

    def order(top: Top) -> tuple[bool, bool, bool, bool, int]:
        menu = top.role not in {"frame", "dialog", "alert", "file chooser"}
        return (not menu, top != main, not top.active, not top.name, top.box[2] * top.box[3])

    return sorted((top for top in found if top.showing and tree.holds(top.box, x, y)), key=order)


def _lifted(steps: list[_Step]) -> list[_Step]:
    if steps[0].role in ACTS:
        return steps
    lift = next((place for place, step in enumerate(steps[: _LIFT + 1]) if step.role in ACTS), 0)
    return steps[lift:]
