"""A hand that keeps the pace at which each act has the page before it: it goes on when the extension has listed what
came of the last one.

Rules of this module: it waits for that state and not for a time, so a slow machine makes it slow and nothing else.
"""

from __future__ import annotations

import math
import time
from typing import Any

from playwright.sync_api import Error, Locator, Page

from byhand.cli import extension
from byhand.evals.miniwob.hand import Inputs, PageHand, Point

_WITHIN_S = 4.0
_LETTERS_S = 0.36
"""Letters wait 0.3 s in the guard; whoever is in a secret field by then has them withheld."""
_APART_S, _NEAR = 0.65, 6.0
"""Two presses in one place that follow each other in half a second are one double press."""
_TURNS_APART_MS = 1_700
"""Turns that follow each other within a second and a half are one scroll: of what was amid it there is no list."""
_CURRENT = """new Promise((told) => {
  const since = performance.now();
  const look = () => {
    if (lists.current() || performance.now() - since > 3000) told(lists.current()); else setTimeout(look, 8);
  };
  look();
})"""


class Listed:
    """Asks the extension's own script in a tab, in the world it has there.

    Args:
        page: a tab of a browser that has the extension.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._worlds: dict[str, int] = {}
        self._frame = ""
        self._session: Any = page.context.new_cdp_session(page)
        self._session.on("Runtime.executionContextCreated", self._made)
        self._session.on("Runtime.executionContextsCleared", self._cleared)
        self._session.send("Runtime.enable")
        self._frame = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def _made(self, told: dict[str, Any]) -> None:
        context = told["context"]
        if context["origin"].endswith(extension.ID):
            self._worlds[context["auxData"]["frameId"]] = context["id"]

    def _cleared(self, _told: object) -> None:
        self._worlds.clear()

    def wait(self) -> bool:
        """Until the newest list is from after the last act. False: none came, or nothing is recorded here."""
        until = time.monotonic() + _WITHIN_S
        while time.monotonic() < until:
            world = self._worlds.get(self._frame)
            if world is None:
                self._page.wait_for_timeout(10)
                continue
            asked = {"expression": _CURRENT, "contextId": world, "awaitPromise": True}
            try:
                told = self._session.send("Runtime.evaluate", asked)
            except Error:  # the page went elsewhere meanwhile
                self._worlds.pop(self._frame, None)
                continue
            return told["result"].get("value") is True
        return False


class PacedHand(PageHand):
    """In a page that is recorded. unlisted: acts before which no list came.

    Args:
        page: the tab.
        listed: of the same tab.
        inputs: what it acts with; the page's own mouse and keyboard if none are given.
        looks_ms: how long it looks at what is there before each act.
    """

    def __init__(self, page: Page, listed: Listed, inputs: Inputs | None = None, looks_ms: float = 0) -> None:
        super().__init__(
            page, inputs, before=self._wait, typing_ms=4, still=1,  # it was still when it was listed
            apart_ms=_TURNS_APART_MS,
        )  # fmt: skip
        self._listed, self._looks_ms = listed, looks_ms
        self._wrote_at = self._pressed_at = 0.0
        self._pressed: Point = (-1e9, -1e9)
        self.acts = self.unlisted = 0

    def press(self, at: Locator, *, x: float = 0.5, y: float = 0.5) -> None:
        self._bring(at)  # where it is pressed is known only then
        box = at.bounding_box()
        there = (box["x"] + box["width"] * x, box["y"] + box["height"] * y) if box else self._pressed
        apart = self._pressed_at + _APART_S - time.monotonic()
        if apart > 0 and math.dist(there, self._pressed) <= _NEAR:
            self.rest(apart * 1000)
        if self._wrote_at and at.get_attribute("type") == "password":
            self.rest(max(0.0, self._wrote_at + _LETTERS_S - time.monotonic()) * 1000)
        super().press(at, x=x, y=y)
        self._pressed, self._pressed_at = there, time.monotonic()

    def write(self, at: Locator, text: str) -> None:
        super().write(at, text)
        self._wrote_at = time.monotonic()

    def _wait(self) -> None:
        self.acts += 1
        self.unlisted += not self._listed.wait()
        if self._looks_ms:
            self.rest(self._looks_ms)
