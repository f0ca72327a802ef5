"""What the vault's tests keep: headers, and pointer paths as a hand makes them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import msgspec

from byhand.events.kinds import AnyEvent, Header, Mark, Motion, Window
from byhand.events.time import stamp
from byhand.vault.store import Summary, Vault

START_NS = 1_000_000_000_000
UTC_NS = 1_760_000_000_000_000_000


def header(recording: str = "first", **changes: Any) -> Header:
    made = Header(
        version=1,
        recording=recording,
        device="adevice",
        grant="agrant",
        policy_hash="ab" * 32,
        purpose="mine",
        streams=("actions", "pointer"),
        driver="scripted",
        program="byhand 0",
        boot_id="boot one",
        mono_ns=START_NS,
        utc_ns=UTC_NS,
        layout="us",
        screen_w=1920,
        screen_h=1080,
        monitors=(),
    )
    return msgspec.structs.replace(made, **changes)


def summary(ended_s: float = 60) -> Summary:
    return Summary(kept={}, dropped={"secret": 1}, lost=0, ended_utc_ns=UTC_NS + int(ended_s * 1e9))


def mark(at_s: float, text: str, what: Any = "task_begin") -> Mark:
    at = START_NS + int(at_s * 1e9)
    return Mark(at // 1_000_000, at, "mark", what, "", 0, 0, text)


def marks(count: int, first: int = 0) -> list[AnyEvent]:
    return [mark(place / 10, f"event {place}") for place in range(first, first + count)]


def focus(at_s: float, app: str, title: str = "") -> Window:
    at = START_NS + int(at_s * 1e9)
    return Window(at // 1_000_000, at, "actions", "focus", 1, app, title, 0, 0, 800, 600)


def keep(vault: Vault, made: Header, events: Sequence[AnyEvent], *, batch: int = 10, finish: bool = True) -> None:
    """A whole recording, batch by batch."""
    vault.begin(made)
    for start in range(0, len(events), batch):
        vault.append(made.recording, events[start : start + batch])
    if finish:
        vault.finish(made.recording, summary())


def hand_path(count: int, hz: int, seed: int = 1) -> list[AnyEvent]:
    """Reaches of minimum jerk, curved and trembling, with rests between; stamps as the X11 driver makes them.

    The device ticks with 3 % jitter; an event is read 0 to 0.5 ms after the server stamped it, so that the second stamp
    has true microseconds in it and is the hardest part to store.
    """
    chance = random.Random(seed)
    made: list[AnyEvent] = []
    x, y, now = 640.0, 400.0, float(START_NS)
    before = (0, 0)
    while len(made) < count:
        to_x, to_y = chance.uniform(0, 1919), chance.uniform(0, 1079)
        far = math.hypot(to_x - x, to_y - y) + 1e-9
        steps = int((0.15 + 0.12 * math.log2(1 + far / 20) * chance.uniform(0.8, 1.3)) * hz)
        bow = chance.gauss(0, 0.08)
        for step in range(1, steps + 1):
            part = step / steps
            along = part**3 * (10 - 15 * part + 6 * part**2)
            aside = 4 * along * (1 - along) * bow
            at_x = x + (to_x - x) * along - aside * (to_y - y) + chance.gauss(0, 0.4)
            at_y = y + (to_y - y) * along + aside * (to_x - x) + chance.gauss(0, 0.4)
            now += 1e9 / hz + chance.gauss(0, 0.03e9 / hz)
            place = (round(at_x), round(at_y))
            if place != before:
                before = place
                server_ms = int(now) // 1_000_000
                read_ns = int(now + abs(chance.gauss(150_000, 120_000)))
                made.append(Motion(server_ms, stamp(server_ms, 0, read_ns), "pointer.granted", *place, injected=False))
        x, y = to_x, to_y
        now += chance.expovariate(1 / 0.4) * 1e9
    return made[:count]
