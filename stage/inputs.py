"""A mouse and a keyboard: the browser's own, or real X input on a virtual desktop, by the same few words.

Rules of this module: places are of the page's viewport, in CSS pixels; where that lies on the screen is asked of the
page each time, as a window may be moved. Keys bear the names that pages know.
"""

from __future__ import annotations

from playwright.sync_api import Page

from byhand.evals.miniwob.hand import Inputs
from stage.hands import Hands

_KEYS = {
    "ArrowDown": "Down", "ArrowUp": "Up", "ArrowLeft": "Left", "ArrowRight": "Right", "Enter": "Return",
    "Control": "Control_L", "Shift": "Shift_L",
}  # fmt: skip
_CORNER = """() => {
  const border = (outerWidth - innerWidth) / 2;  // at the sides, and below
  return [screenX + border, screenY + outerHeight - border - innerHeight];
}"""
_NOTCH = 100
"""What a browser calls one notch of a wheel, in CSS pixels."""

_PRESSED_MS = 80
"""No finger is much quicker, and what a press takes away is described before it goes."""
_LATER_MS = 60
"""X input comes by the X server and the browser's window: what a script asks of the page may overtake it."""


class XMouse:
    """The pointer of a virtual desktop, over a page that is shown there."""

    def __init__(self, page: Page, hands: Hands) -> None:
        self._page, self._hands = page, hands

    def click(self, x: float, y: float) -> None:
        self.move(x, y)
        self._hands.press()
        self._page.wait_for_timeout(_PRESSED_MS)
        self._hands.release()
        self._page.wait_for_timeout(_LATER_MS)

    def move(self, x: float, y: float) -> None:
        self._hands.move(*self._on_screen(x, y))

    def down(self) -> None:
        self._hands.press()

    def up(self) -> None:
        self._hands.release()

    def wheel(self, delta_x: float, delta_y: float) -> None:
        assert not delta_x, "these hands scroll up and down"
        self._hands.scroll(round(delta_y / _NOTCH))

    def _on_screen(self, x: float, y: float) -> tuple[int, int]:
        left, top = self._page.evaluate(_CORNER)
        return round(left + x), round(top + y)


class XKeyboard:
    """The keyboard of a virtual desktop; what is typed goes to whatever has the focus there."""

    def __init__(self, page: Page, hands: Hands) -> None:
        self._page, self._hands = page, hands

    def type(self, text: str, *, delay: float | None = None) -> None:  # noqa: ARG002  hands keep a pace of their own
        self._hands.type(text)
        self._page.wait_for_timeout(_LATER_MS)

    def press(self, key: str) -> None:
        *held, last = key.split("+")
        name = _KEYS.get(last, last)
        self._hands.key(name.lower() if held and len(name) == 1 else name, *(_KEYS[one] for one in held))
        self._page.wait_for_timeout(_LATER_MS)


def on_a_desktop(page: Page, hands: Hands) -> Inputs:
    """Real X input over that page."""
    return Inputs(XMouse(page, hands), XKeyboard(page, hands))
