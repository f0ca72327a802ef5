"""A page's wall clock on the desktop's clock. Pure.

A page stamps its events with its own wall clock, in ms; recordings are in CLOCK_MONOTONIC ns. Each message says when it
was sent by the same clock, and we know when it arrived: arrival minus sending is the difference of the two clocks plus
the time the message took. That time is never negative, so the smallest difference seen is the best one: it errs by the
quickest message's way (about 2 ms) and always towards later, never towards before the person acted.

One estimate for each document: two documents of one browser may stand on different wall clocks, since each keeps the
one of its own beginning. A clock set forward makes the differences smaller and is followed at once. A clock set back
shows as a message that was sent before the one before it; then the estimate begins anew.

Whatever the page claims: nothing is told later than it arrived, and nothing earlier than what was told before.
"""

from __future__ import annotations

_BACK_MS = 1000.0
_MOST_MS = 1e12 * 8  # in the year 2223; up to here a float holds every microsecond


class PageClock:
    """Of one document, or of a browser's own events."""

    __slots__ = ("_difference_ns", "_last_ns", "_sent_ms")

    def __init__(self) -> None:
        self._difference_ns: int | None = None
        self._sent_ms = 0.0
        self._last_ns = 0

    def heard(self, sent_ms: float, arrived_ns: int) -> None:
        """A message said when it was sent."""
        if not -_MOST_MS < sent_ms < _MOST_MS:
            return
        difference = arrived_ns - _ns(sent_ms)
        set_back = sent_ms < self._sent_ms - _BACK_MS
        if self._difference_ns is None or set_back or difference < self._difference_ns:
            self._difference_ns = difference
        self._sent_ms = sent_ms

    def mono_ns(self, at_ms: float, arrived_ns: int) -> int:
        """When it happened, a multiple of 1000; never before the one before, never after `arrived_ns` but for that."""
        told = arrived_ns
        if self._difference_ns is not None and -_MOST_MS < at_ms < _MOST_MS:
            told = min(arrived_ns, _ns(at_ms) + self._difference_ns)
        self._last_ns = max(self._last_ns, told // 1000 * 1000)
        return self._last_ns


def _ns(ms: float) -> int:
    # By way of whole microseconds: as ns a wall clock no longer fits a float.
    return round(ms * 1000) * 1000
