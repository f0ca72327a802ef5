"""Which events of a document arrived, came twice, or never will; and how many of them there may be. Pure.

A document numbers its events from 0 and sends again whatever was not acknowledged, also to a recorder that knows
nothing of it: then its first number is where we begin, for what came before belongs to another recording.
"""

from __future__ import annotations

from typing import NamedTuple

_MOST_NUMBER = 1 << 53  # as far as a page's numbers are exact
MOST_LOST = 1_000_000_000


class Fresh(NamedTuple):
    """What is new in a batch: its events from place `begin` on; `lost` are gone for good just before them."""

    begin: int
    lost: int


class Numbers:
    """Of one document. next: all below this number arrived, or never will."""

    __slots__ = ("_known", "next")

    def __init__(self) -> None:
        self.next = 0
        self._known = False

    def take(self, first: int, count: int, skipped: int) -> Fresh:
        """A batch of `count` events from the number `first` on, before which the document itself dropped `skipped`."""
        first = min(max(first, 0), _MOST_NUMBER)
        # What the document dropped has numbers too. Of one nobody knows, only it can say how many those were.
        expected = self.next if self._known else first - min(max(skipped, 0), first)
        self._known = True
        self.next = max(expected, first + count)
        if first < expected:
            return Fresh(min(count, expected - first), 0)
        return Fresh(0, min(MOST_LOST, first - expected))


class Allowance:
    """So many a second, and a burst: more than a person can do, less than a script can.

    Args:
        rate: a second.
        burst: at once.
    """

    __slots__ = ("_at_ns", "_burst", "_left", "_rate")

    def __init__(self, rate: int, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._left = float(burst)
        self._at_ns = 0

    def take(self, wanted: int, now_ns: int) -> int:
        """How many of `wanted` are allowed."""
        allowed = min(wanted, self.left(now_ns))
        self._left -= allowed
        return allowed

    def left(self, now_ns: int) -> int:
        """How many would be."""
        if self._at_ns:
            self._left = min(self._burst, self._left + (now_ns - self._at_ns) * self._rate / 1e9)
        self._at_ns = now_ns
        return int(self._left)
