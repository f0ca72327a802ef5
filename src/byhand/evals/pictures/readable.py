"""Can a region of a picture still be read after it was painted?

Two independent answers. By ink: of the pixels of a region that stand out from its ground, less than 98 in 100 were
painted. By reading: a text recogniser, which the guard never uses, finds four letters or digits in a row of what stood
there, anywhere in the painted picture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr_onnxruntime import RapidOCR  # pyright: ignore[reportMissingTypeStubs]  # carries no types

Picture = NDArray[np.uint8]
"""Rows of BGR."""
PAINTED = 0.98
PIECE = 4
_INK, _EDGE, _PATCH = 40, 8, 6
_RUN = 64
_cv: Any = cv2
_RapidOCR: Any = RapidOCR


class Region(NamedTuple):
    """Where something private stands, in pixels, and what."""

    x: int
    y: int
    w: int
    h: int
    text: str


def painted(before: Picture, after: Picture, region: Region) -> float:
    """The share of a region's ink that is gone; 1 where there is none.

    Ink is left where a pixel and most of those around it are what they were, and where something stands out in the
    painted picture too: paint may be of a letter's very colour.
    """
    x, y, w, h, _ = region
    old = before[max(0, y) : y + h, max(0, x) : x + w].astype(np.int16)
    new = after[max(0, y) : y + h, max(0, x) : x + w].astype(np.int16)
    if not old.size:
        return 1.0
    colours, counts = np.unique(old.reshape(-1, 3), axis=0, return_counts=True)
    ink = np.abs(old - colours[counts.argmax()]).max(axis=2) > _INK
    same = (new == old).all(axis=2).astype(np.uint8)
    left = ink & (same > 0) & (_cv.boxFilter(same, _cv.CV_32F, (3, 3), normalize=False) >= _PATCH)
    left &= _cv.morphologyEx(new, _cv.MORPH_GRADIENT, np.ones((7, 7), np.uint8)).max(axis=2) > _INK // 2
    return 1.0 - float(left.sum()) / float(ink.sum()) if ink.any() else 1.0


class Reader:
    """A recogniser of text with all of its parts, loaded once."""

    def __init__(self) -> None:
        self._read = _RapidOCR()

    def words(self, picture: Picture) -> list[str]:
        """Every line it reads, letters and digits alone, without case."""
        lines, _ = self._read(picture)
        return [bare(str(line[1])) for line in lines or ()]


def reads(words: Iterable[str], text: str) -> bool:
    """Is a piece of a text among what was read?"""
    whole = bare(text)
    pieces = {whole[at : at + PIECE] for at in range(max(1, len(whole) - PIECE + 1))}
    return any(piece and piece in line for line in words for piece in pieces)


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text).casefold())


def changed(before: Picture, after: Picture) -> float:
    """The share of pixels that are others now."""
    return float((before != after).any(axis=2).mean())


def edges_kept(before: Picture, after: Picture) -> tuple[int, int]:
    """Of the pixels of long straight edges, of panels, bars and large buttons: how many are still edges, and how many
    there were.
    """
    kept = there = 0
    for turned in (False, True):
        old, new = (_edges(one.transpose(1, 0, 2) if turned else one) for one in (before, after))
        there += int(old.sum())
        kept += int((old & new).sum())
    return kept, there


def _edges(picture: NDArray[Any]) -> NDArray[np.uint8]:
    rows = picture.astype(np.int16)
    steps = (np.abs(rows[1:] - rows[:-1]).max(axis=2) > _EDGE).astype(np.uint8)
    long = _cv.getStructuringElement(_cv.MORPH_RECT, (_RUN + 1, 1))
    return _cv.morphologyEx(steps, _cv.MORPH_OPEN, long, borderType=_cv.BORDER_CONSTANT, borderValue=(0,))
