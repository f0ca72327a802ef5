"""How finds of `vision` are painted into a picture whose rest is proven plain: quietly, in the picture's own colours.

A line of text becomes a bar on its ground, as in the skeleton of a page that loads; anything else a soft panel. The
colours are those around the find, never those in it.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

from byhand.events.raw import RawFrame
from byhand.privacy.frames.flat import Op, Rect

_DARK, _LIGHT = 0x24324A, 0xE6ECF5
_SMALL = 14
"""A find no larger than this, at scale 1, is a speck: a corner, a dot. It becomes ground."""


Look = Literal["line", "panel", "ground"]
"""A line of text; a picture, a code or a control; what only holds lines that are painted themselves."""


def painted(frame: RawFrame, rect: Rect, scale: float, look: Look, *, told: bool = False) -> list[Op]:
    """The paint over one box.

    Args:
        frame: the picture; only the edge of `rect` is looked at.
        rect: x0, y0, x1, y1 on the desktop, within the frame.
        scale: device pixels per logical pixel.
        look: what it becomes.
        told: a tree told of it: its ground is within its edge. That of a find is outside of it.
    """
    x0, y0, x1, y1 = rect
    ground = around(frame, rect, -max(2, round(3 * scale)) if told else 1)
    if look == "ground" or max(x1 - x0, y1 - y0) <= _SMALL * scale:
        return [(*rect, ground)]
    if look == "panel":
        edge = max(1, round(scale))
        inner = x0 + edge, y0 + edge, x1 - edge, y1 - edge
        shade = (*rect, mixed(ground, 0.2))
        return [shade, (*inner, mixed(ground, 0.1))] if inner[0] < inner[2] and inner[1] < inner[3] else [shade]
    high = y1 - y0
    inset, side = high * 3 // 10, min(high // 5, (x1 - x0) // 4)
    return [(*rect, ground), (x0 + side, y0 + inset, x1 - side, y1 - inset, mixed(ground, 0.2))]


def around(frame: RawFrame, rect: Rect, far: int = 1) -> int:
    """The colour that is seen most often so many pixels outside of a box, 0xRRGGBB; inside of it, if below 0."""
    x0, y0, x1, y1 = rect
    if far < 0:
        far = -min(-far, (x1 - x0 - 1) // 2, (y1 - y0 - 1) // 2)
    left, top = max(x0 - far, frame.x), max(y0 - far, frame.y)
    right, bottom = min(x1 - 1 + far, frame.x + frame.w - 1), min(y1 - 1 + far, frame.y + frame.h - 1)
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
