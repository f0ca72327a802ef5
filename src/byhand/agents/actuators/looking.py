"""A page seen by the very observer that the extension uses, in a world of its own beside the page's scripts.

docs/formats/observer.md: one observer tells what can be seen, to the recorder and to whoever acts in such a page. Lists
of two versions don't mix.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from byhand.agents.actuators.worlds import source
from byhand.agents.seeing import Told, plain
from byhand.events.kinds import Snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Observer:
    """Made once; looks at any page.

    Args:
        extension: the folder of the browser's extension.
    """

    def __init__(self, extension: Path) -> None:
        self._asks = f"{source(extension)}; byhand.sees.listed()"

    def look(self, page: Page) -> Snapshot | None:
        """What can be seen of it now, as nobody cleared it; None while it goes elsewhere."""
        session: Any = page.context.new_cdp_session(page)  # what it answers has no types
        try:
            frame: str = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
            world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "byhand"})
            asked = {"expression": self._asks, "contextId": world["executionContextId"], "returnByValue": True}
            told: dict[str, Any] = session.send("Runtime.evaluate", asked)
        finally:
            session.detach()
        seen: dict[str, Any] | None = None if "exceptionDetails" in told else told["result"].get("value")
        return plain(Told(0, 0, page.url, seen["origin"], "", seen["seen"])) if seen is not None else None
