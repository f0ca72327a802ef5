"""Recordings of Chrome's DevTools Recorder: one JSON file an episode. They replay with @puppeteer/replay.

Checked against @puppeteer/replay 3.1.3. A recording knows no drag; each target is brought into view by the replay
itself. An option is chosen by its label, which only an expression can say: replay's `change` wants its value. So is how
far something was scrolled: replay's `scroll` wants to know where to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from byhand.datasets.formats.devtools_reading import read
from byhand.datasets.formats.keynames import MODIFIERS
from byhand.datasets.formats.port import Demonstration, Format
from byhand.datasets.formats.selectors import PIERCE, address, template, ways
from byhand.datasets.formats.telling import tell
from byhand.datasets.formats.writing import Json, encoded, file_name
from byhand.episodes.types import Action, Target
from byhand.errors import Problem
from byhand.events.kinds import Snapshot

NOTCH = 100
"""Pixels that a browser scrolls for one notch of a wheel."""
Timeout = Annotated[int, Meta(ge=1, le=30000)]
_BUTTONS = {"click": "primary", "right_click": "secondary", "middle_click": "auxiliary", "double_click": "primary",
            "check": "primary", "uncheck": "primary"}  # fmt: skip
_WHY_NOT = {
    "drag": "a drag has no step",
    "wait": "a replay waits by itself", "tab": "a tab can't be gone to", "window": "a window can't be gone to",
    "upload": "choosing files needs their paths, and none is kept", "triple_click": "a triple click has no step",
}  # fmt: skip


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    for number, demonstration in enumerate(demonstrations, 1):
        episode = demonstration.episode
        lost: Counter[str] = Counter()
        steps = _steps(demonstration, lost)
        if not any(step["type"] not in ("setViewport", "navigate") for step in steps):
            yield Problem(episode.id, "left out: nothing in it was done on a page")
            continue
        (out / f"{file_name(episode.instruction or episode.id, number)}.json").write_bytes(
            msgspec.json.format(encoded({"title": episode.instruction or episode.id, "steps": steps}), indent=2)
        )
        for why, count in sorted(lost.items()):
            yield Problem(episode.id, f"{count} {'step' if count == 1 else 'steps'} left out: {why}")


def _steps(demonstration: Demonstration, lost: Counter[str]) -> list[dict[str, Json]]:
    steps: list[dict[str, Json]] = [_viewport(demonstration)]
    started = False
    for step in demonstration.episode.steps:
        action = step.action
        if not started and action.origin:
            started = True
            url = address(action)
            if template(url):
                lost["the address it begins at is not kept whole; the replay begins at its origin"] += 1
                url = "/".join(url.split("/", 3)[:3]) + "/"
            steps.append({"type": "navigate", "url": url})
            if action.op == "navigate":
                continue
        told = _told(action)
        if isinstance(told, str):
            lost[told] += 1
        else:
            steps += told
    return steps


def _viewport(demonstration: Demonstration) -> dict[str, Json]:
    for step in demonstration.episode.steps:
        for one in step.before:
            sight = demonstration.sights.get(one.seq)
            if isinstance(sight, Snapshot) and sight.w and sight.h:
                return _size(sight.w, sight.h, sight.scale)
    return _size(1280, 720, 1)


def _size(w: int, h: int, scale: float) -> dict[str, Json]:
    return {
        "type": "setViewport", "width": w, "height": h, "deviceScaleFactor": scale, "isMobile": False,
        "hasTouch": False, "isLandscape": False,
    }  # fmt: skip


def _told(action: Action) -> list[dict[str, Json]] | str:
    if action.op in _WHY_NOT:
        return _WHY_NOT[action.op]
    if action.op == "navigate":
        return "an address is not kept whole" if template(action.page) else [
            {"type": "navigate", "url": action.origin + action.page}
        ]  # fmt: skip
    if action.op in ("key", "hotkey"):
        return _keys(action)
    if action.op == "scroll":
        return _scroll(action)
    selectors = _selectors(action.target)
    if not selectors:
        return "how to find its target is not known"
    on: dict[str, Json] = {"target": "main", **_frame(action.target), "selectors": selectors}
    if action.op in _BUTTONS:
        x, y = _offset(action)
        press: dict[str, Json] = {
            "type": "doubleClick" if action.op == "double_click" else "click", **on, "offsetX": x, "offsetY": y,
            "button": _BUTTONS[action.op],
        }  # fmt: skip
        held = [key for key in action.keys if key in MODIFIERS]
        return [*_each("keyDown", held), press, *_each("keyUp", held[::-1])]
    if action.op == "hover":
        return [{"type": "hover", **on}]
    if not action.text and (action.masked or action.op == "select"):
        return "what was typed or chosen is not kept"
    if action.op == "select" and action.target is not None and action.target.tag == "select":
        return _choose(action, action.target)
    return [{"type": "change", **on, "value": action.text}]


def _frame(target: Target | None) -> dict[str, Json]:
    """The way to its frame; the Recorder counts frames as our extension does."""
    return {"frame": list(target.frames)} if target is not None and target.frames else {}


def _each(kind: str, keys: list[str]) -> list[dict[str, Json]]:
    return [{"type": kind, "target": "main", "key": key} for key in keys]


def _keys(action: Action) -> list[dict[str, Json]]:
    held, struck = (
        [key for key in action.keys if key in MODIFIERS],
        [key for key in action.keys if key not in MODIFIERS],
    )
    strokes = [step for key in struck for kind in ("keyDown", "keyUp") for step in _each(kind, [key])]
    once = [*_each("keyDown", held), *strokes, *_each("keyUp", held[::-1])]
    return once * max(action.times, 1)


def _selectors(target: Target | None) -> list[Json]:
    told: list[Json] = []
    for way in ways(target):
        if way.kind == "pierce":
            told.append(way.words.split(PIERCE))
        elif way.kind == "aria":
            told.append([f"aria/{way.words}" + (f'[role="{way.role}"]' if way.role else "")])
        else:
            told.append([way.words if way.kind == "css" else f"{way.kind}/{way.words}"])
    return told


def _offset(action: Action) -> tuple[int, int]:
    """Where in its target it was pressed, in CSS pixels; the middle if that isn't told."""
    target = action.target
    if target is None or len(target.area) != 4:
        return 1, 1
    w, h = target.area[2], target.area[3]
    if len(target.box) == 4 and target.box[2] and target.box[3] and (action.x or action.y):
        x = round((action.x - target.box[0]) * w / target.box[2])
        y = round((action.y - target.box[1]) * h / target.box[3])
        if 0 <= x < w and 0 <= y < h:
            return x, y
    return w // 2, h // 2


_CHOOSE = """(() => {
  const list = FIND;
  const option = list && [...list.options].find((one) => one.label.trim() === LABEL);
  if (!option) return false;
  option.selected = true;
  for (const kind of ["input", "change"]) list.dispatchEvent(new Event(kind, {bubbles: true}));
  return true;
})()"""


def _choose(action: Action, target: Target) -> list[dict[str, Json]] | str:
    label = encoded(action.text.strip()).decode()
    return _expression(action, target, _CHOOSE.replace("LABEL", label, 1))


_SCROLL = """(() => {
  const moved = FIND;
  if (!moved) return false;
  moved.scrollBy(BY);
  return true;
})()"""


def _scroll(action: Action) -> list[dict[str, Json]] | str:
    if action.target is None or not ways(action.target):
        return "what was scrolled is not known; a replay brings targets into view"
    by = f"{round(action.dx * NOTCH)}, {round(action.dy * NOTCH)}"
    return _expression(action, action.target, _SCROLL.replace("BY", by, 1))


def _expression(action: Action, target: Target, words: str) -> list[dict[str, Json]] | str:
    """A step that is done in the page itself, and is over when it says so."""
    find = ""
    for way in ways(target):
        said = encoded(way.words).decode()
        if way.kind == "css":
            find = f"document.querySelector({said})"
            break
        if way.kind == "xpath" and not find:
            find = f"document.evaluate({said}, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue"
    if not find:
        return "how to find its target is not known"
    expression = f"/* {_comment(tell(action))} */ {words.replace('FIND', find, 1)}"
    return [{"type": "waitForExpression", "target": "main", **_frame(target), "expression": expression}]


def _comment(words: str) -> str:
    return words.replace("*/", "* /").replace("\n", " ")


DEVTOOLS = Format(
    "devtools", "recordings of Chrome's DevTools Recorder; they replay with @puppeteer/replay", "application/json",
    read=read, write=write,
)  # fmt: skip
