"""Events told as rows a person can read: one row for a click with its element, one for a run of typing, one for a gap.

A row leaves nothing out that was kept but motion, key releases and frames, which the timeline shows, and a focus
that only says again where one pressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

import msgspec

from byhand.events.kinds import AnyEvent, Button, Element, Key, Mark, Numbered, Scroll, Window
from byhand.ui.replay.words import TYPED, cap, caps, char, is_shortcut, plain, span

Icon = Literal["press", "type", "key", "scroll", "window", "focus", "mark", "gap", "lock", "task"]

TYPING_PAUSE_MS = 2_000
SCROLL_PAUSE_MS = 1_000
DOUBLE_MS = 400
DRAG_PX = 8
BUTTONS = {1: "click", 2: "middle-click", 3: "right-click", 8: "press back", 9: "press forward"}


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One line of the story. t: ms since the recording began. verb says what was done, what to which thing.

    seq, by: first event of the row and the rule that let it through.
    """

    t: int
    icon: Icon
    app: str
    verb: str
    what: str
    seq: int
    by: str


class _Open(msgspec.Struct):
    """A row that may still grow. after: what a press brought about before it was over, told behind it."""

    row: Row
    last_ms: int
    text: str = ""
    dots: int = 0
    dx: float = 0.0
    dy: float = 0.0
    button: int = 0
    held: bool = False
    x: int = 0
    y: int = 0
    clicks: int = 1
    after: tuple[Row, ...] = ()


class _RowMaker(Protocol):
    def __call__(self, icon: Icon, verb: str, what: str = "", of: str = "") -> Row: ...


def element_words(element: Element) -> str:
    name = plain(element.name, 80)
    return f"{plain(element.role, 40)} “{name}”" if name else plain(element.role, 40)


def tell(events: Iterable[Numbered], start_ns: int) -> Iterator[Row]:
    """Rows in order. `start_ns` is the monotonic time that counts as 0."""
    app = ""
    pending: _Open | None = None
    focused = ""
    for numbered in events:
        event = numbered.event
        now = (event.mono_ns - start_ns) // 1_000_000
        if isinstance(event, Window) and event.change == "focus":
            app = plain(event.app, 60)
        if pending is not None:
            grown = _grown(pending, event, now)
            if grown is not None:
                pending = grown
                continue
        row = _row(numbered, now, app)
        if row is None:
            continue
        if row.icon == "focus" and row.what == focused:
            continue
        focused = row.what if row.icon == "focus" else ""
        if pending is not None:
            if (
                pending.button
                and row.icon in {"focus", "window"}
                and (pending.held or now - pending.last_ms <= DOUBLE_MS)
            ):
                pending = _followed(pending, row)
                continue
            yield from _closed(pending)
        pending = _opened(row, event, now)
    if pending is not None:
        yield from _closed(pending)


def _followed(pending: _Open, row: Row) -> _Open:
    """A window that comes to the front under a press that is still held is the one that was pressed."""
    replace = msgspec.structs.replace
    pressed = replace(pending.row, app=row.app) if row.icon == "window" and pending.held else pending.row
    return replace(pending, row=pressed, after=(*pending.after, row))


def _types(event: AnyEvent) -> bool:
    return isinstance(event, Key) and event.down and event.cls in TYPED and not is_shortcut(event)


def _grown(pending: _Open, event: AnyEvent, now: int) -> _Open | None:
    """The open row with the event taken in, or None where the event begins a row of its own."""
    icon = pending.row.icon
    replace = msgspec.structs.replace
    if icon == "type" and isinstance(event, Key) and _types(event) and now - pending.last_ms <= TYPING_PAUSE_MS:
        typed = char(event)
        return replace(pending, last_ms=now, text=pending.text + typed, dots=pending.dots + (not typed))
    if icon == "scroll" and isinstance(event, Scroll) and now - pending.last_ms <= SCROLL_PAUSE_MS:
        return replace(pending, last_ms=now, dx=pending.dx + event.dx, dy=pending.dy + event.dy)
    if not pending.button:
        return None
    if isinstance(event, Element) and event.why == "press":
        # The second press of a double click lands on the same element.
        return pending if pending.row.what else replace(pending, row=replace(pending.row, what=element_words(event)))
    if isinstance(event, Button) and event.button == pending.button:
        if event.down and now - pending.last_ms <= DOUBLE_MS and _near(pending, event) and pending.clicks < 3:
            return replace(pending, last_ms=now, clicks=pending.clicks + 1, held=True)
        if not event.down:
            row = pending.row if _near(pending, event) else replace(pending.row, verb="drag")
            return replace(pending, row=row, last_ms=now, held=False)
    return None


def _near(pending: _Open, event: Button) -> bool:
    return abs(event.x - pending.x) <= DRAG_PX and abs(event.y - pending.y) <= DRAG_PX


def _opened(row: Row, event: AnyEvent, now: int) -> _Open:
    if isinstance(event, Button):
        return _Open(row, now, button=event.button, held=True, x=event.x, y=event.y)
    if isinstance(event, Scroll):
        return _Open(row, now, dx=event.dx, dy=event.dy)
    if isinstance(event, Key) and row.icon == "type":
        typed = char(event)
        return _Open(row, now, text=typed, dots=int(not typed))
    return _Open(row, now)


def _closed(pending: _Open) -> Iterator[Row]:
    row = pending.row
    replace = msgspec.structs.replace
    if row.icon == "type":
        # Where some characters were kept and some not, their mix is not shown: a half-kept word tells too much wrong.
        if pending.text and not pending.dots:
            row = replace(row, what=f"“{plain(pending.text, 120)}”")
        else:
            count = len(pending.text) + pending.dots
            row = replace(row, what="1 character" if count == 1 else f"{count} characters")
    elif row.icon == "scroll":
        across = abs(pending.dx) > abs(pending.dy)
        way = ("right" if pending.dx > 0 else "left") if across else ("down" if pending.dy > 0 else "up")
        row = replace(row, what=way)
    elif pending.clicks > 1 and pending.button == 1 and row.verb == "click":
        row = replace(row, verb={2: "double-click", 3: "triple-click"}[pending.clicks])
    yield row
    yield from (one for one in pending.after if one.icon != "focus" or one.what != row.what)


def _row(numbered: Numbered, now: int, app: str) -> Row | None:
    event = numbered.event

    def row(icon: Icon, verb: str, what: str = "", of: str = app) -> Row:
        return Row(now, icon, of, verb, what, numbered.seq, event.by)

    match event:
        case Key(down=True) if _types(event):
            return row("type", "type")
        case Key(down=True) if is_shortcut(event):
            return row("key", "press", " + ".join(caps(event)))
        case Key(down=True, cls=cls, repeat=False) if cls != "modifier":
            return row("key", "press", cap(event))
        case Button(down=True):
            return row("press", BUTTONS.get(event.button, f"press button {event.button}"))
        case Scroll():
            return row("scroll", "scroll")
        case Element(why="focus"):
            return row("focus", "focus", element_words(event))
        case Element():
            return row("press", "click", element_words(event))
        case Window(change="focus"):
            return row("window", "go to", plain(event.title, 100) or plain(event.app, 60))
        case Window(change="title") if event.title:
            return row("window", "now shows", plain(event.title, 100), plain(event.app, 60))
        case Window(change="closed"):
            return row("window", "close window", plain(event.title, 100), plain(event.app, 60))
        case Mark():
            return _mark(event, row)
        case _:
            return None


def _mark(event: Mark, row: _RowMaker) -> Row:
    match event.what:
        case "gap":
            why = plain(event.reason, 60) or "nothing known"
            return row("gap", "gap", f"{why}, {span(event.span_ms)}" if event.span_ms else why, "")
        case "withheld":
            return row("lock", "withheld", plain(event.reason, 60), "")
        case "task_begin":
            return row("task", "task begins", plain(event.text, 200), "")
        case "task_end":
            return row("task", "task ends", plain(event.text, 200), "")
        case _:
            words = {"start": "recording starts", "stop": "recording stops", "pause": "paused", "resume": "resumed"}
            return row("mark", words[event.what], plain(event.reason, 60), "")
