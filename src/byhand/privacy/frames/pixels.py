"""Frames as they may be kept: the tiles of the painted desktop (`paint`) that changed, and how they are written.

A patch is zstd of a msgpack map:

    {"v": 1, "w": desktop width, "h": desktop height, "tiles": [[column, row, what], ...]}

on a grid of 64 pixels. `what` is a whole number 0xRRGGBB for a tile of one colour, else its rows of BGR bytes (3 a
pixel, no padding). Tiles at the right and bottom edge are cut to the desktop. The first patch of a canvas holds every
tile of the desktop; a later one only the tiles whose painted content changed. Why painted content: a damaged tile whose
paint stayed the same tells that something happened under it (a key in a password field), so it must not be there.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

import msgspec
import zstandard

from byhand.errors import VaultDamaged
from byhand.events.raw import RawFrame
from byhand.privacy.frames.paint import DESKTOP, SHOW, Cleared, Op, paint

TILE = 64
VERSION = 1
# The largest desktop a server can have is 32767 pixels a side; a patch that unpacks to more than this is a bomb.
_MOST = 1 << 30

_Key = tuple[int, int]  # column, row


class Kept(NamedTuple):
    """A frame as it may be kept: how many tiles changed, and the patch that holds them."""

    tiles: int
    patch: bytes


class Canvas:
    """The painted desktop as kept so far. Holds no pixels: per tile its paint, and a digest of what was kept.

    Args:
        width, height: the desktop in device pixels; a desktop that changed its size needs a new canvas.
        scale: device pixels per logical pixel.
    """

    def __init__(self, width: int, height: int, scale: float = 1.0) -> None:
        self.width = width
        self.height = height
        self._scale = scale
        self._ops: list[Op] = []
        self._plan: dict[_Key, list[Op]] = {}
        self._showing: frozenset[_Key] = frozenset()
        self._kept: dict[_Key, int | bytes] = {}
        self._whole = True
        self._stale = True
        self._zstd = zstandard.ZstdCompressor(level=1)

    def missed(self) -> None:
        """Frames went by unseen: what they damaged is unknown, so next time all true pixels are looked at again."""
        self._stale = True

    def restart(self) -> None:
        """Make the next patch hold every tile again, so that it can be seen without those before."""
        self._whole = True

    def keep(self, frame: RawFrame, cleared: Cleared) -> Kept | None:
        """The tiles whose painted content changed, or None. Does not hold on to the pixels; the caller releases them.

        Args:
            frame: what the screen showed. Each frame must come here or be followed by `missed()`.
            cleared: says of a box that it is a control and that its name holds nothing private.
        """
        ops = paint(frame, cleared, (self.width, self.height), self._scale)
        redo: set[_Key] = set()
        if ops != self._ops:
            plan, old = self._spread(ops), self._plan
            redo = {key for key in plan.keys() | old.keys() if plan.get(key) != old.get(key)}
            self._ops, self._plan = ops, plan
            self._showing = frozenset(key for key, local in plan.items() if any(op[4] == SHOW for op in local))
        redo |= self._showing if self._stale else self._showing & frame.dirty
        if self._whole:
            self._kept.clear()
            columns, rows = -(-self.width // TILE), -(-self.height // TILE)
            redo = {(column, row) for column in range(columns) for row in range(rows)}
        self._stale = self._whole = False
        tiles: list[tuple[int, int, int | bytes]] = []
        for key in sorted(redo, key=lambda at: (at[1], at[0])):
            what = self._compose(key, frame)
            digest = what if isinstance(what, int) else blake2b(what, digest_size=12).digest()
            if self._kept.get(key) != digest:
                self._kept[key] = digest
                tiles.append((*key, what))
        if not tiles:
            return None
        packed = msgspec.msgpack.encode(_Patch(VERSION, self.width, self.height, tiles))
        return Kept(len(tiles), self._zstd.compress(packed))

    def _spread(self, ops: list[Op]) -> dict[_Key, list[Op]]:
        """The same rectangles per tile, in the tile's own coordinates. A tile without any is plain desktop."""
        plan: dict[_Key, list[Op]] = {}
        for x0, y0, x1, y1, colour in ops:
            for row in range(y0 // TILE, -(-y1 // TILE)):
                top = row * TILE
                high = min(TILE, self.height - top)
                a, b = max(y0 - top, 0), min(y1 - top, high)
                for column in range(x0 // TILE, -(-x1 // TILE)):
                    left = column * TILE
                    wide = min(TILE, self.width - left)
                    c, d = max(x0 - left, 0), min(x1 - left, wide)
                    if d - c == wide and b - a == high:
                        plan[column, row] = [(0, 0, wide, high, colour)]  # whatever lay under it is gone
                    else:
                        plan.setdefault((column, row), [(0, 0, wide, high, DESKTOP)]).append((c, a, d, b, colour))
        return plan

    def _compose(self, key: _Key, frame: RawFrame) -> int | bytes:
        ops = self._plan.get(key)
        if ops is None:
            return DESKTOP
        if len(ops) == 1 and ops[0][4] != SHOW:
            return ops[0][4]
        left, top = key[0] * TILE, key[1] * TILE
        wide, high = min(TILE, self.width - left), min(TILE, self.height - top)
        line = wide * 4
        rows = bytearray(line * high)
        pixels, stride = frame.pixels, frame.stride
        for x0, y0, x1, y1, colour in ops:
            size = (x1 - x0) * 4
            at = y0 * line + x0 * 4
            if colour == SHOW:
                source = (top + y0 - frame.y) * stride + (left + x0 - frame.x) * 4
                for _ in range(y1 - y0):
                    rows[at : at + size] = pixels[source : source + size]
                    at += line
                    source += stride
            elif size == line:
                rows[at : y1 * line] = colour.to_bytes(4, "little") * (wide * (y1 - y0))
            else:
                fill = colour.to_bytes(4, "little") * (x1 - x0)
                for _ in range(y1 - y0):
                    rows[at : at + size] = fill
                    at += line
        del rows[3::4]
        if rows == rows[:3] * (wide * high):
            return int.from_bytes(rows[:3], "little")  # a plain ground that shows
        return bytes(rows)


class Tile(NamedTuple):
    """A tile read back: its place on the desktop, and either one colour 0xRRGGBB or its BGR rows."""

    x: int
    y: int
    w: int
    h: int
    what: int | bytes

    def rgb(self) -> bytes:
        """Rows of RGB bytes, 3 a pixel."""
        if isinstance(self.what, int):
            return self.what.to_bytes(3, "big") * (self.w * self.h)
        turned = bytearray(self.what)
        turned[0::3], turned[2::3] = self.what[2::3], self.what[0::3]
        return bytes(turned)


def unpatch(patch: bytes) -> list[Tile]:
    """The tiles of a patch, to be laid over those before.

    Raises:
        VaultDamaged: it is no patch, or one that does not fit its own size.
    """
    try:
        packed = zstandard.ZstdDecompressor().decompress(patch, max_output_size=_MOST)
        read = msgspec.msgpack.decode(packed, type=_Patch)
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise VaultDamaged("a frame's patch can't be read") from error
    tiles: list[Tile] = []
    for column, row, what in read.tiles:
        x, y = column * TILE, row * TILE
        w, h = min(TILE, read.w - x), min(TILE, read.h - y)
        fits = 0 <= what <= 0xFFFFFF if isinstance(what, int) else len(what) == w * h * 3
        if read.v != VERSION or column < 0 or row < 0 or w <= 0 or h <= 0 or not fits:
            raise VaultDamaged("a frame's patch does not fit its own size")
        tiles.append(Tile(x, y, w, h, what))
    return tiles


class _Patch(msgspec.Struct):
    v: int
    w: int
    h: int
    tiles: list[tuple[int, int, int | bytes]]
