"""Two recorded sites of the pages for these tests, on two ports, and a third that is not listed."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.browser.recorded import Kept, Recorded, acts, recorded, serving

PAGES = Path(__file__).parent / "pages"
POLICY = """\
version = 1
streams = ["actions", "text"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{mine}"

[[sites]]
origin = "{also}"
"""


class Rig(Recorded):
    """Two recorded sites on two ports, `mine` and `also`, and `other`, which is not listed."""

    mine = also = other = ""

    def case(self) -> Page:
        return self.open(f"{self.mine}/cases.html")

    def acts(self) -> list[tuple[str, str, str, str]]:
        """What was done since, without presses on what the test is not about."""
        return acts(self.kept())


@contextlib.contextmanager
def worked(play: Playwright, folder: Path) -> Generator[Rig]:
    """A browser and its recording."""
    with serving(PAGES) as one, serving(PAGES) as two:
        mine, also = one.replace("127.0.0.1", "mine.localhost"), two.replace("127.0.0.1", "also.localhost")
        with recorded(play, folder, POLICY.format(mine=mine, also=also), Rig) as rig:
            rig.mine, rig.also, rig.other = mine, also, one
            yield rig


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: str, end: str) -> None:
    (x0, y0), (x1, y1) = middle(page, start), middle(page, end)
    page.mouse.move(x0, y0)
    page.mouse.down()
    for part in (0.3, 0.7, 1):
        page.mouse.move(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)
    page.mouse.up()


def presses(events: Sequence[Kept]) -> list[tuple[str, str]]:
    return [(one["role"], one["name"]) for one in events if one["kind"] == "element" and one["why"] == "press"]
