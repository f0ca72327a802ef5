"""A recording told in lines: `09:14:03 Mail  click button "Reply"`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from byhand.cli import words
from byhand.cli.hands import Act, Acts
from byhand.events.kinds import Element, Header, Mark, Numbered, Window
from byhand.events.time import utc

_CLICKS = {
    1: "click",
    2: "middle-click",
    3: "right-click",
    8: "press Back on the mouse at",
    9: "press Forward on the mouse at",
}
_TIMES = {2: "double-", 3: "triple-"}


@dataclass(frozen=True, slots=True)
class Line:
    """`seq` names the first event of the line, for `byhand why`. `note` is said more quietly than `words`.

    tone: an act; something quiet (a window, a gap); or a mark between parts.
    """

    seq: int
    at: datetime
    app: str
    tone: Literal["act", "quiet", "mark"]
    words: str
    note: str = ""


def tell(header: Header, events: Iterable[Numbered], *, zone: tzinfo | None = None) -> Iterator[Line]:
    """Tell a recording.

    Args:
        header: the recording's.
        events: in their order; read only as far as is told.
        zone: the time zone of `Line.at`; None is UTC.
    """
    acts = Acts()
    for numbered in events:
        for act in acts.feed(numbered):
            yield _line(header, act, zone)
    for act in acts.close():
        yield _line(header, act, zone)


def plain(lines: Iterable[Line]) -> Iterator[str]:
    """The lines as text, for where there are no colours. The app is named when it changes."""
    app = ""
    for line in lines:
        name = line.app if line.app != app else ""
        app = line.app or app
        yield f"{line.at:%H:%M:%S} {name:<12} {line.words}{'  ' + line.note if line.note else ''}".rstrip()


def _line(header: Header, act: Act, zone: tzinfo | None) -> Line:
    at = utc(header, act.start_ns)
    at = at.astimezone(zone) if zone else at
    if act.mark is not None:
        tone, said = _mark(act.mark)
        return Line(act.seq, at, "", tone, said)
    app = words.shown(act.app, 24)
    if act.window is not None:
        return Line(act.seq, at, app, "quiet", _window(act.window))
    return Line(act.seq, at, app, "act", _act(act), words.shown(act.page, 80))


def _act(act: Act) -> str:
    match act.what:
        case "click":
            return _click(act)
        case "type":
            return _typing(act)
        case "scroll":
            return _scrolling(act)
        case _:
            return f"press {act.key}{f' ×{act.times}' if act.times > 1 else ''}"


def _click(act: Act) -> str:
    what = _thing(act.element) or f"at {act.x}, {act.y}"
    if act.to is not None:
        return f"drag {what} to {act.to[0]}, {act.to[1]}"
    return f"{_TIMES.get(act.times, '')}{_CLICKS.get(act.button, 'click')} {what}"


def _typing(act: Act) -> str:
    where = f" in {thing}" if (thing := _thing(act.element)) else ""
    if act.text:
        return f'type "{words.shown("".join(act.text))}"{where}'
    return f"type ••• ({words.keys(act.classes)}){where}"


def _scrolling(act: Act) -> str:
    if abs(act.dy) >= abs(act.dx):
        return f"scroll {'down' if act.dy > 0 else 'up'} {_notches(act.dy)}"
    return f"scroll {'right' if act.dx > 0 else 'left'} {_notches(act.dx)}"


def _notches(amount: float) -> str:
    return words.many(max(round(abs(amount)), 1), "notch", "notches")


def _thing(element: Element | None) -> str:
    return words.thing(element.role, element.name) if element is not None else ""


def _window(window: Window) -> str:
    title = f': "{words.shown(window.title)}"' if window.title else ""
    return f"closes{title}" if window.change == "closed" else f"comes to the front{title}"


def _mark(mark: Mark) -> tuple[Literal["act", "quiet", "mark"], str]:
    reason = words.shown(mark.reason)
    match mark.what:
        case "task_begin":
            return "mark", f"task: {words.shown(mark.text, 200)}"
        case "task_end":
            return "mark", "the task ends"
        case "start":
            return "mark", "the recording starts"
        case "stop":
            return "mark", f"the recording ends ({reason})" if reason else "the recording ends"
        case "pause" | "resume":
            return "mark", f"{mark.what} ({reason})" if reason else mark.what
        case "gap":
            return "quiet", ", ".join(part for part in (reason or "a gap", _length(mark), _count(mark)) if part)
        case "withheld":
            return "quiet", f"typing, not kept: {reason}" if reason else "typing, not kept"


def _length(mark: Mark) -> str:
    return words.span(mark.span_ms / 1000) if mark.span_ms else ""


def _count(mark: Mark) -> str:
    return words.many(mark.count, "event") + " lost" if mark.count else ""
