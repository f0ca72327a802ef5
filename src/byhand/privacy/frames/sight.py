"""How finds of `vision` are painted into a picture whose rest is proven plain: quietly, in the picture's own colours.

A line of text becomes a bar on its ground, as in the skeleton of a page that loads; anything else a soft panel. The
colours are those around the find, never those in it.
"""

from __future__ import annotations

from collections import Counter

from byhand.events.raw import RawFrame
from byhand.privacy.frames.flat import Op, Rect

_DARK, _LIGHT = 0x24324A, 0xE6ECF5
_SMALL = 14
"""A find no larger than this, at scale 1, is a speck: a corner, a dot. It becomes ground."""


def painted(frame: RawFrame, rect: Rect, scale: float, *, line: bool) -> list[Op]:
    """The paint over one find.

    Args:
        frame: the picture; only pixels around `rect` are looked at.
        rect: x0, y0, x1, y1 on the desktop, within the frame.
        scale: device pixels per logical pixel.
        line: a line of text, and not a picture, a code or a face.
    """
    x0, y0, x1, y1 = rect
    ground = around(frame, rect)
    if max(x1 - x0, y1 - y0) <= _SMALL * scale:
        return [(*rect, ground)]
    if not line:
        edge = max(1, round(scale))
        inner = x0 + edge, y0 + edge, x1 - edge, y1 - edge
        shade = (*rect, mixed(ground, 0.2))
        return [shade, (*inner, mixed(ground, 0.1))] if inner[0] < inner[2] and inner[1] < inner[3] else [shade]
    high = y1 - y0
    inset, side = high * 3 // 10, min(high // 5, (x1 - x0) // 4)
    return [(*rect, ground), (x0 + side, y0 + inset, x1 - side, y1 - inset, mixed(ground, 0.2))]


def around(frame: RawFrame, rect: Rect) -> int:
    """The colour that is seen most often one pixel outside of a box, 0xRRGGBB."""
    x0, y0, x1, y1 = rect
    left, top = max(x0 - 1, frame.x), max(y0 - 1, frame.y)
    right, bottom = min(x1, frame.x + frame.w - 1), min(y1, frame.y + frame.h - 1)
    places = [(x, y) for x in range(left, right + 1, max(1, (right - left) // 16)) for y in (top, bottom)]
    places += [(x, y) for y in range(top, bottom + 1, max(1, (bottom - top) // 16)) for x in (left, right)]
    seen: Counter[int] = Counter()
    for x, y in places:
        at = (y - frame.y) * frame.stride + (x - frame.x) * 4
        seen[int.from_bytes(frame.pixels[at : at + 3], "little")] += 1
    return seen.most_common(1)[0][0]


def mixed(colour: int, part: float) -> int:
    """A colour with a part of a darker one in it, or of a lighter one where it is dark itself."""
    red, green, blue = colour >> 16, colour >> 8 & 255, colour & 255
    other = _DARK if red * 299 + green * 587 + blue * 114 > 110_000 else _LIGHT
    parts = zip((red, green, blue), (other >> 16, other >> 8 & 255, other & 255), strict=True)
    red, green, blue = (round(mine + (his - mine) * part) for mine, his in parts)
    return red << 16 | green << 8 | blue
