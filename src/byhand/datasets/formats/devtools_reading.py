"""Recordings of Chrome's DevTools Recorder, read. A file, or all *.json of a folder; each is one episode."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from byhand.datasets.formats.keynames import MODIFIERS
from byhand.datasets.formats.port import Demonstration, Imported
from byhand.datasets.formats.reading import at, document, files, items, parsed
from byhand.datasets.formats.selectors import PIERCE, Way, way
from byhand.episodes.types import Action, Episode, Op, Step, Target
from byhand.errors import Problem


class _Flow(msgspec.Struct):
    title: str
    steps: list[msgspec.Raw]


class _Asserted(msgspec.Struct):
    """What the Recorder saw come of a step."""

    type: str = ""
    url: str = ""


class _Step(msgspec.Struct):
    type: str
    selectors: list[str | list[str]] = msgspec.field(default_factory=list[str | list[str]])
    value: str = ""
    key: str = ""
    url: str = ""
    expression: str = ""
    button: str = "primary"
    frame: list[Annotated[int, Meta(ge=0, le=999)]] = msgspec.field(default_factory=list[int])
    offset_x: float = msgspec.field(name="offsetX", default=0)
    offset_y: float = msgspec.field(name="offsetY", default=0)
    asserted: list[_Asserted] = msgspec.field(name="assertedEvents", default_factory=list[_Asserted])


_PRESSES: dict[str, Op] = {"primary": "click", "secondary": "right_click", "auxiliary": "middle_click"}
_CHOICE = re.compile(
    r'const list = document\.(?P<by>querySelector|evaluate)\((?P<way>"(?:[^"\\]|\\.)*")'
    r'.{0,200}? one\.label\.trim\(\) === (?P<label>"(?:[^"\\]|\\.)*")\)',
    re.DOTALL,
)
_SCROLL = re.compile(
    r'const moved = document\.(?P<by>querySelector|evaluate)\((?P<way>"(?:[^"\\]|\\.)*")'
    r".{0,200}? moved\.scrollBy\((?P<dx>-?\d{1,7}), (?P<dy>-?\d{1,7})\);",
    re.DOTALL,
)
_NUMBER = re.compile(r"/\d+(?=/|$)")
_MOST_URL = 4096
_INSIDE = 'aria/[role="generic"]'
"""What lies in a control and has no words of its own: a press on it is meant for the control."""
_TAGS = {"a": "link", "button": "button", "textarea": "textbox", "select": "combobox"}
"""What these are, where the Recorder names no role."""
_TAIL = re.compile(r"(?:^|[/>\s])([a-z][a-z0-9]*)(?:\[[^\]/]*\]|:nth-of-type\(\d+\))?$")
NOTCH = 100
"""Pixels that a browser scrolls for one notch of a wheel."""
_QUIET = frozenset({"setViewport", "close", "waitForElement", "emulateNetworkConditions"})
"""Steps that nobody did by hand."""


def read(path: Path) -> Iterator[Imported]:
    for file in files(path, ".json"):
        data = document(file)
        if isinstance(data, Problem):
            yield data
            continue
        flow = parsed(file, data, _Flow)
        if isinstance(flow, Problem):
            yield flow
            continue
        told = _Told()
        for step in items(file, data, flow.steps, _Step):
            problem = step if isinstance(step, Problem) else told.step(step[1], at(file, step[0]))
            if problem is not None:
                yield problem
        name = f"devtools-{hashlib.sha256(data).hexdigest()[:16]}"
        steps = told.done()
        yield Demonstration(
            Episode(
                id=name, recording=name, instruction=flow.title, by="source", outcome="unknown", steps=steps, first=0,
                last=max(len(steps) - 1, 0), start_ns=0, end_ns=0, cut="source",
            ),
            source=at(file, 1),
        )  # fmt: skip


class _Told:
    """The actions of the steps so far. Keys that are down wait for what is done with them."""

    def __init__(self) -> None:
        self._actions: list[Action] = []
        self._held: list[str] = []
        self._used = False
        self._origin = ""
        self._page = ""
        self._frames: dict[tuple[int, ...], int] = {(): 1}

    def step(self, step: _Step, where: str) -> Problem | None:
        problem = self._step(step, where)
        for one in step.asserted:  # where it led; a record's number in it is that record's
            if one.type == "navigation" and step.type != "navigate" and self._goes(one.url):
                self._page = _NUMBER.sub("/{id}", self._page)
        return problem

    def _goes(self, url: str) -> bool:
        address = urlsplit(url) if len(url) < _MOST_URL else None
        if address is None or not address.scheme:
            return False
        self._origin = f"{address.scheme}://{address.netloc.rpartition('@')[2]}"
        self._page = address.path or "/"
        return True

    def _step(self, step: _Step, where: str) -> Problem | None:
        if step.type in _QUIET:
            return None
        if step.type == "navigate":
            if not self._goes(step.url):
                return Problem(where, "an address that is none")
            self._add("navigate")
            return None
        if step.type == "keyDown":
            return self._down(step.key, where)
        if step.type == "keyUp":
            return self._up(step.key)
        target = _target(step)
        if step.type == "click" and step.button in _PRESSES:
            self._press(_PRESSES[step.button], target)
        elif step.type == "doubleClick":
            self._press("double_click", target)
        elif step.type == "hover":
            self._add("hover", target=target)
        elif step.type == "change":
            last = self._actions[-1] if self._actions else None
            if last is not None and last.target is not None and last.target.selectors == target.selectors:
                # The press before it went to the field, which only now is known to be one.
                self._actions[-1] = msgspec.structs.replace(last, target=target)
            self._add("type", target=target, text=step.value)
        elif step.type == "waitForExpression" and (chosen := _chosen(step)) is not None:
            self._add("select", target=chosen[0], text=chosen[1])
        elif step.type == "waitForExpression" and (scrolled := _scrolled(step)) is not None:
            self._add("scroll", target=scrolled[0], by=scrolled[1:])
        elif step.type == "scroll":
            return None  # where to, not how far: nothing a person did can be told from it
        else:
            return Problem(where, "a step of a kind that has no action")
        return None

    def done(self) -> tuple[Step, ...]:
        return tuple(Step(msgspec.structs.replace(one, first=n, last=n)) for n, one in enumerate(self._actions))

    def _press(self, op: Op, target: Target) -> None:
        self._used = True
        self._add(op, target=target, keys=tuple(self._held))

    def _down(self, key: str, where: str) -> Problem | None:
        if not key or len(key) > 30:
            return Problem(where, "a key without a name")
        if key in MODIFIERS:
            if key not in self._held:
                self._held.append(key)
            self._used = False
            return None
        self._used = True
        keys = (*self._held, key)
        last = self._actions[-1] if self._actions else None
        if last is not None and last.op in ("key", "hotkey") and last.keys == keys:
            self._actions[-1] = msgspec.structs.replace(last, times=last.times + 1)
        else:
            self._add("hotkey" if self._held else "key", keys=keys)
        return None

    def _up(self, key: str) -> None:
        if key in self._held:
            if not self._used:  # a modifier struck by itself
                self._add("key", keys=(key,))
                self._used = True
            self._held.remove(key)

    def _add(
        self, op: Op, *, target: Target | None = None, text: str = "", keys: tuple[str, ...] = (),
        by: tuple[float, float] = (0, 0),
    ) -> None:  # fmt: skip
        way = target.frames if target is not None else ()
        frame = self._frames.setdefault(way, len(self._frames) + 1) if target is not None else 0
        self._actions.append(
            Action(
                op, 0, 0, 0, 0, why="source", target=target, text=text, keys=keys, origin=self._origin, page=self._page,
                frame=frame, dx=by[0], dy=by[1], top=self._origin + self._page if way else "",
            )
        )  # fmt: skip


def _chosen(step: _Step) -> tuple[Target, str] | None:
    """The list and the label of an expression as `devtools` writes it; whatever else it may be is never run."""
    found = _CHOICE.search(step.expression[:10_000])
    try:
        if found is None:
            return None
        label = msgspec.json.decode(found["label"], type=str)
        selector = _selector(found)
    except msgspec.MsgspecError:
        return None
    target = Target(
        role="combobox", aria="combobox", tag="select", selectors=(selector,), source="browser", frames=_way(step)
    )  # fmt: skip
    return target, label


def _scrolled(step: _Step) -> tuple[Target, float, float] | None:
    """What an expression as `devtools` writes it scrolls, and how many notches right and down."""
    found = _SCROLL.search(step.expression[:10_000])
    try:
        selector = _selector(found) if found is not None else ""
    except msgspec.MsgspecError:
        return None
    if found is None:
        return None
    target = Target(selectors=(selector,), source="browser", frames=_way(step))
    return target, int(found["dx"]) / NOTCH, int(found["dy"]) / NOTCH


def _selector(found: re.Match[str]) -> str:
    """Raises:
    msgspec.MsgspecError: it is none.
    """
    words = msgspec.json.decode(found["way"], type=str)
    return words if found["by"] == "querySelector" else f"xpath/{words}"


def _way(step: _Step) -> tuple[int, ...]:
    return tuple(step.frame[:10])


def _target(step: _Step) -> Target:
    selectors: list[str] = []
    name = role = tag = ""
    for found in step.selectors:
        parts = [found] if isinstance(found, str) else found
        if not parts:
            continue
        if len(parts) > 1 and parts[-1] == _INSIDE:
            parts = parts[:-1]
        selectors.append(parts[0] if len(parts) == 1 else "pierce/" + PIERCE.join(parts))
        one: Way = way(parts[-1])
        if one.kind == "aria" and not name:
            name, role = one.words, one.role
        elif one.kind in ("css", "xpath") and not tag and (tail := _TAIL.search(one.words)):
            tag = tail[1]
    role = role or _TAGS.get(tag, "textbox" if step.type == "change" else "")
    tag = tag if tag in _TAGS or tag == "input" else ""
    return Target(
        role=role, name=name, aria=role, tag=tag, selectors=tuple(selectors), source="browser", frames=_way(step)
    )  # fmt: skip
