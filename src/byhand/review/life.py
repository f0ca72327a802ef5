"""How long the server lives: until the page said goodbye, nobody came for an hour, or the door is shut. Pure."""

from __future__ import annotations

from byhand.review.door import Door

IDLE_S = 3600
GRACE_S = 5
"""After a goodbye: a reload says one, too, and comes back."""


class Life:
    """Times are seconds of any clock that only goes forward."""

    def __init__(self, door: Door, now: float) -> None:
        self._door = door
        self._seen = now
        self._goodbye: float | None = None

    def seen(self, now: float) -> None:
        """A request came."""
        self._seen, self._goodbye = now, None

    def goodbye(self, now: float) -> None:
        """The page is closing."""
        self._goodbye = now

    def over(self, now: float) -> str:
        """Why it is over, or ""."""
        if self._goodbye is not None and now - self._goodbye >= GRACE_S:
            return "the page was closed"
        if now - self._seen >= IDLE_S:
            return "nobody looked for an hour"
        return "the door was tried with wrong tokens" if self._door.shut else ""
