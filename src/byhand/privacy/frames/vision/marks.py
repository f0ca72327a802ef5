"""Faces, QR codes and bar codes.

Most of what these find is found as not plain anyway; they are asked so that a code or a face is painted as a whole, and
that a large one is found too. Faces by the cascades that come inside OpenCV's wheel.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from byhand.privacy.frames.vision.plain import Find, Pixels

_cv: Any = cv2  # its types say "any number" of every result

CASCADES = (
    "haarcascade_frontalface_default.xml", "haarcascade_frontalface_alt2.xml", "haarcascade_profileface.xml",
)  # fmt: skip
SIDE = 1280
SMALLEST = 24


def faces(pixels: Pixels) -> list[Find]:
    """Boxes around whatever may be a face, with a margin of a quarter for hair and chin.

    Raises:
        RuntimeError: a cascade is missing.
    """
    grey, scale = _small(pixels)
    found: list[Find] = []
    for turned in (False, True):
        picture = _cv.flip(grey, 1) if turned else grey  # the profile cascade knows one side only
        for name in CASCADES if not turned else CASCADES[2:]:
            for x, y, w, h in cascade(name).detectMultiScale(picture, 1.1, 3, minSize=(SMALLEST, SMALLEST)):
                left = picture.shape[1] - x - w if turned else x
                found.append(_grown("face", left, y, w, h, 0.25, scale))
    return found


def codes(pixels: Pixels) -> list[Find]:
    """Boxes around QR codes and bar codes."""
    grey, scale = _small(pixels)
    found: list[Find] = []
    for shrink in (1, 2, 4):  # each finder misses codes of some size
        small = _cv.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=_cv.INTER_AREA)
        for find in (
            _cv.QRCodeDetector().detect, _cv.QRCodeDetector().detectMulti, _cv.QRCodeDetectorAruco().detectMulti,
            _cv.barcode.BarcodeDetector().detectMulti,
        ):  # fmt: skip
            there, corners = find(small)
            if there and corners is not None:
                for corner in np.asarray(corners, np.float32).reshape(-1, 4, 2):
                    x, y, w, h = _cv.boundingRect(corner)
                    found.append(_grown("code", x, y, w, h, 0.1, scale * shrink))
    return found


@cache
def cascade(name: str) -> Any:
    """A cascade of OpenCV's wheel, loaded once."""
    loaded = _cv.CascadeClassifier(str(Path(_cv.__file__).parent / "data" / name))
    if loaded.empty():
        raise RuntimeError("a face cascade is missing")
    return loaded


def _small(pixels: Pixels) -> tuple[Any, float]:
    shrink = min(1.0, SIDE / max(pixels.shape[:2]))
    small = pixels if shrink == 1 else _cv.resize(pixels, None, fx=shrink, fy=shrink, interpolation=_cv.INTER_AREA)
    return _cv.cvtColor(small, _cv.COLOR_BGR2GRAY), 1 / shrink


def _grown(kind: str, x: int, y: int, w: int, h: int, share: float, scale: float) -> Find:
    dx, dy = w * share, h * share
    left, top = int((x - dx) * scale), int((y - dy) * scale)
    return Find(kind, left, top, int((w + 2 * dx) * scale) + 1, int((h + 2 * dy) * scale) + 1)
