"""Each act of a program in a desktop window, by real input.

Rules of this module: before a button goes down, what is meant stands still, shows, and is what lies under the pointer,
by the program's word and by the display's. Afterwards it waits until the program tells that it came about. What stands
in a password field is never asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from byhand.agents import reasons
from byhand.agents.actuators import windows
from byhand.agents.actuators.strokes import Strokes
from byhand.agents.actuators.window_tree import CELLS, ITEMS, Told, Tree, box
from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Bus, Call, Node
from byhand.capture.accessibility.roles import INPUTS, STATES
from byhand.capture.accessibility.tree import Box
from byhand.capture.x11.wire import Connection
from byhand.workflows.meanings import tidy

PATIENCE_S = 5.0
_RESTED_S = 1.0
_SLICE_S = 0.2
_TRIES = 3
_CALL_S = 1.0
_MOST_NOTCHES = 400
_DEEPEST = 40
_PRESSES = {"press": (1, 1), "press twice": (1, 2), "press right": (3, 1)}
_ON = ("checked", "pressed", "selected")
_RADIOS = frozenset({"radio button", "radio menu item"})
_BOXES = frozenset({"check box", "check menu item", "toggle button", "switch"}) | _RADIOS
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


def act(place: Place, verb: str, one: Told | None, text: str, far: Told | None) -> str:
    """Do it. Gives why it can't be done, or "".

    Raises:
        NoAnswer, BusGone: the program doesn't answer.
    """
    if verb == "key":
        return _key(place, one, text)
    if one is None:
        return reasons.GONE
    match verb:
        case "press" | "press twice" | "press right":
            return _press(place, one, *_PRESSES[verb])
        case "hover":
            at = _ready(place, one)
            return at if isinstance(at, str) else ""
        case "fill":
            return _fill(place, one, text)
        case "choose":
            return _choose(place, one, text)
        case "set":
            return _set(place, one, on=text == "on")
        case "drag" if far is not None:
            return _drag(place, one, far)
        case "read":
            return ""
        case _:
            return reasons.UNKNOWN


# ---- where it is


class _Now:
    """One element asked about, and nothing else of the window."""

    def __init__(self, place: Place, node: Node) -> None:
        until = time.monotonic() + _CALL_S
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


def _ready(place: Place, one: Told) -> tuple[int, int] | str:
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
    now = _Now(place, one.node)
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
        last, now = now.box, _Now(place, one.node)
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
    until = time.monotonic() + _CALL_S
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
        until = time.monotonic() + _CALL_S
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
        answer = place.bus.call(tree.at_point(node, x, y), time.monotonic() + _CALL_S)
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
        before = _Now(place, mark).box
        if place.pulled():
            return False
        place.strokes.scroll(1 if down else -1)

        def moved(before: Box = before) -> bool:
            return _Now(place, mark).box != before

        if not place.wait(moved, PATIENCE_S / 2):
            return False
        now = _Now(place, one.node)
        if now.shows and y <= now.box[1] and now.box[1] + now.box[3] <= y + h:
            return True
        if not _Now(place, mark).shows:
            return _scrolled(place, one)
    return False


# ---- acts


def _press(place: Place, one: Told, button: int, times: int) -> str:
    at = _ready(place, one)
    if isinstance(at, str):
        return at
    place.bus.signals.clear()
    place.strokes.click(button, times)
    if one.role in CELLS and button == 1:  # a row that is shown has to be taken before what shows it is filled
        place.wait(lambda: not (now := _Now(place, one.node)).there or now.has("selected"), PATIENCE_S)
    place.settle()
    return ""


def _drag(place: Place, one: Told, far: Told) -> str:
    end = _ready(place, far)
    if isinstance(end, str):
        return end
    at = _ready(place, one)
    if isinstance(at, str):
        return at
    place.strokes.drag(*at, *end)
    return ""


def _key(place: Place, one: Told | None, text: str) -> str:
    if one is not None and not _Now(place, one.node).has("focused") and (why := _focus(place, one)):
        return why
    place.bus.signals.clear()
    if not place.strokes.key(text):
        return reasons.UNKNOWN
    place.settle()
    return ""


def _focus(place: Place, one: Told) -> str:
    """By a click on a field; what does something when it is clicked gets the keyboard by the program's own way."""
    if one.role in INPUTS:
        at = _ready(place, one)
        if isinstance(at, str):
            return at
        place.strokes.click()
    else:
        place.bus.call(Call(one.node, tree.COMPONENT, "GrabFocus"), time.monotonic() + _CALL_S)
    focused = place.wait(lambda: _Now(place, one.node).has("focused"), PATIENCE_S)
    return "" if focused else reasons.PERSON if place.pulled() else reasons.MISSED


def _fill(place: Place, one: Told, text: str) -> str:
    if one.role == "combo box":
        return _choose(place, one, text)
    many = "multi line" in one.states
    text = "".join(" " if char == "\t" or (char == "\n" and not many) else char for char in text.replace("\r", ""))
    if why := _focus(place, one):
        return why
    if "editable" not in one.states:
        return reasons.OFF
    secret = "secret" in one.states
    before = one.value
    if not _all_selected(place, one):
        return reasons.PERSON if place.pulled() else reasons.NOT_TAKEN
    if not text:
        place.strokes.key("Backspace")
    elif not place.strokes.type(
        text, lambda done: secret or place.wait(lambda: _value(place, one) == done, PATIENCE_S)
    ):
        return reasons.PERSON if place.pulled() else reasons.NOT_TAKEN
    if one.role == "spin button":
        place.strokes.key("Tab")  # it takes what was typed when it is left
    if secret:
        return ""

    last = [before, time.monotonic()]

    def taken() -> bool:
        now, moment = _value(place, one), time.monotonic()
        if now != last[0]:
            last[:] = [now, moment]
        # A field may write it in its own way; then it rests there.
        return now == text or (now not in ("", before) and moment - float(last[1]) > _RESTED_S)

    return "" if place.wait(taken, PATIENCE_S) else reasons.PERSON if place.pulled() else reasons.NOT_TAKEN


def _all_selected(place: Place, one: Told) -> bool:
    """Seen to be so: a program that is busy may take the keys before it has taken the focus."""
    for _ in range(_TRIES):
        place.strokes.key("Control+a")
        if place.wait(lambda: place.tree.selected(one, time.monotonic() + _CALL_S), PATIENCE_S / _TRIES):
            return True
    return False


def _set(place: Place, one: Told, *, on: bool) -> str:
    if one.role not in _BOXES:
        return reasons.NO_BOX
    if _is_on(place, one.node) is on:
        return ""
    if one.role in _RADIOS and not on:
        return reasons.NOT_SET  # only another one can switch it off
    if why := _press(place, one, 1, 1):
        return why
    taken = place.wait(lambda: _is_on(place, one.node) is on, PATIENCE_S)
    return "" if taken else reasons.PERSON if place.pulled() else reasons.NOT_SET


def _choose(place: Place, one: Told, label: str) -> str:
    told = place.read() or []
    at = next((at for at, other in enumerate(told) if other.node == one.node), -1)
    if at < 0:
        return reasons.GONE
    options = [other for other in _inside(told, at) if other.role in ITEMS | _RADIOS]
    fits = [other for other in options if tidy(other.name) == tidy(label)]
    if len(fits) > 1:
        return reasons.TWO_OPTIONS
    if not fits and (options or one.role != "combo box"):
        return reasons.NO_OPTION
    if one.role != "combo box":
        return _set(place, fits[0], on=True) if fits[0].role in _RADIOS else _press(place, fits[0], 1, 1)
    if tidy(told[at].value) == tidy(label):
        return ""
    return _listed(place, one, fits, label)


def _listed(place: Place, one: Told, fits: list[Told], label: str) -> str:
    """Open the list, press the option, see that it stays."""
    if why := _press(place, one, 1, 1):
        return why
    shown = list(fits)

    def opened() -> bool:
        if not fits:  # it tells of its options only while it is open, and not in its own place
            shown[:] = [
                other for other in place.read() or () if other.role in ITEMS and tidy(other.name) == tidy(label)
            ]
        return bool(shown) and _Now(place, shown[0].node).shows

    why = "" if place.wait(opened, PATIENCE_S) else reasons.PERSON if place.pulled() else reasons.NO_OPTION
    why = why or _press(place, shown[0], 1, 1)
    if why:
        place.strokes.key("Escape")
        return why
    taken = place.wait(lambda: tidy(_value(place, one)) == tidy(label), PATIENCE_S)
    return "" if taken else reasons.PERSON if place.pulled() else reasons.NOT_CHOSEN


def _inside(told: Sequence[Told], at: int) -> list[Told]:
    within = {at}
    found: list[Told] = []
    for place in range(at + 1, len(told)):
        if told[place].parent not in within:
            break
        within.add(place)
        found.append(told[place])
    return found


# ---- what stands there


def _is_on(place: Place, node: Node) -> bool:
    now = _Now(place, node)
    return any(now.has(state) for state in _ON)


def _value(place: Place, one: Told) -> str:
    return place.tree.value(one, time.monotonic() + _CALL_S)
