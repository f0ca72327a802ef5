"""Recordings made by hand for the replay: kept events, as the guard would return them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import msgspec

from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Frame,
    Header,
    Key,
    KeyClass,
    Mark,
    Monitor,
    Motion,
    Numbered,
    Scroll,
    Snapshot,
    Text,
    Window,
    Wireframe,
)
from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.pixels import Canvas

START = 5_000_000_000_000


def header(*streams: str) -> Header:
    return Header(
        version=1, recording="q4w7r2m5ta", device="h3kd9s2xzp", grant="7f3a9c0d12", policy_hash="ab" * 32,
        purpose="mine", streams=streams or ("actions",), driver="x11", program="byhand 0.1.0", boot_id="b" * 36,
        mono_ns=START, utc_ns=1_790_000_000_000_000_000, layout="evdev,pc105,us,", screen_w=1280, screen_h=800,
        monitors=(Monitor("screen", 0, 0, 1280, 800, 1.0),),
    )  # fmt: skip


def numbered(events: Iterable[AnyEvent]) -> list[Numbered]:
    return [Numbered(seq, event) for seq, event in enumerate(events)]


class Pen:
    """Writes events at a time of its own, in seconds from the start."""

    def __init__(self) -> None:
        self.events: list[AnyEvent] = []

    def _at(self, s: float) -> tuple[int, int]:
        ns = START + round(s * 1e6) * 1000
        return ns // 1_000_000, ns

    def mark(self, s: float, what: str, reason: str = "", span_ms: int = 0, text: str = "") -> None:
        self.events.append(Mark(*self._at(s), "marks", what, reason, span_ms, 0, text))  # type: ignore[arg-type]

    def window(
        self, s: float, app: str, title: str, box: tuple[int, int, int, int], number: int, change: str = "focus"
    ) -> None:
        self.events.append(Window(*self._at(s), "actions.window", change, number, app, title, *box))  # type: ignore[arg-type]

    def element(self, s: float, why: str, role: str, name: str, box: tuple[int, int, int, int]) -> None:
        rule = "actions.element"
        self.events.append(Element(*self._at(s), rule, why, role, name, ("enabled",), *box, "frame/panel", "", ""))  # type: ignore[arg-type]

    def click(self, s: float, role: str, name: str, box: tuple[int, int, int, int], button: int = 1) -> None:
        x, y = box[0] + box[2] // 2, box[1] + box[3] // 2
        self.events.append(Button(*self._at(s), "actions.press", True, button, x, y, False))
        self.element(s, "press", role, name, box)
        self.events.append(Button(*self._at(s + 0.09), "actions.press", False, button, x, y, False))

    def key(self, s: float, cls: KeyClass, keysym: str = "", mods: int = 0) -> None:
        rule = "actions.shortcut" if keysym else "actions.class"
        for down in (True, False):
            self.events.append(
                Key(*self._at(s + 0.06 * (not down)), rule, down, cls, 38 if keysym else 0, keysym, mods, False, False)
            )

    def keys(self, s: float, classes: str, pace: float = 0.14) -> float:
        """One letter a class: l letter, d digit, y symbol, blank space."""
        names: dict[str, KeyClass] = {"l": "letter", "d": "digit", "y": "symbol", " ": "space"}
        for one in classes:
            self.key(s, names[one])
            s += pace
        return s

    def path(self, s: float, until: float, start: tuple[int, int], end: tuple[int, int], rate: int = 60) -> None:
        steps = max(1, round((until - s) * rate))
        for i in range(steps + 1):
            part = i / steps
            ease = part * part * (3 - 2 * part)
            x = round(start[0] + (end[0] - start[0]) * ease)
            y = round(start[1] + (end[1] - start[1]) * ease + 40 * math.sin(part * math.pi))
            self.events.append(Motion(*self._at(s + part * (until - s)), "pointer.path", x, y, False))

    def scroll(self, s: float, dy: float, x: int, y: int) -> None:
        self.events.append(Scroll(*self._at(s), "actions.scroll", 0.0, dy, x, y, False))

    def frame(self, s: float, patch: bytes, tiles: int) -> None:
        self.events.append(Frame(*self._at(s), "frames.masked", "before", 1280, 800, tiles, patch))

    def done(self) -> list[Numbered]:
        return numbered(sorted(self.events, key=lambda event: event.mono_ns))


MAIL, CALC = (60, 70, 760, 560), (560, 180, 640, 480)


def office(*, path: bool = True) -> list[Numbered]:
    """A minute of office work: mail, a reply, a gap, a form with a password, a sheet."""
    pen = Pen()
    pen.mark(0, "start")
    pen.window(0.1, "thunderbird", "Inbox", MAIL, 1)
    pen.mark(0.6, "task_begin", text="answer the invoice mail and file the sum")
    pen.element(0.9, "focus", "list", "Messages", (90, 150, 240, 440))
    pen.click(2.4, "push button", "Reply", (372, 112, 84, 30))
    pen.element(2.7, "focus", "text", "Message body", (360, 220, 430, 300))
    end = pen.keys(3.4, "llllll lllll lll ddddyll llll")
    pen.click(end + 0.9, "combo box", "Priority", (372, 160, 150, 30))
    pen.click(end + 1.9, "menu item", "High", (372, 216, 150, 26))
    pen.key(end + 3.0, "letter", "s", 4)
    pen.key(end + 4.2, "enter", "Return", 4)
    pen.mark(end + 5.0, "gap", "another app", 12_000)
    t = end + 17.4
    pen.window(t, "chromium", "Expenses", CALC, 2)
    for i in range(8):
        pen.scroll(t + 1 + i * 0.12, 1.0, 900, 480)
    pen.click(t + 3.2, "entry", "Invoice number", (640, 270, 320, 34))
    pen.element(t + 3.3, "focus", "entry", "Invoice number", (640, 270, 320, 34))
    end = pen.keys(t + 3.8, "lldddddd", 0.18)
    pen.key(end + 0.2, "tab", "Tab")
    pen.element(end + 0.3, "focus", "entry", "Amount", (640, 330, 320, 34))
    end = pen.keys(end + 0.7, "ddddyd", 0.2)
    pen.click(end + 0.8, "check box", "Paid", (640, 388, 90, 24))
    pen.mark(end + 2.2, "withheld", "password field")
    pen.click(end + 4.0, "push button", "Save", (1060, 600, 100, 36))
    pen.key(end + 5.1, "tab", "Tab", 8)
    pen.window(end + 5.3, "thunderbird", "Inbox", MAIL, 1)
    pen.click(end + 7.0, "push button", "Archive", (470, 112, 92, 30))
    pen.click(end + 7.2, "push button", "Archive", (470, 112, 92, 30))
    pen.mark(end + 8.0, "task_end")
    pen.mark(end + 15.0, "stop")
    if path:
        presses = [event for event in pen.events if isinstance(event, Button) and event.down]
        place, after = (640, 400), 0.5
        for press in sorted(presses, key=lambda event: event.mono_ns):
            at = (press.mono_ns - START) / 1e9
            pen.path(max(after, at - 1.0), at - 0.05, place, (press.x, press.y))
            place, after = (press.x, press.y), at + 0.1
    return pen.done()


def crowd(points: int) -> Iterator[Numbered]:
    """That many motion events at 1,000 a second, with a press each second."""
    pen = Pen()
    pen.window(0, "inkscape", "Drawing", (40, 60, 1200, 700), 1)
    for i in range(points):
        angle = i / 700
        at = pen._at(0.01 + i / 1000)
        pen.events.append(
            Motion(
                *at, "pointer.path", round(640 + 380 * math.sin(angle * 1.3)), round(410 + 260 * math.cos(angle)), False
            )
        )
        if i % 1000 == 500:
            pen.click(0.01 + i / 1000, "drawing area", "", (40, 60, 1200, 700))
    yield from pen.done()


def screen(boxes: list[tuple[str, str, int, int, int, int]], why_ns: int) -> RawFrame:
    """A raw frame of `MAIL` full of stripes, which no reader may ever see but in a cleared control."""
    x, y, w, h = MAIL
    line = b"".join(bytes((40 + i % 120, 90, 200 - i % 90, 0)) for i in range(w))
    made = tuple(RawBox(0, why_ns, role, name, *box) for role, name, *box in boxes)
    everything = frozenset((column, row) for column in range(20) for row in range(13))
    return RawFrame(
        server_ms=0, mono_ns=why_ns, why="before", window=1, x=x, y=y, w=w, h=h, stride=w * 4,
        pixels=memoryview(line * h), dirty=everything, boxes=made, url="", release=lambda: None,
    )  # fmt: skip


def framed() -> list[Numbered]:
    """The office, with frames: first the mail, then the mail with a reply open."""
    pen = Pen()
    pen.events = [one.event for one in office()]
    canvas = Canvas(1280, 800)
    inbox = [
        ("tool bar", "", 60, 100, 760, 50), ("push button", "Reply", 372, 112, 84, 30),
        ("push button", "Archive", 470, 112, 92, 30), ("list", "", 90, 150, 240, 440),
        *(("list item", f"from {i}", 100, 160 + i * 34, 220, 28) for i in range(9)),
    ]  # fmt: skip
    reply = [*inbox, ("text", "Message body", 360, 220, 430, 300), ("combo box", "Priority", 372, 160, 150, 30)]
    for s, boxes in ((0.3, inbox), (2.6, reply), (8.9, [*reply, ("menu item", "High", 372, 216, 150, 26)])):
        kept = canvas.keep(screen(boxes, START), lambda box: bool(box.name))
        if kept is not None:
            pen.frame(s, kept.patch, kept.tiles)
    return pen.done()


def wired() -> list[Numbered]:
    """A form seen as boxes: a window, what is in it without a pixel, and a text that was typed into it."""
    pen = Pen()
    pen.window(0.1, "chromium", "Expenses", CALC, 1)
    places = (560, 180, 640, 480, 640, 270, 320, 34, 1060, 600, 100, 36)
    roles, names = ("document web", "entry", "push button"), ("", "Invoice number", "Save")
    for s, count in ((0.4, 2), (3.0, 3)):
        seen = roles[:count], names[:count], places[: 4 * count]
        pen.events.append(Wireframe(*pen._at(s), "wireframe.cleared", "focus", 1, *CALC, *seen))
    pen.events.append(Text(*pen._at(2.0), "text.typed", "typed", "twelve invoices", 1))
    return pen.done()


def paged(box: tuple[int, int, int, int] = CALC) -> list[Numbered]:
    """A form that a browser tells of: two looks at its page, a frame in it, and a press. `box`: its window."""
    pen = Pen()
    pen.window(0.1, "chromium", "Expenses", box, 1)
    place = 1, 1, "https://work.example.org", "/expenses"
    for s, name in ((0.4, "Save"), (3.0, "Send")):
        pen.events.append(
            Snapshot(
                *pen._at(s), "actions.snapshot", "press", *place, 1, CALC[0], CALC[1] + 80, 320, 200, 2.0, (1, 2, 3),
                (-1, 0, 0), ("form", "textbox", "button"), ("form", "input", "button"), ("", "Invoice number", name),
                ("", "", ""), ("", "12 characters", ""), (0, 0, 320, 200, 40, 5, 160, 17, 250, 160, 50, 18), 0,
            )
        )  # fmt: skip
    pen.events.append(msgspec.structs.replace(pen.events[-1], frame=2, names=("", "", "canary")))
    pen.click(4.0, "push button", "Send", (1060, 580, 100, 36))
    return pen.done()
