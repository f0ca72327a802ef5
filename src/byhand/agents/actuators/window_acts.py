"""Each act of a program in a desktop window, by real input.

Rules of this module: before a button goes down, `window_reach` has seen that what is meant is what will be pressed.
Afterwards it waits until the program tells that it came about. What stands in a password field is never asked for.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from byhand.agents import reasons
from byhand.agents.actuators.window_reach import CALL_S, PATIENCE_S, Now, Place, ready
from byhand.agents.actuators.window_tree import CELLS, ITEMS, Told
from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Call, Node
from byhand.capture.accessibility.roles import INPUTS
from byhand.workflows.meanings import tidy

_RESTED_S = 1.0
_TRIES = 3
_PRESSES = {"press": (1, 1), "press twice": (1, 2), "press right": (3, 1)}
_ON = ("checked", "pressed", "selected")
_RADIOS = frozenset({"radio button", "radio menu item"})
_BOXES = frozenset({"check box", "check menu item", "toggle button", "switch"}) | _RADIOS


def act(place: Place, verb: str, one: Told | None, text: str, far: Told | None) -> str:
    """Do it. Gives why it can't be done, or "".

    Raises:
        NoAnswer, BusGone: the program doesn't answer.
    """
    if verb == "key":
        return _key(place, one, text)
    if verb == "turn":
        return reasons.UNKNOWN  # a program's windows are no tabs
    if one is None:
        return reasons.GONE
    match verb:
        case "press" | "press twice" | "press right":
            return _press(place, one, *_PRESSES[verb])
        case "hover":
            at = ready(place, one)
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


def _press(place: Place, one: Told, button: int, times: int) -> str:
    at = ready(place, one)
    if isinstance(at, str):
        return at
    place.bus.signals.clear()
    place.strokes.click(button, times)
    if one.role in CELLS and button == 1:  # a row that is shown has to be taken before what shows it is filled
        place.wait(lambda: not (now := Now(place, one.node)).there or now.has("selected"), PATIENCE_S)
    place.settle()
    return ""


def _drag(place: Place, one: Told, far: Told) -> str:
    end = ready(place, far)
    if isinstance(end, str):
        return end
    at = ready(place, one)
    if isinstance(at, str):
        return at
    place.strokes.drag(*at, *end)
    return ""


def _key(place: Place, one: Told | None, text: str) -> str:
    if one is not None and not Now(place, one.node).has("focused") and (why := _focus(place, one)):
        return why
    place.bus.signals.clear()
    if not place.strokes.key(text):
        return reasons.UNKNOWN
    place.settle()
    return ""


def _focus(place: Place, one: Told) -> str:
    """By a click on a field; what does something when it is clicked gets the keyboard by the program's own way."""
    if one.role in INPUTS:
        at = ready(place, one)
        if isinstance(at, str):
            return at
        if not Now(place, one.node).has("focused"):  # a second click at the same place would be a double one
            place.strokes.click()
    else:
        place.bus.call(Call(one.node, tree.COMPONENT, "GrabFocus"), time.monotonic() + CALL_S)
    focused = place.wait(lambda: Now(place, one.node).has("focused"), PATIENCE_S)
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
        if not place.wait(lambda: place.tree.selected(one, time.monotonic() + CALL_S), PATIENCE_S / _TRIES):
            continue
        # GTK gives up a selection when it hears that the one before was lost, which may come after the new one.
        place.settle()
        if place.tree.selected(one, time.monotonic() + CALL_S):
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
        return bool(shown) and Now(place, shown[0].node).shows

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
    now = Now(place, node)
    return any(now.has(state) for state in _ON)


def _value(place: Place, one: Told) -> str:
    return place.tree.value(one, time.monotonic() + CALL_S)
