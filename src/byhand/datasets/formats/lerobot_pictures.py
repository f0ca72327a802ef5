"""Pictures as LeRobot's rows want them: all of one size and in three colours, and what shades they have."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from byhand.datasets.formats.port import Picture
from byhand.datasets.heavy import heavy

MOST = 1280
"""Wider or higher than this is made smaller: a picture stands in every row, and readers unpack all of them."""
_SAMPLED = 150
"""About as many pixels of a side are looked at for the shades: as lerobot's `auto_downsample_height_width` does."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """data: of the picture's file. shades: how often each of 256 is in each of 3 channels, of the pixels looked at."""

    data: bytes = field(repr=False)
    shades: Any = field(repr=False)


def size_of(picture: Picture) -> tuple[int, int]:
    """Width and height that all pictures of an export get, from the first of them."""
    part = min(1.0, MOST / max(picture.w, picture.h, 1))
    return max(round(picture.w * part), 1), max(round(picture.h * part), 1)


def fit(picture: Picture, size: tuple[int, int]) -> Fitted | None:
    """The file as it is where it fits, else as a PNG; None if it can't be opened."""
    np, image = heavy("numpy"), heavy("PIL.Image")
    try:
        with image.open(BytesIO(picture.data)) as opened:
            fits = opened.mode == "RGB" and opened.size == size
            pixels = opened.convert("RGB")
    except Exception:  # whatever a decoder of somebody else's files may raise
        return None
    data = picture.data
    if not fits:
        pixels = pixels if pixels.size == size else pixels.resize(size)
        data = _png(pixels)
    few = np.asarray(pixels)[:: max(size[1] // _SAMPLED, 1), :: max(size[0] // _SAMPLED, 1)]
    shades = np.stack([np.bincount(few[..., channel].ravel(), minlength=256) for channel in range(3)])
    return Fitted(data, shades)


def blank(size: tuple[int, int]) -> bytes:
    """A black picture, for rows at which none was kept."""
    return _png(heavy("PIL.Image").new("RGB", size))


def _png(pixels: Any) -> bytes:
    out = BytesIO()
    pixels.save(out, "PNG")
    return out.getvalue()
