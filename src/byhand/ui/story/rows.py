"""Acts as rows of plain words: `click button "Reply"`. Pure.

A row leaves nothing out that was kept but motion, key releases and frames, which the replay's timeline shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from byhand.events.kinds import Mark, Numbered, Window
from byhand.ui.story.act import Act
from byhand.ui.story.acts import Acts
from byhand.ui.story.happenings import of_element, of_page
from byhand.ui.story.things import thing
from byhand.ui.words import many, shown, span

Kind = Literal["press", "type", "key", "scroll", "window", "focus", "mark", "gap", "lock", "task"]

_CLICKS = {
    1: "click",
    2: "middle-click",
    3: "right-click",
    8: "press Back on the mouse at",
    9: "press Forward on the mouse at",
}
_SAID = {"typed": "type", "pasted": "paste", "value": "stands there:"}
_MOST_SAID = 200
_TIMES = {2: "double-", 3: "triple-"}


class Row(msgspec.Struct, frozen=True):
    """One line of the story. `verb` says what was done, `what` to which thing; `note` is said more quietly.

    kind: what the row is about; `lock` stands for input that was not kept.
    ns: CLOCK_MONOTONIC of its beginning. app: the program in front, "" for a mark.
    seq, by: its first event, and the rule that let that through.
    """

    seq: int
    ns: int
    by: str
    kind: Kind
    app: str
    verb: str
    what: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        return f"{self.verb} {self.what}".strip()


def tell(events: Iterable[Numbered]) -> Iterator[Row]:
    """Rows in order, from events in order, which are read only as far as is told."""
    acts = Acts()
    for numbered in events:
        for act in acts.feed(numbered):
            yield _row(act)
    for act in acts.close():
        yield _row(act)


def _row(act: Act) -> Row:
    app = shown(act.app, 24)

    def row(kind: Kind, verb: str, what: str = "", note: str = "") -> Row:
        return Row(act.seq, act.start_ns, act.by, kind, app, verb, what, note)

    if act.mark is not None:
        return Row(act.seq, act.start_ns, act.by, *_mark(act.mark))
    if act.window is not None:
        return row("window", *_window(act.what, act.window))
    if act.page_event is not None:
        return row("window", *of_page(act.page_event))
    if act.what == "element" and act.element is not None:
        return row(*of_element(act.element, act.onto))
    match act.what:
        case "click":
            return row("press", *_click(act), _click_note(act))
        case "type":
            return row("type", "type", _typing(act))
        case "text":
            return row("type", _SAID[act.how], _typing(act))
        case "scroll":
            return row("scroll", "scroll", _scrolling(act))
        case "focus":
            return row("focus", "focus", thing(act.element))
        case _:
            times = f" ×{act.times}" if act.times > 1 else ""
            led = f"→ {thing(act.led)}" if thing(act.led) else ""
            return row("key", "press", f"{act.key}{times}", ", ".join(part for part in (led, act.brings) if part))


def _click(act: Act) -> tuple[str, str]:
    what = thing(act.element) or f"at {act.x}, {act.y}"
    if act.onto is not None:
        return "drag", f"{what} → {thing(act.onto) or 'elsewhere'}"
    if act.to is not None:
        return "drag", f"{what} to {act.to[0]}, {act.to[1]}"
    return f"{_TIMES.get(act.times, '')}{_CLICKS.get(act.button, 'click')}", what


def _click_note(act: Act) -> str:
    raised = ""
    if act.raised is not None:
        title = shown(act.raised.title)
        raised = f'brings "{title}" to the front' if title else "brings it to the front"
    return ", ".join(part for part in (raised, act.brings, shown(act.page, 80)) if part)


def _typing(act: Act) -> str:
    where = f" in {element}" if (element := thing(act.element)) else ""
    if act.said:
        return f'"{shown(act.said, _MOST_SAID)}"{where}'
    # Where some signs were kept and some not, their mix is not shown: a half-kept word tells too much wrong.
    return f'"{shown("".join(act.text))}"{where}' if act.text else f"••• ({_struck(act)}){where}"


def _struck(act: Act) -> str:
    """`7 letters`, `4 digits`, or `11 keys` for a mixture."""
    present = [name for name, count in act.classes.items() if count]
    return many(act.classes.total(), present[0] if present in (["letter"], ["digit"], ["symbol"]) else "key")


def _scrolling(act: Act) -> str:
    if abs(act.dy) >= abs(act.dx):
        return f"{'down' if act.dy > 0 else 'up'} {_notches(act.dy)}"
    return f"{'right' if act.dx > 0 else 'left'} {_notches(act.dx)}"


def _notches(amount: float) -> str:
    return many(max(round(abs(amount)), 1), "notch", "notches")


def _window(what: str, window: Window) -> tuple[str, str]:
    verb = "is now" if what == "title" else "closes" if window.change == "closed" else "comes to the front"
    if not window.title:
        return verb, ""
    return f"{verb}:", f'"{shown(window.title)}"'


def _mark(mark: Mark) -> tuple[Kind, str, str, str]:
    """What to call it, no app, and the words."""
    reason = shown(mark.reason)
    match mark.what:
        case "task_begin":
            return "task", "", "task:", shown(mark.text, 200)
        case "task_end":
            return "task", "", "the task ends", f"({reason})" if reason else ""
        case "note":
            return "mark", "", "note:", shown(mark.text, 200)
        case "start":
            return "mark", "", "the recording starts", ""
        case "stop":
            return "mark", "", "the recording ends", f"({reason})" if reason else ""
        case "pause" | "resume":
            return "mark", "", mark.what, f"({reason})" if reason else ""
        case "gap":
            length = span(mark.span_ms / 1000) if mark.span_ms else ""
            lost = many(mark.count, "event") + " lost" if mark.count else ""
            return "gap", "", "", ", ".join(part for part in (reason or "a gap", length, lost) if part)
        case "row":
            state, _, why = reason.partition(": ")
            return "mark", "", f"row {mark.count}:" if mark.count else "it is", f"{state}{f', {why}' if why else ''}"
        case "takeover":
            return "mark", "", "you took over", f"({reason})" if reason else ""
        case "withheld":
            return "lock", "", "typing, not kept:" if reason else "typing, not kept", reason
