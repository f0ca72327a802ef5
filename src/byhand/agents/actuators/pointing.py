"""Shows a person which element is meant, before anything is done to it.

Rules of this module: the browser draws it over the page, as its own tools do. Nothing is put into the page, so that
none of its scripts can see it and no trace of it stays.
"""

from __future__ import annotations

import contextlib
from typing import Any

from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.worlds import FRAME

_COLOUR = {"r": 255, "g": 140, "b": 0}
_DRAWN = {"color": {**_COLOUR, "a": 0.3}, "outlineColor": {**_COLOUR, "a": 1.0}}
_AROUND = 6


class Pointing:
    """hands: whose page it is."""

    def __init__(self, hands: PageHands) -> None:
        self._hands = hands

    def show(self, node: int) -> None:
        """Until `hide`, or until the page is another one. What can't be shown is not."""
        worlds = self._hands.tab.worlds
        with contextlib.suppress(self._hands.fault):
            session = worlds.session
            session.send("DOM.enable")
            session.send("Overlay.enable")
            asked = {"expression": f"byhand.traits.element({node % FRAME})", "contextId": worlds.top.looked}
            told: dict[str, Any] = session.send("Runtime.evaluate", asked)["result"]
            if thing := told.get("objectId"):
                session.send("DOM.scrollIntoViewIfNeeded", {"objectId": thing})
                quad: list[float] = session.send("DOM.getBoxModel", {"objectId": thing})["model"]["border"]
                left, top = min(quad[::2]) - _AROUND, min(quad[1::2]) - _AROUND
                w, h = max(quad[::2]) + _AROUND - left, max(quad[1::2]) + _AROUND - top
                box = {"x": round(left), "y": round(top), "width": round(w), "height": round(h)}
                session.send("Overlay.highlightRect", box | _DRAWN)

    def hide(self) -> None:
        with contextlib.suppress(self._hands.fault):
            session = self._hands.tab.worlds.session
            session.send("Overlay.hideHighlight")
            session.send("Overlay.disable")
