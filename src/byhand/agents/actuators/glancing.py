"""What a model is shown of a page: the observer's list of the viewport, as a recording holds it.

Rules of this module: it is asked in the world of our hands, so that an element has one number for both. It is the only
place that makes a list for a model.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from byhand.agents.actuators.page import PageHands
from byhand.agents.outcome import Hands
from byhand.agents.seeing import Seeing, Told, plain
from byhand.events.kinds import OBSERVER, Snapshot
from byhand.workflows.view import View


class Glance:
    """Satisfies `goal.Eyes`: through hands in a page of a Chromium.

    Args:
        hands: whose page it is.
        seeing: what the guard lets through is seen. Without it all is, as nobody cleared it: for tests of hands.

    Attributes:
        why: nothing was seen the last time, for this reason of the guard's; "" if something was.
        told: what the observer told of the page that was seen the last time, and the number of its tab.
    """

    def __init__(self, hands: PageHands, seeing: Seeing | None = None) -> None:
        self._hands, self._seeing = hands, seeing
        self.why = ""
        self.told: tuple[Told, int] | None = None

    def see(self) -> Snapshot | None:
        told = self._hands.listed()
        self.why, self.told = "", None
        if not told:
            return None
        self.told = told[0], self._hands.number
        if self._seeing is None:
            return plain(told[0])
        sight = self._seeing.see(told, self._hands.number)
        self.why = sight.why
        return sight.lists[0] if sight.lists else None

    def lost(self) -> bool:
        return self._hands.tab.page.is_closed()


class Retold:
    """Satisfies `goal.Eyes`: what any hands see, told again. For the twin in memory.

    Args:
        hands: whose look it is.
        version: of the observer it passes for.
    """

    def __init__(self, hands: Hands, version: int = OBSERVER) -> None:
        self._hands, self._version = hands, version
        self.gone = False
        self.why = ""

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
