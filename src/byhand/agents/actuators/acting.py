"""What each action is in a page, once its target is found.

Rules of this module: a press goes to the same part of the element as the recorded one; what a person does with the
mouse is done with the mouse, so that the page's own scripts see it. Playwright's errors pass through: `browser` puts
them into words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from byhand.datasets.formats.keynames import MODIFIERS
from byhand.datasets.formats.masked import option_place
from byhand.datasets.replaying import Window
from byhand.episodes.types import Action, Target

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

NOTCH = 100
"""Pixels that a browser scrolls for one notch of a wheel."""
_MIDDLE = 0.15  # so near its middle, a press may go anywhere: the browser then chooses a part that can be reached
_SAME = 1.5
_MOVES = 40
_MOVE_MS = 8
_VALUE = "one => 'value' in one ? one.value : one.textContent ?? ''"
_FOCUS = """one => {
  const root = one.getRootNode();
  const now = root.activeElement ?? document.activeElement;
  if (now !== one && !one.contains(now)) one.focus();
}"""
_TYPED = frozenset({"", "text", "search", "email", "url", "tel", "password", "number"})
_Button = Literal["left", "middle", "right"]
_BUTTONS: dict[str, tuple[_Button, int]] = {
    "click": ("left", 1), "double_click": ("left", 2), "triple_click": ("left", 3), "right_click": ("right", 1),
    "middle_click": ("middle", 1),
}  # fmt: skip
Find = Callable[[Target | None], "ElementHandle | str"]


class Place(NamedTuple):
    """page: the tab. find: looks for a target in it. window: the one it was recorded in. ms: patience."""

    page: Page
    find: Find
    window: Window
    ms: float


def act(place: Place, action: Action, text: str) -> str:
    """Do it. Gives why it can't be done, or ""."""
    if action.op in ("key", "hotkey"):
        return _keys(place, action, text)
    if action.op == "scroll":
        place.page.mouse.move(*_on_page(place.window, action.x, action.y))
        place.page.mouse.wheel(action.dx * NOTCH, action.dy * NOTCH)
        place.page.wait_for_timeout(100)  # smooth scrolling
        return ""
    if action.op == "type" and action.target is None:
        place.page.keyboard.type(text)
        return ""
    found = place.find(action.target)
    if isinstance(found, str):
        return found
    match action.op:
        case "type":
            return _type(place, found, text)
        case "select":
            return _select(place, found, action, text)
        case "check" | "uncheck":
            return _check(place, found, action)
        case "hover":
            found.hover(position=_spot(place, found, action), timeout=place.ms)
            return ""
        case "drag":
            return _drag(place, found, action)
        case _:
            button, times = _BUTTONS[action.op]
            found.click(
                button=button, click_count=times, modifiers=_held(action), position=_spot(place, found, action),
                timeout=place.ms,
            )  # fmt: skip
            return ""


def _held(action: Action) -> Any:
    return [key for key in action.keys if key in MODIFIERS and key != "AltGraph"]


def _keys(place: Place, action: Action, text: str) -> str:
    keys = place.page.keyboard
    if not action.keys:
        return "which key it was is not known"
    if action.op == "hotkey" and text and action.keys[-1] in ("v", "V", "Insert"):
        keys.insert_text(text)  # what the clipboard held then is not in the one of now
        return ""
    for _ in range(max(action.times, 1)):
        keys.press("+".join("Space" if key == " " else key for key in action.keys))
    return ""


def _type(place: Place, found: ElementHandle, text: str) -> str:
    kind = found.evaluate("one => one.tagName === 'INPUT' ? one.type : ''")
    if kind not in _TYPED:
        found.fill(text, timeout=place.ms)
        return ""
    found.evaluate(_FOCUS)
    keys = place.page.keyboard
    if found.evaluate(_VALUE):
        keys.press("ControlOrMeta+a")
        keys.press("Delete")
    keys.type(text)
    return ""


def _select(place: Place, found: ElementHandle, action: Action, text: str) -> str:
    tag = found.evaluate("one => one.tagName")
    if tag == "SELECT":
        if text:
            return "" if found.select_option(label=text, timeout=place.ms) else "its option was not found"
        option = option_place(action)
        if option is None:
            return "which option was chosen was not kept, and is not given"
        return "" if found.select_option(index=option, timeout=place.ms) else "its option was not found"
    if not text:
        return "what was chosen was not kept, and is not given"
    if tag == "INPUT":
        found.fill(text, timeout=place.ms)
        return ""
    found.click(timeout=place.ms)
    option = place.page.get_by_role("option", name=text, exact=True)
    option.click(timeout=place.ms)
    return ""


def _check(place: Place, found: ElementHandle, action: Action) -> str:
    wanted = action.op == "check"
    if found.is_visible():
        found.set_checked(wanted, timeout=place.ms)
    elif found.is_checked() != wanted:
        found.evaluate("one => one.click()")  # drawn by its label alone
    return ""


def _drag(place: Place, found: ElementHandle, action: Action) -> str:
    """Along its path, or straight: in small moves, as pages decide by them over what a thing is held."""
    mouse = place.page.mouse
    found.scroll_into_view_if_needed(timeout=place.ms)
    start = _point(place, found, action.target, action.x, action.y)
    if start is None:
        return "its target is not drawn"
    scale = place.window.scale
    end = (action.to_x - action.x) / scale, (action.to_y - action.y) / scale
    way = [((x - action.x) / scale, (y - action.y) / scale) for x, y in _points(action)]
    if not way:
        moves = min(_MOVES, max(4, round(max(map(abs, end)) / 4)))
        way = [(end[0] * part / moves, end[1] * part / moves) for part in range(1, moves + 1)]
    mouse.move(*start)
    mouse.down()
    for x, y in (*way, end, end):  # some pages take the last move for where it was, and let go where it is
        mouse.move(start[0] + x, start[1] + y)
        place.page.wait_for_timeout(_MOVE_MS)
    mouse.up()
    return ""


def _points(action: Action) -> list[tuple[int, int]]:
    """Some of its path, evenly."""
    points = list(zip(action.path[::3], action.path[1::3], strict=False))
    return points[:: max(1, -(-len(points) // _MOVES))]


def _spot(place: Place, found: ElementHandle, action: Action) -> Any:
    """Where in the element, from its corner; None for its middle."""
    share = _share(action.target, action.x, action.y)
    if share is None or all(abs(part - 0.5) < _MIDDLE for part in share):
        return None
    box, point = found.bounding_box(), _point(place, found, action.target, action.x, action.y)
    if box is None or point is None:
        return None
    return {"x": min(point[0] - box["x"], box["width"] - 1), "y": min(point[1] - box["y"], box["height"] - 1)}


def _point(place: Place, found: ElementHandle, target: Target | None, x: int, y: int) -> tuple[float, float] | None:
    """That part of its box, in the viewport. One of the same size is pressed at the very same pixel: a mouse stands on
    whole ones, and where a handle was taken decides where it is let go.
    """
    box = found.bounding_box()
    if box is None:
        return None
    share = _share(target, x, y)
    if target is None or share is None:
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    window, scale = place.window, place.window.scale
    w, h = (edge / scale for edge in target.box[2:])
    if max(abs(w - box["width"]), abs(h - box["height"])) > _SAME:
        return box["x"] + box["width"] * share[0], box["y"] + box["height"] * share[1]
    left, top = (target.box[0] - window.x) / scale, (target.box[1] - window.y) / scale
    return (x - window.x) / scale + round(box["x"] - left), (y - window.y) / scale + round(box["y"] - top)


def _share(target: Target | None, x: int, y: int) -> tuple[float, float] | None:
    """The part of its box a place lies at."""
    if target is None or len(target.box) != 4:
        return None
    left, top, w, h = target.box
    if w <= 0 or h <= 0 or not (left <= x < left + w and top <= y < top + h):
        return None
    return (x - left) / w, (y - top) / h


def _on_page(window: Window, x: int, y: int) -> tuple[float, float]:
    """A place of the desktop in the viewport; its middle where that is not known."""
    inner = ((x - window.x) / window.scale, (y - window.y) / window.scale)
    inside = (x or y) and 0 <= inner[0] < window.w and 0 <= inner[1] < window.h
    return inner if inside else (window.w / 2, window.h / 2)
