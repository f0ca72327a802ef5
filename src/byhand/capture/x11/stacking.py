"""What lies over a window. Pixels of the screen inside a window's area may belong to another program.

Source: X11 protocol, QueryTree (children come from bottom to top), GetWindowAttributes.
"""

from __future__ import annotations

from struct import pack, unpack_from

from byhand.capture.x11.damage import Area
from byhand.capture.x11.wire import Connection

_VIEWABLE = 2
_INPUT_OUTPUT = 1
# An id tells who made it: the bits over the client's own. Those the server itself made (a compositor's overlay) are 0.
_CLIENTS = 0x1FFFFFFF
_DEEPEST = 16


class Stack:
    """Windows over others.

    Args:
        connection: of the thread that asks.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._client = _CLIENTS & ~connection.setup.id_mask
        self._of = 0
        self._top = 0

    def place(self, window: int) -> Area | None:
        """Where a window is on the screen, without its border; None when it is gone or can't be seen."""
        connection = self._connection
        asked = (connection.request(3, 0, pack("<I", window)), connection.request(14, 0, pack("<I", window)),
                 connection.request(40, 0, pack("<IIhh", window, connection.root, 0, 0)))  # fmt: skip
        attributes, geometry, moved = (connection.answer(number) for number in asked)
        if not attributes or not geometry or not moved or attributes[26] != _VIEWABLE:
            return None
        return Area(*unpack_from("<hh", moved, 12), *unpack_from("<HH", geometry, 16))

    def over(self, window: int) -> list[tuple[Area, bool]] | None:
        """The visible windows over this one, and whether the same program made them; None when it is gone."""
        connection = self._connection
        if window != self._of:
            self._of, self._top = window, self._ancestor(window)
        tree = connection.query_tree(connection.root)
        if tree is None or self._top not in tree[1]:
            self._of = 0
            return None
        above = [other for other in tree[1][tree[1].index(self._top) + 1 :] if other & self._client]
        asked = [connection.request(3, 0, pack("<I", other)) for other in above]
        seen = [other for other, number in zip(above, asked, strict=True) if _shows(connection.answer(number))]
        asked = [connection.request(14, 0, pack("<I", other)) for other in seen]
        found: list[tuple[Area, bool]] = []
        for other, number in zip(seen, asked, strict=True):
            reply = connection.answer(number)
            if reply:
                x, y, w, h, border = unpack_from("<hhHHH", reply, 12)
                same = other & self._client == window & self._client
                found.append((Area(x, y, w + 2 * border, h + 2 * border), same))
        return found

    def _ancestor(self, window: int) -> int:
        """The child of the root that holds a window: the window itself, or the frame a window manager put around it."""
        root = self._connection.root
        for _ in range(_DEEPEST):
            tree = self._connection.query_tree(window)
            if tree is None:
                return 0
            if tree[0] in (root, 0):
                return window
            window = tree[0]
        return 0


def _shows(attributes: bytes) -> bool:
    return bool(attributes) and attributes[26] == _VIEWABLE and unpack_from("<H", attributes, 12)[0] == _INPUT_OUTPUT
