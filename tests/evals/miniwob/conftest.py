"""The pages, served, and one browser for each file: it is closed before another room opens its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from byhand.evals.miniwob import pages
from byhand.evals.miniwob.stage import Stage

WHEELS = Path(__file__).parents[3] / ".venv" / "pages"


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pages.unpacked(WHEELS, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def stage(html: Path) -> Iterator[Stage]:
    with pages.served(html) as origin, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        one = Stage(browser.new_page(viewport={"width": 900, "height": 640}), origin)
        one.page.set_default_timeout(20_000)
        yield one
        browser.close()
