"""A task in a page: it begins, it asks for something in words, and the page itself says whether that was done.

Rules of this module: the page is loaded anew for each episode, as some of them leak parts of the last one into the
next. The same seed is the same instance. Of the page's own scripts only begin, end and reward are asked.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

START = "seed => { core.EPISODE_MAX_TIME = 1e8; Math.seedrandom(seed); core.startEpisodeReal() }"
_WORDS = "(document.getElementById('query')?.innerText ?? '').replace(/\\s+/g, ' ').trim()"
_REWARD = "WOB_DONE_GLOBAL ? WOB_RAW_REWARD_GLOBAL : null"
_TIMEOUT_MS = 6000


def address(origin: str, task: str) -> str:
    return f"{origin}/miniwob/{task}.html"


class Stage:
    """The tasks, one at a time, in one tab.

    Args:
        page: the tab.
        origin: where the pages are served.
    """

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        page.set_default_timeout(_TIMEOUT_MS)

    def begin(self, task: str, seed: int) -> str:
        """Open it. Gives what is asked for, as a person reads it. A page that does not come is asked for again."""
        late: Any = import_module("playwright.sync_api").TimeoutError
        for left in (2, 1, 0):
            try:
                self.page.goto(address(self.origin, task))
                break
            except late:
                if not left:
                    raise
        self.page.evaluate(START, seed)
        return self.utterance()

    def utterance(self) -> str:
        return self.page.evaluate(_WORDS)

    def reward(self) -> float | None:
        """The raw one, without what the page takes off for time; None as long as the episode runs. Done is 1."""
        return self.page.evaluate(_REWARD)
