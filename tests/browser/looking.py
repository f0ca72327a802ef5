"""The extension's eyes in a page of a real Chromium, without the extension: its files as plain scripts.

They run in a world of their own beside the page's scripts, as content scripts do, or in the page's own world.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

CONTENT = Path(__file__).parent.parent.parent / "extension" / "content"
FILES = ("dom", "accname", "secrets", "names", "selectors", "traits", "hints", "walk", "observer")
SOURCE = "\n".join((CONTENT / f"{name}.js").read_text("utf-8") for name in FILES)
HANDED = SOURCE + "\n;globalThis.eyes = { dom, secrets, names, selectors, observer };"


class Eyes:
    """What the extension sees of a page, in a world of its own."""

    def __init__(self, page: Page, html: str | Path) -> None:
        self.page = page
        page.goto(html.as_uri() if isinstance(html, Path) else shown(html))
        self.session: CDPSession = page.context.new_cdp_session(page)
        frame = self.session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        made = self.session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "eyes"})
        self.context: int = made["executionContextId"]
        self.ask(HANDED + "; eyes.secrets.watch(document)")

    def ask(self, expression: str, *, value: bool = True) -> Any:
        """The value of an expression in that world, promises awaited."""
        answer = self.session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": self.context, "returnByValue": value, "awaitPromise": True},
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"]["exception"].get("description", "it threw"))
        return answer["result"].get("value")

    def worked(self, expression: str) -> tuple[Any, float]:
        """Its value, and how many ms of processor it took there: a machine that is busy besides takes no more."""
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = self._spent_ms()
        value = self.ask(expression)
        return value, self._spent_ms() - before

    def _spent_ms(self) -> float:
        told = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(one["value"] for one in told if one["name"] == "TaskDuration")

    def describe(self, selector: str) -> dict[str, Any]:
        return self.ask(f"eyes.observer.describe(document.querySelector({selector!r}))")

    def name(self, selector: str) -> str:
        return self.describe(selector)["name"]

    def list(self) -> list[dict[str, Any]]:
        """The list, made in slices; the same as in one go."""
        sliced = self.ask("eyes.observer.list({ why: 'asked' })")
        assert sliced == self.ask("eyes.observer.listNow({})")
        return sliced["nodes"]

    def ax(self, selector: str) -> tuple[str, str]:
        """Role and name in Chromium's own accessibility tree."""
        self.session.send("DOM.enable")
        root = self.session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        node = self.session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        made = self.session.send("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})
        found = made["nodes"][0]
        return found.get("role", {}).get("value", ""), found.get("name", {}).get("value", "")


def shown(html: str) -> str:
    """An address that shows this page, of its own."""
    return "data:text/html;charset=utf-8;base64," + base64.b64encode(html.encode()).decode()
