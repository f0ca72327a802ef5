"""Does a box hold its own words and nothing else? A tree can lie: by an offset, a scale, or a box that is too small.

Rule of this module: a box may show only if the pixels bear out what the tree says of it. Nothing may cross its edge or
stand close outside of it, and it may not hold more ink than its name needs. What fails is painted like all the rest.
Pure Python on purpose: this runs in the recorder, on a few dozen small boxes a frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.flat import Rect
from byhand.privacy.frames.roles import MENU_ITEMS, QUOTABLE

JUMP = 24
"""Neighbouring pixels that differ by more, of 255, in any colour: an edge of something."""
INK = 40
"""A column of pixels that holds colours further apart than this bears ink."""
LINE = 22
"""A line of text is no higher than this, in pixels at scale 1."""


def own_words(frame: RawFrame, box: RawBox, rect: Rect, scale: float) -> bool:
    """Whether what shows at `rect` can be what the box is called.

    Args:
        frame: with pixels enough for its size.
        box: has a name.
        rect: the part of the box that lies in the frame; x0, y0, x1, y1 on the desktop.
        scale: device pixels per logical pixel.
    """
    quoted = box.role in QUOTABLE
    if quoted and (rect != (box.x, box.y, box.x + box.w, box.y + box.h) or box.name.lstrip()[:1].islower()):
        # Cut off: nobody knows what the rest of it was. Or a word in lower case: programs begin their labels with a
        # capital; channels, tags, names of users and files are people's.
        return False
    return _clear_around(frame, rect, scale, quoted) and _ink(frame, rect, scale) <= _most_ink(box, rect, scale)


def _most_ink(box: RawBox, rect: Rect, scale: float) -> float:
    """How many columns the name can fill: letters are narrower than 0.7 of a line's height."""
    line = min(rect[3] - rect[1], LINE * scale)
    # Besides its name a control bears an icon, a mark or an arrow; a menu's item its shortcut too.
    more = 1 if box.role in QUOTABLE else 10 if box.role in MENU_ITEMS else 3
    return (len(box.name) * 0.7 + more) * line


def _clear_around(frame: RawFrame, rect: Rect, scale: float, quoted: bool) -> bool:
    x0, y0, x1, y1 = rect
    high = y1 - y0
    # Nothing stands beside it for a third of its height: what does may be the rest of a longer text.
    beside = max(2, high // 3)
    # A control's neighbour has a border above and below, which is no text; every letter lies between the two.
    inset = 0 if quoted else min(round(4 * scale), high // 5)
    rows = [_across(frame, x0, x1, y) for y in (y0 - 1, y0 - 2, y1, y1 + 1)]
    columns = [
        _down(frame, y0 + inset, y1 - inset, x) for far in range(1, beside + 1) for x in (x0 - far, x1 + far - 1)
    ]
    return all(_jumps(row) <= 2 for row in rows) and all(_jumps(column) <= 1 for column in columns)


def _across(frame: RawFrame, x0: int, x1: int, y: int) -> Iterator[bytes]:
    """The colours of a row, one after the other; nothing where it lies outside of the frame."""
    if frame.y <= y < frame.y + frame.h:
        at = (y - frame.y) * frame.stride + (x0 - frame.x) * 4
        row = bytes(frame.pixels[at : at + (x1 - x0) * 4])
        for colour in range(3):
            yield row[colour::4]


def _down(frame: RawFrame, y0: int, y1: int, x: int) -> Iterator[bytes]:
    if frame.x <= x < frame.x + frame.w:
        for colour in range(3):
            yield _column(frame, x, y0, y1, colour)


def _column(frame: RawFrame, x: int, y0: int, y1: int, colour: int) -> bytes:
    at = (y0 - frame.y) * frame.stride + (x - frame.x) * 4 + colour
    return bytes(frame.pixels[at : at + (y1 - y0 - 1) * frame.stride + 1 : frame.stride])


def _jumps(line: Iterable[bytes]) -> int:
    """How many edges a line of pixels crosses, in the colour that shows most of them."""
    most = 0
    for values in line:
        if values and max(values) - min(values) > JUMP:
            most = max(most, sum(abs(a - b) > JUMP for a, b in pairwise(values)))
    return most


def _ink(frame: RawFrame, rect: Rect, scale: float) -> int:
    """How many columns bear ink, the edges of the box left out: a control has a border there."""
    x0, y0, x1, y1 = rect
    inset = min(round(3 * scale), (y1 - y0) // 5)
    y0, y1 = y0 + inset, y1 - inset
    if y1 - y0 < 2:
        return 0
    count = 0
    for x in range(x0 + inset, x1 - inset):
        for colour in range(3):
            values = _column(frame, x, y0, y1, colour)
            if max(values) - min(values) > INK:
                count += 1
                break
    return count
