"""What is done at a place and not to a thing: drags, sliders, texts that are marked.

Rules of this module: an agent that names elements and no pixels can't do these; they are for recordings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byhand.evals.miniwob.hand import Hand, asked, bold, query, submit

if TYPE_CHECKING:
    from playwright.sync_api import Locator

_STEPS = 20
_EDGE = 0.03
"""Of a slider: whoever lets go there is still over it."""


def box(hand: Hand) -> None:
    small, large = hand.page.locator("#draggableSmall"), hand.page.locator("#draggableLarge")
    there = large.bounding_box()  # its middle may lie under the other
    assert there
    end = there["x"] + there["width"] / 2, there["y"] + there["height"] / 2
    hand.drag(hand.place(small), end, small, large)
    submit(hand)


def _moved(hand: Hand, items: Locator, at: int, to: int) -> None:
    """In a list that is sorted by hand: a little beyond the middle of what stands there."""
    x, y = hand.place(items.nth(at))
    _, until = hand.place(items.nth(to))
    hand.drag((x, y), (x, until + (6 if to > at else -6)), items.nth(at), items.nth(to))


def item(hand: Hand) -> None:
    name, where = asked(hand, r"Drag (\S+) (.+)\.")
    items = hand.page.locator("#sortable li")
    names = [one.strip() for one in items.all_inner_texts()]
    at = names.index(name)
    known = {"to the top": 0, "to the bottom": 4, "up by one position": at - 1, "down by one position": at + 1}
    _moved(hand, items, at, known[where] if where in known else int(re.findall(r"\d", where)[0]) - 1)


def sorted_numbers(hand: Hand) -> None:
    """The least of those that are left to the place it belongs to."""
    items = hand.page.locator("#sortable li")
    for to in range(items.count()):
        numbers = [int(one) for one in items.all_inner_texts()]
        at = numbers.index(min(numbers[to:]), to)
        if at != to:
            _moved(hand, items, at, to)
    submit(hand)


def _slid(hand: Hand, slider: Locator, shown: Locator, wanted: int) -> None:
    """Its handle is drawn to the far end, which tells what an inch of it is; then near the value; then the arrow keys,
    which are keys.
    """
    box_ = slider.bounding_box()
    assert box_
    handle = slider.locator(".ui-slider-handle")
    flat = box_["width"] > box_["height"]
    length = box_["width"] if flat else box_["height"]

    def share() -> float:
        x, y = hand.place(handle)
        return (x - box_["x"]) / length if flat else (box_["y"] + length - y) / length

    def draw(to: float) -> None:
        x, y = hand.place(handle)
        end = (box_["x"] + length * to, y) if flat else (x, box_["y"] + length * (1 - to))
        hand.drag((x, y), end, handle, slider)

    first, at = int(shown.inner_text()), share()
    if first == wanted:
        return
    end = _EDGE if at > 0.5 else 1 - _EDGE
    draw(end)
    last = int(shown.inner_text())
    draw(min(1 - _EDGE, max(_EDGE, end + (wanted - last) * (end - at) / (last - first))))
    for _ in range(_STEPS):
        now = int(shown.inner_text())
        if now == wanted:
            break
        hand.key("ArrowRight" if now < wanted else "ArrowLeft")


def slider(hand: Hand) -> None:
    _slid(hand, hand.page.locator("#slider"), hand.page.locator("#val"), int(*asked(hand, r"Select (-?\d+)")))
    submit(hand)


def sliders(hand: Hand) -> None:
    for number, wanted in enumerate(re.findall(r"\d+", query(hand)), 1):
        _slid(hand, hand.page.locator(f"#slider-{number}"), hand.page.locator(f"#val-{number}"), int(wanted))
    submit(hand)


def slider_and_box(hand: Hand) -> None:
    wanted, place = asked(hand, r"Select (-?\d+) .+ the (\d)")
    page = hand.page
    _slid(hand, page.locator("#slider"), page.locator("#val"), int(wanted))
    hand.check(page.locator(f"#checkbox-{place}"))
    submit(hand)


def spinner(hand: Hand) -> None:
    (wanted,) = asked(hand, r"Select (-?\d+)")
    arrow = hand.page.locator(".ui-spinner-up" if int(wanted) > 0 else ".ui-spinner-down")
    for _ in range(abs(int(wanted))):
        hand.press(arrow)
        hand.rest(30)
    submit(hand)


_RANGE = """(e, word) => {
  const text = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode();
  const at = (' ' + text.data.replace(/\\s/g, ' ') + ' ').indexOf(' ' + word + ' ');
  const range = document.createRange();
  range.setStart(text, at);
  range.setEnd(text, at + word.length);
  const boxes = range.getClientRects();
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  return [[first.left, first.top + first.height / 2], [last.right, last.top + last.height / 2]];
}"""
_COLOURS = {
    "red": "#e60000", "orange": "#ff9900", "yellow": "#ffff00", "green": "#008a00", "blue": "#0066cc",
    "purple": "#9933ff",
}  # fmt: skip
_STYLES = {"bold": ".ql-bold", "italics": ".ql-italic", "underlined": ".ql-underline"}


def editor(hand: Hand) -> None:
    """All of a text by keys, or one word of it by drawing over it; then a button of the editor."""
    page = hand.page
    what, style = bold(hand)
    text = page.locator(".ql-editor p").first
    if what == "everything":
        hand.press(text)
        hand.key("Control+A")
        hand.rest(80)
    else:
        start, end = text.evaluate(_RANGE, what)
        hand.drag((start[0] + 0.6, start[1]), (end[0] + 0.6, end[1]), text, text)
    if style in _STYLES:
        hand.press(page.locator(_STYLES[style]))
    else:
        hand.press(page.locator(".ql-color .ql-picker-label"))
        hand.press(page.locator(f'.ql-picker-item[data-value="{_COLOURS[style]}"]'))
    submit(hand)
