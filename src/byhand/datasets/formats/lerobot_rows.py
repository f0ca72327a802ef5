"""What two hands did, at a fixed rate: a row each tenth of a second, of pointer, wheel, buttons and classes of keys.

Rules of this module: no IO. Where an episode tells events, rows are made of those; where it tells none, of its actions,
as hands would do them. A row says what was done until the next one; which key it was, no row says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, get_args

from byhand.datasets.formats.events_made import key_class, keysym
from byhand.datasets.formats.hands import Act, acts
from byhand.datasets.formats.keynames import MODIFIERS
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.formats.views import view
from byhand.datasets.heavy import heavy
from byhand.episodes.types import Step
from byhand.events.kinds import AnyEvent, Button, Frame, Key, KeyClass, Mark, Motion, Scroll

FPS = 10
ROW_NS = 1_000_000_000 // FPS
MOST = 12 * 3600 * FPS
"""Rows of one episode: twelve hours. What is longer is no one task."""
BUTTONS = {1: "left", 2: "middle", 3: "right", 8: "back", 9: "forward"}
CLASSES: tuple[KeyClass, ...] = get_args(KeyClass)
NAMES = ("x", "y", "dx", "dy", *(f"button_{one}" for one in BUTTONS.values()), *(f"key_{one}" for one in CLASSES))
_COLUMNS = {name: place for place, name in enumerate(NAMES)}
_BUTTON_COLUMNS = {number: _COLUMNS[f"button_{name}"] for number, name in BUTTONS.items()}
_PRESSES = {
    "click": (1, 1),
    "double_click": (1, 2),
    "triple_click": (1, 3),
    "middle_click": (2, 1),
    "right_click": (3, 1),
}
_NAMED: dict[str, KeyClass] = {
    " ": "space", "Enter": "enter", "Tab": "tab", "Escape": "escape", "Backspace": "edit", "Delete": "edit",
    "Insert": "edit", "Home": "move", "End": "move", "PageUp": "move", "PageDown": "move", "ArrowLeft": "move",
    "ArrowRight": "move", "ArrowUp": "move", "ArrowDown": "move", "CapsLock": "modifier",
    **dict.fromkeys(MODIFIERS, "modifier"), **{f"F{number}": "function" for number in range(1, 25)},
}  # fmt: skip
_PRESS_NS = 80_000_000
"""How long a press lasts that only an action tells of, and as long is the pause to the next of a double click."""


class Seen(NamedTuple):
    """A moment at which a picture was there, and its place among the sights."""

    mono_ns: int
    seq: int


@dataclass
class Told:
    """What an episode tells, in the order of time. steps: for each, when it ended."""

    start_ns: int
    end_ns: int
    events: Iterator[AnyEvent]
    steps: list[int]
    pictures: list[Seen]
    lost: Counter[str] = field(default_factory=Counter[str])

    @property
    def rows(self) -> int:
        return (self.end_ns - self.start_ns) // ROW_NS + 1

    def row(self, mono_ns: int) -> int:
        return min(max((mono_ns - self.start_ns) // ROW_NS, 0), self.rows - 1)


def told(demonstration: Demonstration) -> Told:
    """From the events where there are any, else from the actions; those of a source without times a second apart."""
    episode, steps = demonstration.episode, demonstration.episode.steps
    timed = any(step.action.start_ns for step in steps) or len(demonstration.events) > 0
    spans = [
        (step.action.start_ns, max(step.action.end_ns, step.action.start_ns))
        if timed else (number * 1_000_000_000, number * 1_000_000_000 + 900_000_000)
        for number, step in enumerate(steps)
    ]  # fmt: skip
    pictures = {
        Seen(one.mono_ns if timed else span[after], one.seq)
        for step, span in zip(steps, spans, strict=True)
        for after, seen in enumerate((step.before, step.after))
        for one in seen
        if one.kind == "frame"
    }
    times = [moment for span in spans for moment in span]
    if demonstration.events:
        pictures |= {Seen(one.event.mono_ns, one.seq) for one in demonstration.events if isinstance(one.event, Frame)}
        times += [demonstration.events[0].event.mono_ns, demonstration.events[-1].event.mono_ns]
    start, end = episode.start_ns, episode.end_ns
    if end <= start or not timed:
        start, end = min(times, default=0), max(times, default=0)
    found = Told(start, end, iter(()), [until for _, until in spans], sorted(pictures))
    if demonstration.events:
        found.events = (one.event for one in demonstration.events)
    else:
        found.events = _made(steps, spans, found.lost)
        if not timed:
            found.lost["no time is told, so each was given a second"] = len(steps)
    return found


def _made(steps: tuple[Step, ...], spans: list[tuple[int, int]], lost: Counter[str]) -> Iterator[AnyEvent]:
    for step, (start, end) in zip(steps, spans, strict=True):
        done = acts(step.action)
        if isinstance(done, str):
            lost[f"no row tells what was done: {done}"] += 1
            continue
        for number, act in enumerate(done):
            begin = start + (end - start) * number // len(done)
            yield from _act(act, begin, start + (end - start) * (number + 1) // len(done))


def _act(act: Act, start: int, end: int) -> Iterator[AnyEvent]:
    by = "actions"
    if act.do in ("type", "key"):
        keys: list[KeyClass] = [_class(one) for one in (act.text if act.do == "type" else act.keys)]
        for number, cls in enumerate(keys):
            moment = start + (end - start) * number // len(keys) if act.do == "type" else start
            for down in (True, False):
                yield Key(0, moment, by, down, cls, 0, "", 0, False, False)
        return
    if act.do == "wait":
        return
    for _ in act.keys:
        yield Key(0, start, by, True, "modifier", 0, "", 0, False, False)
    if act.do == "scroll":
        yield Scroll(0, start, by, act.dx, act.dy, act.x, act.y, False)
    elif act.do == "move":
        yield Motion(0, start, by, act.x, act.y, False)
    elif act.do == "drag":
        yield Button(0, start, by, True, 1, act.x, act.y, False)
        yield Button(0, max(end, start + _PRESS_NS), by, False, 1, act.to_x, act.to_y, False)
    else:
        button, times = _PRESSES[act.do]
        for number in range(times):
            moment = start + 2 * number * _PRESS_NS
            yield Button(0, moment, by, True, button, act.x, act.y, False)
            yield Button(0, moment + _PRESS_NS, by, False, button, act.x, act.y, False)
    for _ in act.keys:
        yield Key(0, max(end, start), by, False, "modifier", 0, "", 0, False, False)


def _class(key: str) -> KeyClass:
    return _NAMED.get(key) or (key_class(keysym(key)) if len(key) == 1 else "other")


@dataclass
class Hands:
    """done: a row of NAMES each, x and y in device pixels of the desktop. first: where the pointer was at the start.

    crowded: presses of a button that fall into a row which tells one of that button already.
    """

    done: Any
    first: tuple[float, float] = (0, 0)
    crowded: int = 0


def hands(told: Told) -> Hands:
    """An array of rows. A press whose end is not known is told in one row only."""
    np = heavy("numpy")
    found = Hands(np.zeros((told.rows, len(NAMES)), np.float32))
    places: dict[int, tuple[int, int]] = {}
    held: dict[tuple[int, str], int] = {}
    for event in told.events:
        if event.mono_ns > told.end_ns + ROW_NS:
            continue
        row = told.row(event.mono_ns)
        if isinstance(event, Motion | Button | Scroll):
            if not places:
                found.first = (event.x, event.y)
            places[row] = (event.x, event.y)
        if isinstance(event, Scroll):
            found.done[row, 2:4] += (event.dx, event.dy)
        elif isinstance(event, Button) and event.button in _BUTTON_COLUMNS:
            column = _BUTTON_COLUMNS[event.button]
            found.crowded += event.down and bool(found.done[row, column])
            _press(found.done, held, (column, ""), row, down=event.down)
        elif isinstance(event, Key):
            column = _COLUMNS[f"key_{event.cls}"]
            if event.cls == "modifier" and not event.repeat:
                _press(found.done, held, (column, event.keysym), row, down=event.down)
            elif event.down:
                found.done[row, column] = 1
        elif isinstance(event, Mark) and event.what in ("gap", "withheld", "pause"):
            held.clear()
    _follow(found, places, np)
    return found


def _press(done: Any, held: dict[tuple[int, str], int], what: tuple[int, str], row: int, *, down: bool) -> None:
    if down:
        done[row, what[0]] = 1
        held[what] = row
    elif what in held:
        done[held.pop(what) : row + 1, what[0]] = 1


def _follow(found: Hands, places: Mapping[int, tuple[int, int]], np: Any) -> None:
    """The pointer stays where it was last seen."""
    rows = np.array([0, *places])
    values = np.array([found.first, *(places[row] for row in places)], np.float32)
    order = np.argsort(rows, kind="stable")
    newest = np.searchsorted(rows[order], np.arange(len(found.done)), side="right") - 1
    found.done[:, :2] = values[order][newest]


def screen(demonstration: Demonstration) -> tuple[int, int]:
    """What places are fractions of, where no picture tells; (0, 0) if nothing does."""
    if any(demonstration.screen):
        return demonstration.screen
    sizes = (view(demonstration, step.before) for step in demonstration.episode.steps)
    return next(((one.w, one.h) for one in sizes if one.w and one.h), (0, 0))
