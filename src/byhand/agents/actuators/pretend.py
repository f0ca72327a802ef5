"""Hands in a page that is a handful of values: the in-memory twin of `browser`.

A page here is its parts; pressing one may change them. It is found by role and name alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from byhand.datasets.replaying import Window
from byhand.episodes.types import Action
from byhand.events.kinds import OBSERVER, Snapshot


@dataclass(slots=True)
class Part:
    role: str
    name: str
    tag: str = ""
    holds: str = ""


Page = list[Part]
Presses = Mapping[str, Callable[[Page], object]]
"""What pressing the part of that name does to the page."""


class PretendHands:
    """Satisfies `datasets.replaying.Hands`.

    Args:
        parts: what every page begins with.
        presses: what presses do.
    """

    def __init__(self, parts: Sequence[Part], presses: Presses | None = None) -> None:
        self._parts, self._presses = tuple(parts), presses or {}
        self._page: Page = []
        self._address = ""
        self.did: list[tuple[str, str, str]] = []

    def begin(self, address: str, window: Window) -> str:
        del window
        self.did.clear()
        return self.go(address)

    def go(self, address: str) -> str:
        self._address, self._page = address, [replace(part) for part in self._parts]
        return ""

    def act(self, action: Action, text: str) -> str:
        target = action.target
        found = [part for part in self._page if target and (part.role, part.name) == (target.aria, target.name)]
        if not found:
            return "its target was not found"
        if len(found) > 1:
            return "its target was found more than once"
        part = found[0]
        self.did.append((action.op, part.name, text))
        if action.op == "type":
            part.holds = f"{len(text)} characters" if text else "empty"
        elif action.op in ("check", "uncheck"):
            part.holds = "checked" if action.op == "check" else "unchecked"
        elif part.name in self._presses:
            self._presses[part.name](self._page)
        return ""

    def look(self) -> Snapshot | None:
        address = urlsplit(self._address)
        parts = self._page
        return Snapshot(
            0, 0, "", "asked", 1, 1, f"{address.scheme}://{address.netloc}", address.path, OBSERVER, 0, 0, 0, 0, 1.0,
            nodes=tuple(range(1, len(parts) + 1)), parents=(-1,) * len(parts),
            roles=tuple(part.role for part in parts), tags=tuple(part.tag for part in parts),
            names=tuple(part.name for part in parts), states=("",) * len(parts),
            holds=tuple(part.holds for part in parts), places=(0,) * 4 * len(parts), more=0,
        )  # fmt: skip

    def rest(self) -> None:
        """Nothing goes on here by itself."""
