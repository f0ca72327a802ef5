"""Kept events made of what other recorders tell, so that the reducer has no way of its own for them. Pure.

Rules of this module: time never runs backwards, numbers stay in range, and what doesn't is refused with a `ValueError`
whose message quotes nothing. No guard has seen these events: `by` says which source they come from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from byhand.datasets.formats.port import Recording, Sight
from byhand.events.kinds import AnyEvent, Button, Element, Key, KeyClass, Mark, Motion, Numbered, Scroll, Window

MOST = 5_000_000
"""Events of one recording that are held: eleven hours at 125 a second."""
_MASKS = {
    "Shift_L": 1, "Shift_R": 1, "Control_L": 4, "Control_R": 4, "Alt_L": 8, "Alt_R": 8, "Super_L": 64, "Super_R": 64,
    "ISO_Level3_Shift": 128,
}  # fmt: skip
_CLASSES: dict[str, KeyClass] = {
    "BackSpace": "edit", "Delete": "edit", "Insert": "edit", "Return": "enter", "KP_Enter": "enter", "Tab": "tab",
    "Escape": "escape", "space": "space", "Caps_Lock": "modifier", "Num_Lock": "modifier", "Scroll_Lock": "modifier",
    "Menu": "function", "Print": "function", "Pause": "function",
    **dict.fromkeys(_MASKS, "modifier"),
    **dict.fromkeys(("Home", "End", "Left", "Right", "Up", "Down", "Prior", "Next"), "move"),
    **{f"F{number}": "function" for number in range(1, 25)},
}  # fmt: skip


def keysym(character: str) -> str:
    """The name of a key that writes it."""
    if character == " ":
        return "space"
    return character if character.isascii() and character.isalnum() else f"U{ord(character):04X}"


def key_class(name: str) -> KeyClass:
    if name in _CLASSES:
        return _CLASSES[name]
    character = name if len(name) == 1 else chr(int(name[1:], 16)) if name.startswith("U") and len(name) > 4 else ""
    if not character:
        return "other"
    return "letter" if character.isalpha() else "digit" if character.isdigit() else "symbol"


class Maker:
    """The events of one recording, in order.

    Args:
        by: where from: "source.ducktrack".
    """

    def __init__(self, by: str) -> None:
        self._by = by
        self._events: list[AnyEvent] = []
        self._down: dict[str, None] = {}
        self._last = 0
        self._windows: dict[str, int] = {}

    @property
    def full(self) -> bool:
        return len(self._events) >= MOST

    @property
    def last(self) -> int:
        return self._last

    def at(self, seconds: float) -> tuple[int, int, str]:
        """The stamps of a moment; one before the last event is that of the last event."""
        if not math.isfinite(seconds) or not 0 <= seconds < 9e9:
            raise ValueError("a time out of range")
        self._last = max(self._last, round(seconds * 1e6) * 1000)
        return self._last // 1_000_000, self._last, self._by

    def begin(self, seconds: float, instruction: str) -> None:
        self._events.append(Mark(*self.at(seconds), "start", "", 0, 0, ""))
        self._events.append(Mark(*self.at(seconds), "task_begin", "", 0, 0, instruction))

    def end(self, outcome: str = "") -> None:
        self._events.append(Mark(*self.at(self._last / 1e9), "task_end", outcome, 0, 0, ""))
        self._events.append(Mark(*self.at(self._last / 1e9), "stop", "", 0, 0, ""))

    def move(self, seconds: float, x: float, y: float) -> None:
        place = spot(x, y)
        self._events.append(Motion(*self.at(seconds), *place, injected=False))

    def button(self, seconds: float, number: int, x: float, y: float, *, down: bool) -> None:
        place = spot(x, y)
        self._events.append(Button(*self.at(seconds), down, number, *place, injected=False))

    def scroll(self, seconds: float, dx: float, dy: float, x: float, y: float) -> None:
        """dx, dy: notches, positive is right and down."""
        place = spot(x, y)
        if not (abs(dx) < 1e5 and abs(dy) < 1e5):
            raise ValueError("a scroll out of range")
        self._events.append(Scroll(*self.at(seconds), dx, dy, *place, injected=False))

    def key(self, seconds: float, name: str, *, down: bool) -> None:
        """name: of X's keysymdef.h."""
        mods = 0
        for held in self._down:
            if held != name:
                mods |= _MASKS.get(held, 0)
        repeat = down and name in self._down
        stamps = self.at(seconds)
        if down:
            self._down[name] = None
        else:
            self._down.pop(name, None)
        self._events.append(Key(*stamps, down, key_class(name), 0, name, mods, repeat, injected=False))

    def window(self, seconds: float, app: str, title: str = "", rect: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        number = self._windows.setdefault(app or title, len(self._windows) + 1)
        self._events.append(Window(*self.at(seconds), "focus", number, app, title, *rect))

    def element(self, seconds: float, **told: Any) -> None:
        empty: dict[str, Any] = {
            "role": "", "name": "", "states": (), "x": 0, "y": 0, "w": 0, "h": 0, "path": "", "origin": "", "page": "",
        }  # fmt: skip
        self._events.append(Element(*self.at(seconds), **(empty | told)))

    def add(self, event: AnyEvent) -> int:
        """An event made elsewhere; returns its place."""
        self._events.append(event)
        return len(self._events) - 1

    def recording(
        self, name: str, *, screen: tuple[int, int] = (0, 0), utc_ns: int = 0, source: str = "",
        sights: Mapping[int, Sight] | None = None,
    ) -> Recording:  # fmt: skip
        events = [Numbered(seq, event) for seq, event in enumerate(self._events)]
        return Recording(name, events, sights or {}, screen, utc_ns, source)


def spot(x: float, y: float) -> tuple[int, int]:
    if not (abs(x) < 1e5 and abs(y) < 1e5):  # also where one is no number
        raise ValueError("a place out of range")
    return round(x), round(y)
