"""What a window says about itself, in one round trip, and where it lies.

Every value comes from another program: it is cut short, decoded leniently and freed of control characters.
"""

from __future__ import annotations

import re
from struct import pack, unpack_from
from typing import NamedTuple

from byhand.capture.x11.wire import Connection, Property

TITLE_BYTES = 4096
CLASS_BYTES = 512
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")


class Box(NamedTuple):
    """Device pixels of the whole desktop."""

    x: int
    y: int
    w: int
    h: int

    def holds(self, x: int, y: int) -> bool:
        return self.x <= x < self.x + self.w and self.y <= y < self.y + self.h

    def covers(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.x + self.w >= other.x + other.w
            and self.y + self.h >= other.y + other.h
        )


class Look(NamedTuple):
    app: str
    title: str
    pid: int
    box: Box

    def __repr__(self) -> str:
        return "Look(...)"  # a title is content


def look(connection: Connection, window: int) -> Look | None:
    """None when the window is gone."""
    numbers = [
        connection.request_property(window, name, limit)
        for name, limit in (
            ("WM_CLASS", CLASS_BYTES),
            ("_NET_WM_NAME", TITLE_BYTES),
            ("WM_NAME", TITLE_BYTES),
            ("_NET_WM_PID", 4),
        )
    ]
    size = connection.request(14, 0, pack("<I", window))
    place = connection.request(40, 0, pack("<IIhh", window, connection.root, 0, 0))
    wm_class, net_name, name, pid = (connection.property(number) for number in numbers)
    box = _box(connection.answer(size), connection.answer(place))
    return Look(_app(wm_class), _title(connection, net_name, name), _number(pid), box) if box else None


def look_at_title(connection: Connection, window: int) -> str:
    numbers = [connection.request_property(window, name, TITLE_BYTES) for name in ("_NET_WM_NAME", "WM_NAME")]
    net_name, name = (connection.property(number) for number in numbers)
    return _title(connection, net_name, name)


def look_at_box(connection: Connection, window: int) -> Box | None:
    size = connection.request(14, 0, pack("<I", window))
    place = connection.request(40, 0, pack("<IIhh", window, connection.root, 0, 0))
    return _box(connection.answer(size), connection.answer(place))


def window_list(value: Property | None) -> list[int]:
    if value is None or value.format != 32:
        return []
    return list(unpack_from(f"<{len(value.data) // 4}I", value.data))


def _box(size: bytes, place: bytes) -> Box | None:
    if not size or not place:
        return None
    w, h = unpack_from("<HH", size, 16)
    x, y = unpack_from("<hh", place, 12)
    return Box(x, y, w, h)


def _app(value: Property | None) -> str:
    if value is None or value.format != 8:
        return ""
    parts = value.data.split(b"\0")
    return _CONTROL.sub("", parts[1].decode("utf-8", "replace")).strip().lower() if len(parts) > 1 else ""


def _title(connection: Connection, net_name: Property | None, name: Property | None) -> str:
    for value in (net_name, name):
        if value is not None and value.format == 8 and value.data:
            # STRING is Latin-1 (ICCCM 2.7.1); COMPOUND_TEXT is nearly that for what titles hold.
            encoding = "latin-1" if value is name and value.type != connection.atom("UTF8_STRING") else "utf-8"
            return _CONTROL.sub(" ", value.data[:TITLE_BYTES].decode(encoding, "replace")).strip()
    return ""


def _number(value: Property | None) -> int:
    if value is None or value.format != 32 or len(value.data) < 4:
        return 0
    number: int = unpack_from("<I", value.data)[0]
    return number


def child_of_root(connection: Connection, window: int) -> int:
    """The child of the root that a window is or lies in; 0 when it is gone."""
    for _ in range(8):
        tree = connection.query_tree(window)
        if tree is None:
            return 0
        if tree[0] == connection.root:
            return window
        window = tree[0]
    return 0
