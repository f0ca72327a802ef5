"""Canaries as raw events: through keys, paste, titles, names and values of elements, addresses, and pixels.

Rules of this module: each canary gets the surroundings in which the guard would keep the most: a listed program, every
stream granted, an ordinary field. What is planted in pixels is a colour nobody else paints with.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Literal, NamedTuple, get_args

from byhand.capture.keysyms import NAMED, US, keysym_of
from byhand.evals.canaries.values import MAKERS, Canary
from byhand.evals.stand import APP, BROWSER, SITE
from byhand.events.raw import (
    Raw,
    RawBox,
    RawButton,
    RawElement,
    RawFrame,
    RawKey,
    RawText,
    RawWindow,
)

Surface = Literal["keys", "paste", "title", "element name", "element value", "url", "frame"]
SURFACES: tuple[Surface, ...] = get_args(Surface)

_EDITOR, _BROWSER = 0x400001, 0x400002
_WIDE, _HIGH = 192, 64
_BOX = (16, 12, 150, 24)
_NAMED_ROLES = ("push button", "menu item", "list item", "label", "page tab", "link", "table cell", "heading")
_PAINTED_ROLES = ("push button", "label", "static", "entry", "document text", "list item", "paragraph", "heading")
_STATES = ("enabled", "sensitive", "showing", "visible")
_KEY_MS = 60


class Planted(NamedTuple):
    """One canary in its place. colour: what its pixels are painted with, as BGR bytes; b"" where there are none."""

    canary: Canary
    surface: Surface
    colour: bytes


class Planter:
    """Makes canaries and the raw events that bear them.

    Args:
        dice: what is random about them.
        start_ms: the time of the first, on both clocks.
    """

    def __init__(self, dice: Random, start_ms: int = 1_000_000) -> None:
        self._dice, self._ms, self._count = dice, start_ms, 0
        self._app = ""

    def plant(self, count: int) -> Iterator[tuple[Planted, list[Raw]]]:
        """`count` canaries, each kind on each surface in turn."""
        for _ in range(count):
            kind, surface = MAKERS[self._count % len(MAKERS)], SURFACES[self._count // len(MAKERS) % len(SURFACES)]
            self._count += 1
            canary = kind(self._dice)
            colour = bytes(self._dice.randint(1, 0x5F) for _ in range(3)) if surface == "frame" else b""
            planted = Planted(canary, surface, colour)
            yield planted, list(self._raws(planted))
            self._ms += 6_000

    @property
    def now_ns(self) -> int:
        return self._ms * 1_000_000

    def _raws(self, planted: Planted) -> Iterator[Raw]:
        text = planted.canary.text
        yield from self._turn_to(BROWSER if planted.surface == "url" else APP)
        match planted.surface:
            case "keys":
                yield self._element("focus", "entry", "Comment")
                self._ms += 500
                yield from self._typed(text)
            case "paste":
                yield self._element("focus", "entry", "Comment")
                yield RawText(*self._stamps(), "pasted", _EDITOR, text, "entry", "Comment")
            case "title":
                yield self._window("title", APP, f"{text} - Editor")
            case "element name":
                yield from self._pressed(self._dice.choice(_NAMED_ROLES), text)
            case "element value":
                yield self._element("focus", "entry", "Notes")
                yield RawText(*self._stamps(), "value", _EDITOR, text, "entry", "Notes")
            case "url":
                slug = "".join(sign if sign.isalnum() or sign in "-_.@+" else "-" for sign in text)
                yield from self._pressed("push button", "Save", f"{SITE}/orders/{slug}/edit?key={slug}#{slug}")
            case "frame":
                yield self._frame(planted)

    def _turn_to(self, app: str) -> Iterator[Raw]:
        if self._app != app:
            self._app = app
            yield self._window("focus", app, "Editor" if app == APP else "Orders")
            self._ms += 400

    def _stamps(self) -> tuple[int, int]:
        self._ms += 1
        return self._ms, self._ms * 1_000_000

    def _window(self, change: Literal["focus", "title"], app: str, title: str) -> RawWindow:
        number = _EDITOR if app == APP else _BROWSER
        return RawWindow(*self._stamps(), change, number, app, title, 1000, 0, 0, _WIDE, _HIGH, override=False)

    def _element(self, why: Literal["press", "focus"], role: str, name: str, url: str = "") -> RawElement:
        window = _BROWSER if self._app == BROWSER else _EDITOR
        return self._element_at(self._stamps(), why, role, name, url, window)

    def _element_at(
        self, stamps: tuple[int, int], why: Literal["press", "focus"], role: str, name: str, url: str, window: int
    ) -> RawElement:
        # A place of its own for each: what was a secret field once stays one.
        path = (("frame", 0), (role, self._count))
        return RawElement(*stamps, why, True, window, 1000, role, name, _STATES, 8, 8, 100, 24, path, url)

    def _pressed(self, role: str, name: str, url: str = "") -> Iterator[Raw]:
        window = _BROWSER if self._app == BROWSER else _EDITOR
        if url:
            yield self._element("focus", "document web", "", url)
        stamps = self._stamps()
        yield RawButton(*stamps, True, 1, 20, 20, window, injected=False)
        yield self._element_at(stamps, "press", role, name, url, window)
        self._ms += 80
        yield RawButton(*self._stamps(), False, 1, 20, 20, window, injected=False)

    def _typed(self, text: str) -> Iterator[Raw]:
        for sign in text:
            code, _ = US.get(sign, (255, False))
            keysym = NAMED["Return"][0] if sign == "\n" else keysym_of(sign)
            for down in (True, False):
                self._ms += _KEY_MS
                yield RawKey(*self._stamps(), down, code, keysym, 0, repeat=False, injected=False)
        keysym, code = NAMED["Tab"]
        for down in (True, False):
            self._ms += _KEY_MS
            yield RawKey(*self._stamps(), down, code, keysym, 0, repeat=False, injected=False)

    def _frame(self, planted: Planted) -> RawFrame:
        stamps = self._stamps()
        x, y, w, h = _BOX
        pixels = bytearray(b"\xfa\xfa\xfa\x00" * (_WIDE * _HIGH))
        for row in range(y, y + h):
            at = (row * _WIDE + x) * 4
            pixels[at : at + w * 4] = (planted.colour + b"\0") * w
        box = RawBox(*stamps, self._dice.choice(_PAINTED_ROLES), planted.canary.text, x, y, w, h)
        dirty = frozenset((column, row) for column in range(-(-_WIDE // 64)) for row in range(-(-_HIGH // 64)))
        return RawFrame(
            *stamps, "clock", _EDITOR, 0, 0, _WIDE, _HIGH, _WIDE * 4, memoryview(bytes(pixels)), dirty, (box,), "",
            lambda: None,
        )  # fmt: skip
