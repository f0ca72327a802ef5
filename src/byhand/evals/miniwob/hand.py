"""What an oracle acts by: a few words of a person's hand. It is satisfied by a page's own mouse and keyboard, and by
real X input on a desktop.

Rules of this module: each act is by real input at the pixel a person would press. Before it the element is brought
into sight by the wheel, as whoever watches must be able to learn, and stands still. The acts are those that an agent
has (`models.decision.Op`): a field is pressed and typed into, an option of a native list is chosen with the list's own
keys, a date is typed where its first part stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Point = tuple[float, float]
_POINT = """async (e, [fx, fy, frames]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const box = () => [...e.getClientRects()].find((r) => r.width > 0 && r.height > 0) ?? e.getBoundingClientRect();
  const same = (a, b) => a && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
  const inside = (x, y) => {
    const there = document.elementFromPoint(x, y);
    return there && (e.contains(there) || there.closest('label')?.control === e);
  };
  let now, before, still = 0;
  for (let n = 0; n < 120 && still < frames; n++) {
    now = box();
    still = same(before, now) && now.width ? still + 1 : 0;
    before = now;
    await frame();
  }
  for (const again of [false, true]) {
    if (again) { e.scrollIntoView({ block: 'center' }); await frame(); now = box(); }
    for (const [px, py] of [[fx, fy], [.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9], [.1, .1], [.9, .9], [.9, .1], [.1, .9]]) {
      const [x, y] = [now.x + now.width * px, now.y + now.height * py];
      if (inside(x, y)) return [x, y];
    }
  }
  return [now.x + now.width * fx, now.y + now.height * fy];
}"""  # noqa: E501
_OUT_OF_SIGHT = """(e) => {
  const box = e.getBoundingClientRect();
  const middle = box.top + box.height / 2;
  for (let at = e.parentElement; at; at = at.parentElement) {
    const page = at === document.scrollingElement;
    if (at.scrollHeight <= at.clientHeight + 1) continue;
    if (!page && !/auto|scroll/.test(getComputedStyle(at).overflowY)) continue;
    const own = at.getBoundingClientRect();
    const [top, low] = page ? [0, innerHeight] : [Math.max(0, own.top), Math.min(innerHeight, own.bottom)];
    if (middle >= top + 2 && middle <= low - 2) continue;
    return [page ? innerWidth / 2 : own.left + own.width / 2, (top + low) / 2, low - top, middle < top ? -1 : 1];
  }
  return null;
}"""
"""What has to be scrolled first: where to turn the wheel, how high that is, and which way."""
_SCROLLED_MS, _TURNS = 150, 12
_STILL, _STAYS = 3, 1
"""Frames in which nothing moves: before the pointer comes, and once it is there."""
_HELD_MS, _MOVE_MS = 60, 12
_NOTCH = 100
"""What a browser calls one notch of a wheel, in CSS pixels."""
_PART_SHOWN = 0.8
"""Of what is scrolled, so much goes by at once: what was at its edge stays in sight."""


def notches(height: float) -> int:
    """How far a wheel is turned to see the next part of what is so high, in CSS pixels."""
    return max(1, round(height * _PART_SHOWN / _NOTCH))


class Mouse(Protocol):
    """As Playwright's."""

    def click(self, x: float, y: float) -> object: ...

    def move(self, x: float, y: float) -> object: ...

    def down(self) -> object: ...

    def up(self) -> object: ...

    def wheel(self, delta_x: float, delta_y: float) -> object: ...


class Keyboard(Protocol):
    """As Playwright's. delay: ms from key to key, for those that don't keep a pace of their own."""

    def type(self, text: str, *, delay: float | None = None) -> object: ...

    def press(self, key: str) -> object: ...


class Inputs(NamedTuple):
    """What a task is done with."""

    mouse: Mouse
    keyboard: Keyboard


class Hand(Protocol):
    """The port. page: what is read, as a person reads it."""

    page: Page

    def press(self, at: Locator, *, x: float = 0.5, y: float = 0.5) -> None:
        """At that part of its box, or where it is free."""
        ...

    def write(self, at: Locator, text: str) -> None:
        """Keys, into the field that has them."""
        ...

    def key(self, chord: str) -> None:
        """`KeyboardEvent.key`, modifiers first, joined by `+`; to whatever has the keyboard."""
        ...

    def choose(self, at: Locator, option: str) -> None:
        """An option of a native list."""
        ...

    def check(self, box: Locator, at: Locator | None = None) -> None:
        """Turn a box or a radio button on; by its label where that is given."""
        ...

    def date(self, at: Locator, keys: str, value: str) -> None:
        """Into a field of dates or times, whose parts take one key after the other. value: what stands there then."""
        ...

    def drag(self, start: Point, end: Point, of: Locator, to: Locator) -> None:
        """From pixel to pixel: of this element, to that one."""
        ...

    def hover(self, at: Locator) -> None: ...

    def scroll(self, at: Locator, notches: int) -> None:
        """Over it; down where positive."""
        ...

    def place(self, at: Locator, x: float = 0.5, y: float = 0.5) -> Point:
        """Where that part of it is, once it stands still."""
        ...

    def rest(self, ms: float) -> None:
        """As a person waits for what comes by itself."""
        ...


class PageHand:
    """A hand over a page that Playwright reaches.

    Args:
        page: the tab.
        inputs: what it is done with; the page's own mouse and keyboard if none are given.
        before: asked just before each act.
        typing_ms: from key to key.
        still: frames in which nothing moves before the pointer comes.
        apart_ms: how long it looks at what came before it turns the wheel again.
    """

    def __init__(
        self, page: Page, inputs: Inputs | None = None, before: Callable[[], object] = bool, typing_ms: float = 0,
        still: int = _STILL, apart_ms: float = 0,
    ) -> None:  # fmt: skip
        self.page, self.inputs = page, inputs or Inputs(page.mouse, page.keyboard)
        self._before, self._typing_ms, self._still, self._apart_ms = before, typing_ms, still, apart_ms

    def press(self, at: Locator, *, x: float = 0.5, y: float = 0.5) -> None:
        self._bring(at)
        self._before()
        mouse = self.inputs.mouse
        there = self.place(at, x, y)
        mouse.move(*there)
        # What the pointer rests on may change under it: pages swap the pictures of their signs.
        mouse.click(*self._place(at, x, y, _STAYS))

    def write(self, at: Locator, text: str) -> None:  # noqa: ARG002  whoever notes acts is told
        self._before()
        self.inputs.keyboard.type(text, delay=self._typing_ms)

    def key(self, chord: str) -> None:
        self._before()
        self.inputs.keyboard.press(chord)

    def choose(self, at: Locator, option: str) -> None:
        offered = [one.strip() for one in at.locator("option").all_inner_texts()]
        steps = offered.index(option) - int(at.evaluate("e => e.selectedIndex"))
        if not steps:
            return
        self.press(at)
        for _ in range(abs(steps)):
            self.inputs.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        self.inputs.keyboard.press("Enter")

    def check(self, box: Locator, at: Locator | None = None) -> None:
        if not box.is_checked():
            self.press(box if at is None else at, x=0.5 if at is None else 0.9)

    def date(self, at: Locator, keys: str, value: str) -> None:  # noqa: ARG002  whoever notes acts is told
        self.press(at, x=0.08)
        self.inputs.keyboard.type(keys, delay=self._typing_ms)

    def drag(self, start: Point, end: Point, of: Locator, to: Locator) -> None:  # noqa: ARG002  as above
        self._before()
        mouse, page = self.inputs.mouse, self.page
        # A mouse stands on whole pixels. Nobody moves at the moment they press.
        start, end = (round(start[0]), round(start[1])), (round(end[0]), round(end[1]))
        mouse.move(*start)
        mouse.down()
        page.wait_for_timeout(_HELD_MS)
        for part in (0.1, 0.4, 0.7, 0.9, 1):
            mouse.move(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
            page.wait_for_timeout(_MOVE_MS)
        mouse.up()

    def hover(self, at: Locator) -> None:
        self._bring(at)
        self._before()
        self.inputs.mouse.move(*self.place(at))

    def scroll(self, at: Locator, notches: int) -> None:
        self._before()
        self.inputs.mouse.move(*self.place(at))
        self.inputs.mouse.wheel(0, notches * _NOTCH)
        self.rest(250)

    def _bring(self, at: Locator) -> None:
        """Into sight. What no wheel reaches is brought by the page itself (`_POINT`)."""
        for turn in range(_TURNS):
            told = at.evaluate(_OUT_OF_SIGHT)
            if told is None:
                return
            if turn:
                self.rest(self._apart_ms)
            self._before()
            left, top, height, way = told
            self.inputs.mouse.move(left, top)
            self.inputs.mouse.wheel(0, way * notches(height) * _NOTCH)
            self.rest(_SCROLLED_MS)

    def place(self, at: Locator, x: float = 0.5, y: float = 0.5) -> Point:
        return self._place(at, x, y, self._still)

    def _place(self, at: Locator, x: float, y: float, frames: int) -> Point:
        left, top = at.evaluate(_POINT, [x, y, frames])
        return left, top

    def rest(self, ms: float) -> None:
        self.page.wait_for_timeout(ms)


# ---- what oracles have in common


def query(hand: Hand) -> str:
    """What is asked for."""
    return re.sub(r"\s+", " ", hand.page.locator("#query").inner_text()).strip()


def asked(hand: Hand, pattern: str) -> tuple[str, ...]:
    """The parts of it in brackets."""
    found = re.search(pattern, query(hand))
    assert found, "the task asks for something else"
    return found.groups()


def bold(hand: Hand) -> list[str]:
    """What is printed bold in it."""
    return [one.strip() for one in hand.page.locator("#query .bold, #query b").all_inner_texts()]


def exactly(text: str) -> re.Pattern[str]:
    """All of a text, whatever spaces are around it."""
    return re.compile(rf"^\s*{re.escape(text)}\s*$")


def type_into(hand: Hand, at: Locator, text: str) -> None:
    hand.press(at)
    hand.write(at, text)


def submit(hand: Hand, selector: str = "#subbtn") -> None:
    hand.press(hand.page.locator(selector))
