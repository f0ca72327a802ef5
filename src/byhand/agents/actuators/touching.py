"""What each act is in a page, by real input.

Rules of this module: before any input the element is brought into sight, stands still, and nothing lies over it; then a
guard in the page lets the input reach it and nothing else (`world/points.js`). A press or a key that was stopped there
was not done, and is told so. Only what a browser draws outside of the page (the pop-up of a date) is set by script.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from byhand.agents import reasons
from byhand.agents.actuators.settling import Traffic
from byhand.agents.actuators.worlds import FRAME, Frame, Gone, Worlds
from byhand.models.amounts import picked
from byhand.workflows.view import Seen

if TYPE_CHECKING:
    from playwright.sync_api import Keyboard, Mouse, Page

_POPPED = frozenset({"date", "time", "datetime-local", "month", "week", "color", "range"})
_WHY = {"gone": reasons.GONE, "other": reasons.OTHER, "moves": reasons.MOVES, "off": reasons.OFF}
_PRESSES: dict[str, tuple[Any, int]] = {"press": ("left", 1), "press twice": ("left", 2), "press right": ("right", 1)}
_AT_ONCE = 12
"""So many letters are typed between two questions whether a person took over."""
_LONG = 400
"""A text of more letters is put in as a whole, as by pasting."""
_OPTION_MS = 2000
_MOVES = 12
_FAST = 24
"""To an option that is further away no keys go: it is set."""


class Taken(Exception):
    """A person's hand came between two parts of an act."""


class Place(NamedTuple):
    """seen, far: what it is done to, and where a drag ends, as they were looked at last."""

    page: Page
    worlds: Worlds
    frames: Mapping[int, Frame]
    seen: Seen | None
    far: Seen | None
    fault: type[Exception]
    pulled: Callable[[], bool]
    traffic: Traffic

    def ask(self, seen: Seen, expression: str, *, wait: bool = False) -> Any:
        """In the world of its frame; `{}` in the expression is its number there."""
        frame = self.frames[seen.frame]
        return self.worlds.ask(frame, expression.replace("{}", str(seen.node % FRAME)), wait=wait)

    @property
    def keys(self) -> Keyboard:
        """Asked for anew before each part of an act.

        Raises:
            Taken: a person took over.
        """
        if self.pulled():
            raise Taken
        return self.page.keyboard

    @property
    def mouse(self) -> Mouse:
        """As `keys`."""
        if self.pulled():
            raise Taken
        return self.page.mouse

    def made(self) -> float | None:
        """When the page in the tab was made; None if it has gone."""
        try:
            return float(self.worlds.ask(self.worlds.top, "performance.timeOrigin"))
        except Gone:
            return None


def act(place: Place, verb: str, text: str) -> str:
    """Do it. Gives why it can't be done, or "".

    Raises:
        Gone: the page went away before anything was done.
    """
    seen = place.seen
    if verb == "key":
        return _key(place, text)
    if seen is None:
        return reasons.GONE
    match verb:
        case "press" | "press twice" | "press right":
            return _press(place, seen, *_PRESSES[verb])
        case "hover":
            return _hover(place, seen)
        case "fill":
            return _fill(place, seen, text)
        case "choose":
            return _choose(place, seen, text)
        case "set":
            return _set(place, seen, on=text == "on")
        case "drag":
            return _drag(place, seen)
        case "upload":
            return _upload(place, seen, text)
        case "read":
            return ""
        case _:
            return reasons.UNKNOWN


def _ready(place: Place, seen: Seen, **how: bool) -> tuple[float, float] | str:
    """Where it can be pressed, in the page's viewport; or why not. The guard stands from here on."""
    told = place.ask(seen, f"byhand.points.ready({{}}, {json.dumps(seen.role)}, {json.dumps(how)})", wait=True)
    if why := told.get("why"):
        over: dict[str, str] = told.get("over") or {}
        return reasons.over(over.get("role", ""), over.get("name", "")[:60]) if why == "over" else _WHY[why]
    x, y = float(told["x"]), float(told["y"])
    frame = place.frames[seen.frame]
    while frame.parent is not None:
        asked = f"byhand.points.frame({frame.owner}, {x}, {y})"
        outer = place.worlds.ask(frame.parent, asked)
        if outer is None:
            return reasons.over("", "")
        x, y, frame = float(outer[0]), float(outer[1]), frame.parent
    return x, y


def _end(place: Place, seen: Seen, *, reached: bool = True) -> str:
    """The act is over: did it reach what was meant? Then the page comes to rest."""
    try:
        told = place.ask(seen, "byhand.points.over()", wait=True)
    except (Gone, place.fault):
        place.traffic.settle(None, leaving=True, pulled=place.pulled)
        return ""
    if told["missed"]:
        return reasons.MISSED
    if reached and not told["reached"]:
        return reasons.MISSED
    frame = place.frames[seen.frame]
    made = told["made"] if frame.parent is None else place.made()
    place.traffic.settle(made, leaving=told["leaving"], pulled=place.pulled)
    return ""


def _press(place: Place, seen: Seen, button: Any, times: int) -> str:
    at = _ready(place, seen)
    if isinstance(at, str):
        return at
    if place.pulled():
        return reasons.PERSON
    if times == 1:
        # In parts: a person's hand stops it before the button goes down.
        place.mouse.move(*at)
        place.mouse.down(button=button)
        place.page.mouse.up(button=button)
    else:
        place.mouse.click(*at, button=button, click_count=times)
    return _end(place, seen)


def _hover(place: Place, seen: Seen) -> str:
    at = _ready(place, seen, used=False)
    if isinstance(at, str):
        return at
    place.mouse.move(*at)
    return _end(place, seen, reached=False)


def _key(place: Place, chord: str) -> str:
    seen = place.seen
    if seen is not None:
        at = _ready(place, seen, keys=True, point=False)
        if isinstance(at, str):
            return at
        if not place.ask(seen, "byhand.points.focus({})"):
            return reasons.OFF
    if place.pulled():
        return reasons.PERSON
    place.keys.press("+".join("Space" if key == " " else key for key in _keys(chord)))
    if seen is not None:
        return _end(place, seen)
    place.traffic.settle(place.made(), leaving=False, pulled=place.pulled)
    return ""


def _keys(chord: str) -> list[str]:
    """Of "Control++" the last is the plus."""
    if chord.endswith("++"):
        return [*chord[:-2].split("+"), "+"]
    return [chord] if chord == "+" else chord.split("+")


def _fill(place: Place, seen: Seen, text: str) -> str:
    told = place.ask(seen, "byhand.choices.kind({})")
    at = _ready(place, seen, keys=True)
    if isinstance(at, str):
        return at
    if told["kind"] in _POPPED:
        text = picked(text) or text if told["kind"] in ("date", "time") else text
        took = place.ask(seen, f"byhand.choices.put({{}}, {json.dumps(text)})")
        return _end(place, seen, reached=False) or ("" if took else reasons.NOT_TAKEN)
    place.mouse.click(*at)
    if why := _typed(place, seen, text):
        _end(place, seen)
        return why
    if why := _end(place, seen):
        return why
    if text and "secret" not in seen.states and _stands(place, seen) == "":
        return reasons.NOT_TAKEN
    return ""


def _stands(place: Place, seen: Seen) -> str | None:
    """What stands in it now. None: the page went elsewhere with it."""
    try:
        return str(place.ask(seen, "byhand.choices.value({})"))
    except Gone:
        return None


def _typed(place: Place, seen: Seen, text: str) -> str:
    """Put in at once but for the last letter, which is a key: pages wait for one. Where a page makes something else of
    that, key by key. In pieces, so that a person's hand stops it within a few letters.
    """
    if why := _emptied(place, seen):
        return why
    if not text:
        return ""
    if len(text) > 1:
        place.keys.insert_text(text[:-1])
    if place.ask(seen, "byhand.points.holds({})"):
        place.keys.type(text[-1])
    if "secret" in seen.states or _alike(_stands(place, seen), text) or len(text) > _LONG:
        return ""
    if why := _emptied(place, seen):
        return why
    for start in range(0, len(text), _AT_ONCE):
        if not place.ask(seen, "byhand.points.holds({})"):
            return reasons.MISSED
        place.keys.type(text[start : start + _AT_ONCE])
    return ""


def _emptied(place: Place, seen: Seen) -> str:
    held = place.ask(seen, "[byhand.points.holds({}), byhand.choices.value({}) !== '']")
    if not held[0]:
        return reasons.MISSED
    if held[1] or "secret" in seen.states:
        place.keys.press("ControlOrMeta+a")
        place.keys.press("Delete")
    return ""


def _alike(now: str | None, text: str) -> bool:
    return now is None or now.split() == text.split()


def _choose(place: Place, seen: Seen, label: str) -> str:
    told = place.ask(seen, f"byhand.choices.plan({{}}, {json.dumps(label)})")
    match told["way"]:
        case "none":
            return reasons.NO_OPTION
        case "many":
            return reasons.TWO_OPTIONS
        case "select":
            return _select(place, seen, told)
        case "press":
            return _press_inner(place, seen, told["node"])
        case "type":
            return _fill(place, seen, label)
        case "search" | "open":
            return _from_list(place, seen, label, told)
        case _:
            return reasons.GONE


def _press_inner(place: Place, seen: Seen, node: int) -> str:
    """A part of it that is pressed, pressed already or not."""
    role = place.ask(seen, f"byhand.points.role({node})")
    part = Seen(seen.node - seen.node % FRAME + node, -1, role, frame=seen.frame)
    if place.ask(part, "byhand.choices.state({})") == "on":
        return ""
    return _press(place, part, "left", 1)


def _select(place: Place, seen: Seen, told: Mapping[str, Any]) -> str:
    """By keys in the list that the browser opens outside of the page; where that is no help it is set by script."""
    if told["at"] == told["from"]:
        return ""
    at = _ready(place, seen, keys=True)
    if isinstance(at, str):
        return at
    if place.pulled():
        return reasons.PERSON
    keys, pages = abs(told["keys"]), place.page.keyboard
    if 0 < keys <= _FAST:
        place.page.mouse.click(*at)
        for _ in range(keys):
            pages.press("ArrowDown" if told["keys"] > 0 else "ArrowUp")
        pages.press("Enter")
        try:
            if place.ask(seen, f"byhand.choices.chosen({{}}, {told['at']})"):
                return _end(place, seen)
        except Gone:
            return _end(place, seen)  # the page went elsewhere with it
    took = place.ask(seen, f"byhand.choices.select({{}}, {told['at']})")
    return _end(place, seen, reached=False) or ("" if took else reasons.NOT_CHOSEN)


def _from_list(place: Place, seen: Seen, label: str, told: Mapping[str, Any]) -> str:
    """It opens a list, in which the option is pressed."""
    if told["way"] == "search":
        if why := _fill(place, seen, label):
            return why
    elif not told.get("open") and (why := _press(place, seen, "left", 1)):
        return why
    asked = f"byhand.choices.option({{}}, {json.dumps(label)}, {_OPTION_MS if told['way'] == 'open' else 700})"
    found = place.ask(seen, asked, wait=True)
    if found["way"] == "press":
        return _press_inner(place, seen, found["node"])
    if told["way"] == "search" and not found["shown"]:
        return ""  # what was typed is the choice
    if told["way"] == "open":
        place.page.keyboard.press("Escape")
    return reasons.TWO_OPTIONS if found["way"] == "many" else reasons.NO_OPTION


def _set(place: Place, seen: Seen, *, on: bool) -> str:
    wanted = "on" if on else "off"
    now = place.ask(seen, "byhand.choices.state({})")
    if now == wanted:
        return ""
    if not now:
        return reasons.NO_BOX
    if why := _press(place, seen, "left", 1):
        return why
    try:
        return "" if place.ask(seen, "byhand.choices.state({})") == wanted else reasons.NOT_SET
    except Gone:
        return ""


def _drag(place: Place, seen: Seen) -> str:
    if place.far is None:
        return reasons.GONE
    for one in (place.far, seen):  # both are brought into sight, the one that is taken last
        at = _ready(place, one, used=False)
        if isinstance(at, str):
            return at
    start = _ready(place, seen, used=False)
    end = place.ask(place.far, "byhand.points.middle({})")
    if isinstance(start, str) or end is None:
        return reasons.MOVES
    if place.pulled():
        return reasons.PERSON
    mouse = place.page.mouse
    place.ask(seen, "byhand.points.free()")
    mouse.move(*start)
    mouse.down()
    for part in range(1, _MOVES + 1):
        mouse.move(*(a + (b - a) * part / _MOVES for a, b in zip(start, end, strict=True)))
    mouse.move(*end)
    mouse.up()
    return _end(place, seen, reached=False)


def _upload(place: Place, seen: Seen, path: str) -> str:
    if not Path(path).is_file():
        return reasons.NO_FILE
    told = place.ask(seen, "byhand.choices.kind({})")
    if told["kind"] != "file":
        with place.page.expect_file_chooser(timeout=4000) as chooser:
            if why := _press(place, seen, "left", 1):
                return why
        chooser.value.set_files(path)
        place.traffic.settle(place.made(), leaving=False, pulled=place.pulled)
        return ""
    frame = place.frames[seen.frame]
    one = frame.session.send(
        "Runtime.evaluate",
        {"expression": f"byhand.traits.element({seen.node % FRAME})", "contextId": frame.looked},
    )  # fmt: skip
    given = {"files": [str(Path(path).resolve())], "objectId": one["result"]["objectId"]}
    frame.session.send("DOM.setFileInputFiles", given)
    return _end(place, seen, reached=False)
