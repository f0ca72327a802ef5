"""Whom not to ask for a while: a program that hangs costs its time once, not at every press."""

from __future__ import annotations

import time

AWHILE_S = 2.0


class Patience:
    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def lose(self, who: str) -> None:
        self._until[who] = time.monotonic() + AWHILE_S

    def lacks(self, who: str) -> bool:
        until = self._until.get(who)
        if until is None:
            return False
        if time.monotonic() < until:
            return True
        del self._until[who]
        return False
