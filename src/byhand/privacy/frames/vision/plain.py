"""Which pixels of a picture are proven plain; all others may be text.

Rule of this module: a pixel is plain if it lies in a straight run of pixels of one colour, across or down, that is
longer than any stroke of a letter, or in a flat ground that goes on from such runs and is wider than a stroke. Grounds,
panels and their edges are made of these; letters, icons, photographs,
faces and QR codes are not. So nothing has to be recognised, and whatever the finder does not understand is found. Runs
that stand close together (the bars of a bar code) are not plain.

What it can't see: text whose contrast is below `SAME` levels, which nobody can read either, and straight strokes of
letters taller than a run, which `letters` finds.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

_cv: Any = cv2  # its types say "any number" of every result

SAME = 3
"""Neighbouring pixels whose every colour differs by no more than this, of 255, are of one colour."""
SHORTEST, LONGEST, PART = 64, 160, 16
"""A run is plain from a 16th of the picture's height on, within these limits, in pixels."""
LINE = 1080
"""A picture of so many rows has letters of the size that a screen has; one of twice as many, twice as large ones."""
DENSE = ((40, 5), (96, 12))
"""So many edges of long lines, within so many pixels of the layout, are bars of a code. Rows of a table stand wider."""
WIDE = 6
"""What is narrower, in pixels of the layout, may be a stroke of a letter or the ground within one."""
FULL = 0.4
"""Of the box around a find, so much must be filled to paint the box and not the find's own shape."""

Pixels = NDArray[np.uint8]
"""Rows of BGR."""
Mask = NDArray[np.uint8]
"""Rows of 0 or 1."""


class Find(NamedTuple):
    """A box, in pixels of the picture: something that may be text, or whatever `kind` says."""

    kind: str
    x: int
    y: int
    w: int
    h: int


def sizes(height: int) -> tuple[int, int]:
    """The shortest run that is plain, and how large a pixel of the layout is, for a picture of so many rows."""
    return min(LONGEST, max(SHORTEST, height // PART)), max(1, round(height / LINE))


def find(pixels: Pixels) -> list[Find]:
    """Boxes around everything that is not plain: lines of text as `text`, larger things as `picture`.

    Args:
        pixels: at least 2 rows and columns.
    """
    unknown = not_plain(pixels)
    unit = sizes(pixels.shape[0])[1]
    # Letters become words and lines; the gap between lines stays.
    grown = _cv.morphologyEx(unknown, _cv.MORPH_CLOSE, _kernel(12 * unit + 1, 2 * unit + 1))
    count, labels, stats, _ = _cv.connectedComponentsWithStats(grown, connectivity=8)
    found: list[Find] = []
    for number in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[number])
        if area >= FULL * w * h or max(w, h) <= 200 * unit or h <= 48 * unit:
            found.append(_find(x, y, w, h, unit))
        else:
            found += _shape(labels[y : y + h, x : x + w] == number, x, y, unit)
    # Each a little larger, since the soft edge of a letter may pass for ground.
    more = 2 * unit
    return outer([Find(kind, x - more, y - more, w + 2 * more, h + 2 * more) for kind, x, y, w, h in found])


def not_plain(pixels: Pixels) -> Mask:
    """1 where a pixel is not proven plain."""
    run, unit = sizes(pixels.shape[0])
    across, down = _runs(pixels, run), np.ascontiguousarray(_runs(pixels.transpose(1, 0, 2), run).T)
    plain = across | down
    # Lines that only run one way, with many edges between them the other way in a short space: bars of a code.
    bars = _bars(pixels, down & _not(across), unit) | _bars(_turned(pixels), _turned(across & _not(down)), unit).T
    plain &= _not(bars)
    return _not(plain | _grounds(pixels, plain, unit))


def _bars(pixels: Pixels, lines: Mask, unit: int) -> Mask:
    """1 where lines that run down stand close together."""
    edges = lines & _not(_steps(pixels, downwards=False))
    edges[:, :-1] &= lines[:, 1:]  # from one line to another; a letter beside a line is no bar
    bars = np.zeros_like(lines)
    for space, most in DENSE:
        dense = _cv.boxFilter(edges, _cv.CV_32F, (space * unit, 1), normalize=False) >= most
        bars |= _cv.dilate(dense.astype(np.uint8), _kernel(space * unit, 1))
    return bars & lines


def _not(mask: Mask) -> Mask:
    return np.uint8(1) - mask


def _turned(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Rows as columns."""
    return np.ascontiguousarray(mask.transpose(1, 0, *range(2, mask.ndim)))


def _grounds(pixels: Pixels, plain: Mask, unit: int) -> Mask:
    """1 where flat pixels of one colour go on from plain ones: the ground between a border and a word.

    Only where it is wider than a stroke: letters that touch a line of their own colour are not ground.
    """
    same = _steps(pixels, downwards=False) & _steps(pixels, downwards=True)
    flat: Mask = _cv.morphologyEx(same, _cv.MORPH_OPEN, _kernel(WIDE * unit + 1, WIDE * unit + 1))
    count, labels = _cv.connectedComponents(flat, connectivity=4)
    goes_on = np.zeros(count, np.uint8)
    goes_on[np.unique(labels[(plain & flat) > 0])] = 1
    goes_on[0] = 0
    return goes_on[labels]


def _steps(pixels: Pixels, downwards: bool) -> Mask:
    """1 where a pixel is of one colour with the next one, across or down."""
    if downwards:
        return np.ascontiguousarray(_steps(pixels.transpose(1, 0, 2), downwards=False).T)
    same = np.ones(pixels.shape[:2], np.uint8)
    differs = _cv.absdiff(np.ascontiguousarray(pixels[:, 1:]), np.ascontiguousarray(pixels[:, :-1]))
    same[:, :-1] = differs.max(axis=2) <= SAME
    return same


def _runs(pixels: Pixels, run: int) -> Mask:
    """1 where a pixel lies in a run across of at least `run` pixels; of half as many where it ends at the picture's
    edge, as what goes on beyond it is not seen.
    """
    same = _steps(pixels, downwards=False)
    wide, half = same.shape[1], run // 2
    beyond = _cv.copyMakeBorder(same[:, : wide - 1], 0, 0, half, half, _cv.BORDER_CONSTANT, value=(1,))
    odd = _kernel((run - 1) | 1, 1)  # an even one would shift what it opens
    long = _cv.morphologyEx(beyond, _cv.MORPH_OPEN, odd, borderType=_cv.BORDER_CONSTANT, borderValue=(0,))
    runs = np.zeros_like(same)
    runs[:, : wide - 1] = long[:, half : half + wide - 1]
    runs[:, 1:] |= runs[:, :-1]  # a step joins two pixels
    return runs


def _kernel(w: int, h: int) -> NDArray[Any]:
    return _cv.getStructuringElement(_cv.MORPH_RECT, (max(1, w), max(1, h)))


def _find(x: int, y: int, w: int, h: int, unit: int) -> Find:
    return Find("text" if h <= 40 * unit else "picture", x, y, w, h)


def _shape(mask: NDArray[np.bool_], x: int, y: int, unit: int) -> list[Find]:
    """A find that leaves most of its box free, as bands of its own shape."""
    step = 8 * unit
    found: list[Find] = []
    for top in range(0, mask.shape[0], step):
        columns = np.flatnonzero(mask[top : top + step].any(axis=0))
        for part in np.split(columns, np.flatnonzero(np.diff(columns) > 2 * step) + 1):
            if part.size:
                left, right = int(part[0]), int(part[-1]) + 1
                found.append(Find("picture", x + left, y + top, right - left, min(step, mask.shape[0] - top)))
    return found


def outer(found: list[Find]) -> list[Find]:
    """Those that do not lie in others, in the order given."""
    if not found:
        return []
    boxes = np.array([(x, y, x + w, y + h) for _, x, y, w, h in found])
    left, top, right, bottom = (boxes[:, place] for place in range(4))
    order = np.argsort(-(right - left) * (bottom - top), kind="stable")
    kept: list[int] = []
    for number in order:
        a, b, c, d = boxes[number]
        there = boxes[kept]
        if not kept or not ((there[:, 0] <= a) & (there[:, 1] <= b) & (there[:, 2] >= c) & (there[:, 3] >= d)).any():
            kept.append(int(number))
    return [found[number] for number in sorted(kept)]
