"""What a browser tells of its pages, joined with what the desktop tells of the same moment. Pure.

Rules of this module: each thing a person did is one act. A press that a page saw belongs to the button that went down
over the element's box; a box that was checked belongs to the press that did it; what was typed to its keys. What the
page did because of it, a form that was sent for instance, is said with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from byhand.events.kinds import AnyEvent, Button, Element, Page
from byhand.events.time import MS
from byhand.ui.story.act import Act, What

_TWIN_NS = 1_000 * MS
"""A page and the desktop tell of one press within it, and an act has its effect."""
_BEYOND_PX = 4
_SWITCHES = frozenset({"check box", "radio button", "switch", "toggle button", "check menu item", "radio menu item"})
_OPTIONS = frozenset({"menu item", "list item", "option", "radio menu item", "check menu item"})
_BRINGS = {"copy": "copies", "cut": "cuts", "paste": "pastes", "submit": "submits the form"}
_NO_CAUSE = frozenset({"title", "page", "focus", "mark", "type"})
_MOVES = frozenset({"copy", "cut", "paste"})

Begin = Callable[[What, int, AnyEvent], Act]


class InPages:
    """Args:
    acts: those that are still open, in order.
    begin: opens one more.
    """

    def __init__(self, acts: deque[Act], begin: Begin) -> None:
        self._acts, self._begin = acts, begin
        self._tops: dict[int, int] = {}  # tab -> its own frame: the first one of it

    def pressed(self, seq: int, element: Element) -> Act:
        """The click that a page saw. A page may tell of a press before the desktop does."""
        self._tops.setdefault(element.tab, element.frame)
        act = next((act for act in reversed(self._acts) if _is_press_of(act, element)), None)
        if act is None and element.times > 1:
            act = next(
                (act for act in reversed(self._acts) if act.what == "click" and _same(act.element, element)), None
            )
        if act is None:
            act = self._begin("click", seq, element)
            act.button, act.unpressed = 1, True
            act.x, act.y = element.x + element.w // 2, element.y + element.h // 2
        act.element = element  # a page knows better than the desktop what its element is
        act.seen_in_page += 1
        return act

    def announced(self, button: Button) -> Act | None:
        """The click a page told of, whose button goes down only now."""
        for act in reversed(self._acts):
            recent = act.unpressed and button.mono_ns - act.start_ns <= _TWIN_NS
            if recent and act.element is not None and _inside(act.element, button.x, button.y):
                act.unpressed = False
                return act
        return None

    def happened(self, seq: int, element: Element) -> None:
        """Anything but a press and a focus."""
        self._tops.setdefault(element.tab, element.frame)
        match element.why:
            case "input":
                self._filled(seq, element)
            case "change":
                self._changed(seq, element)
            case "drag":
                self._dragged(seq, element)
            case "drop":
                self._dropped(seq, element)
            case "copy" | "cut" | "paste" | "submit":
                self._brought(seq, element)
            case "scroll":
                pass  # that it scrolled is told by whoever saw the wheel
            case _:
                self._told(seq, element)

    def turned(self, seq: int, page: Page) -> bool:
        """A page, a tab or a window: is it one that the story tells of?"""
        if page.what in ("window focused", "window left", "left"):
            return False  # told by the windows and by what comes next
        if page.frame and self._tops.setdefault(page.tab, page.frame) != page.frame:
            return False  # a frame in a page
        self._begin("page", seq, page).page_event = page
        return True

    def _told(self, seq: int, element: Element) -> None:
        self._begin("element", seq, element).element = element

    def _filled(self, seq: int, element: Element) -> None:
        """What stands in a field now; its keys came before."""
        for act in reversed(self._acts):
            if act.what == "type":
                if element.value:
                    act.said, act.by = element.value, element.by
                act.element = element if element.name or act.element is None else act.element
                return
            if act.mark is not None and act.mark.what == "withheld" and not element.value:
                return
        self._told(seq, element)

    def _changed(self, seq: int, element: Element) -> None:
        """A box is checked by the press on it or on its label, an option chosen by the press on it."""
        act = self._cause(element)
        before = act.element if act is not None and act.what == "click" else None
        if act is not None and act.to is None and before is not None:
            alike = (before.tab, before.frame, before.node) == (element.tab, element.frame, element.node)
            on_option = before.source == "desktop" and before.role in _OPTIONS
            if (
                (element.role in _SWITCHES and before.source == "browser")
                or on_option
                or (alike and before.role in _SWITCHES)
            ):
                act.what, act.element, act.by, act.unpressed = "element", element, element.by, False
                return
        self._told(seq, element)

    def _dragged(self, seq: int, element: Element) -> None:
        act = next((act for act in reversed(self._acts) if act.what == "click"), None)
        if act is not None and (act.held or element.mono_ns - act.end_ns <= _TWIN_NS):
            act.element = element
        else:
            self._told(seq, element)

    def _dropped(self, seq: int, element: Element) -> None:
        for act in reversed(self._acts):
            if act.element is not None and act.element.why == "drag" and act.onto is None:
                act.onto = element
                return
        self._told(seq, element)

    def _brought(self, seq: int, element: Element) -> None:
        """A shortcut copies, a button sends a form: that is one act."""
        act = self._cause(element)
        if (
            act is not None
            and act.what in (("press",) if element.why in _MOVES else ("press", "click"))
            and not act.brings
        ):
            act.brings = _BRINGS[element.why]
        else:
            self._told(seq, element)

    def _cause(self, element: Element) -> Act | None:
        """What was done last, if it was done just now."""
        act = next(
            (act for act in reversed(self._acts) if act.what not in ("title", "page", "focus", "mark", "type")), None
        )
        if act is None or not (act.held or element.mono_ns - act.end_ns <= _TWIN_NS):
            return None
        return act


def _same(one: Element | None, other: Element) -> bool:
    return one is not None and (one.tab, one.frame, one.node) == (other.tab, other.frame, other.node)


def _is_press_of(act: Act, element: Element) -> bool:
    if act.what != "click" or not act.presses:
        return False
    if element.mono_ns in act.presses:
        return True
    near = 0 <= element.mono_ns - act.presses[-1] <= _TWIN_NS
    return near and act.seen_in_page < len(act.presses) and _inside(element, act.x, act.y)


def _inside(element: Element, x: int, y: int) -> bool:
    over = _BEYOND_PX
    return (
        element.x - over <= x <= element.x + element.w + over and element.y - over <= y <= element.y + element.h + over
    )
