"""A picture of a desktop program in which nothing is to be read but what its controls are called.

Rules of this module: it begins with an empty sheet. Of each element its outline is drawn; true pixels come through only
inside of controls whose words are the program's own: a button, a box, a tab, the head of a column. What stands in a
field is never seen, nor how long it is.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from struct import pack

from byhand.agents.actuators.window_tree import CELLS, Told
from byhand.capture.accessibility.roles import INPUTS
from byhand.capture.accessibility.tree import Box
from byhand.capture.x11.stacking import Stack
from byhand.capture.x11.wire import Connection

_OWN = frozenset({
    "push button", "toggle button", "check box", "radio button", "page tab", "menu", "table column header",
    "column header",
})  # fmt: skip
_SHEET, _LINE, _TEXT, _FIELD = b"\xee\xf0\xf3", b"\xd5\xd9\xdf", b"\xc9\xce\xd6", b"\xff\xff\xff"
_TALLEST_OWN = 64
_Z_PIXMAP, _ALL_PLANES = 2, 0xFFFFFFFF


class _Sheet:
    def __init__(self, w: int, h: int) -> None:
        self.w, self.h = w, h
        self.rows = [bytearray(_SHEET * w) for _ in range(h)]

    def fill(self, box: Box, colour: bytes) -> None:
        x, y, w, h = self._cut(box)
        for row in self.rows[y : y + h]:
            row[3 * x : 3 * (x + w)] = colour * w

    def frame(self, box: Box, colour: bytes) -> None:
        x, y, w, h = box
        for side in ((x, y, w, 1), (x, y + h - 1, w, 1), (x, y, 1, h), (x + w - 1, y, 1, h)):
            self.fill(side, colour)

    def paint(self, box: Box, pixels: bytes) -> None:
        """pixels: 4 bytes each, blue first, for the whole box."""
        x, y, w, h = box
        if x < 0 or y < 0 or x + w > self.w or y + h > self.h or len(pixels) < 4 * w * h:
            return
        for number in range(h):
            line = pixels[4 * w * number : 4 * w * (number + 1)]
            told = bytearray(3 * w)
            told[0::3], told[1::3], told[2::3] = line[2::4], line[1::4], line[0::4]
            self.rows[y + number][3 * x : 3 * (x + w)] = told

    def _cut(self, box: Box) -> Box:
        x, y, w, h = box
        left, top = max(0, x), max(0, y)
        return left, top, max(0, min(self.w, x + w) - left), max(0, min(self.h, y + h) - top)


def picture(connection: Connection, window: int, told: Sequence[Told]) -> bytes:
    """PNG of all windows of the program, as they lie; b"" where there is nothing to draw.

    Args:
        connection: to the display.
        window: the program's own; what lies over it may be another program's, and is not shown.
        told: what the program shows.
    """
    shown = [one for one in told if "showing" in one.states and one.box[2] > 0 and one.box[3] > 0]
    tops = [one.box for one in shown if one.parent < 0]
    if not tops:
        return b""
    left, top = max(0, min(one[0] for one in tops)), max(0, min(one[1] for one in tops))
    right = min(connection.screen.w, max(one[0] + one[2] for one in tops))
    low = min(connection.screen.h, max(one[1] + one[3] for one in tops))
    if right <= left or low <= top:
        return b""
    sheet = _Sheet(right - left, low - top)
    covers = _covers(connection, window)
    for one in shown:
        x, y, w, h = one.box
        here = (x - left, y - top, w, h)
        if one.role in _OWN and h <= _TALLEST_OWN and one.name and not any(_meet(one.box, other) for other in covers):
            sheet.paint(here, _pixels(connection, one.box))
        elif one.role in INPUTS:
            sheet.fill(here, _FIELD)
            sheet.frame(here, _LINE)
        elif one.role in CELLS | {"label", "menu item", "list item"}:
            if one.name:
                sheet.fill(here, _TEXT)
        elif one.parent < 0:
            sheet.fill(here, _SHEET)
            sheet.frame(here, _TEXT)
        else:
            sheet.frame(here, _LINE)
    return _png(sheet)


def _covers(connection: Connection, window: int) -> list[Box]:
    """Parts of the screen where something else may be seen."""
    over = Stack(connection).over(window)
    if over is None:
        return [(0, 0, connection.screen.w, connection.screen.h)]
    return [(area.x, area.y, area.w, area.h) for area, _ in over]


def _meet(one: Box, other: Box) -> bool:
    x, y, w, h = one
    a, b, c, d = other
    return x < a + c and a < x + w and y < b + d and b < y + h


def _png(sheet: _Sheet) -> bytes:
    """8-bit RGB, no interlace, no filter (PNG specification, third edition, section 5)."""
    lines = b"".join(b"\0" + row for row in sheet.rows)
    chunks = (
        (b"IHDR", pack(">IIBBBBB", sheet.w, sheet.h, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _pixels(connection: Connection, box: Box) -> bytes:
    """Of a part of the screen; b"" where that is not all on it, or not told in 32 bits."""
    x, y, w, h = box
    if connection.setup.bits_per_pixel.get(connection.screen.depth) != 32 or not connection.setup.little_endian_images:
        return b""
    reply = connection.ask(73, _Z_PIXMAP, pack("<IhhHHI", connection.root, x, y, w, h, _ALL_PLANES))
    return reply[32:]
