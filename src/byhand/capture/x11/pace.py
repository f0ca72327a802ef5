"""How often a change that repeats is told: at once, then at most every so often, and its last state always. Pure."""

from __future__ import annotations


class Pace:
    """Changes of one sort, by window.

    Args:
        pause_ns: between two tellings of one window's change.
    """

    def __init__(self, pause_ns: int) -> None:
        self._pause_ns = pause_ns
        self._waiting: dict[int, int] = {}
        self._next: dict[int, int] = {}

    def note(self, window: int) -> None:
        """It changed."""
        self._waiting.setdefault(window, self._next.get(window, 0))

    def take(self, now_ns: int) -> list[int]:
        """The windows whose change may be told now."""
        due = [window for window, when in self._waiting.items() if when <= now_ns]
        for window in due:
            del self._waiting[window]
        return due

    def told(self, window: int, now_ns: int) -> None:
        """It was told: the next time is later."""
        self._next[window] = now_ns + self._pause_ns

    def settled(self, window: int) -> None:
        """Its state was told otherwise; nothing waits any more."""
        self._waiting.pop(window, None)

    def forget(self, window: int) -> None:
        self._waiting.pop(window, None)
        self._next.pop(window, None)

    def due_ns(self) -> int | None:
        """When `take` will next have something, None for never."""
        return min(self._waiting.values(), default=None)
