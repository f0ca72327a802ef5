"""Puts raw events of several sources in the order of their times, holding each for a moment. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Shelf(Generic[_T]):
    """Things that wait until nothing older can come any more. Those with the same time stay in the order they came.

    Args:
        hold_ns: how long each waits after its own time.
    """

    def __init__(self, hold_ns: int) -> None:
        self._hold_ns = hold_ns
        self._times: list[int] = []
        self._things: list[_T] = []

    def __len__(self) -> int:
        return len(self._things)

    def put(self, things: Iterable[tuple[int, _T]]) -> None:
        """Each with its time in ns."""
        times, waiting = self._times, self._things
        for when, thing in things:
            if not times or when >= times[-1]:  # nearly always
                times.append(when)
                waiting.append(thing)
            else:
                place = bisect_right(times, when)
                times.insert(place, when)
                waiting.insert(place, thing)

    def take(self, now_ns: int) -> Sequence[_T]:
        """What has waited long enough, in order."""
        return self._out(bisect_right(self._times, now_ns - self._hold_ns))

    def rest(self) -> Sequence[_T]:
        """All of it."""
        return self._out(len(self._things))

    def due_ns(self) -> int | None:
        """When `take` will next have something; None while nothing waits."""
        return self._times[0] + self._hold_ns if self._times else None

    def _out(self, count: int) -> Sequence[_T]:
        out = self._things[:count]
        del self._things[:count]
        del self._times[:count]
        return out
