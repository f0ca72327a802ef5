"""A guard and a vault to measure with: a policy that lists a few programs and a site, a grant that gives every stream.

Nothing of a person is in it. What a suite feeds are raw events of its own making.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.consent.grant import Grant, make
from byhand.consent.policy import Policy, Stream, parse, policy_hash
from byhand.events.kinds import Header
from byhand.privacy.guard import Guard
from byhand.vault.keys import MemoryStore
from byhand.vault.store import Vault

SITE = "https://work.example.org"
APP, BROWSER = "editor", "chromium"
SCREEN = (640, 480)
ALL: tuple[Stream, ...] = ("actions", "text", "timing", "pointer", "frames")
POLICY = f"""\
version = 1
streams = ["actions", "text", "timing", "pointer", "frames"]
purposes = ["mine", "train"]
[[apps]]
id = "{APP}"
[[apps]]
id = "{BROWSER}"
[[sites]]
origin = "{SITE}"
"""
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_NOW, _DAYS = 1_780_000_000, 30


def consent(*streams: Stream) -> tuple[Policy, Grant]:
    """The policy, and a grant under it for these streams (all of them if none is named)."""
    policy = parse(POLICY, "policy.toml")
    return policy, make(POLICY, policy, streams or ALL, None, None, "train", _NOW, _DAYS, "stand", KEY)


def guard(*streams: Stream, seed: bytes = b"stand") -> Guard:
    """A guard for one recording."""
    policy, grant = consent(*streams)
    return Guard(policy, grant, screen=SCREEN, seed=seed)


def header(recording: str = "stand", purpose: str = "train") -> Header:
    """What stands at the head of a suite's recording."""
    return Header(
        version=1, recording=recording, device="device", grant="stand", policy_hash=policy_hash(POLICY),
        purpose="mine" if purpose == "mine" else "train", streams=ALL, driver="scripted", program="byhand",
        boot_id="boot", mono_ns=0, utc_ns=_NOW * 1_000_000_000, layout="evdev,pc105,us,",
        screen_w=SCREEN[0], screen_h=SCREEN[1],
        monitors=(),
    )  # fmt: skip


def vault(home: Path) -> Vault:
    """A vault whose keys live and die with this process."""
    return Vault.open(home, MemoryStore())
