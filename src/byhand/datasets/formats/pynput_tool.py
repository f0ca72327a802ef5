"""What two recorders built on pynput write: DuckTrack, and the tool of AgentNet that grew out of it. Import only.

events.jsonl: a line an event, `time_stamp` in seconds of a clock of its own, places in pixels, keys by pynput's names;
beside it, where they were kept, metadata.json, task_name.json, element.jsonl (what was under the pointer, Windows UI
Automation), top_window.jsonl and a video of the screen. Sources: TheDuckAI/DuckTrack, xlang-ai/OpenCUA.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from byhand.datasets.formats.events_made import MOST, Maker, keysym
from byhand.datasets.formats.port import Format, Imported
from byhand.datasets.formats.reading import at, document, inside, parsed, records
from byhand.datasets.formats.videos import Reel, Watch
from byhand.datasets.formats.videos import beside as video_beside
from byhand.errors import Problem

T = TypeVar("T")
_BEFORE_S = 0.02
"""So long before an act its picture is taken."""
BUTTONS = {"left": 1, "middle": 2, "right": 3, "x1": 8, "x2": 9, "button8": 8, "button9": 9}
_KEYS = {
    "enter": "Return", "tab": "Tab", "space": "space", "backspace": "BackSpace", "delete": "Delete", "insert": "Insert",
    "esc": "Escape", "home": "Home", "end": "End", "page_up": "Prior", "page_down": "Next", "left": "Left",
    "right": "Right", "up": "Up", "down": "Down", "shift": "Shift_L", "shift_l": "Shift_L", "shift_r": "Shift_R",
    "ctrl": "Control_L", "ctrl_l": "Control_L", "ctrl_r": "Control_R", "alt": "Alt_L", "alt_l": "Alt_L",
    "alt_r": "Alt_R", "alt_gr": "ISO_Level3_Shift", "cmd": "Super_L", "cmd_l": "Super_L", "cmd_r": "Super_R",
    "caps_lock": "Caps_Lock", "num_lock": "Num_Lock", "scroll_lock": "Scroll_Lock", "menu": "Menu",
    "print_screen": "Print", "pause": "Pause",
}  # fmt: skip
ROLES = {
    "button": "push button", "text": "label", "edit": "entry", "checkbox": "check box", "combobox": "combo box",
    "listitem": "list item", "menuitem": "menu item", "radiobutton": "radio button", "hyperlink": "link",
    "tabitem": "page tab", "treeitem": "tree item", "dataitem": "table cell", "image": "image", "pane": "panel",
    "group": "panel", "window": "frame", "document": "document frame", "scrollbar": "scroll bar", "slider": "slider",
    "spinner": "spin button", "list": "list", "menu": "menu", "menubar": "menu bar", "toolbar": "tool bar",
    "tree": "tree", "table": "table", "tab": "page tab list", "titlebar": "title bar", "thumb": "slider",
}  # fmt: skip
"""Control types of UI Automation as AT-SPI names them."""


class _Event(msgspec.Struct):
    time_stamp: float
    action: str
    x: float = 0
    y: float = 0
    dx: float = 0
    dy: float = 0
    button: str = ""
    pressed: bool = False
    name: str | None = ""


class _Box(msgspec.Struct):
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


class _Tree(msgspec.Struct, rename="pascal"):
    name: str = ""
    control_type: str = ""
    bounding_rectangle: _Box = msgspec.field(default_factory=_Box)


class _Element(msgspec.Struct):
    time_stamp: float
    a11y_tree: _Tree | None = None


class _Window(msgspec.Struct):
    time_stamp: float
    top_window_name: str | None = ""


class _About(msgspec.Struct):
    screen_width: int = 0
    screen_height: int = 0
    start_time: str | float = 0
    video_start_timestamp: float = 0


class _Task(msgspec.Struct):
    task_name: str = ""


def read(path: Path, kind: str) -> Iterator[Imported]:
    """One recording: a folder, or its events.jsonl by itself."""
    folder = path if path.is_dir() else path.parent
    events = inside(folder, "events.jsonl") if path.is_dir() else path
    if events is None:
        yield Problem(path.name, "no events.jsonl in it")
        return
    problems: list[Problem] = []
    alone = not path.is_dir()
    about = None if alone else _beside(folder, "metadata.json", _About, problems)
    task = None if alone else _beside(folder, "task_name.json", _Task, problems)
    elements = [] if alone else _all(folder, "element.jsonl", _Element, problems)
    windows = [] if alone else _all(folder, "top_window.jsonl", _Window, problems)
    yield from problems
    maker = Maker(f"source.{kind}")
    reel = _reel(folder, about) if about is not None else None
    if isinstance(reel, Problem):
        yield reel
        reel = None
    start = about.video_start_timestamp if about is not None else 0.0
    watch = Watch(maker, reel, lambda now: (now - _BEFORE_S, now - _BEFORE_S - start)) if reel is not None else None
    told = _Teller(maker, elements, windows, watch)
    digest = hashlib.sha256()
    began = False
    for found in records(events, _Event):
        if isinstance(found, Problem):
            yield found
            continue
        line, event = found
        digest.update(repr(event).encode("utf-8", "surrogatepass"))
        try:
            if not began:
                maker.begin(event.time_stamp, task.task_name if task else "")
                began = True
            told.event(event)
        except ValueError as error:
            yield Problem(at(events, line), str(error))
        if maker.full:
            yield Problem(at(events, line), f"more than {MOST:,} events; the rest was not read")
            break
    if not began:
        yield Problem(events.name, "no event in it")
        return
    maker.end()
    yield maker.recording(
        f"{kind}-{digest.hexdigest()[:16]}", screen=_screen(about), utc_ns=_utc(about), source=events.name,
        sights=reel,
    )  # fmt: skip


def _reel(folder: Path, about: _About) -> Reel | Problem | None:
    """The video beside it, if it is known when that began."""
    path = video_beside(folder)
    if path is None or about.video_start_timestamp <= 0:
        return None
    reel = Reel(path, _screen(about))
    return reel.open() or reel


def _screen(about: _About | None) -> tuple[int, int]:
    if about is None or not (0 < about.screen_width < 1 << 15 and 0 < about.screen_height < 1 << 15):
        return 0, 0
    return about.screen_width, about.screen_height


def _utc(about: _About | None) -> int:
    """AgentNet's start is local time of an unknown zone; it is taken as UTC."""
    if about is None or not isinstance(about.start_time, str) or not about.video_start_timestamp:
        return 0
    try:
        began = datetime.strptime(about.start_time, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return 0
    return round((began.timestamp() - about.video_start_timestamp) * 1e9)


class _Teller:
    """Tells the maker an event with what lies beside it: a window that came to the front, the element under a press."""

    def __init__(
        self, maker: Maker, elements: list[_Element], windows: list[_Window], watch: Watch | None
    ) -> None:  # fmt: skip
        self._maker, self._watch = maker, watch
        self._elements = sorted(elements, key=lambda one: one.time_stamp)
        self._times = [one.time_stamp for one in self._elements]
        self._windows = sorted(windows, key=lambda one: one.time_stamp)
        self._next_window = 0

    def event(self, event: _Event) -> None:
        now, maker = event.time_stamp, self._maker
        while self._next_window < len(self._windows) and self._windows[self._next_window].time_stamp <= now:
            window = self._windows[self._next_window]
            maker.window(window.time_stamp, window.top_window_name or "")
            self._next_window += 1
        if self._watch is not None:
            if event.action == "move":
                self._watch.moves(now)
            elif event.action in ("scroll", "press") or event.pressed:
                self._watch.does(now, key=event.action == "press")
        if event.action == "move":
            maker.move(now, event.x, event.y)
        elif event.action == "click":
            number = BUTTONS.get(event.button)
            if number is None:
                raise ValueError("a button nobody knows")
            maker.button(now, number, event.x, event.y, down=event.pressed)
            if event.pressed:
                self._element(now, event.x, event.y)
        elif event.action == "scroll":
            maker.scroll(now, event.dx, -event.dy, event.x, event.y)  # pynput's positive is up
        elif event.action in ("press", "release"):
            maker.key(now, _name(event.name or ""), down=event.action == "press")
        else:
            raise ValueError("an action nobody knows")

    def _element(self, now: float, x: float, y: float) -> None:
        """The last one that was looked at before the press, if it is there: a look takes up to a second."""
        place = bisect_right(self._times, now) - 1
        if place < 0 or now - self._times[place] > 1:
            return
        tree = self._elements[place].a11y_tree
        if tree is None:
            return
        box = tree.bounding_rectangle
        if box.left <= x < box.right and box.top <= y < box.bottom:
            kind = tree.control_type.removesuffix("Control").lower()
            self._maker.element(
                now, why="press", role=ROLES.get(kind, "unknown"), name=tree.name[:500], x=box.left, y=box.top,
                w=box.right - box.left, h=box.bottom - box.top,
            )  # fmt: skip


def _name(name: str) -> str:
    known = _KEYS.get(name)
    if known is not None:
        return known
    if len(name) == 1 and name.isprintable():
        return keysym(name)
    if name[:1] == "f" and name[1:].isdigit() and 0 < int(name[1:3]) <= 24 and len(name) < 4:
        return name.upper()
    raise ValueError("a key nobody knows")


def _beside(folder: Path, name: str, kind: type[T], problems: list[Problem]) -> T | None:
    file = inside(folder, name)
    if file is None:
        return None
    data = document(file, 1 << 20)
    found = data if isinstance(data, Problem) else parsed(file, data, kind)
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found


def _all(folder: Path, name: str, kind: type[T], problems: list[Problem]) -> list[T]:
    file = inside(folder, name)
    told: list[T] = []
    for found in records(file, kind) if file is not None else ():
        if isinstance(found, Problem):
            problems.append(found)
        else:
            told.append(found[1])
    return told


def _agentnet(path: Path) -> Iterator[Imported]:
    return read(path, "agentnet")


def _ducktrack(path: Path) -> Iterator[Imported]:
    return read(path, "ducktrack")


AGENTNET_RAW = Format(
    "agentnet-raw", "a raw recording of AgentNet's tool: a folder of JSON lines", "application/jsonl", read=_agentnet
)
DUCKTRACK = Format("ducktrack", "a recording of DuckTrack: events.jsonl", "application/jsonl", read=_ducktrack)
