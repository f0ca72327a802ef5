"""Hands in a Chromium of their own, driven by Playwright: the extra `replay`.

Rules of this module: each episode begins in a fresh context, without cookies or storage of the one before. The browser
is the system's own; none is downloaded. What goes wrong is told in one sentence without anything of the page:
Playwright's own errors quote it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from byhand.agents.actuators import acting, finding
from byhand.agents.actuators.looking import Observer
from byhand.datasets.replaying import Window
from byhand.episodes.types import Action, Target
from byhand.errors import CaptureError, UsageFault
from byhand.events.kinds import Snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ElementHandle, Page

PATIENCE_S = 4.0
_REST_MS = 200
_PACE_MS = 60
"""No hand is quicker, and pages rely on it: what is selected, for one, is told to them a moment later."""
_DRAWN = """() => Promise.race([
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  new Promise((done) => setTimeout(done, 1000)),
])"""
"""A page on a busy machine has been told of it once it has drawn itself anew."""


class BrowserHands:
    """Made by `opened`. Satisfies `datasets.replaying.Hands`.

    Args:
        browser: a running one.
        fault: what Playwright raises.
        observer: looks at pages.
        patience_s: so long a target may take to come.
    """

    def __init__(self, browser: Browser, fault: type[Exception], observer: Observer, patience_s: float) -> None:
        self._browser, self._fault, self._observer = browser, fault, observer
        self._patience_s = patience_s
        self._window = Window()
        self._tabs: dict[int, Page] = {}
        self._tab = 0

    @property
    def page(self) -> Page:
        """The tab in front."""
        return self._tabs[self._tab]

    def begin(self, address: str, window: Window) -> str:
        for context in self._browser.contexts:
            context.close()
        self._window = window
        context = self._browser.new_context(
            viewport={"width": window.w, "height": window.h}, device_scale_factor=window.scale
        )
        self._tabs, self._tab = {0: context.new_page()}, 0
        return self.go(address)

    def go(self, address: str) -> str:
        return self._told(lambda: self.page.goto(address) and "", "its address can't be opened")

    def act(self, action: Action, text: str) -> str:
        if why := self._turn_to(action):
            return why
        if action.op == "tab":
            return ""
        page = self.page

        def find(target: Target | None) -> ElementHandle | str:
            return finding.find(page, target, action.frame, self._patience_s)

        place = acting.Place(page, find, self._window, self._patience_s * 1000)
        why = self._told(lambda: acting.act(place, action, text), "its target can't be reached, or went away")
        if not why:
            page.wait_for_timeout(_PACE_MS)
            with contextlib.suppress(self._fault):  # it may be going elsewhere
                page.evaluate(_DRAWN)
        return why

    def look(self) -> Snapshot | None:
        with contextlib.suppress(self._fault):
            return self._observer.look(self.page)
        return None

    def rest(self) -> None:
        self.page.wait_for_timeout(_REST_MS)

    def _turn_to(self, action: Action) -> str:
        """The tab that the recording numbers so: the first one it names is the one that was opened."""
        tab = action.tab
        if not tab or tab == self._tab:
            return ""
        if 0 in self._tabs:
            self._tabs = {tab: self._tabs.pop(0)}
        elif tab not in self._tabs:
            pages = self.page.context.pages
            new = next((one for one in reversed(pages) if one not in self._tabs.values()), None)
            if new is None:
                return "the tab it was done in did not open"
            self._tabs[tab] = new
        self._tab = tab
        self.page.bring_to_front()
        return ""

    def _told(self, does: Callable[[], str | None], why: str) -> str:
        try:
            return does() or ""
        except self._fault:
            return why


@contextlib.contextmanager
def opened(
    program: str, extension: Path, *, headless: bool = True, patience_s: float = PATIENCE_S
) -> Generator[BrowserHands]:
    """A browser of its own, until the end of the block.

    Args:
        program: Chromium.
        extension: its folder, whose observer is used; the extension itself is not loaded.
        headless: without a window.
        patience_s: so long a target may take to come.

    Raises:
        UsageFault: Playwright is not installed.
        CaptureError: the browser can't be started.
    """
    try:
        api: Any = import_module("playwright.sync_api")
    except ModuleNotFoundError:
        raise UsageFault(
            "this needs playwright, which is not installed",
            hints=("to install it, run: pip install 'byhand[replay]'",), fate="nothing was replayed",
        ) from None  # fmt: skip
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=arguments, headless=headless)
        except api.Error:
            raise CaptureError("the browser can't be started", fate="nothing was replayed") from None
        try:
            yield BrowserHands(browser, api.Error, Observer(extension), patience_s)
        finally:
            browser.close()
