"""Where an element of a window is now: looked up, scrolled to, and seen to be what lies there.

Rules of this module: it must show, stand still, and be what lies under the pointer, by the program's word and by the
display's. A program and a display learn of a new window at different moments, so both are asked until they agree.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from byhand.agents import reasons
from byhand.agents.actuators import windows
from byhand.agents.actuators.strokes import Strokes
from byhand.agents.actuators.window_tree import ITEMS, Told, Tree, box
from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Bus, Node
from byhand.capture.accessibility.roles import STATES
from byhand.capture.accessibility.tree import Box
from byhand.capture.x11.wire import Connection

PATIENCE_S = 5.0
CALL_S = 1.0
_SLICE_S = 0.2
_MOST_NOTCHES = 400
_DEEPEST = 40
_POPUPS = frozenset({"window", "menu", "popup menu", "tool tip"})


class Place(Protocol):
    """`desktop.DesktopHands`, as far as acts need it."""

    @property
    def connection(self) -> Connection: ...
    @property
    def bus(self) -> Bus: ...
    @property
    def strokes(self) -> Strokes: ...
    @property
    def pid(self) -> int: ...
    @property
    def pulled(self) -> Callable[[], bool]: ...

    @property
    def tree(self) -> Tree: ...

    def read(self) -> list[Told] | None: ...
    def rest(self, seconds: float) -> None: ...
    def settle(self) -> None: ...
    def wait(self, holds: Callable[[], bool], seconds: float) -> bool: ...


class Now:
    """One element asked about, and nothing else of the window."""

    def __init__(self, place: Place, node: Node) -> None:
        until = time.monotonic() + CALL_S
        asks = [tree.extents(node), tree.states(node), tree.role(node)]
        where, states, role = place.bus.gather(asks, until)
        self.there = states is not None and role is not None
        self.box = box(where)
        self.role = tree.as_role(role)
        self._states = states

    def has(self, state: str) -> bool:
        return tree.has(self._states, STATES.index(state))

    @property
    def shows(self) -> bool:
        """GTK says of cells that are scrolled out of sight that they show, and not where."""
        return self.has("showing") and self.box[2] > 0 and self.box[3] > 0


def ready(place: Place, one: Told) -> tuple[int, int] | str:
    """Where it can be pressed; the pointer is there then. Or why not."""
    until = time.monotonic() + PATIENCE_S
    while True:
        found = _still(place, one, until)
        if isinstance(found, str):
            return found
        place.strokes.move(*found)
        # A window that has just come or gone is known to the program and to the display at different moments.
        if _is_ours(place, *found):
            return _over(place, one, *found) or found
        if time.monotonic() > until:
            return reasons.over("", "")
        place.rest(_SLICE_S)


def _still(place: Place, one: Told, until: float) -> tuple[int, int] | str:
    """Its middle, when it shows and has stopped moving."""
    last: Box = tree.NOWHERE
    now = Now(place, one.node)
    while True:
        if not now.there or now.has("defunct") or now.role != one.role:
            return reasons.GONE
        if now.shows and now.box == last:
            break
        if place.pulled():
            return reasons.PERSON
        if time.monotonic() > until:
            return reasons.MOVES if now.shows else reasons.OFF
        if not now.shows and not _scrolled(place, one):
            return reasons.OFF
        last, now = now.box, Now(place, one.node)
    x, y, w, h = now.box
    return (x + w // 2, y + h // 2) if now.has("sensitive") else reasons.OFF


def _is_ours(place: Place, x: int, y: int) -> bool:
    way = windows.under(place.connection, x, y)
    return any(windows.pid_of(place.connection, window) == place.pid for window in way)


def _over(place: Place, one: Told, x: int, y: int) -> str:
    """What lies over it there, as a sentence; or ""."""
    if one.role in ITEMS:
        return ""  # of an open list, which is told of in two places
    own = _way(place, one.node)
    until = time.monotonic() + CALL_S
    for top in place.tree.tops(until):
        if top.node in own or "showing" not in top.states:
            continue
        if "modal" in top.states or (top.role in _POPUPS and top.name and tree.holds(top.box, x, y)):
            return reasons.over(top.role, top.name[:60])
    hit = _hit(place, own[-1], x, y)
    # A hit test may stop at what holds it, or go on to what lies in it; both are it.
    if hit is None or hit in own or one.node in _way(place, hit):
        return ""
    return reasons.over("", tree.as_text(place.bus.call(tree.name(hit), until))[:60])


def _way(place: Place, node: Node) -> list[Node]:
    """It and what it lies in, its window last."""
    way = [node]
    while len(way) < _DEEPEST:
        until = time.monotonic() + CALL_S
        above = place.bus.call(tree.parent(way[-1]), until)
        higher = tree.as_node(above[0]) if above else None
        if higher is None or tree.as_role(place.bus.call(tree.role(higher), until)) == "application":
            break
        way.append(higher)
    return way


def _hit(place: Place, top: Node, x: int, y: int) -> Node | None:
    """The innermost that the program says lies there."""
    found: Node | None = None
    node = top
    for _ in range(_DEEPEST):
        answer = place.bus.call(tree.at_point(node, x, y), time.monotonic() + CALL_S)
        deeper = tree.as_node(answer[0]) if answer else None
        if deeper is None or deeper == node:
            break
        found = node = deeper
    return found


def _scrolled(place: Place, one: Told) -> bool:
    """Turn the wheel over what it is scrolled in, until it comes. False where it doesn't."""
    told = place.read() or []
    at = next((at for at, other in enumerate(told) if other.node == one.node), -1)
    pane, up = None, at
    while up >= 0 and pane is None:
        pane, up = (told[up] if told[up].role == "scroll pane" else None), told[up].parent
    if pane is None:
        return False
    x, y, w, h = pane.box
    place.strokes.move(x + w // 2, y + h // 2)
    # Toolkits don't say where a cell lies that is out of sight: its neighbours tell that the list moved.
    seen = [
        other for other, each in enumerate(told)
        if each.parent == told[at].parent and each.role == one.role and each.box[2] and y <= each.box[1] < y + h
    ]  # fmt: skip
    mark = told[seen[len(seen) // 2]].node if seen else one.node
    down = told[at].box[1] + told[at].box[3] > y + h if told[at].box[2] else bool(seen) and at > seen[0]
    for _ in range(_MOST_NOTCHES):
        before = Now(place, mark).box
        if place.pulled():
            return False
        place.strokes.scroll(1 if down else -1)

        def moved(before: Box = before) -> bool:
            return Now(place, mark).box != before

        if not place.wait(moved, PATIENCE_S / 2):
            return False
        now = Now(place, one.node)
        if now.shows and y <= now.box[1] and now.box[1] + now.box[3] <= y + h:
            return True
        if not Now(place, mark).shows:
            return _scrolled(place, one)
    return False
