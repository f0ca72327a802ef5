"""Recordings to review, and a visit to the page: the real command, a real browser, all it asks and complains."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from byhand.consent import grant as grants
from byhand.consent.grant import Grant
from byhand.consent.policy import STREAMS, parse
from byhand.recorder.control import Request, ask
from byhand.recorder.launch import listen, spawn
from byhand.vault.grants import save_grant, save_policy
from byhand.vault.keys import FileStore, device_key, open_keys
from byhand.vault.store import Summary, Vault
from tests.ui.recordings import START, framed, header

BYHAND = str(Path(sys.executable).parent / "byhand")
POLICY = """\
version = 1
purposes = ["mine", "train"]
streams = ["actions", "text", "timing", "pointer", "frames"]

[[apps]]
id = "mail"

[[apps]]
id = "mousepad"
"""
SECRET = "Zq7canary9Vx"
WORK = f"""
00.0  focus   mail "Inbox" 40,40 700x560
00.2  click   "Reply" (push button) 80,90 90x30
00.5  element entry "Message" 80,140 500x200
00.7  type    "Thank you"
+0.2  secret  "{SECRET}"
+0.2  element entry "Message" 80,140 500x200
+0.1  click   "Send" (push button) 180,90 90x30
+0.3  focus   mousepad "Notes" 500,180 600x480
+0.2  click   "Save" (push button) 540,220 90x30
+0.2  scroll  3
+0.2  click   "Close" (push button) 640,220 90x30
+0.3  focus   mail
+0.2  click   "Archive" (push button) 280,90 90x30
"""
FRAMED = "fr4m3dr3c0"


def consent(home: Path, name: str, purpose: Literal["mine", "train"]) -> Grant:
    """A grant for everything in the policy."""
    keys = open_keys(home, {"BYHAND_KEYRING": "file"})
    parsed = parse(POLICY, "policy.toml")
    made = grants.make(
        POLICY, parsed, STREAMS, [app.id for app in parsed.apps], [], purpose, int(time.time()), 1, name,
        device_key(keys, create=True),
    )  # fmt: skip
    save_policy(home, POLICY.encode())
    save_grant(home, made)
    return made


def record(home: Path, folder: Path, grant: Grant, *, task: str, presses: int = 5) -> None:
    """Record `WORK` by the real recorder."""
    path = folder / f"{grant.id}.txt"
    path.write_text(WORK)
    process = spawn(home, grant.id, seconds=None, task=task, driver=f"scripted:{path}")
    try:
        told = listen(process)
        next(status for status in told if status.state == "recording")
        until = time.monotonic() + 40
        while time.monotonic() < until:
            reply = ask(home, Request("status"))
            if reply.status and reply.status.kept.get("button", 0) >= 2 * presses:
                break
            time.sleep(0.1)
        time.sleep(1.2)
        process.terminate()
        for _ in told:
            pass
        process.wait(10)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(5)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def keep_framed(home: Path, grant: Grant) -> None:
    """A recording with pictures, put into the vault as the guard's canvas makes them."""
    ago_ns = 3600 * 10**9
    utc_ns = time.time_ns() - ago_ns
    made = msgspec.structs.replace(
        header("actions", "pointer", "frames"), recording=FRAMED, purpose="train", grant=grant.id, utc_ns=utc_ns,
        mono_ns=START, policy_hash=grant.policy_hash,
    )  # fmt: skip
    events = [one.event for one in framed()]
    with Vault.open(home, FileStore(home / "keys")) as vault:
        vault.begin(made)
        vault.append(FRAMED, events)
        ended = utc_ns + events[-1].mono_ns - START
        vault.finish(FRAMED, Summary(kept={"key": 60}, dropped={}, lost=0, ended_utc_ns=ended))


@dataclasses.dataclass
class Told:
    """What a browser asked for and complained about."""

    asked: list[str] = dataclasses.field(default_factory=list[str])
    complaints: list[str] = dataclasses.field(default_factory=list[str])

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", lambda message: self.complaints.append(message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def strangers(self, origin: str) -> list[str]:
        """Requests to anywhere but the page's own server."""
        return [url for url in self.asked if not url.startswith((origin + "/", "data:", "blob:" + origin))]


class Visit:
    """One run of `byhand review` and one window in front of it."""

    def __init__(
        self,
        home: Path,
        browser: Browser,
        *words: str,
        size: tuple[int, int] = (1280, 900),
        scheme: Literal["light", "dark"] = "light",
        motion: Literal["no-preference", "reduce"] = "no-preference",
    ) -> None:
        env = {**os.environ, "BYHAND_HOME": str(home), "BYHAND_KEYRING": "file"}
        self.home = home
        self.server = subprocess.Popen([BYHAND, "review", *words, "--json"], env=env, stdout=subprocess.PIPE, text=True)
        assert self.server.stdout is not None
        self.url: str = json.loads(self.server.stdout.readline())["url"]
        split = urlsplit(self.url)
        self.origin = f"{split.scheme}://{split.netloc}"
        self.told = Told()
        self.expected: list[str] = []
        width, height = size
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion=motion
        )
        self.told.watch(self.context)
        self.page: Page = self.context.new_page()

    def enter(self) -> Page:
        self.page.goto(self.url)
        self.page.wait_for_url("**/recordings**")
        return self.page

    def open(self, recording: str, tab: str = "look") -> Page:
        """Go to a recording, as a link in the list does."""
        self.page.goto(f"{self.origin}/recordings/{recording}" + ("" if tab == "look" else f"#{tab}"))
        self.page.wait_for_selector("byhand-review[ready]")
        return self.page

    def until(self, condition: str) -> None:
        """Wait in steps from here: the page's own policy forbids to wait inside it."""
        for _ in range(500):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"it never came to {condition}")

    def says(self, words: str) -> None:
        """Wait until the page's status line tells it."""
        self.page.locator("#status", has_text=words).wait_for(timeout=15_000)

    def row(self, words: str) -> Locator:
        return self.page.locator(".story-list .row", has_text=words).first

    def confirm(self, yes: str, typed: str = "") -> None:
        dialog = self.page.get_by_role("alertdialog")
        if typed:
            dialog.get_by_role("textbox").fill(typed)
        dialog.get_by_role("button", name=yes).click()

    def refuse(self, status: int, words: str) -> None:
        """From here on the browser's own line about a refused request is no complaint of the page."""
        self.expected.append(f"Failed to load resource: the server responded with a status of {status} ({words})")

    def stored(self) -> str:
        """All that would leave, as the table of it shows: opened on the third tab."""
        self.page.get_by_role("tab", name="What would leave").click()
        self.page.locator("#leave table tbody tr").first.wait_for()
        return self.page.locator("#leave table").inner_text()

    def at(self, ms: int) -> None:
        """Show that moment in the replay."""
        self.page.evaluate(f"document.querySelector('byhand-review').seek({ms})")

    def close(self) -> None:
        self.context.close()
        self.server.terminate()
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait(5)
        if self.server.stdout is not None:
            self.server.stdout.close()


def newest(home: Path, purpose: str = "train") -> str:
    """The id of the newest recording for that purpose that the recorder itself made."""
    with Vault.open(home, FileStore(home / "keys")) as vault:
        found = [one.id for one in vault.recordings() if one.id != FRAMED and vault.header(one.id).purpose == purpose]
    return found[-1]


def ids(home: Path) -> Sequence[str]:
    with Vault.open(home, FileStore(home / "keys")) as vault:
        return [one.id for one in vault.recordings()]
