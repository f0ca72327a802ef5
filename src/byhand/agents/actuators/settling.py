"""When a page has come to rest after an act: no other page is on its way, and what it asked the server is answered.

Rules of this module: it listens to the browser's network, of which it keeps numbers and states, no address and no
content. Nothing sleeps: it waits for what the page does next.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from byhand.agents.actuators.worlds import Gone, Worlds

LEAVING_S = 10.0
FETCH_S = 1.5
_SLICE_MS = 50
_NOW = "[byhand.changes.leaving, byhand.changes.turn, performance.timeOrigin, document.readyState === 'loading']"
_WAITED_FOR = frozenset({"XHR", "Fetch"})


class Traffic:
    """Of one tab.

    Args:
        worlds: its worlds, over whose session the browser tells.
    """

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds
        self._open: set[str] = set()
        self._document = ""
        self._status = 0
        self._saved = False
        self.opens = 0
        """So many tabs were begun to be opened by the act."""
        session = worlds.session
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._ended)
        session.on("Network.loadingFailed", self._ended)
        session.on("Page.downloadWillBegin", self._download)
        session.on("Page.windowOpen", self._window)
        session.send("Network.enable")
        session.send("Page.enable")

    def _sent(self, told: dict[str, Any]) -> None:
        if told.get("type") == "Document" and told.get("frameId") == self._worlds.top.id:
            self._document = told["requestId"]
        elif told.get("type") in _WAITED_FOR:
            self._open.add(told["requestId"])

    def _answered(self, told: dict[str, Any]) -> None:
        if told.get("type") == "Document" and told.get("frameId") == self._worlds.top.id:
            self._status = int(told["response"].get("status", 0))

    def _ended(self, told: dict[str, Any]) -> None:
        self._open.discard(told["requestId"])
        if told["requestId"] == self._document:
            self._document = ""

    def _download(self, _told: dict[str, Any]) -> None:
        self._saved = True

    def _window(self, _told: dict[str, Any]) -> None:
        self.opens += 1

    def status(self, address: str) -> int:
        """Of the answer that the page came with."""
        return self._status if address.startswith("http") else 0

    def begin(self) -> None:
        """An act is about to be done: only what it asks for is waited for."""
        self._open.clear()
        self._document, self._saved, self.opens = "", False, 0

    def settle(self, before: float | None, *, leaving: bool, pulled: Callable[[], bool]) -> None:
        """Wait until it has come to rest, or for so long as a person would.

        Args:
            before: when the page that was acted in was made; None if it has gone already.
            leaving: it has begun to go elsewhere.
            pulled: a person took over.
        """
        began = time.monotonic()
        worlds, turn = self._worlds, 0
        while not pulled():
            waited = time.monotonic() - began
            going = (before is None or leaving or bool(self._document)) and not self._saved and waited < LEAVING_S
            if not going and not (self._open and waited < FETCH_S):
                return
            try:
                if turn:
                    worlds.ask(worlds.top, f"byhand.changes.next({turn}, {_SLICE_MS})", wait=True, renew=True)
                leaving, turn, made, loading = worlds.ask(worlds.top, _NOW, renew=True)
            except Gone:
                before, turn = None, 0  # it is elsewhere now
                continue
            if made != before:
                before = None
                if not loading:
                    self._document, leaving, before = "", False, made
