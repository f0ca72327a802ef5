"""A small shaped window that shows one picture, kept by the server: it redraws itself without waking us.

Source: X11 protocol (CreateWindow, PutImage, CreatePixmap); SHAPE extension 1.1 (ShapeRectangles).
"""

from __future__ import annotations

from struct import pack

from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError
from byhand.recorder.pill import Picture

BUTTON_PRESS, BUTTON_RELEASE, MOTION = 4, 5, 6
VISIBILITY, DESTROYED, UNMAPPED, REPARENTED, CONFIGURED, CLIENT_MESSAGE = 15, 17, 18, 21, 22, 33
STRUCTURE = 0x20000
_BACK_PIXMAP, _OVERRIDE, _EVENTS, _CURSOR = 0x1, 0x200, 0x800, 0x4000
_HAND = 60
_HEAD_ROOM = 64


class Surface:
    """Made unmapped, 1x1 until the first picture.

    Args:
        events: mask of core events to be told of.
        floating: keep the window manager's hands off it.

    Raises:
        CaptureError: this screen's pixels can't be drawn.
    """

    def __init__(self, connection: Connection, events: int, *, floating: bool) -> None:
        screen = connection.screen
        if connection.setup.bits_per_pixel.get(screen.depth) != 32 or not connection.setup.little_endian_images:
            raise CaptureError(
                "the sign that shows the recording can't be drawn on this screen",
                hints=("it needs 24 bits a pixel",), fate="nothing was recorded",
            )  # fmt: skip
        self._connection = connection
        self._shape = connection.extension("SHAPE")
        self.id, self._gc = connection.new_id(), connection.new_id()
        self.w = self.h = 1
        values = pack("<III", int(floating), events, self._hand())
        where = pack("<IIhhHHHHIII", self.id, connection.root, -1, -1, 1, 1, 0, 1, 0, _OVERRIDE | _EVENTS | _CURSOR, 0)
        connection.send(1, 0, where[:-4] + values)
        connection.send(55, 0, pack("<III", self._gc, self.id, 0))
        connection.change_property(self.id, "WM_CLASS", "STRING", 8, b"byhand\0Byhand\0")

    def name(self, text: str) -> None:
        self._connection.change_property(self.id, "_NET_WM_NAME", "UTF8_STRING", 8, text.encode())
        self._connection.change_property(self.id, "WM_NAME", "STRING", 8, text.encode("latin-1", "replace"))

    def draw(self, picture: Picture) -> None:
        """Show a picture. The window must have, or get in the same breath, its size (see `place`)."""
        connection = self._connection
        pixmap = connection.new_id()
        connection.send(53, connection.screen.depth, pack("<IIHH", pixmap, self.id, picture.w, picture.h))
        rows = max(1, (connection.setup.max_request - _HEAD_ROOM) // (picture.w * 4))
        for top in range(0, picture.h, rows):
            part = picture.pixels[top * picture.w * 4 : (top + rows) * picture.w * 4]
            high = min(rows, picture.h - top)
            head = pack("<IIHHhhBBxx", pixmap, self._gc, picture.w, high, 0, top, 0, connection.screen.depth)
            connection.send(72, 2, head + part)
        if self._shape is not None:
            rects = b"".join(pack("<hhHH", a, y, b - a, 1) for y, (a, b) in enumerate(picture.spans) if b > a)
            connection.send(self._shape.major, 1, pack("<BBBxIhh", 0, 0, 0, self.id, 0, 0) + rects)
        connection.send(2, 0, pack("<III", self.id, _BACK_PIXMAP, pixmap))
        connection.send(54, 0, pack("<I", pixmap))
        connection.send(61, 0, pack("<IhhHH", self.id, 0, 0, 0, 0))

    def place(self, x: int, y: int, w: int, h: int) -> None:
        """Move and size it, over everything else."""
        self.w, self.h = w, h
        self._connection.send(12, 0, pack("<IHxxiiIII", self.id, 0x4F, x, y, w, h, 0))

    def move(self, x: int, y: int) -> None:
        self._connection.send(12, 0, pack("<IHxxii", self.id, 0x3, x, y))

    def up(self) -> None:
        """Over everything else."""
        self._connection.send(12, 0, pack("<IHxxI", self.id, 0x40, 0))

    def show(self) -> None:
        self._connection.send(8, 0, pack("<I", self.id))

    def hide(self) -> None:
        self._connection.send(10, 0, pack("<I", self.id))

    def destroy(self) -> None:
        self._connection.send(60, 0, pack("<I", self._gc))
        self._connection.send(4, 0, pack("<I", self.id))

    def _hand(self) -> int:
        """The cursor that says "this can be clicked", from the server's own cursor font."""
        font, cursor = self._connection.new_id(), self._connection.new_id()
        self._connection.send(45, 0, pack("<IHxx", font, 6) + b"cursor")
        colours = (0, 0, 0, 0xFFFF, 0xFFFF, 0xFFFF)
        number = self._connection.send(94, 0, pack("<IIIHHHHHHHH", cursor, font, font, _HAND, _HAND + 1, *colours))
        refused = self._connection.check(number)  # a server without fonts
        self._connection.send(46, 0, pack("<I", font))
        return 0 if refused else cursor
