"""A PNG writer: 8-bit RGB, no interlace, no filter (PNG specification, third edition, sections 5 and 11).

Masked screens are boxes and flat colours and need no more, and it keeps an imaging library out of the core install.
"""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def encode(rgb: bytes | bytearray, w: int, h: int) -> bytes:
    """A PNG file from h rows of w pixels, 3 bytes each, without padding.

    Raises:
        ValueError: the number of bytes does not fit the size.
    """
    if w <= 0 or h <= 0 or len(rgb) != w * h * 3:
        raise ValueError("the pixels do not fit the size")
    line = w * 3
    # Each row begins with its filter type: 0, none.
    rows = b"\0" + b"\0".join(rgb[at : at + line] for at in range(0, len(rgb), line))
    head = struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")
