"""Two pictures of one screen: what differs, and the part of the screen around that. numpy alone.

Rules of this module: places are pixels of the pictures as they came. A network is shown every second pixel's worth
(means of four), of the part around the change, so that a screen of any size costs what changed on it.
"""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np

from byhand.datasets.formats.port import Picture
from byhand.datasets.heavy import heavy
from byhand.errors import VaultDamaged
from byhand.models.arrays import Bytes

HALF = 2
STEP = 32
"""Sides of what is shown are multiples of it, in pixels of the screen."""
_DIFFERS = 12
"""Colours that lie closer than this are one, of 255: what a codec does to a still picture is less."""
_LEAST = 4
"""Fewer pixels (of the half picture) are nothing: a caret, or noise."""
_AROUND = 96
_TOUCHES = 4
"""Half pixels: patches that lie closer than this are one."""
_SIDES = (384, 640, 960)
MOST = 8192
"""Sides of a picture that is looked at."""

Box = tuple[int, int, int, int]
"""x, y, w, h."""


class Part(NamedTuple):
    """The part of two pictures around what changed. x, y: its corner on the screen. before, after: [h, w, 3], half
    pictures. changed: what differs, on the screen.
    """

    x: int
    y: int
    before: Bytes
    after: Bytes
    changed: Box


def opened(picture: Picture) -> Bytes:
    """[h, w, 3], RGB, half its size.

    Raises:
        VaultDamaged: it can't be read, or is too large.
    """
    module = heavy("PIL.Image")
    try:
        with module.open(io.BytesIO(picture.data), formats=("PNG", "WEBP", "JPEG")) as image:
            if max(image.size) > MOST:
                raise VaultDamaged("a picture is larger than any screen")
            pixels = np.asarray(image.convert("RGB"), np.uint8)
    except (OSError, ValueError, SyntaxError, module.DecompressionBombError):
        raise VaultDamaged("a picture can't be read") from None
    return half(pixels)


def half(pixels: Bytes) -> Bytes:
    """Means of two by two pixels. An odd last row or column is left away."""
    high, wide = pixels.shape[0] // HALF, pixels.shape[1] // HALF
    even = pixels[: high * HALF, : wide * HALF].astype(np.uint16)
    means = even.reshape(high, HALF, wide, HALF, 3).sum((1, 3), dtype=np.uint16) + 2
    return (means // 4).astype(np.uint8)


def differs(before: Bytes, after: Bytes) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """[h, w]: where two pictures of one size differ."""
    apart = np.maximum(before, after) - np.minimum(before, after)
    return apart.max(2) >= _DIFFERS


def changed(before: Bytes, after: Bytes) -> Box | None:
    """The box on the screen that holds all that differs; None where nothing does, or they are of two sizes."""
    if before.shape != after.shape or before is after:
        return None
    there = differs(before, after)
    if int(there.sum()) < _LEAST:
        return None
    rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    x, y = int(columns[0]), int(rows[0])
    return x * HALF, y * HALF, (int(columns[-1]) + 1 - x) * HALF, (int(rows[-1]) + 1 - y) * HALF


def part(before: Bytes, after: Bytes, around: Box, *, more: int = 0) -> Part:
    """The part of two half pictures around a box of the screen, of one of few sizes.

    Args:
        before: the first picture, [h, w, 3].
        after: the second, of the same size.
        around: what is to be in it.
        more: so many pixels of the screen more at each side, where it has them.
    """
    high, wide = before.shape[0] * HALF, before.shape[1] * HALF
    x, w = _span(around[0], around[2], wide, more)
    y, h = _span(around[1], around[3], high, more)
    rows, columns = slice(y // HALF, (y + h) // HALF), slice(x // HALF, (x + w) // HALF)
    return Part(x, y, before[rows, columns], after[rows, columns], around)


def _span(at: int, size: int, whole: int, more: int) -> tuple[int, int]:
    """Where it begins, and how long it is: even numbers, within the screen."""
    wanted = next((side for side in _SIDES if side >= size + 2 * _AROUND), whole) + 2 * more
    if wanted >= whole:
        return 0, whole
    begin = min(max(0, at + size // 2 - wanted // 2), whole - wanted)
    return begin - begin % HALF, wanted


class Patch(NamedTuple):
    """Pixels that changed and lie together. size: how many. x, y: the middle of their box, in pixels of the screen."""

    size: int
    x: float
    y: float


def patches(before: Bytes, after: Bytes) -> list[Patch]:
    """All of two half pictures, the largest first; one at the least."""
    there = differs(before, after)
    high, wide = (-(-side // _TOUCHES) for side in there.shape)
    padded = np.zeros((high * _TOUCHES, wide * _TOUCHES), bool)
    padded[: there.shape[0], : there.shape[1]] = there
    counts = padded.reshape(high, _TOUCHES, wide, _TOUCHES).sum((1, 3))
    left = {(int(row), int(column)) for row, column in zip(*np.nonzero(counts), strict=True)}
    scale = _TOUCHES * HALF
    found: list[Patch] = []
    while left:
        cells = _together(left)
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        middle = ((min(one) + max(one) + 1) / 2 * scale for one in (columns, rows))
        found.append(Patch(sum(int(counts[cell]) for cell in cells), *middle))
    whole = Patch(0, before.shape[1] * HALF / 2, before.shape[0] * HALF / 2)
    return sorted(found, reverse=True) or [whole]


def _together(left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take cells that touch out of those."""
    found = [left.pop()]
    for row, column in found:
        for down in (-1, 0, 1):
            for across in (-1, 0, 1):
                cell = row + down, column + across
                if cell in left:
                    left.remove(cell)
                    found.append(cell)
    return found


def within(side: int) -> int:
    """What a side of a part is padded to, so that the network's grids fit, in half pixels."""
    step = STEP // HALF
    return -(-side // step) * step
