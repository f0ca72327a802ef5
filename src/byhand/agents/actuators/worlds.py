"""Our scripts beside a page's own: in each of its frames a world of ours, which no script of the page can reach.

Rules of this module: the scripts are the extension's observer and those in `world`, read once. A frame that has gone
elsewhere has a new world, and numbers of the old one lead nowhere. Frames of other processes are seen too.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

FILES = ("dom", "accname", "secrets", "names", "selectors", "traits", "hints", "walk", "observer")
WORLD = "byhand-hands"
OWN = ("ways", "changes", "sees", "points", "choices")
FRAME = 1 << 24
"""Numbers of elements are told as those of their frame, times this, and their own."""


def source(extension: Path) -> str:
    """All that is put into a world, as one expression that can be evaluated again without harm."""
    theirs = [(extension / "content" / f"{name}.js").read_text("utf-8") for name in FILES]
    ours = [(files("byhand.agents.actuators") / "world" / f"{name}.js").read_text("utf-8") for name in OWN]
    names = "sees, points, choices, changes, traits, observer"
    return (
        "globalThis.byhand ??= (() => {\n"
        + "\n".join([*theirs, *ours])
        # A field that once was a secret one stays one, from the first moment on, as the recorder has it.
        + f"\nsecrets.watch(document);\nreturn {{ {names} }};\n}})(); undefined"
    )


class Gone(Exception):
    """The frame went elsewhere, or is not there."""


class Frame:
    """One frame.

    number: 0 for the page itself. parent, owner: the frame it lies in, and its element's number there. context: of its
    world now. looked: of the one it had when it was looked at last: numbers of elements are of that one.
    """

    def __init__(self, session: Any, frame: str, number: int, parent: Frame | None = None) -> None:
        self.session, self.id, self.number, self.parent = session, frame, number, parent
        self.owner = 0
        self.context: int | None = None
        self.looked: int | None = None


class Worlds:
    """The worlds of one tab.

    Args:
        page: the tab.
        scripts: what `source` gave.
        fault: what Playwright raises.
    """

    def __init__(self, page: Page, scripts: str, fault: type[Exception]) -> None:
        self._page, self._scripts, self._fault = page, scripts, fault
        self.session: Any = page.context.new_cdp_session(page)
        self.session.send("Page.addScriptToEvaluateOnNewDocument", {"source": scripts, "worldName": WORLD})
        tree = self.session.send("Page.getFrameTree")["frameTree"]
        self.top = Frame(self.session, tree["frame"]["id"], 0)
        self.frames: list[Frame] = [self.top]
        self._known: dict[str, Frame] = {self.top.id: self.top}
        self._apart: dict[Any, Any] = {}

    def ask(self, frame: Frame, expression: str, *, wait: bool = False, renew: bool = False) -> Any:
        """What the expression gives in that frame's world, where `byhand` holds our scripts.

        Args:
            frame: of this tab.
            expression: in JavaScript; what it gives can be told as JSON.
            wait: for what it promises.
            renew: ask the page that is there now. Else it is the one that was looked at last, and no other.

        Raises:
            Gone: there is no such world any more, or it went away meanwhile.
        """
        if not renew and frame.looked is None:
            raise Gone
        for again in (False, True):
            if renew and frame.context is None:
                self._enter(frame)
            try:
                told = frame.session.send(
                    "Runtime.evaluate",
                    {"expression": expression, "contextId": frame.context if renew else frame.looked,
                     "returnByValue": True, "awaitPromise": wait},
                )  # fmt: skip
            except self._fault as fault:
                if renew:
                    frame.context = None
                if again or not renew or "Cannot find context" not in str(fault):
                    raise Gone from None
                continue
            if "exceptionDetails" in told:
                raise Gone
            return told["result"].get("value")
        raise Gone

    def _enter(self, frame: Frame) -> None:
        """Its world, made where the browser hasn't yet."""
        try:
            made = frame.session.send("Page.createIsolatedWorld", {"frameId": frame.id, "worldName": WORLD})
            frame.context = made["executionContextId"]
            frame.session.send(
                "Runtime.evaluate",
                {"expression": f"'byhand' in globalThis || ({self._scripts[: -len('; undefined')]}, true)",
                 "contextId": frame.context},
            )  # fmt: skip
        except self._fault:
            frame.context = None
            raise Gone from None

    def all_frames(self, inside: bool) -> list[Frame]:
        """Those there are now, outermost first. Without any in it, nothing is asked."""
        if not inside and len(self.frames) == 1:
            return self.frames
        seen: dict[str, Frame] = {}
        self._gather(self.session, self.session.send("Page.getFrameTree")["frameTree"], None, seen)
        for one in self._page.frames:
            if one is self._page.main_frame or (one in self._apart and self._apart[one] is None):
                continue
            session = self._apart.get(one) or self._of_another_process(one)
            if session is not None:
                tree = session.send("Page.getFrameTree")["frameTree"]
                above = self._above(tree["frame"], seen)
                if above is not None:
                    self._gather(session, tree, above, seen)
        self.frames = list(seen.values())
        return self.frames

    def _of_another_process(self, frame: Any) -> Any:
        try:
            self._apart[frame] = self._page.context.new_cdp_session(frame)
        except self._fault:
            return None  # it may move to another process when it goes elsewhere: it is asked again
        self._apart[frame].send("Page.addScriptToEvaluateOnNewDocument", {"source": self._scripts, "worldName": WORLD})
        return self._apart[frame]

    def _above(self, told: dict[str, Any], seen: dict[str, Frame]) -> Frame | None:
        return seen.get(told.get("parentId", ""), self.top)

    def _gather(self, session: Any, tree: dict[str, Any], parent: Frame | None, seen: dict[str, Frame]) -> None:
        frame = self._known.get(tree["frame"]["id"])
        if frame is None or frame.session is not session:
            frame = Frame(session, tree["frame"]["id"], len(self._known) if parent else 0, parent)
            self._known[frame.id] = frame
        frame.parent = parent
        if (parent is not None and self._owned(frame, parent)) or parent is None:
            seen[frame.id] = frame
        for child in tree.get("childFrames", ()):
            self._gather(session, child, frame, seen)

    def _owned(self, frame: Frame, parent: Frame) -> bool:
        """The element it lies in. False for one that is just going away."""
        try:
            self.ask(parent, "0", renew=True)
            owner = parent.session.send("DOM.getFrameOwner", {"frameId": frame.id})
            node = parent.session.send(
                "DOM.resolveNode", {"backendNodeId": owner["backendNodeId"], "executionContextId": parent.context}
            )
            told = parent.session.send(
                "Runtime.callFunctionOn",
                {"objectId": node["object"]["objectId"], "returnByValue": True,
                 "functionDeclaration": "function () { return byhand.traits.number(this); }"},
            )  # fmt: skip
        except (self._fault, Gone):
            return False
        frame.owner = int(told["result"]["value"])
        return True
