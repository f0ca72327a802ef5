"""Is a file a whole PNG of a size we can take? Asked before any of it is unpacked.

By the chunks alone (PNG specification, third edition, section 5): decoders fill in what a truncated file lacks, and a
few bytes can promise a picture of many gigabytes.
"""

from __future__ import annotations

import zlib
from struct import unpack_from

from byhand.errors import ByhandError

MOST_PIXELS = 64_000_000
"""More than an 8K screen."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FATE = "nothing was written"


def sized(png: bytes) -> tuple[int, int]:
    """Width and height.

    Raises:
        ByhandError: it is no PNG, or damaged, or too large.
    """
    if not png.startswith(_SIGNATURE):
        raise ByhandError(
            "that is no PNG", hints=("screenshots of other kinds have to be turned into one",), fate=_FATE
        )
    size, at, has_data = (0, 0), len(_SIGNATURE), False
    while True:
        if at + 12 > len(png):
            raise ByhandError("the PNG ends before its end: it is cut off", fate=_FATE)
        length, kind = unpack_from(">I4s", png, at)
        if at + 12 + length > len(png):
            raise ByhandError("the PNG ends before its end: it is cut off", fate=_FATE)
        (check,) = unpack_from(">I", png, at + 8 + length)
        if zlib.crc32(png[at + 4 : at + 8 + length]) != check:
            raise ByhandError("the PNG is damaged", fate=_FATE)
        if kind == b"IHDR" and length == 13 and size == (0, 0):
            size = unpack_from(">II", png, at + 8)
            if min(size) < 1 or size[0] * size[1] > MOST_PIXELS:
                limit = f"at most {MOST_PIXELS // 1_000_000} megapixels"
                raise ByhandError("the picture is too large, or has no size", hints=(limit,), fate=_FATE)
        has_data = has_data or kind == b"IDAT"
        if kind == b"IEND":
            break
        at += 12 + length
    if size == (0, 0) or not has_data:
        raise ByhandError("the PNG is damaged", fate=_FATE)
    return size
