"""What was kept of the screen, cut out around a target: the masked pixels, and nothing beyond them. Pure.

Rules of this module: a frame lies upon those before it, so they are read once, in order; only what is wanted is cut.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from byhand.events.kinds import Frame, Numbered
from byhand.privacy.frames.pixels import unpatch
from byhand.ui.png import encode

Box = tuple[int, int, int, int]
_GROUND = b"\x80\x80\x80"


class Cut(NamedTuple):
    """x, y, w, h: what part of the desktop it shows. png: base64."""

    x: int
    y: int
    w: int
    h: int
    png: str


def cuts(events: Iterable[Numbered], wanted: Mapping[int, Sequence[Box]]) -> dict[tuple[int, Box], Cut]:
    """The parts of frames, by the frame's place and the part asked for. One outside of the screen is left out.

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    found: dict[tuple[int, Box], Cut] = {}
    last = max(wanted, default=-1)
    screen, w, h = bytearray(), 0, 0
    for one in events:
        frame = one.event
        if one.seq > last:
            break
        if not isinstance(frame, Frame):
            continue
        if (frame.w, frame.h) != (w, h):
            w, h = frame.w, frame.h
            screen = bytearray(_GROUND * (w * h))
        for tile in unpatch(frame.patch):
            wide = min(tile.w, w - tile.x)
            rows, line = tile.rgb(), tile.w * 3
            for row in range(min(tile.h, h - tile.y)):
                at = ((tile.y + row) * w + tile.x) * 3
                screen[at : at + wide * 3] = rows[row * line : row * line + wide * 3]
        for box in wanted.get(one.seq, ()):
            if (cut := _cut(screen, w, h, box)) is not None:
                found[one.seq, box] = cut
    return found


def _cut(screen: bytearray, w: int, h: int, box: Box) -> Cut | None:
    x0, y0 = max(box[0], 0), max(box[1], 0)
    x1, y1 = min(box[0] + box[2], w), min(box[1] + box[3], h)
    if x1 <= x0 or y1 <= y0:
        return None
    rows = b"".join(screen[(y * w + x0) * 3 : (y * w + x1) * 3] for y in range(y0, y1))
    return Cut(x0, y0, x1 - x0, y1 - y0, base64.b64encode(encode(rows, x1 - x0, y1 - y0)).decode())
