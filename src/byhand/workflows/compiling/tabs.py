"""The tabs of a demonstration, by their numbers in the order in which something was done in them. Pure.

A press that opens a tab leads there by itself, so only the way back to one that was there before is an act.
"""

from __future__ import annotations

from byhand.episodes.types import Action


class Tabs:
    """Of one demonstration, whose acts are told in order."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._front = 0

    def back(self, action: Action) -> int:
        """The tab that was turned to for this act, if it was there before; else 0."""
        tab = action.tab
        if not tab or tab == self._front:
            return 0
        self._front = tab
        if tab in self._numbers:
            return self._numbers[tab]
        self._numbers[tab] = len(self._numbers) + 1
        return 0

    def known(self, action: Action, but: int = 0) -> bool:
        """Was something done in its tab before? but: a tab that does not count."""
        return action.tab in self._numbers and action.tab != but
