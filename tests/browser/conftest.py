"""Two browsers for these tests: a bare one, for the extension's eyes as plain scripts; and one with the unpacked
extension, joined to a pretend recorder. Each is started once, and only one at a time is ever in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.looking import Eyes
from tests.browser.pretend import Rig, browser_with_extension

PAGES = Path(__file__).parent / "pages"
Look = Callable[[str | Path], Eyes]


@pytest.fixture(scope="package")
def play() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(play: Playwright) -> Iterator[Browser]:
    browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def look(chromium: Browser) -> Iterator[Look]:
    """Opens a page, from its text or its file, and looks at it as the extension does."""
    page = chromium.new_page(viewport={"width": 1000, "height": 700})
    yield lambda html: Eyes(page, html)
    page.close()


@pytest.fixture(scope="module")
def joined(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    # A socket's address holds 108 bytes: the folder's name is short.
    folder = tmp_path_factory.mktemp("b")
    with browser_with_extension(play, folder, viewport={"width": 1000, "height": 700}) as rig:
        yield rig


@pytest.fixture
def rig(joined: Rig) -> Rig:
    """The browser with the extension, recording both of its recorded sites with all that can be granted there."""
    joined.pretend.deaf = False
    joined.pretend.requests.clear()
    joined.records()
    return joined
