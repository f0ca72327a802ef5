"""Recordings for the tests of the command line, made without a desktop: events as a person would cause them."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import msgspec

from byhand.consent.policy import policy_hash
from byhand.events.kinds import AnyEvent, Button, Element, Header, Key, Mark, Motion, Page, Scroll, Text, Window
from byhand.vault.grants import load_grants
from byhand.vault.keys import open_keys
from byhand.vault.store import Summary, Vault

MS = 1_000_000
POLICY = """\
version = 1
title = "Chores"
purposes = ["mine"]
streams = ["actions", "text", "pointer"]

[[apps]]
id = "mail"
name = "Mail"

[[apps]]
id = "editor"
"""


def header(
    recording: str = "rec1", *, grant: str = "g", utc_ns: int = 1_800_000_000_000_000_000, mono_ns: int = 0
) -> Header:
    return Header(
        version=1, recording=recording, device="d", grant=grant, policy_hash=policy_hash(POLICY), purpose="mine",
        streams=("actions",), driver="scripted", program="test", boot_id="b", mono_ns=mono_ns, utc_ns=utc_ns, layout="",
        screen_w=800, screen_h=600, monitors=(),
    )  # fmt: skip


class Script:
    """Writes events; `ms` is the time."""

    def __init__(self, ms: int = 0) -> None:
        self.events: list[AnyEvent] = []
        self.ms = ms

    def wait(self, ms: int) -> Script:
        self.ms += ms
        return self

    def _add(self, kind: type[AnyEvent], *fields: object) -> Script:
        self.events.append(kind(self.ms, self.ms * MS, "actions.press", *fields))  # pyright: ignore[reportArgumentType, reportCallIssue]
        return self

    def focus(self, app: str, title: str = "") -> Script:
        return self._add(Window, "focus", len(app), app, title, 0, 0, 10, 10)

    def titled(self, app: str, title: str) -> Script:
        return self._add(Window, "title", len(app), app, title, 0, 0, 10, 10)

    def down(self, x: int = 5, y: int = 5, button: int = 1) -> Script:
        return self._add(Button, True, button, x, y, False)

    def up(self, x: int = 5, y: int = 5, button: int = 1) -> Script:
        return self._add(Button, False, button, x, y, False)

    def element(
        self, role: str, name: str, *, ago: int = 0, why: str = "press", origin: str = "", page: str = ""
    ) -> Script:
        now = self.ms
        self.ms -= ago
        self._add(Element, why, role, name, (), 0, 0, 1, 1, "", origin, page)
        self.ms = now
        return self

    def click(self, role: str, name: str, button: int = 1) -> Script:
        self.down(button=button).wait(60).up(button=button).wait(20)
        return self.element(role, name, ago=80)

    def told(self, why: str, role: str, name: str = "", **more: Any) -> Script:
        """What a browser tells of an element: 10, 20, 80 by 24 pixels unless said otherwise."""
        box = more.pop("box", (10, 20, 80, 24))
        at = more.pop("origin", ""), more.pop("page", "")
        event: Any = Element  # its words are those of a test
        told = self.ms, self.ms * MS, "actions.element", why, role, name, ()
        self.events.append(event(*told, *box, "", *at, "browser", **more))
        return self

    def page(self, what: str, page: str = "/", title: str = "", *, tab: int = 1, frame: int = 1) -> Script:
        return self._add(Page, what, tab, frame, "https://work.example.org", page, title)

    def key(self, cls: str, keysym: str = "", mods: int = 0) -> Script:
        self._add(Key, True, cls, 0, keysym, mods, False, False).wait(40)
        return self._add(Key, False, cls, 0, keysym, mods, False, False).wait(60)

    def said(self, text: str, how: str = "typed") -> Script:
        return self._add(Text, how, text, 1)

    def mark(self, what: str, reason: str = "", span_ms: int = 0, text: str = "") -> Script:
        return self._add(Mark, what, reason, span_ms, 0, text)

    def scroll(self, dy: float) -> Script:
        return self._add(Scroll, 0.0, dy, 5, 5, False)

    def move(self) -> Script:
        return self._add(Motion, 1, 1, False)


def office(ms: int = 0) -> list[AnyEvent]:
    """Half a minute of work."""
    script = Script(ms).mark("start").focus("mail", "").wait(700).click("push button", "Reply").wait(600)
    for _ in range(7):
        script.key("letter")
    script.wait(800).key("letter", "s", 4).wait(900).mark("gap", "another app", 12_000).wait(12_000)
    return script.focus("editor").wait(500).scroll(3).wait(2000).mark("stop").events


def keep(home: Path, recording: str = "rec1", *, ago_s: float = 60, finished: bool = True) -> Path:
    """Put a recording of `office` into the vault, as if it had begun so long ago."""
    mono_ns, utc_ns = time.monotonic_ns() - int(ago_s * 1e9), time.time_ns() - int(ago_s * 1e9)
    mono_ns -= mono_ns % 1000
    grants, _ = load_grants(home)
    made = header(recording, grant=grants[-1].id if grants else "g", utc_ns=utc_ns, mono_ns=mono_ns)
    events = [_later(event, mono_ns) for event in office()]
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        vault.begin(made)
        vault.append(recording, events)
        if finished:
            ended = utc_ns + 20 * 10**9
            vault.finish(
                recording, Summary(kept={"key": 16, "button": 2}, dropped={"password": 1}, lost=0, ended_utc_ns=ended)
            )
    return home


def _later(event: AnyEvent, ns: int) -> AnyEvent:
    return msgspec.structs.replace(event, mono_ns=event.mono_ns + ns, server_ms=event.server_ms + ns // MS)
