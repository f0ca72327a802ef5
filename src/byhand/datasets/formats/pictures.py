"""Picture files: how large one is, read from its first bytes and never decoded; and where an export puts them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from byhand.datasets.formats.port import Picture, PictureMedia
from byhand.datasets.formats.reading import PICTURE, document
from byhand.errors import Problem

ENDINGS: dict[PictureMedia, str] = {"image/png": ".png", "image/webp": ".webp", "image/jpeg": ".jpg"}
_MOST = 1 << 15
"""Wider or higher than this is no screen. Nothing here decodes pixels, but whoever trains on it will."""


def picture(path: Path) -> Picture | Problem:
    data = document(path, PICTURE)
    return data if isinstance(data, Problem) else from_bytes(data, path.name)


def from_bytes(data: bytes, name: str) -> Picture | Problem:
    known = _png(data) or _webp(data) or _jpeg(data)
    if known is None:
        return Problem(name, "no PNG, WebP or JPEG")
    media, w, h = known
    if not (0 < w <= _MOST and 0 < h <= _MOST):
        return Problem(name, f"a picture of {w} x {h} is no screen")
    return Picture(media, data, w, h)


def put(picture: Picture, folder: Path) -> str:
    """Write it under the hash of its content, if it isn't there, and return the name."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(picture.data).hexdigest()[:32] + ENDINGS[picture.media]
    path = folder / name
    if not path.exists():
        path.write_bytes(picture.data)
    return name


def _png(data: bytes) -> tuple[PictureMedia, int, int] | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return "image/png", int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _webp(data: bytes) -> tuple[PictureMedia, int, int] | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return "image/webp", int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":  # 14 bits each, less one
        bits = int.from_bytes(data[21:25], "little")
        return "image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return (
            "image/webp",
            int.from_bytes(data[26:28], "little") & 0x3FFF,
            int.from_bytes(data[28:30], "little") & 0x3FFF,
        )
    return None


def _jpeg(data: bytes) -> tuple[PictureMedia, int, int] | None:
    """From the first frame header, SOFn (ITU T.81, B.2.2): each marker is followed by its length."""
    if data[:3] != b"\xff\xd8\xff":
        return None
    place = 2
    while place + 9 <= len(data):
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place] != 0xFF or length < 2:
            return None
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            h = int.from_bytes(data[place + 5 : place + 7], "big")
            return "image/jpeg", int.from_bytes(data[place + 7 : place + 9], "big"), h
        place += 2 + length
    return None
