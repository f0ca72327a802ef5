"""Debian's Chromium without a desktop, with or without the extension, reached over DevTools.

Input goes in through the browser's own door (`Input.dispatch*`): for the page it is a person's, `isTrusted` is true.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, CDPSession, Page, Playwright

from byhand.cli import browser_window

ROOT = Path(__file__).parent.parent.parent
EXTENSION = ROOT / "extension"


@dataclass
class Chromium:
    """A running browser with one page."""

    browser: Browser
    page: Page
    cdp: CDPSession
    profile: Path

    def command(self, method: str, **words: Any) -> dict[str, Any]:
        """One DevTools command to the whole browser."""
        session = self.browser.new_browser_cdp_session()
        try:
            return session.send(method, words)
        finally:
            session.detach()

    def stop_workers(self) -> int:
        """Kill the extension's service worker, as the browser does when it wants the memory."""
        found = [one for one in self.command("Target.getTargets")["targetInfos"] if one["type"] == "service_worker"]
        for one in found:
            self.command("Target.closeTarget", targetId=one["targetId"])
        return len(found)

    def mouse(self, what: str, x: float, y: float, **words: Any) -> None:
        self.cdp.send("Input.dispatchMouseEvent", {"type": what, "x": x, "y": y} | words)

    def press(self, x: float, y: float) -> None:
        self.mouse("mousePressed", x, y, button="left", buttons=1, clickCount=1)

    def release(self, x: float, y: float) -> None:
        self.mouse("mouseReleased", x, y, button="left", clickCount=1)

    def key(self, what: Literal["keyDown", "keyUp"], letter: str) -> None:
        words = {"text": letter} if what == "keyDown" else {}
        code = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        self.cdp.send("Input.dispatchKeyEvent", {"type": what} | code | words)


@contextmanager
def connected(playwright: Playwright, address: str, profile: Path) -> Generator[Chromium]:
    """The browser whose DevTools are at `address`, its window 1280 x 720 inside."""
    browser = playwright.chromium.connect_over_cdp(address)
    page = browser.contexts[0].pages[0]
    one = Chromium(browser, page, page.context.new_cdp_session(page), profile)
    window = one.cdp.send("Browser.getWindowForTarget")["windowId"]
    bounds = {"width": 1280, "height": 720}
    for _ in range(2):  # first to learn what the frame around the page takes
        one.cdp.send("Browser.setWindowBounds", {"windowId": window, "bounds": bounds})
        time.sleep(0.2)
        w, h = page.evaluate("[innerWidth, innerHeight]")
        bounds = {"width": bounds["width"] + 1280 - w, "height": bounds["height"] + 720 - h}
    yield one


@contextmanager
def plain(playwright: Playwright, env: dict[str, str]) -> Generator[Chromium]:
    """A browser as `byhand record --browser` starts it, but without an extension."""
    with alone(env) as (devtools, profile), connected(playwright, devtools, profile) as one:
        yield one


@contextmanager
def alone(env: dict[str, str], loaded: Path | None = None) -> Generator[tuple[str, Path]]:
    """The same, with another extension or none; nobody is attached to it. Gives its DevTools address and profile."""
    profile = Path(tempfile.mkdtemp(prefix="byhand-bench-profile-"))
    words = ["/usr/bin/chromium", *browser_window._arguments(profile, loaded or EXTENSION, env, devtools=True)]
    if loaded is None:
        words = [word for word in words if not word.startswith("--load-extension")]
    process = subprocess.Popen([*words, "about:blank"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    window = browser_window.Window(process, profile)
    try:
        yield window.devtools().devtools, profile
    finally:
        window.close()
        shutil.rmtree(profile, ignore_errors=True)
