"""Frames as the page draws them: flat rectangles and PNG pictures, laid over those of the frames before.

A patch comes as tiles of 64 pixels. Neighbouring tiles are joined, so that a frame needs few rectangles and few
pictures; a picture that was there before is written once and named by its number.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import blake2b
from itertools import groupby

from byhand.privacy.frames.pixels import Tile, unpatch
from byhand.ui.png import encode

Piece = tuple[int, int, int, int, int | str]
"""x, y, w, h and either the number of a picture or a colour "#rrggbb"."""


class Pictures:
    """The pictures of one page, each once."""

    def __init__(self) -> None:
        self.base64: list[str] = []
        self._known: dict[bytes, int] = {}

    def pieces(self, patch: bytes) -> list[Piece]:
        """One frame's pieces.

        Raises:
            VaultDamaged: the patch can't be read.
        """
        flat: list[Tile] = []
        drawn: list[Tile] = []
        for tile in unpatch(patch):
            (flat if isinstance(tile.what, int) else drawn).append(tile)
        pieces: list[Piece] = [(*_box(group), f"#{group[0].what:06x}") for group in _joined(flat)]
        pieces += [(*_box(group), self._number(group)) for group in _joined(drawn)]
        return pieces

    def _number(self, group: Sequence[Tile]) -> int:
        x0, y0, w, h = _box(group)
        rgb = bytearray(w * h * 3)
        for tile in group:
            pixels, line = tile.rgb(), tile.w * 3
            for row in range(tile.h):
                at = ((tile.y - y0 + row) * w + tile.x - x0) * 3
                rgb[at : at + line] = pixels[row * line : (row + 1) * line]
        digest = blake2b(rgb, digest_size=16, key=f"{w}x{h}".encode()).digest()
        number = self._known.get(digest)
        if number is None:
            number = self._known[digest] = len(self.base64)
            self.base64.append(base64.b64encode(encode(rgb, w, h)).decode())
        return number


def _box(group: Sequence[Tile]) -> tuple[int, int, int, int]:
    x0, y0 = min(tile.x for tile in group), min(tile.y for tile in group)
    x1, y1 = max(tile.x + tile.w for tile in group), max(tile.y + tile.h for tile in group)
    return x0, y0, x1 - x0, y1 - y0


def _joined(tiles: list[Tile]) -> list[list[Tile]]:
    """Groups that form full rectangles: runs of one row, then equal runs of the rows below. Colours don't mix."""

    def kind(tile: Tile) -> int:
        return tile.what if isinstance(tile.what, int) else -1

    runs: list[list[Tile]] = []
    for _, row in groupby(sorted(tiles, key=lambda one: (one.y, one.x)), key=lambda one: one.y):
        run: list[Tile] = []
        for tile in row:
            if run and (run[-1].x + run[-1].w != tile.x or kind(run[-1]) != kind(tile)):
                runs.append(run)
                run = []
            run.append(tile)
        runs.append(run)
    groups: list[list[Tile]] = []
    open_runs: dict[tuple[int, int, int], list[Tile]] = {}
    for run in runs:
        x, y, w, _ = _box(run)
        above = open_runs.get((x, w, kind(run[0])))
        if above is not None and above[-1].y + above[-1].h == y:
            above.extend(run)
        else:
            open_runs[x, w, kind(run[0])] = group = list(run)
            groups.append(group)
    return groups
