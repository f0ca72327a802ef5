"""A page seen by the very observer that the extension uses, in a world of its own beside the page's scripts.

docs/formats/observer.md: one observer tells what can be seen, to the recorder and to whoever acts in such a page. Lists
of two versions don't mix.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from byhand.events.kinds import Snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Page

FILES = ("dom", "accname", "secrets", "names", "selectors", "traits", "walk", "observer")


class Observer:
    """Made once; looks at any page.

    Args:
        extension: the folder of the browser's extension.
    """

    def __init__(self, extension: Path) -> None:
        source = "\n".join((extension / "content" / f"{name}.js").read_text("utf-8") for name in FILES)
        self._asks = f"(() => {{ {source}\n secrets.watch(document); return observer.listNow({{}}); }})()"

    def look(self, page: Page) -> Snapshot | None:
        """What can be seen of it now; None while it goes elsewhere."""
        session: Any = page.context.new_cdp_session(page)  # what it answers has no types
        try:
            frame: str = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
            world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "byhand"})
            asked = {"expression": self._asks, "contextId": world["executionContextId"], "returnByValue": True}
            told: dict[str, Any] = session.send("Runtime.evaluate", asked)
        finally:
            session.detach()
        seen: dict[str, Any] | None = None if "exceptionDetails" in told else told["result"].get("value")
        return _snapshot(page.url, seen) if seen is not None else None


def _snapshot(url: str, seen: dict[str, Any]) -> Snapshot:
    address = urlsplit(url)
    nodes: list[dict[str, Any]] = seen["nodes"]

    def column(name: str) -> tuple[str, ...]:
        return tuple(str(node[name]) for node in nodes)

    return Snapshot(
        0, 0, "", "asked", 1, 1, f"{address.scheme}://{address.netloc}", address.path, 0, 0, 0, 0, 0, 1.0,
        nodes=tuple(int(node["node"]) for node in nodes), parents=tuple(int(node["parent"]) for node in nodes),
        roles=column("role"), tags=column("tag"), names=column("name"),
        states=tuple(" ".join(node["states"]) for node in nodes),
        holds=tuple("" if node["secret"] else str(node["holds"]) for node in nodes),
        places=(), more=int(seen.get("more", 0)),
    )  # fmt: skip
