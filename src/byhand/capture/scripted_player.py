"""What each verb of a script does: the sorted words of a line become raw events. The grammar stands in `scripted`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from byhand.capture.keysyms import MODIFIERS, NAMED, OFF_LAYOUT, US, keysym_of
from byhand.capture.scripted_words import BadLine, Words, nothing_else, sort, whole
from byhand.events.raw import (
    Raw,
    RawButton,
    RawElement,
    RawGap,
    RawGrab,
    RawKey,
    RawLock,
    RawMark,
    RawMotion,
    RawScroll,
    RawText,
    RawWindow,
)
from byhand.events.time import MS

INSIDE_NS = 250_000  # where in its ms an event happened: both stamps differ as they do on a real server

_SHORT = {
    "ctrl": "Control_L",
    "control": "Control_L",
    "shift": "Shift_L",
    "alt": "Alt_L",
    "super": "Super_L",
    "win": "Super_L",
}


@dataclass(slots=True)
class Line:
    """What one line became. `until` is the ms at which it has ended."""

    raws: list[Raw]
    until: int
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A window as the script knows it."""

    window: int
    app: str
    title: str = ""
    pid: int = 0
    x: int = 0
    y: int = 0
    w: int = 800
    h: int = 600
    override: bool = False


class Player:
    """Reads line after line and keeps what the next ones build on: windows, focus, pointer, held modifiers."""

    def __init__(self, start_ms: int) -> None:
        self._start = start_ms
        self._now: int = start_ms
        self._out: list[Raw] = []
        self._windows: dict[str, _Place] = {}
        self._named: dict[tuple[str, str, str], tuple[int, int]] = {}
        self._focus: str = ""
        self._pointer = (0, 0)
        self._mods = 0
        self._injected = False

    def read(self, tokens: list[str]) -> Line:
        begin = self._time(tokens[0])
        if len(tokens) < 2:
            raise BadLine("a verb is missing after the time")
        if begin < self._now:
            raise BadLine(f"it begins before the line above has ended, at {(self._now - self._start) / 1000:.2f} s")
        self._now = begin
        self._out = []
        verb, words = tokens[1], sort(tokens[2:])
        self._injected = "injected" in words.flags
        act = _VERBS.get(verb)
        if act is None:
            raise BadLine(f"there is no verb {verb!r}; there are {', '.join(sorted(_VERBS))}")
        act(self, verb, words)
        return Line(self._out, self._now, verb == "lost")

    def _time(self, word: str) -> int:
        try:
            if word.startswith("+"):
                return self._now + round(float(word[1:]) * 1000)
            return self._start + round(float(word) * 1000)
        except ValueError:
            raise BadLine("it must begin with a time in seconds, like 00.4 or +0.5") from None

    @property
    def _stamps(self) -> tuple[int, int]:
        return self._now, self._now * MS + INSIDE_NS

    def window(self, verb: str, words: Words) -> None:
        if len(words.bare) != 1:
            raise BadLine(f"{verb} takes one app (a title goes in quotes)")
        name = words.bare[0]
        if name == "none" and verb == "focus":
            self._focus = ""
            self._out.append(RawWindow(*self._stamps, "focus", 0, "", "", 0, 0, 0, 0, 0, False))
            return
        place = self._place(name)
        if words.texts:
            place = replace(place, title=words.texts[0])
        if words.points:
            place = replace(place, x=words.points[0][0], y=words.points[0][1])
        if words.size:
            place = replace(place, w=words.size[0], h=words.size[1])
        if "pid" in words.options:
            place = replace(place, pid=whole(words.options["pid"]))
        place = replace(place, override=place.override or "override" in words.flags)
        self._windows[name] = place
        if verb == "focus":
            self._focus = name
        self._out.append(
            RawWindow(*self._stamps, _CHANGES[verb], place.window, place.app, place.title, place.pid, place.x, place.y,
                      place.w, place.h, place.override)
        )  # fmt: skip
        if verb == "closed":
            del self._windows[name]
            self._focus = "" if self._focus == name else self._focus

    def click(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        element = self._element("press", words)
        self._pointer = words.points[0] if words.points and not words.size else _middle(element)
        number = whole(words.options.get("button", "1"))
        for again in range(2 if "double" in words.flags else 1):
            self._now += 120 if again else 0
            self._button(number, element.window, down=True)
            self._out.append(_at(element, *self._stamps))
            self._now += 80
            self._button(number, element.window, down=False)

    def half(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        if words.points:
            self._pointer = words.points[0]
        self._button(whole(words.options.get("button", "1")), self._under(words), down=verb == "press")

    def move(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        if len(words.points) != 1:
            raise BadLine("move takes one place, X,Y")
        self._path(words.points[0], words)

    def drag(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        if len(words.points) != 2:
            raise BadLine("drag takes two places, X,Y X,Y")
        self._pointer = words.points[0]
        self._button(1, self._under(words), down=True)
        self._path(words.points[1], words)
        self._button(1, self._under(words), down=False)

    def scroll(self, _verb: str, words: Words) -> None:
        try:
            dy, dx = ([float(word) for word in words.bare] + [0.0])[:2]
        except ValueError:
            raise BadLine("scroll takes notches, DY and perhaps DX") from None
        x, y = self._pointer
        self._out.append(RawScroll(*self._stamps, dx, dy, x, y, self._under(words), self._injected))

    def type(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        if len(words.texts) != 1:
            raise BadLine(f"{verb} takes one text in quotes")
        for character in words.texts[0]:
            begin = self._now
            code, shifted = US.get(character, (OFF_LAYOUT, False))
            if shifted:
                self._key("Shift_L", down=True)
            self._now = begin + 20
            self._stroke(keysym_of(character), code, down=True)
            self._now = begin + 80
            self._stroke(keysym_of(character), code, down=False)
            if shifted:
                self._now = begin + 90
                self._key("Shift_L", down=False)
            self._now = begin + 100

    def secret(self, verb: str, words: Words) -> None:
        self._out.append(
            self._element("focus", Words(["Password"], "password text", options=words.options, into=words.into))
        )
        self.type(verb, words)

    def key(self, _verb: str, words: Words) -> None:
        if len(words.bare) + len(words.texts) != 1:
            raise BadLine("key takes one key, by its X name or as one character")
        name = (words.bare + words.texts)[0]
        if "up" not in words.flags:
            self._key(name, down=True)
        if not words.flags & {"down", "up"}:
            self._now += 60
        if "down" not in words.flags:
            self._key(name, down=False)

    def hotkey(self, _verb: str, words: Words) -> None:
        names = words.bare[0].split("+") if len(words.bare) == 1 else []
        if len(names) < 2 or any(name.lower() not in _SHORT for name in names[:-1]):
            raise BadLine("hotkey takes modifiers and a key, like ctrl+shift+s")
        held = [_SHORT[name.lower()] for name in names[:-1]]
        for name in held:
            self._key(name, down=True)
            self._now += 40
        self._key(names[-1], down=True)
        self._now += 60
        self._key(names[-1], down=False)
        for name in reversed(held):
            self._now += 20
            self._key(name, down=False)

    def text(self, verb: str, words: Words) -> None:
        if len(words.texts) != 1 or len(words.bare) != 1 or words.bare[0] not in _HOW:
            raise BadLine(f'{verb} takes how it came and the text, like: {verb} pasted "TEXT" (typed, pasted or value)')
        label = words.options.get("label", "")
        text = RawText(*self._stamps, _HOW[words.bare[0]], self._under(words), words.texts[0], words.role, label)
        self._out.append(text)

    def paste(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        self.hotkey(verb, Words(bare=["ctrl+v"]))
        self.text(verb, replace(words, bare=["pasted"]))

    def element(self, verb: str, words: Words) -> None:
        role = " ".join(words.bare)
        if role == "none":
            role = ""
        elif not role:
            raise BadLine(f'{verb} takes a role and a name, like: {verb} entry "Subject"')
        self._out.append(self._element("focus", replace(words, bare=[], role=role)))

    def state(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        kind, active = _STATES[verb]
        self._out.append(kind(*self._stamps, active))

    def mark(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)
        if (verb == "task") != (len(words.texts) == 1):
            raise BadLine("task takes its instruction in quotes; the other marks take nothing")
        self._out.append(RawMark(*self._stamps, _MARKS[verb], words.texts[0] if words.texts else ""))

    def gap(self, _verb: str, words: Words) -> None:
        if len(words.texts) != 1 or len(words.bare) > 1:
            raise BadLine('gap takes a reason in quotes and perhaps a count, like: gap "lost" 3')
        self._out.append(RawGap(*self._stamps, words.texts[0], whole(words.bare[0]) if words.bare else 0))

    def lost(self, verb: str, words: Words) -> None:
        nothing_else(verb, words)

    def _place(self, name: str) -> _Place:
        if name not in self._windows:
            number = len(self._windows) + 1
            used = {place.window for place in self._windows.values()}
            while (window := 0x400000 + number) in used:
                number += 1
            app = name.partition("#")[0]
            pid = next((place.pid for place in self._windows.values() if place.app == app), 1000 + number)
            self._windows[name] = _Place(window, app, pid=pid)
        return self._windows[name]

    def _in(self, words: Words) -> _Place:
        """The window a line is about: named, or the one in focus."""
        if words.into and words.into not in self._windows:
            raise BadLine(f"the window of {words.into!r} was not seen or focused before")
        name = words.into or self._focus
        return self._windows[name] if name else _Place(0, "")

    def _under(self, words: Words) -> int:
        return self._in(words).window

    def _element(self, why: Literal["press", "focus"], words: Words) -> RawElement:
        place = self._in(words)
        found = bool(words.texts or words.role)
        name, role = words.texts[0] if words.texts else "", words.role or "push button"
        w, h = words.size or (100, 24)
        x, y = words.points[0] if words.points else self._spot(words.into or self._focus, place, role, name)
        if words.points and not words.size and why == "press":
            x, y = x - w // 2, y - h // 2
        if not found:
            return RawElement(*self._stamps, why, False, place.window, place.pid, "", "", (), x, y, 0, 0, (), "")
        states = (
            tuple(words.options["states"].split(","))
            if "states" in words.options
            else ("enabled", "sensitive", "showing", "visible")
        )
        order = (
            [key[1:] for key in self._named].index((role, name))
            if (role, name) in [key[1:] for key in self._named]
            else 0
        )
        path = (("frame", 0), (role, order))
        url = words.options.get("url", "")
        return RawElement(*self._stamps, why, True, place.window, place.pid, role, name, states, x, y, w, h, path, url)

    def _spot(self, window: str, place: _Place, role: str, name: str) -> tuple[int, int]:
        """Where an element lies that was given no place: each new one below the one before."""
        key = (window, role, name)
        if key not in self._named:
            row = sum(1 for other in self._named if other[0] == window)
            self._named[key] = (20 + row // 18 * 120, 40 + row % 18 * 30)
        x, y = self._named[key]
        return place.x + x, place.y + y

    def _path(self, to: tuple[int, int], words: Words) -> None:
        try:
            steps = max(1, round(float(words.options.get("for", "0.4")) / 0.008))
        except ValueError:
            raise BadLine("for= takes seconds") from None
        (x0, y0), (x1, y1) = self._pointer, to
        for step in range(1, steps + 1):
            self._now += 8
            self._pointer = (x0 + (x1 - x0) * step // steps, y0 + (y1 - y0) * step // steps)
            self._out.append(RawMotion(*self._stamps, *self._pointer, self._under(words), self._injected))

    def _button(self, number: int, window: int, *, down: bool) -> None:
        self._out.append(RawButton(*self._stamps, down, number, *self._pointer, window, self._injected))

    def _key(self, name: str, *, down: bool) -> None:
        if name in NAMED:
            keysym, code = NAMED[name]
        elif len(name) == 1:
            code, shifted = US.get(name, (OFF_LAYOUT, False))
            # A shortcut is written with its plain letter; with shift held the server reports the letter's upper case.
            held = self._mods & 1 and not shifted
            upper = next((c for c, (k, up) in US.items() if up and k == code), name) if held else name
            keysym = keysym_of(upper)
        else:
            raise BadLine(f"there is no key {name!r}; keys have X names, like Return or Left")
        self._stroke(keysym, code, down=down)
        if bit := MODIFIERS.get(name, 0):
            self._mods = self._mods | bit if down else self._mods & ~bit

    def _stroke(self, keysym: int, code: int, *, down: bool) -> None:
        self._out.append(RawKey(*self._stamps, down, code, keysym, self._mods, False, self._injected))


def _at(element: RawElement, server_ms: int, mono_ns: int) -> RawElement:
    """The same element with other stamps (raw types are no dataclasses to the outside: `replace` refuses them)."""
    e = element
    return RawElement(
        server_ms,
        mono_ns,
        e.why,
        e.found,
        e.window,
        e.owner,
        e.role,
        e.name,
        e.states,
        e.x,
        e.y,
        e.w,
        e.h,
        e.path,
        e.url,
    )


def _middle(element: RawElement) -> tuple[int, int]:
    return element.x + element.w // 2, element.y + element.h // 2


_CHANGES: dict[str, Literal["seen", "focus", "title", "geometry", "closed"]] = {
    "seen": "seen", "focus": "focus", "title": "title", "geometry": "geometry", "closed": "closed",
}  # fmt: skip
_HOW: dict[str, Literal["typed", "pasted", "value"]] = {"typed": "typed", "pasted": "pasted", "value": "value"}
_STATES: dict[str, tuple[type[RawLock | RawGrab], bool]] = {
    "lock": (RawLock, True), "unlock": (RawLock, False), "grab": (RawGrab, True), "ungrab": (RawGrab, False),
}  # fmt: skip
_MARKS: dict[str, Literal["start", "pause", "resume", "stop", "task_begin", "task_end"]] = {
    "start": "start", "pause": "pause", "resume": "resume", "stop": "stop", "task": "task_begin", "done": "task_end",
}  # fmt: skip
_VERBS: dict[str, Callable[[Player, str, Words], None]] = {
    "click": Player.click, "press": Player.half, "release": Player.half, "move": Player.move, "drag": Player.drag,
    "scroll": Player.scroll, "type": Player.type, "secret": Player.secret, "key": Player.key, "hotkey": Player.hotkey,
    "element": Player.element, "gap": Player.gap, "lost": Player.lost, "text": Player.text, "paste": Player.paste,
    **dict.fromkeys(_CHANGES, Player.window), **dict.fromkeys(_STATES, Player.state),
    **dict.fromkeys(_MARKS, Player.mark),
}  # fmt: skip
