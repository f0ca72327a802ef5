"""What a model is shown of a page: the observer's list of the viewport, as a recording holds it.

Rules of this module: it is asked in the world of our hands, so that an element has one number for both. It is the only
place that makes a list for a model.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.worlds import Gone
from byhand.agents.outcome import Hands
from byhand.events.kinds import Snapshot
from byhand.workflows.view import View

_ASKED = """[byhand.observer.VERSION, innerWidth, innerHeight, devicePixelRatio, location.href,
  byhand.observer.listNow({})]"""


class Glance:
    """Satisfies `goal.Eyes`: through hands in a page of a Chromium."""

    def __init__(self, hands: PageHands) -> None:
        self._hands = hands

    def see(self) -> Snapshot | None:
        worlds = self._hands.tab.worlds
        with contextlib.suppress(Gone):
            version, w, h, scale, url, seen = worlds.ask(worlds.top, _ASKED, renew=True)
            nodes: list[dict[str, Any]] = seen["nodes"]
            return _snapshot(int(version), (int(w), int(h), float(scale)), str(url), nodes, int(seen["more"]))
        return None

    def lost(self) -> bool:
        return self._hands.tab.page.is_closed()


def _snapshot(
    version: int, size: tuple[int, int, float], url: str, nodes: Sequence[dict[str, Any]], more: int
) -> Snapshot:
    address = urlsplit(url)

    def column(name: str) -> tuple[str, ...]:
        return tuple(str(node[name]) for node in nodes)

    return Snapshot(
        0, 0, "", "asked", 1, 1, f"{address.scheme}://{address.netloc}", address.path, version, 0, 0, *size,
        nodes=tuple(int(node["node"]) for node in nodes), parents=tuple(int(node["parent"]) for node in nodes),
        roles=column("role"), tags=column("tag"), names=column("name"),
        states=tuple(" ".join(node["states"]) for node in nodes),
        holds=tuple("" if node["secret"] else str(node["holds"]) for node in nodes),
        places=tuple(round(edge) for node in nodes for edge in node["box"]), more=more,
    )  # fmt: skip


class Retold:
    """Satisfies `goal.Eyes`: what any hands see, told again. For the twin in memory.

    Args:
        hands: whose look it is.
        version: of the observer it passes for.
    """

    def __init__(self, hands: Hands, version: int = 1) -> None:
        self._hands, self._version = hands, version
        self.gone = False

    def see(self) -> Snapshot | None:
        view = self._hands.look()
        return of_view(view, self._version) if view is not None else None

    def lost(self) -> bool:
        return self.gone


def of_view(view: View, version: int) -> Snapshot:
    """The same of a view, for hands that are no browser's."""
    address, all_ = urlsplit(view.address), view.elements
    return Snapshot(
        0, 0, "", "asked", 1, 1, f"{address.scheme}://{address.netloc}", address.path, version, 0, 0, 1280, 800, 1.0,
        nodes=tuple(one.node for one in all_), parents=tuple(one.parent for one in all_),
        roles=tuple(one.role for one in all_), tags=tuple(one.tag for one in all_),
        names=tuple(one.name for one in all_),
        states=tuple(" ".join(one.states) for one in all_), holds=("",) * len(all_),
        places=tuple(edge for one in all_ for edge in one.box), more=0,
    )  # fmt: skip
