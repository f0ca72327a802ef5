"""One picture in, boxes out: everything in it that is not proven harmless.

The union of `plain`, `letters` and `marks`. If one of them is missing or breaks, nothing is said of the picture at all:
then nothing of it may show.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from byhand.events.raw import RawBox
from byhand.privacy.frames.roles import FOUND, LOOKED
from byhand.privacy.frames.vision import marks, plain
from byhand.privacy.frames.vision.letters import Letters
from byhand.privacy.frames.vision.plain import Find, Mask, Pixels

_cv: Any = cv2  # its types say "any number" of every result

SMALL, NO_CODE, NO_FACE = 0.25, 0.7, 0.8


class Look:
    """Looks through pictures, one at a time.

    Args:
        threads: how many cores it may use.

    Raises:
        OSError, RuntimeError: the model is not there or can't be loaded.
    """

    def __init__(self, threads: int = 1) -> None:
        _cv.setNumThreads(threads)
        self._letters = Letters(threads)

    def through(self, pixels: Pixels) -> list[Find]:
        """Boxes, cut to the picture.

        Args:
            pixels: rows of BGR.

        Raises:
            Exception: whatever went wrong; the picture is then not looked through.
        """
        high, wide = pixels.shape[:2]
        if min(high, wide) < 8:
            return [Find("text", 0, 0, wide, high)]
        found = plain.find(pixels)
        there = np.zeros((high, wide), np.uint8)
        for one in (_cut(each, wide, high) for each in found):
            if one:
                there[one.y : one.y + one.h, one.x : one.x + one.w] = 1
        found += [one for one in self._letters.find(pixels) if _adds(one, there, SMALL)]
        free = np.uint8(1) - there
        found += [one for one in marks.codes(pixels) if _adds(one, free, NO_CODE)]
        found += [one for one in marks.faces(pixels) if _adds(one, free, NO_FACE)]
        # Within a code or a line that was found as a whole the colours around a part are none of the page's.
        return [one for each in plain.outer(found) if (one := _cut(each, wide, high))]


def boxes(found: list[Find], width: int, height: int, x: int = 0, y: int = 0) -> tuple[RawBox, ...]:
    """Finds as boxes of a frame whose picture begins at x, y of the desktop: what was looked through, and the finds."""
    finds = (RawBox(0, 0, FOUND[one.kind], "", one.x + x, one.y + y, one.w, one.h) for one in found)
    return (RawBox(0, 0, LOOKED, "", x, y, width, height), *finds)


def _adds(find: Find, there: Mask, share: float) -> bool:
    """Is more of a find's box free than `share` leaves to say that it was found already?

    A line of letters lower than half a run is found by `plain` to the last pixel; the model's own box of it is only
    larger. One that is higher has strokes that may pass for lines. A "code" or a "face" in
    what is plain is a chance of shapes.
    """
    area = there[max(0, find.y) : find.y + find.h, max(0, find.x) : find.x + find.w]
    if find.kind == "text" and find.h > plain.sizes(there.shape[0])[0] // 2:
        return True
    return area.size > 0 and float(area.mean()) < share


def bgr(pixels: memoryview, width: int, height: int, stride: int) -> Pixels:
    """A picture of the screen, `stride` bytes a row of BGRX, as rows of BGR. A copy."""
    rows = np.frombuffer(pixels, np.uint8, count=(height - 1) * stride + width * 4)
    padded = np.zeros(height * stride, np.uint8)
    padded[: rows.size] = rows
    return np.ascontiguousarray(padded.reshape(height, stride)[:, : width * 4].reshape(height, width, 4)[:, :, :3])


def bgrx(pixels: Pixels) -> memoryview:
    """The way back, without padding."""
    high, wide = pixels.shape[:2]
    return memoryview(np.dstack([pixels, np.zeros((high, wide, 1), np.uint8)]).tobytes())


def picture(rgb: bytes, width: int, height: int) -> Pixels:
    """Rows of RGB bytes as rows of BGR."""
    return np.ascontiguousarray(np.frombuffer(rgb, np.uint8).reshape(height, width, 3)[:, :, ::-1])


def read(png: bytes) -> Pixels:
    """A PNG of any kind as 8 bits a colour; what is transparent lies on white.

    Raises:
        ValueError: it can't be decoded.
    """
    try:
        read = _cv.imdecode(np.frombuffer(png, np.uint8), _cv.IMREAD_UNCHANGED)
    except _cv.error as error:
        raise ValueError("not a picture") from error
    if read is None:
        raise ValueError("not a picture")
    if read.dtype == np.uint16:
        read = (read >> 8).astype(np.uint8)
    if read.ndim == 2:
        return _cv.cvtColor(read, _cv.COLOR_GRAY2BGR)
    if read.shape[2] == 4:
        alpha = read[:, :, 3:].astype(np.uint16)
        read = ((read[:, :, :3] * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
    return np.ascontiguousarray(read)


def _cut(find: Find, wide: int, high: int) -> Find | None:
    x0, y0 = max(find.x, 0), max(find.y, 0)
    x1, y1 = min(find.x + find.w, wide), min(find.y + find.h, high)
    return Find(find.kind, x0, y0, x1 - x0, y1 - y0) if x0 < x1 and y0 < y1 else None
