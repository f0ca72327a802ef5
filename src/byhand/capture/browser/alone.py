"""Where no other driver watches: what the extension tells is the only word of keys, presses, windows and the focus.

Rules of this module: every input is told after the window and the page it went to, whichever those were before. Pages
reach us by ways of different length, so one that comes late must not be judged by the page that is in front by now. A
window that shows no listed page is told as no window at all.
"""

from __future__ import annotations

from typing import Literal, TypeVar

from byhand.capture.browser import strokes, telling
from byhand.capture.browser.telling import Deed, Place
from byhand.events.browser import (
    Happened,
    Move,
    PageTold,
    Press,
    Release,
    Seen,
    Stroke,
    TabTold,
    Wheel,
)
from byhand.events.raw import Raw, RawButton, RawKey, RawMotion, RawScroll, RawWindow
from byhand.events.time import MS

PIXELS_A_NOTCH = 120.0
"""What Chromium scrolls for one notch of a wheel, in CSS pixels."""
_KEYBOARD = frozenset({"focus", "input", "change", "submit", "copy", "cut", "paste"})
"""What happens where the keyboard is."""
_MOST_NOTCHES = 10_000.0
_MOST_TITLES = 512
_LEFT_NS = 5_000_000_000
"""A page was left, and so long after it its tab has told nothing more: it shows a page that is not listed."""
_BUTTONS = frozenset({1, 2, 3, 8, 9})
_T = TypeVar("_T")


class Desk:
    """What is in front: which window, which tab in it, which document has the keyboard.

    Args:
        motion: tell the pointer's path.
    """

    def __init__(self, *, motion: bool) -> None:
        self._motion = motion
        self._window = self._tab = 0
        self._document = ""
        self._front = (0, 0)  # window and tab that were told to be in front, whatever they show
        self._left_ns = 0  # when the page in front was left, until its tab tells more
        self._titles: dict[int, str] = {}
        self._boxes: dict[int, tuple[int, int, int, int]] = {}
        self._last_ns = 0

    def blank(self, mono_ns: int) -> RawWindow:
        """Nothing that we know has the focus."""
        self._window = self._tab = 0
        self._document = ""
        mono_ns = self._last_ns = max(mono_ns, self._last_ns)
        return RawWindow(mono_ns // MS, mono_ns, "focus", 0, "", "", 0, 0, 0, 0, 0, False)

    def forget(self) -> None:
        """Something was missed, or what may be told has changed: the next input says anew where it went."""
        self._window = self._tab = 0
        self._document = ""

    def holds(self, peer: int) -> bool:
        """Is what is in front a window of this browser?"""
        return bool(self._window) and self._window >> 32 == peer

    def tell(self, deed: Deed) -> list[Raw]:
        """The raw events of a deed. Its stamps never go back behind those told before."""
        return [*self._after_a_page(deed), *self._raws(deed)]

    def _after_a_page(self, deed: Deed) -> list[Raw]:
        left, self._left_ns = self._left_ns, 0
        if not left or deed.mono_ns - left < _LEFT_NS:
            self._left_ns = 0 if self._is_in_front(deed.place) else left
            return []
        return [self.blank(left)]

    def _is_in_front(self, place: Place) -> bool:
        return (place.raw_window, place.raw_tab) == (self._window, self._tab)

    def _raws(self, deed: Deed) -> list[Raw]:
        now = self._last_ns = max(deed.mono_ns, self._last_ns)
        place, told, ms = deed.place, deed.told, now // MS
        window = place.raw_window
        match told:
            case TabTold():
                return self._tab_told(place, now, told)
            case PageTold():
                return self._page_told(place, now, told, deed.document)
            case Seen():
                return [telling.snapshot(place, now, told)]
            case Happened():
                typed = told.why in _KEYBOARD
                before = self._go(place, now, deed.document if typed and told.why != "focus" else "")
                self._document = deed.document if typed else self._document
                return [*before, telling.happened(place, now, told, alone=True)]
            case Press():
                if told.button not in _BUTTONS:
                    return []
                before = self._go(place, now, deed.document)
                at = telling.far(told.x), telling.far(told.y)
                element = telling.pressed(place, now, told, alone=True)
                return [
                    *before,
                    RawButton(ms, now, True, told.button, *at, window, not told.trusted),
                    *([element] if element else []),
                ]
            case Release():
                if told.button not in _BUTTONS:
                    return []
                at = telling.far(told.x), telling.far(told.y)
                return [RawButton(ms, now, False, told.button, *at, window, not told.trusted)]
            case Move():
                if not self._motion:
                    return []
                at = telling.far(told.x), telling.far(told.y)
                return [*self._go(place, now, ""), RawMotion(ms, now, *at, window, not told.trusted)]
            case Wheel():
                at = telling.far(told.x), telling.far(told.y)
                by = _notches(told.dx), _notches(told.dy)
                return [*self._go(place, now, ""), RawScroll(ms, now, *by, *at, window, not told.trusted)]
            case Stroke():
                return [*self._go(place, now, deed.document), self._key(now, told)]

    def _key(self, now: int, told: Stroke) -> RawKey:
        mods = strokes.mods(told.mods, told.key, down=told.down)
        code, sym = strokes.keycode(told.code), strokes.keysym(told.key, told.code)
        return RawKey(now // MS, now, told.down, code, sym, mods, told.repeat, not told.trusted)

    def _go(self, place: Place, now: int, document: str) -> list[Raw]:
        """To the window and tab of a place; with `document`, to the document that has the keyboard there."""
        raws: list[Raw] = []
        if not self._is_in_front(place):
            self._window, self._tab, self._document = place.raw_window, place.raw_tab, ""
            self._front = self._window, self._tab
            raws.append(self._window_raw(place, now, "focus"))
            top = Place(place.peer, place.app, place.window, place.tab, 0, place.top, place.top)
            raws.append(telling.document(top, now, "focus"))
            if place.frame == 0:
                self._document = document
        if document and document != self._document:
            self._document = document
            raws.append(telling.document(place, now, "focus"))
        return raws

    def _tab_told(self, place: Place, now: int, told: TabTold) -> list[Raw]:
        page = telling.tab(place, now, told)
        window = place.raw_window
        if told.what in ("tab switched", "window focused"):
            self._front = window, place.raw_tab
        if told.w > 0 and told.h > 0:
            _remember(self._boxes, window, telling.box((told.x, told.y, told.w, told.h)))
        if told.url:
            _remember(self._titles, place.raw_tab, told.title)
        match told.what:
            case "tab switched" | "window focused" if told.url:
                return [page, *self._go(place, now, "")]
            case "tab switched" if self._window not in (0, window):
                return [page]  # in a window that is not in front
            case "tab switched" | "window focused":
                return [self.blank(now), page]
            case "window left" if self.holds(place.peer):
                self._front = (0, 0)
                return [self.blank(now), page]
            case "tab closed":
                self._titles.pop(place.raw_tab, None)
                return [page, *([self.blank(now)] if place.raw_tab == self._tab else [])]
            case _:
                return [page]

    def _page_told(self, place: Place, now: int, told: PageTold, document: str) -> list[Raw]:
        raws: list[Raw] = [telling.page(place, now, told)]
        if place.frame == 0 and told.what == "left" and self._is_in_front(place):
            self._left_ns = now
        if place.frame == 0 and told.what != "left":
            changed = self._titles.get(place.raw_tab, "") != told.title
            _remember(self._titles, place.raw_tab, told.title)
            if not self._window and self._front == (place.raw_window, place.raw_tab):
                raws += self._go(place, now, document)
            elif self._is_in_front(place):
                if changed:
                    raws.append(self._window_raw(place, now, "title"))
                if told.what == "loaded":  # a field of the page that took the focus by itself was told before this
                    raws += self._go(place, now, document)
        return raws

    def _window_raw(self, place: Place, now: int, change: Literal["focus", "title"]) -> RawWindow:
        box = self._boxes.get(place.raw_window, (0, 0, 0, 0))
        title = self._titles.get(place.raw_tab, "")
        return RawWindow(now // MS, now, change, place.raw_window, place.app, title, 0, *box, False)


def _notches(pixels: float) -> float:
    return round(min(max(pixels / PIXELS_A_NOTCH, -_MOST_NOTCHES), _MOST_NOTCHES), 3)


def _remember(table: dict[int, _T], key: int, value: _T) -> None:
    table.pop(key, None)
    table[key] = value
    if len(table) > _MOST_TITLES:
        del table[next(iter(table))]
