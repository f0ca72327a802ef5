"""The server's clock against ours.

A zero-length append to a property of our own window makes the server tell its time. That moment lies between our
sending and our receiving, and the server cuts its time to whole ms: each round trip so gives two bounds for the offset,
several together narrow it. Where they allow 0, it is 0: on a local server both clocks are CLOCK_MONOTONIC.
"""

from __future__ import annotations

import time
from struct import pack, unpack_from

from byhand.capture.x11.wire import Connection
from byhand.events.time import MS, Extender, stamp

ROUNDS = 8
AGAIN_NS = 300 * 1_000_000_000
_PROPERTY_CHANGE = 1 << 22
_PROPERTY_NOTIFY = 28


class ServerClock:
    """Stamps for one connection. `events` met while measuring stay in the connection's queue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._window = connection.new_id()
        # 1x1, InputOnly, never mapped: it only exists to have a property.
        connection.send(1, 0, pack("<IIhhHHHHII", self._window, connection.root, -1, -1, 1, 1, 0, 2, 0, 0))
        self._atom = connection.atom("_BYHAND_CLOCK")
        self._string = connection.atom("STRING")
        self.offset_ns = 0
        self._measured_ns = 0
        self.extend = Extender(time.monotonic_ns() // MS)
        self.measure()

    def measure(self) -> None:
        """Ask the server for its time, a few times."""
        connection = self._connection
        connection.send(2, 0, pack("<III", self._window, 0x0800, _PROPERTY_CHANGE))
        low, high = -(1 << 62), 1 << 62
        other: list[bytes] = []
        for _ in range(ROUNDS):
            before = time.monotonic_ns()
            connection.send(18, 2, pack("<IIIBxxxI", self._window, self._atom, self._string, 8, 0))
            connection.sync()
            after = time.monotonic_ns()
            for event in connection.queued():
                if event[0] == _PROPERTY_NOTIFY and unpack_from("<I", event, 4)[0] == self._window:
                    server_ns = self.extend(unpack_from("<I", event, 12)[0]) * MS
                    low = max(low, before - server_ns - MS)
                    high = min(high, after - server_ns)
                else:
                    other.append(event)
        connection.send(2, 0, pack("<III", self._window, 0x0800, 0))
        connection.put_back(other)
        # A stalled machine may make the bounds cross; their middle is still the best guess.
        self.offset_ns = 0 if low <= 0 <= high else (low + high) // 2 // 1000 * 1000
        self._measured_ns = time.monotonic_ns()

    def refresh(self, now_ns: int) -> None:
        """Measure again when the last time is long ago. Called when there is work anyway: no timer wakes us."""
        if now_ns - self._measured_ns > AGAIN_NS:
            self.measure()

    def mono(self, server_ms: int, received_ns: int) -> int:
        """CLOCK_MONOTONIC ns of an extended server time."""
        return stamp(server_ms, self.offset_ns, received_ns)

    def server(self, mono_ns: int) -> int:
        """Extended server time, ms, of a moment here."""
        return (mono_ns - self.offset_ns) // MS
