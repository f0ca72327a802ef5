"""The recorder's icon in the desktop's tray, where there is one, also one that comes later.

The tray is asked by the X11 system tray protocol: its window owns the selection `_NET_SYSTEM_TRAY_S0`; one that
starts later says so with a MANAGER message to the root window. Nothing depends on the tray: the pill on the desktop is
the sign that must be there.

Source: freedesktop.org System Tray Protocol 0.3, XEmbed 0.5.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import pack, unpack_from

from byhand.capture.x11.wire import Connection
from byhand.recorder.pill import dot
from byhand.recorder.surface import (
    BUTTON_RELEASE,
    CLIENT_MESSAGE,
    CONFIGURED,
    DESTROYED,
    REPARENTED,
    STRUCTURE,
    Surface,
)

_EVENTS = 0x4 | 0x8 | STRUCTURE  # button press and release, structure
_DOCK = 0
_P_MIN_SIZE, _P_BASE_SIZE = 0x10, 0x100
_MAPPED = 1
_SMALLEST, _FIRST, _LARGEST = 8, 22, 256


class Tray:
    """Lives on the indicator's connection and thread. Events go through `handle`.

    Args:
        connection: whose root window already tells of its structure.
        clicked: called when the icon is clicked.
    """

    def __init__(self, connection: Connection, clicked: Callable[[], None]) -> None:
        self._connection = connection
        self._clicked = clicked
        self._state = ""
        self._selection = connection.atom("_NET_SYSTEM_TRAY_S0")
        self._manager = connection.atom("MANAGER")
        self._owner = 0
        self._icon: Surface | None = None
        self._size = (_FIRST, _FIRST)
        self._look()

    def windows(self) -> frozenset[int]:
        return frozenset((self._icon.id,)) if self._icon else frozenset()

    @property
    def docked(self) -> bool:
        return self._icon is not None

    def show(self, state: str, text: str) -> None:
        changed, self._state = state != self._state, state
        if self._icon is not None:
            self._icon.name(f"Byhand: {text}")
            if changed:
                self._icon.draw(dot(state, *self._size))

    def handle(self, event: bytes) -> None:
        code = event[0] & 0x7F
        if code == CLIENT_MESSAGE:
            kind, selection = unpack_from("<I", event, 8)[0], unpack_from("<I", event, 16)[0]
            if kind == self._manager and selection == self._selection:
                self._look()
            return
        if code == DESTROYED and unpack_from("<I", event, 8)[0] in (self._owner, self._icon.id if self._icon else 0):
            self._undock()
            return
        icon = self._icon
        if icon is None:
            return
        if code == BUTTON_RELEASE and unpack_from("<I", event, 12)[0] == icon.id:
            if event[1] == 1:
                self._clicked()
        elif code == REPARENTED and unpack_from("<I", event, 8)[0] == icon.id:
            if unpack_from("<I", event, 12)[0] == self._connection.root:
                self._undock()  # the tray went away and left it on the desktop
        elif code == CONFIGURED and unpack_from("<I", event, 8)[0] == icon.id:
            w, h = unpack_from("<HH", event, 20)
            if (w, h) != self._size and min(w, h) >= _SMALLEST and max(w, h) <= _LARGEST:
                self._size = (w, h)
                icon.draw(dot(self._state, w, h))

    def _look(self) -> None:
        """Ask who the tray is, and to be taken in."""
        reply = self._connection.ask(23, 0, pack("<I", self._selection))
        owner = unpack_from("<I", reply, 8)[0] if reply else 0
        if not owner or owner == self._owner:
            return
        self._undock()
        connection = self._connection
        connection.select_input(owner, STRUCTURE)
        self._owner = owner
        icon = self._icon = Surface(connection, _EVENTS, floating=False)
        connection.change_property(icon.id, "_XEMBED_INFO", "_XEMBED_INFO", 32, pack("<II", 0, _MAPPED))
        icon.place(-_FIRST, -_FIRST, _FIRST, _FIRST)
        # ICCCM 4.1.2.3: flags, four obsolete words, minimum size, ..., base size, gravity. Without it we get 1 px.
        hints = pack("<18I", _P_MIN_SIZE | _P_BASE_SIZE, 0, 0, 0, 0, _FIRST, _FIRST, *(0,) * 8, _FIRST, _FIRST, 0)
        connection.change_property(icon.id, "WM_NORMAL_HINTS", "WM_SIZE_HINTS", 32, hints)
        icon.name("Byhand")
        self._size = (_FIRST, _FIRST)
        icon.draw(dot(self._state, *self._size))
        opcode = connection.atom("_NET_SYSTEM_TRAY_OPCODE")
        message = pack("<BBHII5I", CLIENT_MESSAGE, 32, 0, owner, opcode, 0, _DOCK, icon.id, 0, 0)
        connection.send(25, 0, pack("<II", owner, 0) + message)

    def _undock(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.destroy()  # refused without harm if the tray has destroyed it already
        self._icon, self._owner = None, 0
