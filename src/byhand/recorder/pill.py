"""Draws the recorder's sign: a dark pill with a coloured dot, a few words, and the symbol of what a click does.

Pure: a state and a text become pixels. Dark with a light rim, so that it stands out on light and dark screens alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec
import zstandard

_FACE, _RIM, _WORDS, _QUIET = 0x1B1F27, 0x6B7485, 0xF4F6FA, 0x9AA3B2
DOTS = {"recording": 0xFF453A, "paused": 0xFFB020}
NO_DOT = 0x8A93A3
"""Any other state."""

# At scale 1, in pixels.
HIGH = 32
_PAD, _DOT, _GAP, _SIGN = 14, 5, 9, 10
_LETTERS = 13


class Glyph(NamedTuple):
    advance: int
    left: int
    top: int
    w: int
    h: int
    coverage: bytes


class Letters(msgspec.Struct, frozen=True):
    """One size of the font. `line`: pixels above and below the base line."""

    line: tuple[int, int]
    glyphs: dict[str, Glyph]

    def of(self, text: str) -> list[Glyph]:
        unknown = self.glyphs["?"]
        return [self.glyphs.get(letter, unknown) for letter in text]


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of BGRX pixels. `spans`: for each row where its visible part begins and ends."""

    w: int
    h: int
    pixels: bytes
    spans: tuple[tuple[int, int], ...]


def pill(state: str, text: str, scale: int) -> Picture:
    """The sign. `scale` is 1 or 2: device pixels per logical pixel."""
    letters = _letters(_LETTERS * scale)
    glyphs = letters.of(text)
    words = sum(glyph.advance for glyph in glyphs)
    sign = (_GAP * 2 + _SIGN) * scale if state in DOTS else 0
    w = (_PAD * 2 + _DOT * 2 + _GAP) * scale + words + sign
    h = HIGH * scale
    canvas = _Canvas(w, h)
    spans = canvas.round_box(h / 2, scale)
    x = _PAD * scale
    canvas.disc(x + _DOT * scale, h / 2, _DOT * scale, DOTS.get(state, NO_DOT))
    x += (_DOT * 2 + _GAP) * scale
    up = letters.glyphs["R"].h
    for glyph in glyphs:
        canvas.letter(x, (h + up) // 2, glyph, _WORDS)
        x += glyph.advance
    if sign:
        x += _GAP * scale
        canvas.fill(x, 9 * scale, scale, h - 18 * scale, 0x3A414E)
        x += _GAP * scale
        if state == "paused":
            canvas.triangle(x, h // 2, _SIGN * scale // 2, _QUIET)
        else:
            for i in (0, 5):
                canvas.fill(x + i * scale + scale, h // 2 - 5 * scale, 3 * scale, 10 * scale, _QUIET)
    return Picture(w, h, bytes(canvas.pixels), spans)


def dot(state: str, w: int, h: int) -> Picture:
    """The same as an icon for a tray: a disc with a dark rim in the middle; paused, with two bars in it."""
    size = min(w, h)
    canvas = _Canvas(w, h)
    spans = canvas.round_box(size / 2, 0)
    left = (w - size) // 2
    canvas.disc(left + size / 2, h / 2, max(size / 2 - 2, 2.0), DOTS.get(state, NO_DOT))
    if state == "paused":
        bar, high = max(size // 10, 1), size // 3
        for x in (size // 2 - 2 * bar, size - (size // 2 - 2 * bar) - bar):
            canvas.fill(left + x, (h - high) // 2, bar, high, _FACE)
    return Picture(
        w, h, bytes(canvas.pixels), tuple((a + left, a + left + size - 2 * a) if b > a else (0, 0) for a, b in spans)
    )


@cache
def _letters(size: int) -> Letters:
    packed = files("byhand.recorder").joinpath("glyphs.bin").read_bytes()
    atlas = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(packed), type=dict[int, Letters])
    return atlas[size]


class _Canvas:
    def __init__(self, w: int, h: int) -> None:
        self.w, self.h = w, h
        self.pixels = bytearray(_FACE.to_bytes(4, "little") * (w * h))

    def blend(self, x: int, y: int, colour: int, share: float) -> None:
        """Lay `share` (0 to 1) of a colour over a pixel."""
        if share <= 0 or not (0 <= x < self.w and 0 <= y < self.h):
            return
        at, pixels = (y * self.w + x) * 4, self.pixels
        share = min(share, 1.0)
        for i in range(3):
            old = pixels[at + i]
            pixels[at + i] = round(old + ((colour >> 8 * i & 255) - old) * share)

    def fill(self, x: int, y: int, w: int, h: int, colour: int) -> None:
        line = colour.to_bytes(4, "little") * w
        for row in range(y, y + h):
            at = (row * self.w + x) * 4
            self.pixels[at : at + len(line)] = line

    def disc(self, x: float, y: float, radius: float, colour: int) -> None:
        for row in range(math.floor(y - radius) - 1, math.ceil(y + radius) + 1):
            for column in range(math.floor(x - radius) - 1, math.ceil(x + radius) + 1):
                away = math.hypot(column + 0.5 - x, row + 0.5 - y)
                self.blend(column, row, colour, radius + 0.5 - away)

    def triangle(self, x: int, middle: int, size: int, colour: int) -> None:
        """Pointing right, `size` high to either side of the middle."""
        for row in range(-size, size):
            reach = (size - abs(row + 0.5)) * 1.7
            for column in range(math.ceil(reach) + 1):
                self.blend(x + column, middle + row, colour, reach - column)

    def letter(self, x: int, base: int, glyph: Glyph, colour: int) -> None:
        for row in range(glyph.h):
            for column in range(glyph.w):
                share = glyph.coverage[row * glyph.w + column]
                if share:
                    self.blend(x + glyph.left + column, base + glyph.top + row, colour, share / 255)

    def round_box(self, radius: float, rim: int) -> tuple[tuple[int, int], ...]:
        """Round the ends, with a rim; returns what of each row lies inside."""
        spans: list[tuple[int, int]] = []
        for row in range(self.h):
            up = abs(row + 0.5 - self.h / 2)
            out = radius - math.sqrt(max(radius * radius - up * up, 0.0))
            first = min(math.floor(out + 0.35), self.w // 2 - 1)
            spans.append((first, self.w - first) if up < radius else (0, 0))
            if not rim:
                continue
            straight = up > self.h / 2 - rim
            for column in range((self.w + 1) // 2):
                away = math.hypot(max(radius - column - 0.5, 0.0), up)
                share = 1.0 if straight and column >= radius else away - (radius - rim) + 0.5
                if share <= 0 and column > radius:
                    break
                self.blend(column, row, _RIM, share)
                self.blend(self.w - 1 - column, row, _RIM, share)
        return tuple(spans)
