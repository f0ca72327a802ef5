"""One picture as it may be kept, by the paint of the recorder's own frames."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.paint import Cleared
from byhand.privacy.frames.pixels import TILE, Canvas, unpatch


def still(
    pixels: memoryview, width: int, height: int, boxes: Sequence[RawBox] | None, cleared: Cleared, scale: float = 1.0
) -> bytes:
    """A painted picture: rows of RGB.

    Args:
        pixels: rows of BGRX, without padding.
        width: in pixels.
        height: the same.
        boxes: as for a frame: of a tree, or what `vision` looked through and found, or both. None: nothing shows.
        cleared: says of a box that its name holds nothing private.
        scale: device pixels per logical pixel.
    """
    everything = frozenset((c, r) for c in range(-(-width // TILE)) for r in range(-(-height // TILE)))
    frame = RawFrame(
        0, 0, "clock", 0, 0, 0, width, height, width * 4, pixels, everything,
        None if boxes is None else tuple(boxes), "", lambda: None,
    )  # fmt: skip
    kept = Canvas(width, height, scale).keep(frame, cleared)
    assert kept is not None  # the first patch of a canvas is whole
    return whole(kept.patch, width, height)


def whole(patch: bytes, width: int, height: int) -> bytes:
    """The picture of a first patch, which has all tiles: rows of RGB."""
    picture = bytearray(width * height * 3)
    for tile in unpatch(patch):
        rgb, line = tile.rgb(), tile.w * 3
        for row in range(tile.h):
            at = ((tile.y + row) * width + tile.x) * 3
            picture[at : at + line] = rgb[row * line : (row + 1) * line]
    return bytes(picture)
