"""The whole way, nothing pretended: a real Chromium with the extension, the real host, the real recorder, its vault.

A test opens a page, acts in it with real input, and reads what was kept, as `byhand show --json` tells it.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Worker

from byhand.cli.browser_window import open_window, own_profile
from byhand.cli.browsers import for_a_window
from byhand.cli.show import as_json
from byhand.events.kinds import Numbered
from byhand.recorder.control import Request, Status, ask
from byhand.recorder.launch import spawn
from stage import programs
from stage.desktop import Desktop
from tests.recorder.conftest import Person, consenting, finish

Kept = dict[str, Any]
STREAMS = ("actions", "text")
LEFT = "that the page was left was not kept"


class Recorded:
    """One browser, one recording.

    Args:
        person: who said yes.
        browser: with the extension, joined.
    """

    def __init__(self, person: Person, browser: Browser) -> None:
        self.person, self.browser = person, browser
        self.context: BrowserContext = browser.contexts[0]
        self.context.set_default_timeout(8000)
        self.page: Page = self.context.pages[0]
        self._vault = person.vault()
        self._seen = 0

    @property
    def worker(self) -> Worker:
        return self.context.service_workers[0]

    def all(self) -> list[Kept]:
        """Everything that is in the vault by now."""
        header = self._vault.header(self._vault.recordings()[-1].id)
        return [json.loads(json.dumps(as_json(header, one))) for one in self.events()]

    def events(self) -> list[Numbered]:
        """The same, as the events they are."""
        return list(self._vault.read(self._vault.recordings()[-1].id))

    def open(self, url: str) -> Page:
        """A page; what was kept until then is not told by `kept` any more."""
        self.page.goto("about:blank")
        self.until(lambda: not any(map(is_border, self.all())) or is_left(self._last()), LEFT)
        self._seen = self._left()
        self.page.goto(url)
        return self.page

    def kept(self, pages: int = 1) -> list[Kept]:
        """What was kept since `open`, of so many pages in that tab; the last one is left for it."""
        self.page.goto("about:blank")
        self.until(lambda: self._left() >= self._seen + pages, LEFT)
        events = self.all()
        borders = [-1, *(place for place, one in enumerate(events) if is_left(one))]
        return events[borders[self._seen] + 1 : borders[self._seen + pages] + 1]

    def listed(self) -> None:
        """Waits until the list of the page that was opened is kept: a slow machine makes it late."""
        self.until(lambda: any(one["kind"] == "snapshot" for one in self._since()), "the page's list was not kept")

    def _since(self) -> list[Kept]:
        events = self.all()
        borders = [-1, *(place for place, one in enumerate(events) if is_left(one))]
        return events[borders[self._seen] + 1 :]

    def ask(self, verb: Any, **more: Any) -> Status:
        reply = ask(self.person.home, Request(verb, **more))
        assert reply.error is None, reply.error
        assert reply.status is not None
        return reply.status

    def close(self) -> None:
        self._vault.close()

    def _left(self) -> int:
        return sum(map(is_left, self.all()))

    def _last(self) -> Kept:
        return next(one for one in reversed(self.all()) if is_border(one))

    @staticmethod
    def until(true: Callable[[], bool], missing: str) -> None:
        """Waits for it: what a browser tells is counted a moment later, on a slow machine later still."""
        until = time.monotonic() + 10
        while not true():
            assert time.monotonic() < until, missing
            time.sleep(0.05)


def is_border(one: Kept) -> bool:
    """Did a page in the tab come or go? Its frames do too, and have other numbers."""
    return one["kind"] == "page" and one["what"] in ("loaded", "left") and one["frame"] == 1


def is_left(one: Kept) -> bool:
    return is_border(one) and one["what"] == "left"


def acts(events: Sequence[Kept]) -> list[tuple[str, str, str, str]]:
    """What was done, in order: why, role, name, and the value of a field. Presses as long as they are in a page."""
    told: list[tuple[str, str, str, str]] = []
    for one in events:
        if one["kind"] == "element" and one["why"] not in ("focus", "scroll"):  # that is no act, or told by its scroll
            told.append((one["why"], one["role"], one["name"], one["value"]))
        elif one["kind"] == "scroll":
            told.append(("scroll", "", "", "down" if one["dy"] > 0 else "up" if one["dy"] < 0 else "aside"))
        elif one["kind"] == "text":
            told.append(("text", "", "", one["text"]))
        elif one["kind"] == "mark" and one["what"] == "withheld":
            told.append(("withheld", "", "", one["reason"]))
    return told


_Rig = TypeVar("_Rig", bound=Recorded)


@contextlib.contextmanager
def recorded(
    play: Playwright, folder: Path, policy: str, kind: type[_Rig], stage: Desktop | None = None
) -> Generator[_Rig]:
    """A recording under a yes to that policy's whole scope: of a browser alone, or of a desktop with it."""
    running: list[subprocess.Popen[bytes]] = []
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        own = {"BYHAND_HOME": str(folder / "h"), "BYHAND_KEYRING": "file"}
        for name, value in ((stage.env if stage else {}) | own).items():
            patch.setenv(name, value)
        stack.callback(finish, running)
        person = consenting(folder / "h", folder, running, *STREAMS, policy=policy)
        process = spawn(person.home, person.grant.id, driver="" if stage else "browser")
        running.append(process)
        person.hear(process, "recording")
        hidden = () if stage else ("DISPLAY", "WAYLAND_DISPLAY")
        environ = {name: value for name, value in os.environ.items() if name not in hidden}
        profile = own_profile(folder / "p")
        window = stack.enter_context(open_window(for_a_window(environ), profile, person.home, environ, devtools=True))
        browser = play.chromium.connect_over_cdp(window.devtools().devtools)
        stack.callback(browser.close)
        rig = kind(person, browser)
        stack.callback(rig.close)
        until = time.monotonic() + 20
        while not rig.ask("status").browsers:
            assert time.monotonic() < until, "the extension did not join"
            time.sleep(0.05)
        if stage:
            programs.place(stage, "chromium", 10, 10, 900, 640)
        yield rig


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        if "csp" in self.path:
            self.send_header("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self'")
        super().end_headers()


@contextlib.contextmanager
def serving(folder: Path) -> Generator[str]:
    """A folder on loopback. Gives its origin."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
