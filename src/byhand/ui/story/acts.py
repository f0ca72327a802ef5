"""How input becomes acts: a button going down and up, with the element under it, is one click. Pure.

This is for reading, not for learning: it is modest, and never guesses what was meant. Rules: an act keeps its place by
its first event; an act is handed out once nothing can be added to it any more; what an act brought about by itself, a
window in front or a focus, is told with it.
"""

from __future__ import annotations

from collections import deque

import msgspec

from byhand.events.kinds import AnyEvent, Button, Element, Key, Mark, Numbered, Page, Scroll, Text, Window
from byhand.events.time import MS
from byhand.ui.story import keys
from byhand.ui.story.act import Act, What
from byhand.ui.story.pages import InPages
from byhand.ui.story.things import thing

_TWICE_NS = 450 * MS
_STILL_PX = 8
# A pause of up to 5 s may be made up (privacy.rhythm), in the middle of a word.
_TYPING_NS = 5_500 * MS
_SCROLLING_NS = 1_500 * MS
_AGAIN_NS = 2_000 * MS
# A window comes to the front while the button that pressed it is down. A click can be shorter than that takes.
_RAISED_NS = 100 * MS
_CAUSED_NS = 1_000 * MS
# An element under a press is looked up within 100 ms; what is older than this has got all it will get.
_SETTLED_NS = 1_500 * MS
# A text is told when its typing is over: at the latest so long after its last key.
_SAID_NS = 12_000 * MS
_MOST_OPEN = 64


class Acts:
    """Collects events into acts."""

    def __init__(self) -> None:
        self._open: deque[Act] = deque()
        self._app = ""
        self._window = 0
        self._title = ""
        self._focus: Element | None = None
        self._page = ""
        self._pages = InPages(self._open, self._begin)

    def feed(self, numbered: Numbered) -> list[Act]:
        """Take one event; give the acts that are complete now."""
        self._take(numbered.seq, numbered.event)
        return self._ready(numbered.event.mono_ns)

    def close(self) -> list[Act]:
        """No event will follow."""
        rest = list(self._open)
        self._open.clear()
        return rest

    def _ready(self, now_ns: int) -> list[Act]:
        done: list[Act] = []
        while self._open and (len(self._open) > _MOST_OPEN or self._over(self._open[0], now_ns)):
            done.append(self._open.popleft())
        return done

    def _over(self, act: Act, now_ns: int) -> bool:
        if act.what == "focus":
            return len(self._open) > 1  # typing that follows tells it better
        return not act.held and now_ns - act.end_ns > (_SAID_NS if act.what == "type" else _SETTLED_NS)

    def _take(self, seq: int, event: AnyEvent) -> None:
        match event:
            case Key():
                self._key(seq, event)
            case Button():
                self._button(seq, event)
            case Element(why="focus"):
                self._focused(seq, event)
            case Element(source="browser"):
                self._in_page(seq, event)
            case Element():
                self._pressed(event)
            case Page():
                self._paged(seq, event)
            case Scroll():
                self._scroll(seq, event)
            case Window():
                self._see(seq, event)
            case Mark():
                self._mark(seq, event)
            case Text():
                self._said(seq, event)
            case _:
                pass

    def _begin(self, what: What, seq: int, event: AnyEvent) -> Act:
        act = Act(what, seq, event.by, event.mono_ns, event.mono_ns, self._app)
        self._open.append(act)
        return act

    def _newest(self, *but: What) -> Act | None:
        """The act that came last. A title that changes meanwhile ends no act."""
        return next((act for act in reversed(self._open) if act.what not in {"title", *but}), None)

    def _last(self, what: What, ns: int, within_ns: int) -> Act | None:
        act = self._newest()
        if act is None or act.what != what or act.app != self._app or ns - act.end_ns > within_ns:
            return None
        return act

    def _key(self, seq: int, key: Key) -> None:
        if not key.down or key.cls == "modifier":
            return
        ns = key.mono_ns
        typing = self._last("type", ns, _TYPING_NS)
        if keys.types(key) or (key.cls == "edit" and typing is not None and not keys.commands(key)):
            act = typing or self._typing(seq, key)
            act.end_ns = ns
            act.classes[key.cls] += 1
            act.text = _typed(act.text, key)
            return
        name = keys.name(key)
        act = self._last("press", ns, _AGAIN_NS)
        if act is not None and act.key == name:
            act.times += 1
            act.end_ns = ns
            return
        self._begin("press", seq, key).key = name

    def _said(self, seq: int, text: Text) -> None:
        """What was typed stands behind its keys: the newest typing that has not gone by was it."""
        act = next((act for act in reversed(self._open) if act.what == "type"), None)
        if text.how != "typed" or act is None or act.app != self._app:
            act = self._begin("text", seq, text)
            act.how, act.element = text.how, self._focus
        elif not act.said:
            act.by = text.by
        act.said += text.text

    def _typing(self, seq: int, key: Key) -> Act:
        if self._open and self._open[-1].what == "focus":
            self._open.pop()
        act = self._begin("type", seq, key)
        act.element, act.text = self._focus, []
        return act

    def _button(self, seq: int, button: Button) -> None:
        ns = button.mono_ns
        if button.down:
            again = self._last("click", ns, _TWICE_NS)
            if again is not None and not again.held and again.button == button.button and _near(again, button):
                again.times += 1
                again.held, again.end_ns = True, ns
                again.presses.append(ns)
                return
            act = self._pages.announced(button) or self._begin("click", seq, button)
            act.held, act.button, act.x, act.y = True, button.button, button.x, button.y
            act.presses.append(ns)
            return
        for act in reversed(self._open):
            if act.what == "click" and act.held and act.button == button.button:
                act.held, act.end_ns = False, ns
                if not _near(act, button):
                    act.to = (button.x, button.y)
                return

    def _pressed(self, element: Element) -> None:
        for act in reversed(self._open):
            if element.mono_ns in act.presses:
                act.element = act.element or element
                act.page = self._turned(element)
                return

    def _in_page(self, seq: int, element: Element) -> None:
        """What a browser tells of an element, other than that it has the keyboard."""
        if element.why == "press":
            act = self._pages.pressed(seq, element)
            act.page = act.page or self._turned(element)
        else:
            self._pages.happened(seq, element)

    def _paged(self, seq: int, page: Page) -> None:
        if self._pages.turned(seq, page) and page.origin:
            self._page = page.origin + page.page

    def _turned(self, element: Element) -> str:
        """The page an element lies in, the first time it is met."""
        page = element.origin + element.page
        if not element.origin or page == self._page:
            return ""
        self._page = page
        return page.partition("://")[2] or page

    def _focused(self, seq: int, element: Element) -> None:
        before, self._focus = self._focus, element
        if (before is not None and _same(before, element)) or not thing(element):
            return
        act = self._newest("mark")
        if act is not None and (act.held or element.mono_ns - act.end_ns <= _CAUSED_NS):
            if act.what in {"click", "window"}:
                return
            if act.what == "press":
                act.led = element
                return
        if self._open and self._open[-1].what == "focus":
            self._open.pop()  # it only passed by there
        self._begin("focus", seq, element).element = element

    def _scroll(self, seq: int, scroll: Scroll) -> None:
        ns = scroll.mono_ns
        act = self._last("scroll", ns, _SCROLLING_NS)
        if act is None or act.dy * scroll.dy < 0 or act.dx * scroll.dx < 0:
            act = self._begin("scroll", seq, scroll)
        act.end_ns = ns
        act.dx += scroll.dx
        act.dy += scroll.dy

    def _see(self, seq: int, window: Window) -> None:
        if window.change == "closed":
            self._begin("window", seq, window).window = window
        elif (window.app, window.window) == (self._app, self._window):
            self._titled(seq, window)
        elif window.change == "focus":
            self._app, self._window, self._title, self._focus = window.app, window.window, window.title, None
            act = self._newest()
            if act is not None and _raises(act, window.mono_ns):
                act.app, act.raised = window.app, window
            else:
                self._begin("window", seq, window).window = window

    def _titled(self, seq: int, window: Window) -> None:
        if window.title in {"", self._title}:
            return
        self._title = window.title
        act = self._open[-1] if self._open else None
        if act is not None and act.window is not None and act.window.window == window.window:
            act.window = msgspec.structs.replace(act.window, title=window.title)
        else:
            self._begin("title", seq, window).window = window

    def _mark(self, seq: int, mark: Mark) -> None:
        click = self._newest()
        act = self._begin("mark", seq, mark)
        act.mark = mark
        began_ns = mark.mono_ns - mark.span_ms * MS
        # The press that ends a gap is known a moment before the gap's end is.
        if mark.what == "gap" and click is not None and click.held and began_ns < click.start_ns:
            self._open.remove(act)
            self._open.insert(self._open.index(click), act)
            act.start_ns = act.end_ns = click.start_ns


def _raises(act: Act, ns: int) -> bool:
    """Whether a window that comes to the front now is the one that was pressed."""
    return bool(act.presses) and ns - act.presses[-1] <= (_CAUSED_NS if act.held else _RAISED_NS)


def _same(one: Element, other: Element) -> bool:
    if one.source != other.source:  # seen from both sides
        return (one.role, one.name) == (other.role, other.name)
    return (one.role, one.name, one.x, one.y, one.w, one.h) == (
        other.role, other.name, other.x, other.y, other.w, other.h,
    )  # fmt: skip


def _near(act: Act, button: Button) -> bool:
    return abs(act.x - button.x) <= _STILL_PX and abs(act.y - button.y) <= _STILL_PX


def _typed(text: list[str] | None, key: Key) -> list[str] | None:
    """What the run reads as so far, or None as soon as one of its keys is withheld."""
    if text is None:
        return None
    if key.cls == "edit":
        return text[:-1] if key.keysym == "BackSpace" and text else None
    character = keys.character(key)
    return [*text, character] if character else None
