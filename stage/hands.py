"""A pair of hands: real X input through the XTEST extension, at a person's pace or as fast as asked.

XTEST input passes through the server like a device's; what it lacks is a device, so recorders mark it as injected.
"""

from __future__ import annotations

import math
import random
import time
from types import TracebackType
from typing import Self

from Xlib import XK, X, display
from Xlib.ext import xtest

NAMED = {
    " ": "space", "\n": "Return", "\t": "Tab", ".": "period", ",": "comma", "-": "minus", "/": "slash", ":": "colon",
    "@": "at", "!": "exclam", "?": "question", "_": "underscore", "'": "apostrophe", "#": "numbersign",
    "$": "dollar", "%": "percent", "&": "ampersand", "(": "parenleft", ")": "parenright", "+": "plus", "=": "equal",
}  # fmt: skip


class Hands:
    """Acts on one display. All waits are drawn from `seed`, so a run repeats.

    Args:
        name: the display, ":1".
        pace: 1.0 is a person's pace; 0 doesn't wait at all.
    """

    def __init__(self, name: str, *, pace: float = 1.0, seed: int = 7) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root
        self._random = random.Random(seed)
        self.pace = pace

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._display.close()

    def rest(self, seconds: float) -> None:
        """Wait, a little more or less."""
        time.sleep(seconds * self.pace * self._random.uniform(0.8, 1.2))

    def where(self) -> tuple[int, int]:
        """The pointer's position."""
        found = self._root.query_pointer()
        return found.root_x, found.root_y

    def jump(self, x: int, y: int) -> None:
        """Put the pointer somewhere in one event."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._display.sync()

    def move(self, x: int, y: int, seconds: float = 0.45) -> None:
        """Move along a minimum-jerk path, 8 ms a step, as a hand does."""
        x0, y0 = self.where()
        steps = max(1, int(seconds * self.pace / 0.008))
        bow = self._random.uniform(-0.06, 0.06)
        for i in range(1, steps + 1):
            s = i / steps
            eased = 10 * s**3 - 15 * s**4 + 6 * s**5
            aside = bow * math.sin(math.pi * eased)
            self.jump(round(x0 + (x - x0) * eased - (y - y0) * aside), round(y0 + (y - y0) * eased + (x - x0) * aside))
            if self.pace:
                time.sleep(0.008)

    def press(self, button: int = 1) -> None:
        xtest.fake_input(self._display, X.ButtonPress, button)
        self._display.sync()

    def release(self, button: int = 1) -> None:
        xtest.fake_input(self._display, X.ButtonRelease, button)
        self._display.sync()

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move there, wait as one does before pressing, press and release."""
        self.move(x, y)
        self.rest(0.15)
        self.press(button)
        self.rest(0.08)
        self.release(button)
        self.rest(0.3)

    def drag(self, x0: int, y0: int, x1: int, y1: int) -> None:
        self.move(x0, y0)
        self.press()
        self.rest(0.15)
        self.move(x1, y1, 0.7)
        self.rest(0.1)
        self.release()

    def scroll(self, notches: int) -> None:
        """Positive is down."""
        for _ in range(abs(notches)):
            self.press(5 if notches > 0 else 4)
            self.release(5 if notches > 0 else 4)
            self.rest(0.12)

    def key(self, name: str, *modifiers: str) -> None:
        """Press and release one key, with modifiers held; names are X keysyms, for example "s" and "Control_L"."""
        for modifier in modifiers:
            self._stroke(modifier, down=True)
            self.rest(0.04)
        self._stroke(name, down=True)
        self.rest(0.07)
        self._stroke(name, down=False)
        for modifier in reversed(modifiers):
            self._stroke(modifier, down=False)
        self.rest(0.05)

    def type(self, text: str) -> None:
        """Type text, shifting where the layout asks for it."""
        for character in text:
            name = NAMED.get(character, character)
            sym = XK.string_to_keysym(name)
            code = self._display.keysym_to_keycode(sym)
            shifted = self._display.keycode_to_keysym(code, 0) != sym
            self.key(name, *(("Shift_L",) if shifted else ()))
            self.rest(self._random.lognormvariate(-2.2, 0.4))

    def _stroke(self, name: str, *, down: bool) -> None:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        xtest.fake_input(self._display, X.KeyPress if down else X.KeyRelease, code)
        self._display.sync()
