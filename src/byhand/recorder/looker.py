"""The process that looks through pictures of windows without boxes: `python -m byhand.recorder.looker MEMORY`.

MEMORY is the number of a descriptor of shared memory without a name. A JSON line on stdin says what lies there
(`Asked`), one on stdout says where in it something was found (`Found`); never what. It has no network, writes no file,
has the lowest priority and one thread, and ends when nobody listens or nobody asked for some minutes.
"""

from __future__ import annotations

import os
import select
import sys
from typing import TYPE_CHECKING

import msgspec

from byhand.privacy.frames import vision
from byhand.recorder.sandbox import harden

if TYPE_CHECKING:
    from byhand.privacy.frames.vision.look import Look

IDLE_S = 300.0
MOST = 4_000
GRID = 64
"""A line of text is painted up to the next such pixel, so that not every letter typed makes its bar longer."""


class Asked(msgspec.Struct, frozen=True):
    """A picture: `height` rows of `width` pixels, BGRX.

    rows: of a screen at its scale, so that the size of letters is known, or 0 where that is 1.
    """

    number: int
    width: int
    height: int
    rows: int = 0


class Found(msgspec.Struct, frozen=True):
    """Kind, x, y, w, h of each find, in pixels of the picture; None if it could not be looked through."""

    number: int
    finds: list[tuple[str, int, int, int, int]] | None


def main() -> int:
    memory = int(sys.argv[1])
    harden()
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  does not exist on Windows

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        os.nice(19)
    look, decode = vision.load(), msgspec.json.Decoder(Asked).decode
    waiting = b""
    while select.select([0], [], [], IDLE_S)[0]:
        part = os.read(0, 4096)
        if not part:
            break
        *lines, waiting = (waiting + part).split(b"\n")
        for asked in map(decode, lines):
            answer = msgspec.json.encode(Found(asked.number, _found(look, memory, asked))) + b"\n"
            while answer:
                answer = answer[os.write(1, answer) :]
    return 0


def _found(look: Look, memory: int, asked: Asked) -> list[tuple[str, int, int, int, int]] | None:
    import numpy as np  # noqa: PLC0415  only where it is needed: the recorder imports this file too

    from byhand.privacy.frames.vision.look import bgr  # noqa: PLC0415  the same

    wide, high = asked.width, asked.height
    try:
        pixels = os.pread(memory, wide * high * 4, 0)
        if len(pixels) != wide * high * 4:
            return None  # given up meanwhile
        picture = bgr(memoryview(pixels), wide, high, wide * 4)
        if asked.rows > high:  # the sizes of letters go by the height of a screen
            below = np.full((asked.rows - high, wide, 3), 128, np.uint8)
            below[0] = picture[-1] + np.uint8(128)  # no stroke goes on across it
            picture = np.concatenate([picture, below])
        found = [(one.kind, *_snapped(one.kind, one.x, one.w, wide), one.y, one.h) for one in look.through(picture)]
    except Exception:  # whatever it is: of this picture nothing may show, and what it says may quote it
        return None
    finds = [(kind, x, y, w, min(h, high - y)) for kind, x, w, y, h in found if y < high]
    return finds if len(finds) <= MOST else None


def _snapped(kind: str, x: int, w: int, wide: int) -> tuple[int, int]:
    """Where a find begins, and how wide it is; a line of text by the grid."""
    if kind != "text":
        return x, w
    left, right = x // GRID * GRID, min(-(-(x + w) // GRID) * GRID, wide)
    return left, right - left


if __name__ == "__main__":
    sys.exit(main())
