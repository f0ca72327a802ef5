"""The two stamps of an event, and how they become wall-clock time.

X server time counts ms in 32 bits and wraps after 49.7 days; `Extender` makes it 64 bits. On a local server it equals
CLOCK_MONOTONIC in ms; `ServerClock` holds the offset where it does not. A stamp inside the server's own ms is kept to
the microsecond; one read later is put in the middle of that ms, so that no stamp is more than 0.5 ms from the truth.
"""

from __future__ import annotations

from datetime import UTC, datetime

from byhand.events.kinds import Header

MS = 1_000_000


class Extender:
    """Makes a 32-bit server time 64 bits, given roughly where it lies.

    Args:
        near_ms: any 64-bit time within 24 days of the first stamp, for example CLOCK_MONOTONIC in ms plus the offset.
    """

    __slots__ = ("_last",)

    def __init__(self, near_ms: int) -> None:
        self._last = near_ms

    def __call__(self, server_ms: int) -> int:
        last = self._last
        delta = (server_ms - last) & 0xFFFFFFFF
        if delta >= 0x80000000:
            delta -= 0x100000000
        self._last = last = last + delta
        return last


def stamp(server_ms: int, offset_ns: int, received_ns: int) -> int:
    """CLOCK_MONOTONIC ns of a server event, multiple of 1000.

    Args:
        server_ms: 64-bit server time.
        offset_ns: monotonic ns minus server ns, measured.
        received_ns: CLOCK_MONOTONIC when it was read.
    """
    start = server_ms * MS + offset_ns
    inside = received_ns - start
    if 0 <= inside < MS:
        return received_ns - received_ns % 1000
    return (start + MS // 2) // 1000 * 1000


def utc(header: Header, mono_ns: int) -> datetime:
    """Wall-clock time of a stamp, by the recording's own map. A clock set later changes nothing."""
    return datetime.fromtimestamp((header.utc_ns + mono_ns - header.mono_ns) / 1e9, tz=UTC)
