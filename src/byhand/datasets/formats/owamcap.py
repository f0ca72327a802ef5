"""OWAMcap: a desktop's keys, pointer, windows and pictures as messages of an MCAP file. Both ways.

Keys are Windows' virtual-key codes. Pictures are written where the message itself has them (a data: address), and read
from there, and from the video beside the file that messages name. Source: open-world-agents, mcap-owa-support 0.6.6 and
owa-msgs 0.6.6.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from byhand.datasets.formats import mcap
from byhand.datasets.formats.chat_rows import told
from byhand.datasets.formats.events_made import MOST, Maker, keysym
from byhand.datasets.formats.pictures import from_bytes
from byhand.datasets.formats.port import Demonstration, Format, Imported, Picture, Sight
from byhand.datasets.formats.pynput_tool import BUTTONS
from byhand.datasets.formats.reading import files, inside, why
from byhand.datasets.formats.videos import Reel, Watch
from byhand.datasets.formats.writing import Json, encoded, file_name
from byhand.episodes.signs import sign
from byhand.errors import Problem
from byhand.events.kinds import AnyEvent, Button, Frame, Key, Motion, Scroll, Window

_NAMED = {
    8: "BackSpace", 9: "Tab", 13: "Return", 16: "Shift_L", 17: "Control_L", 18: "Alt_L", 19: "Pause", 20: "Caps_Lock",
    27: "Escape", 32: "space", 33: "Prior", 34: "Next", 35: "End", 36: "Home", 37: "Left", 38: "Up", 39: "Right",
    40: "Down", 44: "Print", 45: "Insert", 46: "Delete", 91: "Super_L", 92: "Super_R", 93: "Menu", 144: "Num_Lock",
    145: "Scroll_Lock", 160: "Shift_L", 161: "Shift_R", 162: "Control_L", 163: "Control_R", 164: "Alt_L",
    165: "Alt_R", **{111 + number: f"F{number}" for number in range(1, 25)},
}  # fmt: skip
_SIGNS = {
    186: ";", 187: "=", 188: ",", 189: "-", 190: ".", 191: "/", 192: "`", 219: "[", 220: "\\", 221: "]", 222: "'",
    106: "*", 107: "+", 109: "-", 110: ".", 111: "/",
}  # fmt: skip
"""What the US layout writes with them, and the keypad."""
_CODES = {name: code for code, name in sorted(_NAMED.items()) if code < 160 or name.endswith("_R")} | {
    "ISO_Level3_Shift": 165, "KP_Enter": 13, "ISO_Left_Tab": 9,
}  # fmt: skip
_SIGN_CODES = {character: code for code, character in sorted(_SIGNS.items(), reverse=True)} | {
    shifted: code for code, shifted in {
        186: ":", 187: "+", 188: "<", 189: "_", 190: ">", 191: "?", 192: "~", 219: "{", 220: "|", 221: "}", 222: '"',
        49: "!", 50: "@", 51: "#", 52: "$", 53: "%", 54: "^", 55: "&", 56: "*", 57: "(", 48: ")",
    }.items()
}  # fmt: skip
_OWA_BUTTONS = {1: "left", 2: "middle", 3: "right", 8: "x1", 9: "x2"}
LIBRARY = "byhand; mcap 0"


class _Keyboard(msgspec.Struct):
    event_type: Literal["press", "release"]
    vk: int
    timestamp: int | None = None


class _Mouse(msgspec.Struct):
    event_type: Literal["move", "click", "scroll"]
    x: float
    y: float
    button: str | None = None
    pressed: bool | None = None
    dx: float | None = None
    dy: float | None = None
    timestamp: int | None = None


class _Window(msgspec.Struct):
    title: str
    rect: tuple[int, int, int, int] = (0, 0, 0, 0)


class _Media(msgspec.Struct):
    uri: str = ""
    pts_ns: int | None = None


class _Screen(msgspec.Struct):
    source_shape: tuple[int, int] | None = None
    shape: tuple[int, int] | None = None
    media_ref: _Media | None = None


def read(path: Path) -> Iterator[Imported]:
    for file in files(path, ".mcap"):
        yield from _file(file)


def _file(path: Path) -> Iterator[Imported]:
    maker, digest = Maker("source.owamcap"), hashlib.sha256()
    teller = _Teller(maker, path.parent)
    number, began = 0, 0
    try:
        with path.open("rb") as file:
            for message in mcap.read(file):
                number += 1
                if not began:
                    began = message.log_ns // 1000 * 1000
                    maker.begin(0, "")
                digest.update(message.data)
                try:
                    teller.tell(message, (message.log_ns - began) / 1e9)
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
                    yield Problem(f"{path.name}:{number}", why(error))
                if maker.full:
                    yield Problem(f"{path.name}:{number}", f"more than {MOST:,} events; the rest was not read")
                    break
    except OSError as error:
        yield Problem(path.name, f"can't be read ({error.strerror})")
    except mcap.McapFault as fault:
        yield Problem(f"{path.name}:{number + 1}", str(fault))
    if number:
        yield from teller.problems
        maker.end()
        yield maker.recording(
            f"owamcap-{digest.hexdigest()[:16]}", screen=teller.desktop(), utc_ns=began, source=path.name,
            sights=teller.sights if teller.reel is None else teller.reel,
        )  # fmt: skip


class _Teller:
    def __init__(self, maker: Maker, folder: Path) -> None:
        self._maker, self._folder = maker, folder
        self.problems: list[Problem] = []
        self.reel: Reel | None = None
        self._video = ""
        self._watch: Watch | None = None
        self._shown: tuple[float, float] | None = None
        self.screen = (0, 0)
        self._window: _Window | None = None
        self._far = (0, 0)
        self.sights: dict[int, Sight] = {}

    def tell(self, message: mcap.Message, now: float) -> None:
        maker = self._maker
        if message.topic == "keyboard":
            key = msgspec.json.decode(message.data, type=_Keyboard)
            if key.event_type == "press" and self._watch is not None:
                self._watch.does(now, key=True)
            maker.key(now, _name(key.vk), down=key.event_type == "press")
        elif message.topic == "mouse":
            mouse = msgspec.json.decode(message.data, type=_Mouse)
            self._mouse(mouse, now)
            self._far = (max(self._far[0], round(mouse.x)), max(self._far[1], round(mouse.y)))
        elif message.topic == "window":
            window = msgspec.json.decode(message.data, type=_Window)
            if window == self._window:  # told each second, changed or not
                return
            self._window = window
            left, top, right, bottom = window.rect
            if max(map(abs, window.rect)) > 1 << 20:
                raise ValueError("a place out of range")
            maker.window(now, "", window.title[:500], (left, top, right - left, bottom - top))
        elif message.topic == "screen":
            self._screen(msgspec.json.decode(message.data, type=_Screen), now)

    def desktop(self) -> tuple[int, int]:
        """What was captured may be one window; where the pointer was outside of it, the desktop's size is not known."""
        w, h = self.screen
        return (w, h) if self._far[0] <= w and self._far[1] <= h else (0, 0)

    def _mouse(self, mouse: _Mouse, now: float) -> None:
        if self._watch is not None and mouse.event_type == "move":
            self._watch.moves(now)
        elif self._watch is not None and (mouse.pressed or mouse.event_type == "scroll"):
            self._watch.does(now)
        if mouse.event_type == "move":
            self._maker.move(now, mouse.x, mouse.y)
        elif mouse.event_type == "scroll":
            self._maker.scroll(now, mouse.dx or 0, -(mouse.dy or 0), mouse.x, mouse.y)  # positive is up there
        else:
            number = BUTTONS.get(mouse.button or "")
            if number is None or mouse.pressed is None:
                raise ValueError("a button nobody knows")
            self._maker.button(now, number, mouse.x, mouse.y, down=mouse.pressed)

    def _screen(self, screen: _Screen, now: float) -> None:
        size = screen.source_shape or screen.shape
        if size is not None and 0 < size[0] < 1 << 15 and 0 < size[1] < 1 << 15:
            self.screen = size
        uri = screen.media_ref.uri if screen.media_ref is not None else ""
        if not uri.startswith("data:"):
            self._filmed(uri, screen.media_ref.pts_ns if screen.media_ref is not None else None, now)
            return
        try:
            data = base64.b64decode(uri.partition(",")[2], validate=True)
        except binascii.Error:
            raise ValueError("a picture that can't be read") from None
        found = from_bytes(data, "")
        if isinstance(found, Problem):
            raise ValueError(found.message)  # noqa: TRY004  of the file, not of an object
        frame = Frame(*self._maker.at(now), "clock", found.w, found.h, 0, b"")
        self.sights[self._maker.add(frame)] = found

    def _filmed(self, uri: str, pts_ns: int | None, now: float) -> None:
        """A moment of a video. One is opened for a file, that which is named first."""
        if not uri or pts_ns is None or (self._video and uri != self._video):
            return
        self._shown = now, pts_ns / 1e9
        if self._video:
            return
        self._video = uri
        path = inside(self._folder, uri)
        if path is None:
            self.problems.append(Problem("its video", "it is not beside the file"))
            return
        reel = Reel(path, known=self.sights)
        if (problem := reel.open()) is not None:
            self.problems.append(problem)
            return
        self.reel, self._watch = reel, Watch(self._maker, reel, lambda _: self._shown)


def _name(code: int) -> str:
    if code in _NAMED:
        return _NAMED[code]
    if 48 <= code <= 57 or 65 <= code <= 90:
        return chr(code).lower()
    if 96 <= code <= 105:
        return f"KP_{code - 96}"
    if code in _SIGNS:
        return keysym(_SIGNS[code])
    raise ValueError("a key nobody knows")


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    """A file an episode, from its events."""
    for number, demonstration in enumerate(demonstrations, 1):
        episode, lost = demonstration.episode, Counter[str]()
        if not demonstration.events:
            yield Problem(episode.id, "left out: this format tells events, and none were kept")
            continue
        with (out / f"{file_name(episode.instruction or episode.id, number)}.mcap").open("wb") as file:
            writer = mcap.Writer(file, "owa", LIBRARY, TOPICS)
            writer.begin()
            for numbered in demonstration.events:
                message = _message(demonstration, numbered.seq, numbered.event)
                if isinstance(message, str):
                    lost[message] += 1
                elif message is not None:
                    topic, body = message
                    log_ns = demonstration.utc_ns + numbered.event.mono_ns
                    timed: dict[str, Json] = {"timestamp": log_ns} if topic in ("keyboard", "mouse") else {}
                    writer.add(topic, log_ns, encoded(body | timed))
            writer.end()
        yield from (
            Problem(problem.source, problem.message.replace("step", "event")) for problem in told(demonstration, lost)
        )


def _message(demonstration: Demonstration, seq: int, event: AnyEvent) -> tuple[str, dict[str, Json]] | str | None:
    """Topic and body; why it can't be said; None where the format has no such thing."""
    if isinstance(event, Key):
        code = _code(event)
        if code is None:
            return "which key it was is not kept"
        return "keyboard", {"event_type": "press" if event.down else "release", "vk": code}
    if isinstance(event, Motion):
        return "mouse", {"event_type": "move", "x": event.x, "y": event.y}
    if isinstance(event, Button):
        button = _OWA_BUTTONS.get(event.button, "unknown")
        return "mouse", {"event_type": "click", "x": event.x, "y": event.y, "button": button, "pressed": event.down}
    if isinstance(event, Scroll):
        dx, dy = round(event.dx), round(-event.dy)
        return "mouse", {"event_type": "scroll", "x": event.x, "y": event.y, "dx": dx, "dy": dy}
    if isinstance(event, Window) and event.change == "focus":
        rect = [event.x, event.y, event.x + event.w, event.y + event.h]
        return "window", {"title": event.title or event.app, "rect": rect, "hWnd": event.window}
    sight = demonstration.sights.get(seq)
    if isinstance(event, Frame) and isinstance(sight, Picture):
        uri = f"data:{sight.media};base64,{base64.b64encode(sight.data).decode()}"
        size: list[Json] = [sight.w, sight.h]
        return "screen", {
            "utc_ns": demonstration.utc_ns + event.mono_ns, "source_shape": size, "shape": size,
            "media_ref": {"uri": uri, "pts_ns": None},
        }  # fmt: skip
    return None


def _code(key: Key) -> int | None:
    if key.keysym in _CODES:
        return _CODES[key.keysym]
    character = sign(key)
    if len(character) == 1 and character.isascii() and character.isalnum():
        return ord(character.upper())
    return _SIGN_CODES.get(character)


def _schema(called: str, /, **fields: str) -> bytes:
    kinds: dict[str, Json] = {name: {"type": kind} for name, kind in fields.items()}
    return encoded({"title": called, "type": "object", "properties": kinds})


TOPICS: dict[str, tuple[str, bytes]] = {
    "keyboard": (
        "desktop/KeyboardEvent",
        _schema("KeyboardEvent", event_type="string", vk="integer", timestamp="integer"),
    ),
    "mouse": (
        "desktop/MouseEvent",
        _schema("MouseEvent", event_type="string", x="integer", y="integer", button="string", pressed="boolean",
                dx="integer", dy="integer", timestamp="integer"),
    ),
    "window": ("desktop/WindowInfo", _schema("WindowInfo", title="string", rect="array", hWnd="integer")),
    "screen": (
        "desktop/ScreenCaptured",
        _schema("ScreenCaptured", utc_ns="integer", source_shape="array", shape="array", media_ref="object"),
    ),
}  # fmt: skip
OWAMCAP = Format(
    "owamcap", "OWAMcap: keys, pointer, windows and pictures in an MCAP file", "application/octet-stream",
    read=read, write=write,
)  # fmt: skip
