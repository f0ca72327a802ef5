"""One browser for each file of the office's tests: it is closed before another room opens its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Page:
    one = chromium.new_page(viewport={"width": 1240, "height": 820})
    one.set_default_timeout(15_000)
    return one


@pytest.fixture
def page(window: Page) -> Page:
    """The one window there is, as of a person who was never here: a new one for each test would cost more than it."""
    window.context.clear_cookies()
    return window
