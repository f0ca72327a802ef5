"""Hands in a page of a Chromium: the whole page in a look, and acts by real input that reach what is meant or nothing.

Rules of this module: it acts in the tabs it was given and those they open. What goes wrong is told in one sentence of
`agents.reasons`, without anything of the page but names of controls. `touching` has the acts, `settling` knows when a
page has come to rest, `painting` makes pictures.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Generator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from byhand.agents import reasons
from byhand.agents.actuators import painting, touching, wheel
from byhand.agents.actuators.settling import Traffic
from byhand.agents.actuators.worlds import FRAME, Frame, Gone, Worlds, source
from byhand.agents.seeing import Told
from byhand.errors import CaptureError, UsageFault
from byhand.workflows.view import Seen, View

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Page

PATIENCE_S = 10.0
_REST_INSIDE_S = 0.1
"""What changes in a frame is not told to the page around it, so it is asked anew that often."""
_HIDES: tuple[tuple[str, ...], ...] = ((), ("secret",), ("masked",), ("secret", "masked"))
_OPENS_S, _COMES_MS = 3.0, 20
"""A tab that was begun to be opened may be gone before it is there: a download has one."""
_NOT_AS_A_PERSON_HAS_IT = ["--hide-scrollbars"]
"""What Playwright starts a browser without a window with: a scrollbar takes room, and pages are laid out beside it."""
_SIGNALS: dict[str, Any] = {"handle_sigint": False, "handle_sigterm": False, "handle_sighup": False}
"""Ctrl-C reaches the whole terminal; what it ends is for us to say, and the page stays as it is meanwhile."""
Pulled = Callable[[], bool]
Cleared = Callable[[str], bool]


class Tab:
    """One tab with our worlds in it and what goes over its network."""

    def __init__(self, page: Page, scripts: str, fault: type[Exception]) -> None:
        self.page = page
        self.worlds = Worlds(page, scripts, fault)
        self.traffic = Traffic(self.worlds)
        self.asked = self.agrees = ""
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        """A question of the browser itself is answered with no, but where the step says yes to it: then once. Leaving a
        page is asked by us.
        """
        if dialog.type == "beforeunload":
            dialog.accept()
        elif dialog.type == self.agrees:
            self.agrees = ""
            dialog.accept()
        else:
            self.asked = dialog.type
            dialog.dismiss()


class PageHands:
    """Satisfies `outcome.Hands`.

    Args:
        page: the tab in front.
        scripts: what `worlds.source` gave.
        fault: what Playwright raises.
        pulled: whether a person took over; asked while something is typed or waited for.
        cleared: whether a text may be seen in a picture; no text but names of controls by default.
    """

    def __init__(
        self, page: Page, scripts: str, fault: type[Exception], *, pulled: Pulled = lambda: False,
        cleared: Cleared = lambda _: False, spare: list[Tab] | None = None,
    ) -> None:  # fmt: skip
        self._scripts, self.fault = scripts, fault
        self.pulled, self.cleared = pulled, cleared
        self._spare: list[Tab] = [] if spare is None else spare
        self._tabs = [Tab(page, scripts, fault)]
        self._opened = self._tabs[:]
        self._seen: dict[int, Seen] = {}
        self._frames: dict[int, Frame] = {}
        self._turn = -1
        self.view: View | None = None

    @property
    def tab(self) -> Tab:
        """The one in front: the last that was opened or turned to, and is still open."""
        while len(self._tabs) > 1 and self._tabs[-1].page.is_closed():
            self._tabs.pop()
        return self._tabs[-1]

    @property
    def number(self) -> int:
        """Of the tab in front, from 1, in the order they were opened."""
        return self._opened.index(self.tab) + 1

    def go(self, address: str) -> str:
        """In the first tab; what was opened besides is closed: it is of something else that was done."""
        for one in self._opened[1:]:
            with contextlib.suppress(self.fault):
                one.page.close()
        self._opened = self._opened[:1]
        self._tabs = self._opened[:]
        self.tab.asked = self.tab.agrees = ""
        return self._open(address)

    def _open(self, address: str) -> str:
        self.view = None
        try:
            self.tab.page.goto(address, wait_until="domcontentloaded", timeout=PATIENCE_S * 1000)
        except self.fault:
            return reasons.NOT_OPENED
        return ""

    def look(self, selectors: tuple[str, ...] = ()) -> View | None:
        self.view, self._turn = None, -1
        self._follow()
        worlds = self.tab.worlds
        asked = f"byhand.sees.look({json.dumps(selectors)})"
        with contextlib.suppress(Gone, self.fault):
            told = worlds.ask(worlds.top, asked, renew=True)
            worlds.top.looked = worlds.top.context
            if told is None:
                return None
            self._turn = told["turn"]
            self._frames, self._seen = {}, {}
            elements: list[Seen] = []
            hits: dict[str, tuple[int, ...]] = {}
            places: dict[int, int] = {}
            inside: dict[int, str] = {}
            ways: dict[int, tuple[int, ...]] = {}
            for frame in worlds.all_frames(bool(told["frames"])):
                inner = told if frame is worlds.top else self._inside(frame, asked)
                if inner is not None:
                    inside[frame.number], ways[frame.number] = inner["address"], tuple(inner["way"])
                    self._add(frame, inner, elements, places, hits)
            status = self.tab.traffic.status(told["address"])
            self.view = View(told["address"], told["title"], tuple(elements), hits, status, inside, ways)
        return self.view

    def listed(self) -> list[Told]:
        """What the observer tells a recorder of the viewport, of the page itself first, then of each frame in it. Then
        `act` knows what is in it, by the same numbers. Empty while it goes elsewhere.
        """
        self._follow()
        worlds, asked = self.tab.worlds, "byhand.sees.listed()"
        before, found = worlds.top.looked, list[Told]()
        with contextlib.suppress(Gone, self.fault):
            told = worlds.ask(worlds.top, asked, renew=True)
            worlds.top.looked = worlds.top.context
            if told is None:
                return []
            if self.view is None or worlds.top.looked != before:  # it is another page, or nobody looked at it whole
                self.view, self._turn, self._seen, self._frames = None, told["turn"], {}, {}
            for frame in worlds.all_frames(bool(told["frames"])):
                inner = told if frame is worlds.top else self._inside(frame, asked)
                if inner is not None:
                    found.append(self._told(frame, inner))
        return found

    def _told(self, frame: Frame, told: Mapping[str, Any]) -> Told:
        base = frame.number * FRAME
        self._frames[frame.number] = frame
        for one in told["seen"]["nodes"]:
            hides = tuple(word for word in ("secret", "masked") if one[word])
            known = Seen(base + one["node"], -1, one["role"], one["tag"], states=hides, frame=frame.number)
            was = self._seen.get(known.node)
            if was is None or (was.role, was.tag) != (known.role, known.tag):
                self._seen[known.node] = known
        return Told(frame.number, base, told["address"], told["origin"], told["title"], told["seen"])

    def _inside(self, frame: Frame, asked: str) -> Mapping[str, Any] | None:
        try:
            told = self.tab.worlds.ask(frame, asked, renew=True)
        except Gone:
            return None
        frame.looked = frame.context
        return told

    def _add(
        self, frame: Frame, told: Mapping[str, Any], elements: list[Seen], places: dict[int, int],
        hits: dict[str, tuple[int, ...]],
    ) -> None:  # fmt: skip
        """What one frame tells. Its boxes become the page's by where its element lies."""
        base = frame.number * FRAME
        owner = places.get(frame.parent.number * FRAME + frame.owner, -1) if frame.parent else -1
        if frame.parent and owner < 0:
            return  # it is not drawn
        left, top = elements[owner].box[:2] if owner >= 0 else (0, 0)
        first = len(elements)
        for node, parent, role, tag, name, states, value, kind, hint, x, y, w, h, hides, leads in told["told"]:
            has = str(states).split(",") if states else []
            one = Seen(
                base + node, first + parent if parent >= 0 else owner, role, tag, name, (*has, *_HIDES[int(hides)]),
                value, (left + x, top + y, w, h), frame.number, kind, hint, leads,
            )  # fmt: skip
            places[one.node] = len(elements)
            self._seen[one.node] = one
            elements.append(one)
        self._frames[frame.number] = frame
        for selector, nodes in told["hits"].items():
            found = tuple(places[base + node] for node in nodes if base + node in places)
            if found:
                hits[selector] = hits.get(selector, ()) + found

    def act(self, verb: str, node: int, text: str = "", to: int = 0, *, agrees: str = "") -> str:
        if self.pulled():
            return reasons.PERSON
        if verb == "open":
            return self._open(text)
        if verb == "turn":
            return self._turn_to(int(text))
        seen, far = self._seen.get(node), self._seen.get(to)
        if node and seen is None:
            return reasons.GONE
        tab = self.tab
        if tab.asked:  # late, by what was done before
            tab.asked = ""
            return reasons.ASKED
        tab.agrees = agrees
        tab.traffic.begin()
        place = touching.Place(
            tab.page, tab.worlds, self._frames, seen, far, self.fault, self.pulled, tab.traffic
        )  # fmt: skip
        try:
            why = wheel.turn(place, float(text)) if verb == "scroll" else touching.act(place, verb, text)
        except touching.Taken:
            why = self._let_go(place)
        except (Gone, self.fault):
            why = reasons.GONE
        if tab.asked:
            tab.asked, why = "", why or reasons.ASKED
        self._follow(awaited=tab.traffic.opens)
        return why

    def _let_go(self, place: touching.Place) -> str:
        """What we held of the page is the person's again."""
        if place.seen is not None:
            with contextlib.suppress(Gone, self.fault):
                place.ask(place.seen, "byhand.points.free()")
        return reasons.PERSON

    def _follow(self, awaited: int = 0) -> None:
        """To tabs that were opened from one of ours. awaited: so many have begun to open, as the browser said."""
        until = time.monotonic() + _OPENS_S
        found = self._new()
        while len(found) < awaited and time.monotonic() < until and not self.pulled():
            with contextlib.suppress(self.fault):
                self._opened[0].page.wait_for_timeout(_COMES_MS)
            found = self._new()
        for page in found:
            with contextlib.suppress(self.fault):
                page.wait_for_load_state("domcontentloaded", timeout=PATIENCE_S * 1000)
                self._tabs.append(Tab(page, self._scripts, self.fault))
                self._opened.append(self._tabs[-1])

    def _new(self) -> list[Page]:
        """Open ones that are not known yet, the oldest first."""
        known = {tab.page for tab in (*self._opened, *self._spare)}
        mine = {tab.page for tab in self._opened}
        with contextlib.suppress(self.fault):
            pages = [one for one in self.tab.page.context.pages if one not in known]
            return [one for one in pages if one.opener() in mine]
        return []

    def _turn_to(self, number: int) -> str:
        """The tab of that number, in the order they were opened."""
        self._follow()
        if not 0 < number <= len(self._opened) or self._opened[number - 1].page.is_closed():
            return reasons.NO_TAB
        tab = self._opened[number - 1]
        if tab is not self.tab:
            self._tabs = [*(one for one in self._tabs if one is not tab), tab]
            with contextlib.suppress(self.fault):
                tab.page.bring_to_front()
        return ""

    def rest(self, seconds: float) -> None:
        if seconds <= 0:
            return
        worlds = self.tab.worlds
        if len(worlds.frames) > 1:
            seconds = min(seconds, _REST_INSIDE_S)
        try:
            since = self._turn if self._turn >= 0 else "byhand.changes.turn"
            worlds.ask(worlds.top, f"byhand.changes.next({since}, {round(seconds * 1000)})", wait=True)
        except (Gone, self.fault):
            with contextlib.suppress(self.fault):
                self.tab.page.wait_for_load_state("domcontentloaded", timeout=seconds * 1000)

    def picture(self) -> bytes:
        with contextlib.suppress(self.fault, Gone):
            return painting.picture(self.tab.page, self.tab.worlds.session, self.look(), self.cleared)
        return b""

    def second(self) -> PageHands:
        if not self._spare:
            with_it = self.tab.page.context.new_page()
            self._spare.append(Tab(with_it, self._scripts, self.fault))
        other = PageHands.__new__(PageHands)
        other._scripts, other.fault = self._scripts, self.fault
        other.pulled, other.cleared = self.pulled, self.cleared
        other._spare, other._tabs = self._spare, [self._spare.pop()]
        other._opened = other._tabs[:]
        other._seen, other._frames, other._turn, other.view = {}, {}, -1, None
        other._back = True
        other._front(self.tab.page)
        return other

    _back = False
    _before: Page | None = None

    def _front(self, before: Page) -> None:
        """A tab that is not in front draws a frame a second, and the pointer waits for each."""
        self._before = before
        with contextlib.suppress(self.fault):
            self.tab.page.bring_to_front()

    def close(self) -> None:
        if self._back:
            self._back = False
            if self._before is not None:
                with contextlib.suppress(self.fault):
                    self._before.bring_to_front()
            for tab in self._opened[1:]:
                with contextlib.suppress(self.fault):
                    tab.page.close()
            self._spare.append(self._opened[0])


def hands(context: BrowserContext, extension: Path, fault: type[Exception], **how: Any) -> PageHands:
    """Hands in a browser that runs already: in its first tab."""
    page = context.pages[0] if context.pages else context.new_page()
    return PageHands(page, source(extension), fault, **how)


@contextlib.contextmanager
def opened(
    program: str, extension: Path, *, profile: Path | None = None, headless: bool = True, loads: bool = False,
    pulled: Pulled = lambda: False, cleared: Cleared = lambda _: False, size: tuple[int, int] = (1280, 800),
) -> Generator[PageHands]:  # fmt: skip
    """A browser of its own with one tab, until the end of the block. Kept over all rows of a table: it is warm then.

    Args:
        program: Chromium.
        extension: its folder, whose observer is used.
        profile: its folder; none is a clean one, without what was signed in to before.
        loads: the extension itself is loaded too, so that a recorder hears the person; only with a profile.
        headless: without a window.
        pulled: see `PageHands`.
        cleared: see `PageHands`.
        size: of the page's part of the window, in CSS pixels.

    Raises:
        UsageFault: Playwright is not installed.
        CaptureError: the browser can't be started.
    """
    try:
        api: Any = import_module("playwright.sync_api")
    except ModuleNotFoundError:
        raise UsageFault(
            "this needs playwright, which is not installed",
            hints=("to install it, run: pip install 'byhand[replay]'",), fate="nothing was done",
        ) from None  # fmt: skip
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    viewport = {"width": size[0], "height": size[1]}
    ignored = [*_NOT_AS_A_PERSON_HAS_IT, *(["--disable-extensions"] if loads else [])]
    with api.sync_playwright() as playwright:
        start, browser = playwright.chromium, None
        try:
            if profile is None:
                browser = start.launch(
                    executable_path=program, args=arguments, headless=headless, ignore_default_args=ignored, **_SIGNALS
                )  # fmt: skip
                context = browser.new_context(viewport=viewport)
            else:
                context = start.launch_persistent_context(
                    profile, executable_path=program, headless=headless, viewport=viewport, **_SIGNALS,
                    args=[*arguments, *([f"--load-extension={extension}"] if loads else [])],
                    ignore_default_args=ignored,
                )  # fmt: skip
        except api.Error:
            raise CaptureError("the browser can't be started", fate="nothing was done") from None
        try:
            yield hands(context, extension, api.Error, pulled=pulled, cleared=cleared)
        finally:
            # Ctrl-C ends the browser too. What ended the block is what counts, not that it can't be closed any more.
            with contextlib.suppress(api.Error):
                context.close()
                if browser is not None:
                    browser.close()
