"""A page that BrowserGym holds, seen by the very observer that the extension uses, through the recorder's own guard.

Rules of this module: the list is made by `extension/content` in a world of ours beside the page's scripts, as that of
our hands is; so it is of the same version, and the same list. Benchmarks hold made-up pages: a policy of theirs alone
calls their words public.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from byhand.agents.actuators.worlds import Gone, Worlds, source
from byhand.agents.seeing import UNREADABLE, Seeing, Told
from byhand.evals.browsergym.acts import Page, Thing
from byhand.evals.live import consented

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

_ASKS = "(() => { const { sees, traits, choices } = byhand; %s return marks.told(); })()"


class Looking:
    """Looks at any tab.

    Args:
        extension: the folder of the browser's extension.
        fault: what Playwright raises.
    """

    def __init__(self, extension: Path, fault: type[Exception]) -> None:
        self._scripts, self._fault = source(extension), fault
        self._asks = _ASKS % (files("byhand.evals.browsergym") / "marks.js").read_text("utf-8")
        self._tab: Tab | None = None
        self._worlds: Worlds | None = None
        self._seeings: dict[str, Seeing] = {}

    def look(self, tab: Tab) -> Page:
        """What may be seen of it now, and what BrowserGym calls it."""
        try:
            told = self._told(tab)
        except (Gone, self._fault):
            told = None
        if told is None:
            return Page(None, {}, why=UNREADABLE)
        seeing = self._seeings.setdefault(told["origin"], Seeing(*consented(told["origin"])))
        one = Told(0, 0, told["address"], told["origin"], told["title"], told["seen"])
        sight = seeing.see((one,))
        things = {int(node): Thing(*known) for node, known in told["things"].items()}
        return Page(sight.lists[0] if sight.lists else None, things, told["keyboard"], sight.why)

    def _told(self, tab: Tab) -> dict[str, Any] | None:
        if tab is not self._tab or self._worlds is None:
            self._tab, self._worlds = tab, Worlds(tab, self._scripts, self._fault)
        worlds = self._worlds
        told: dict[str, Any] | None = worlds.ask(worlds.top, self._asks, renew=True)
        worlds.top.looked = worlds.top.context
        return told
