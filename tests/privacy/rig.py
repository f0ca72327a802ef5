"""A guard under a policy that lists a mail program and a browser, fed with scripts."""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.capture.scripted import script
from byhand.consent.grant import make
from byhand.consent.policy import parse
from byhand.events.kinds import AnyEvent, Element, Key, Mark, Window
from byhand.events.raw import Raw
from byhand.privacy.guard import Guard

POLICY = """\
version = 1
streams = ["actions", "text", "timing", "pointer", "frames"]
words = ["Kontoblatt"]
[[apps]]
id = "mail"
[[apps]]
id = "editor"
[[apps]]
id = "chromium"
[[apps]]
id = "keepassxc"
[[sites]]
origin = "https://work.example.org"
[[sites]]
origin = "https://*.wide.example.org"
[[sites]]
origin = "file://"
"""
_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITHHELD = "withheld"


def guard(
    *streams: str, policy: str = POLICY, screen: tuple[int, int] = (0, 0), watches: bool = True
) -> Guard:  # fmt: skip
    read = parse(policy, "policy.toml")
    grant = make(policy, read, streams, None, None, "mine", 1_000, 7, "grant", _KEY)
    return Guard(read, grant, screen=screen, watches=watches)


def run(door: Guard, raws: Iterable[Raw], *, after_s: float = 2.0) -> list[AnyEvent]:
    """Feed all, let time pass, close."""
    kept: list[AnyEvent] = []
    last = 0
    for raw in raws:
        kept += door.feed(raw)
        last = max(last, raw.mono_ns)
    kept += door.settle(last + int(after_s * 1e9))
    return kept + door.close(last + int(after_s * 1e9))


def story(text: str, *streams: str) -> list[str]:
    """What a script leaves, one line an event: its kind and what it tells."""
    return told(run(guard(*streams), script(text)))


def told(events: Iterable[AnyEvent]) -> list[str]:
    """Events as short lines; motions are left out."""
    lines: list[str] = []
    for event in events:
        kind = type(event).__name__.lower()
        match event:
            case Key():
                lines.append(f"{'down' if event.down else 'up'} {event.keysym or event.cls}")
            case Mark():
                span = f" {event.span_ms / 1000:.0f} s" if event.what == "gap" else ""
                lines.append(f"{event.what} {event.reason}{span}".strip())
            case Window():
                lines.append(f"{event.change} {event.app} {event.title}".strip())
            case Element():
                lines.append(f"{event.why} {event.role} {event.name}".strip())
            case _:
                if kind != "motion":
                    lines.append(kind)
    return lines
