"""What changed on the screen, without looking: the server keeps a region, and says once that it is no longer empty.

After that one word the server is silent until `look` empties the region, however much is drawn: a film costs us nothing
while nobody wants a frame.

Source: DAMAGE protocol 1.1 (DamageReportNonEmpty, DamageSubtract); XFIXES 2.0 (regions).
"""

from __future__ import annotations

from struct import iter_unpack, pack, unpack_from
from typing import NamedTuple

from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError

_NON_EMPTY = 3


class Area(NamedTuple):
    x: int
    y: int
    w: int
    h: int

    def clip(self, other: Area) -> Area:
        """The part of this that lies in the other; `w` or `h` are 0 or less where there is none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Area(x, y, min(self.x + self.w, other.x + other.w) - x, min(self.y + self.h, other.y + other.h) - y)

    @property
    def size(self) -> int:
        return max(self.w, 0) * max(self.h, 0)


class Damage:
    """Damage of the whole screen. `silent` says that the server has nothing to tell since the last `look`.

    Raises:
        CaptureError: the server has no DAMAGE or XFIXES extension.
    """

    def __init__(self, connection: Connection) -> None:
        damage, fixes = connection.extension("DAMAGE"), connection.extension("XFIXES")
        if damage is None or fixes is None:
            raise CaptureError(
                "this X server can't say what changed on the screen", hints=("it lacks DAMAGE or XFIXES",)
            )
        self._connection = connection
        self._major, self._fixes, self._event = damage.major, fixes.major, damage.first_event
        # Both refuse everything until a client has said which version it speaks.
        connection.ask(self._fixes, 0, pack("<II", 2, 0))
        connection.ask(self._major, 0, pack("<II", 1, 1))
        self._damage, self._parts = connection.new_id(), connection.new_id()
        connection.send(self._fixes, 5, pack("<I", self._parts))
        connection.send(self._major, 1, pack("<IIBxxx", self._damage, connection.root, _NON_EMPTY))
        self.silent = True

    def notice(self, event: bytes) -> Area | None:
        """Where the first damage since the last `look` was, if this event says so."""
        if event[0] & 0x7F != self._event:
            return None
        self.silent = False
        return Area(*unpack_from("<hhHH", event, 16))

    def look(self) -> list[Area]:
        """What changed since the last time. Everything the server has drawn so far counts."""
        connection = self._connection
        emptied = connection.send(self._major, 3, pack("<III", self._damage, 0, self._parts))
        reply = connection.ask(self._fixes, 19, pack("<I", self._parts))
        self.silent = True
        events = connection.queued()
        connection.put_back([event for event in events if not self._old(event, emptied)])
        return [Area(*rect) for rect in iter_unpack("<hhHH", reply[32:])]

    def _old(self, event: bytes, emptied: int) -> bool:
        """Was this told before the region was emptied? Then the answer holds it."""
        if event[0] & 0x7F != self._event:
            return False
        return 0 < (emptied - unpack_from("<H", event, 2)[0]) & 0xFFFF < 0x8000
