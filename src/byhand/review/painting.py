"""Painting over frames, and covering what changed while frames were cut. Pure.

A frame holds only the tiles that changed since the one before, so what shows at a time may lie in the patch of a much
earlier frame, and stays on the screen after the painted time is over. Rules of this module:

    in the painted time       the rectangle is flat
    before it and after it    a part of a tile that showed under the rectangle in that time is flat there, too: what was
                              painted is in no patch; the true tile comes back when something else stands there
    after cut frames          a tile that changed in them is flat until a frame that stays draws it anew
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec
import zstandard

from byhand.events.kinds import AnyEvent, Frame
from byhand.privacy.frames.pixels import TILE, Tile, unpatch

COLOUR = 0xC9CED6
"""What is painted is flat and of this colour."""
BY = "review.painted"
_LEVEL = 1
_VERSION = 1

_Key = tuple[int, int, int, int]  # w, h of the desktop, x, y of the tile: a desktop of another size is another canvas


class Span(NamedTuple):
    """A rectangle to paint, x0 to x1 and y0 to y1 (ends outside), while `start_ns` to `end_ns` (ends inside)."""

    x0: int
    y0: int
    x1: int
    y1: int
    start_ns: int
    end_ns: int

    def during(self, start_ns: int, end_ns: int) -> bool:
        """Whether something that showed from one time to the other showed in the painted time."""
        return start_ns <= self.end_ns and end_ns >= self.start_ns

    def touches(self, x: int, y: int, w: int, h: int) -> bool:
        return x < self.x1 and y < self.y1 and x + w > self.x0 and y + h > self.y0

    def holds(self, x: int, y: int, w: int, h: int) -> bool:
        return self.x0 <= x and self.y0 <= y and x + w <= self.x1 and y + h <= self.y1


FOREVER = 1 << 62


def paint(events: Sequence[AnyEvent], taken: Sequence[bool], spans: Sequence[Span]) -> list[AnyEvent | None]:
    """The events with frames painted; None for a frame that would show nothing new any more.

    Args:
        events: of a recording, in order.
        taken: which of them are cut; those come back as they are.
        spans: what to paint.

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    made: list[AnyEvent | None] = list(events)
    if not spans and not any(goes for event, goes in zip(events, taken, strict=True) if isinstance(event, Frame)):
        return made
    canvas = _Canvas(spans, _seen(events, spans))
    for place, event in enumerate(events):
        if isinstance(event, Frame):
            made[place] = canvas.next(event, cut=taken[place])
    return made


class _Canvas:
    """The desktop as it was, and as whoever gets the artefact has it so far."""

    def __init__(self, spans: Sequence[Span], seen: set[tuple[int, _Key, bytes]]) -> None:
        self._spans = spans
        self._seen = seen
        self._size = (0, 0)
        self._true: dict[_Key, Tile] = {}
        self._shown: dict[_Key, int | bytes] = {}
        self._unknown: set[_Key] = set()
        self._zstd = zstandard.ZstdCompressor(level=_LEVEL)

    def next(self, frame: Frame, *, cut: bool) -> Frame | None:
        if self._size != (frame.w, frame.h):
            self._size = (frame.w, frame.h)
            self._true.clear()
            self._shown.clear()
            self._unknown.clear()
        fresh = {_key(frame, tile): tile for tile in unpatch(frame.patch)}
        self._true |= fresh
        if cut:
            self._unknown |= fresh.keys()
            return frame
        self._unknown -= fresh.keys()
        painted = {key for key, tile in self._true.items() if any(span.touches(*tile[:4]) for span in self._spans)}
        tiles: list[Tile] = []
        for key in sorted(fresh.keys() | painted | self._unknown, key=lambda one: (one[3], one[2])):
            tile = self._true[key]
            what = COLOUR if key in self._unknown else self._painted(key, tile, frame.mono_ns)
            if key in fresh and what == tile.what:
                pass  # as it came, also where it shows what stood there: a frame that is seen whole stays whole
            elif self._shown.get(key) == what:
                continue
            self._shown[key] = what
            tiles.append(tile._replace(what=what))
        if tiles == sorted(fresh.values(), key=lambda one: (one.y, one.x)):
            return frame
        if not tiles:
            return None
        return msgspec.structs.replace(frame, by=BY, tiles=len(tiles), patch=self._patch(tiles))

    def _painted(self, key: _Key, tile: Tile, now_ns: int) -> int | bytes:
        what = tile.what
        for number, span in enumerate(self._spans):
            if not span.touches(*tile[:4]):
                continue
            if span.during(now_ns, now_ns) or (number, key, _digest(tile, span)) in self._seen:
                what = _filled(tile._replace(what=what), span)
        return what

    def _patch(self, tiles: Sequence[Tile]) -> bytes:
        w, h = self._size
        body = {"v": _VERSION, "w": w, "h": h, "tiles": [(one.x // TILE, one.y // TILE, one.what) for one in tiles]}
        return self._zstd.compress(msgspec.msgpack.encode(body))


def _seen(events: Sequence[AnyEvent], spans: Sequence[Span]) -> set[tuple[int, _Key, bytes]]:
    """What showed under each rectangle in its time: number of the span, tile, digest of the part that lies under it."""
    found: set[tuple[int, _Key, bytes]] = set()
    for key, tile, start_ns, end_ns in _showings(events):
        for number, span in enumerate(spans):
            if span.during(start_ns, end_ns) and span.touches(*tile[:4]):
                found.add((number, key, _digest(tile, span)))
    return found


def _showings(events: Sequence[AnyEvent]) -> Iterator[tuple[_Key, Tile, int, int]]:
    """Each content of each tile, and from when to when it showed."""
    size = (0, 0)
    now: dict[_Key, tuple[Tile, int]] = {}
    for frame in events:
        if not isinstance(frame, Frame):
            continue
        if size != (frame.w, frame.h):
            size = (frame.w, frame.h)
            for key, (tile, since) in now.items():
                yield key, tile, since, frame.mono_ns
            now.clear()
        for tile in unpatch(frame.patch):
            key = _key(frame, tile)
            if key in now:
                yield key, *now[key], frame.mono_ns
            now[key] = (tile, frame.mono_ns)
    for key, (tile, since) in now.items():
        yield key, tile, since, FOREVER


def _key(frame: Frame, tile: Tile) -> _Key:
    return frame.w, frame.h, tile.x, tile.y


def _part(tile: Tile, span: Span) -> tuple[int, int, int, int]:
    """Where the rectangle lies in the tile: x0, y0, x1, y1 from the tile's corner."""
    return (
        max(span.x0 - tile.x, 0), max(span.y0 - tile.y, 0),
        min(span.x1 - tile.x, tile.w), min(span.y1 - tile.y, tile.h),
    )  # fmt: skip


def _digest(tile: Tile, span: Span) -> bytes:
    x0, y0, x1, y1 = _part(tile, span)
    if isinstance(tile.what, int):
        # One colour, whether it is written as a number or as pixels.
        part = tile.what.to_bytes(3, "little") * ((x1 - x0) * (y1 - y0))
    else:
        line = tile.w * 3
        part = b"".join(tile.what[row * line + x0 * 3 : row * line + x1 * 3] for row in range(y0, y1))
    return blake2b(part, digest_size=16).digest()


def _filled(tile: Tile, span: Span) -> int | bytes:
    x0, y0, x1, y1 = _part(tile, span)
    if (x0, y0, x1, y1) == (0, 0, tile.w, tile.h) or tile.what == COLOUR:
        return COLOUR
    line = tile.w * 3
    rows = bytearray(tile.what if isinstance(tile.what, bytes) else tile.what.to_bytes(3, "little") * (tile.w * tile.h))
    fill = COLOUR.to_bytes(3, "little") * (x1 - x0)
    for row in range(y0, y1):
        rows[row * line + x0 * 3 : row * line + x1 * 3] = fill
    return bytes(rows)
