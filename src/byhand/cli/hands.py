"""How input becomes acts: a button going down and up, with the element under it, is one click. Pure.

This is for reading, not for learning: it is modest, and never guesses what was meant. Rules: an act keeps its place by
its first event; an act is handed out once nothing can be added to it any more.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Literal

from byhand.cli import words
from byhand.events.kinds import AnyEvent, Button, Element, Key, Mark, Numbered, Scroll, Window
from byhand.events.time import MS

_TWICE_NS = 450 * MS
_STILL_PX = 8
_TYPING_NS = 4_000 * MS
_SCROLLING_NS = 1_500 * MS
_AGAIN_NS = 2_000 * MS
# An element under a press is looked up within 100 ms; what is older than this has got all it will get.
_SETTLED_NS = 1_500 * MS
_MOST_OPEN = 64

_TYPED = {"letter", "digit", "symbol", "space"}


@dataclass(slots=True)
class Act:
    """One thing done. Which fields hold something depends on `what`."""

    what: Literal["click", "type", "press", "scroll", "window", "mark"]
    seq: int
    start_ns: int
    end_ns: int
    app: str
    held: bool = False
    button: int = 0
    times: int = 1
    presses: list[int] = field(default_factory=list[int])
    x: int = 0
    y: int = 0
    to: tuple[int, int] | None = None
    element: Element | None = None
    page: str = ""
    key: str = ""
    classes: Counter[str] = field(default_factory=Counter[str])
    text: list[str] | None = None
    dx: float = 0
    dy: float = 0
    window: Window | None = None
    mark: Mark | None = None


class Acts:
    """Collects events into acts."""

    def __init__(self) -> None:
        self._open: deque[Act] = deque()
        self._app = ""
        self._window = 0
        self._focus: Element | None = None
        self._page = ""

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
        while self._open and (len(self._open) > _MOST_OPEN or _over(self._open[0], now_ns)):
            done.append(self._open.popleft())
        return done

    def _take(self, seq: int, event: AnyEvent) -> None:
        match event:
            case Key():
                self._key(seq, event)
            case Button():
                self._button(seq, event)
            case Element():
                self._element(event)
            case Scroll():
                self._scroll(seq, event)
            case Window():
                self._see(seq, event)
            case Mark():
                self._begin("mark", seq, event.mono_ns).mark = event
            case _:
                pass

    def _begin(self, what: Literal["click", "type", "press", "scroll", "window", "mark"], seq: int, ns: int) -> Act:
        act = Act(what, seq, ns, ns, self._app)
        self._open.append(act)
        return act

    def _last(self, what: str, ns: int, within_ns: int) -> Act | None:
        act = self._open[-1] if self._open else None
        if act is None or act.what != what or act.app != self._app or ns - act.end_ns > within_ns:
            return None
        return act

    def _key(self, seq: int, key: Key) -> None:
        if not key.down or key.cls == "modifier":
            return
        ns = key.mono_ns
        commands = bool(key.mods & words.COMMANDING)
        typing = self._last("type", ns, _TYPING_NS)
        if not commands and (key.cls in _TYPED or (key.cls == "edit" and typing is not None)):
            act = typing or self._begin("type", seq, ns)
            if typing is None:
                act.element, act.text = self._focus, []
            act.end_ns = ns
            act.classes[key.cls] += 1
            act.text = _typed(act.text, key)
            return
        name = words.key(key.keysym, key.cls, key.mods)
        act = self._last("press", ns, _AGAIN_NS)
        if act is not None and act.key == name:
            act.times += 1
            act.end_ns = ns
            return
        self._begin("press", seq, ns).key = name

    def _button(self, seq: int, button: Button) -> None:
        ns = button.mono_ns
        if button.down:
            again = self._last("click", ns, _TWICE_NS)
            if again is not None and not again.held and again.button == button.button and _near(again, button):
                again.times += 1
                again.held, again.end_ns = True, ns
                again.presses.append(ns)
                return
            act = self._begin("click", seq, ns)
            act.held, act.button, act.x, act.y = True, button.button, button.x, button.y
            act.presses.append(ns)
            return
        for act in reversed(self._open):
            if act.what == "click" and act.held and act.button == button.button:
                act.held, act.end_ns = False, ns
                if not _near(act, button):
                    act.to = (button.x, button.y)
                return

    def _element(self, element: Element) -> None:
        if element.why == "focus":
            self._focus = element
            return
        for act in reversed(self._open):
            if element.mono_ns in act.presses:
                act.element = act.element or element
                act.page = self._turned(element)
                return

    def _turned(self, element: Element) -> str:
        """The page an element lies in, the first time it is met."""
        page = element.origin + element.page
        if not element.origin or page == self._page:
            return ""
        self._page = page
        return page.partition("://")[2] or page

    def _scroll(self, seq: int, scroll: Scroll) -> None:
        ns = scroll.mono_ns
        act = self._last("scroll", ns, _SCROLLING_NS)
        if act is None or act.dy * scroll.dy < 0 or act.dx * scroll.dx < 0:
            act = self._begin("scroll", seq, ns)
        act.end_ns = ns
        act.dx += scroll.dx
        act.dy += scroll.dy

    def _see(self, seq: int, window: Window) -> None:
        if window.change == "closed":
            self._begin("window", seq, window.mono_ns).window = window
            return
        if window.change != "focus" or (window.app, window.window) == (self._app, self._window):
            return
        self._app, self._window, self._focus = window.app, window.window, None
        # A press on a window of another program gives it the focus before the button is up again.
        if self._open and self._open[-1].what == "click" and self._open[-1].held:
            self._open[-1].app = window.app
        self._begin("window", seq, window.mono_ns).window = window


def _over(act: Act, now_ns: int) -> bool:
    return not act.held and now_ns - act.end_ns > (_TYPING_NS if act.what == "type" else _SETTLED_NS)


def _near(act: Act, button: Button) -> bool:
    return abs(act.x - button.x) <= _STILL_PX and abs(act.y - button.y) <= _STILL_PX


def _typed(text: list[str] | None, key: Key) -> list[str] | None:
    """What the run reads as so far, or None as soon as one of its keys is withheld."""
    if text is None:
        return None
    if key.cls == "edit":
        return text[:-1] if key.keysym == "BackSpace" and text else None
    character = words.character(key.keysym)
    return [*text, character] if character else None
