"""Typing through a real guard, and what an attacker gets to see: the events that it keeps, with their stamps.

Rules of this module: the guard is the one that records (`evals.stand`), without the `timing` stream. A person's samples
are one recording; a mark stands between two.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from byhand.evals import stand
from byhand.evals.rhythm.people import People, Sample, Stroke
from byhand.events.kinds import AnyEvent, Key, KeyClass, Mark
from byhand.events.raw import Raw, RawElement, RawKey, RawMark, RawWindow

_MS = 1_000_000
_START_MS = 1_000_000
_BETWEEN_MS = 3_000.0

_KEYSYMS: dict[KeyClass, int] = {
    "letter": 0x61, "digit": 0x35, "symbol": 0x2C, "space": 0x20, "edit": 0xFF08, "move": 0xFF51, "enter": 0xFF0D,
    "tab": 0xFF09, "escape": 0xFF1B, "function": 0xFFBE, "modifier": 0xFFE1, "other": 0xFFFFFE,
}  # fmt: skip


def through_the_guard(people: People, seed: bytes, *, element: str = "Message") -> People:
    """What is kept of their keys, as an attacker would line it up: each key going down with an end of its kind."""
    return {name: kept(samples, seed + name.encode(), element=element) for name, samples in people.items()}


def kept(samples: Iterable[Sample], seed: bytes, *, element: str = "Message") -> list[Sample]:
    """One person's."""
    guard = stand.guard("actions", seed=seed)
    out: list[AnyEvent] = []
    last_ns = 0
    for raw in raws(samples, element=element):
        out += guard.feed(raw)
        last_ns = raw.mono_ns
    return list(_samples([*out, *guard.settle(last_ns + 5_000 * _MS), *guard.close(last_ns + 5_000 * _MS)]))


def raws(samples: Iterable[Sample], *, element: str = "Message") -> Iterator[Raw]:
    """A person at one field of a listed program, true to the µs."""
    stamps = _START_MS, _START_MS * _MS
    yield RawMark(*stamps, "start", "")
    yield RawWindow(*stamps, "focus", 1, stand.APP, "", 1, 0, 0, 600, 400, override=False)
    yield RawElement(
        *stamps, "focus", found=True, window=1, owner=1, role="entry", name=element, states=("editable", "focused"),
        x=10, y=10, w=300, h=30, path=(("frame", 0), ("entry", 1)), url="",
    )  # fmt: skip
    end = _START_MS + 2_000.0
    for sample in samples:
        # Samples of one table have one clock, and the true rests between them; else there is a rest.
        shift = 0.0 if sample[0].down > end and sample[0].down - end < 60_000 else end + _BETWEEN_MS - sample[0].down
        moved = [stroke._replace(down=stroke.down + shift, up=stroke.up + shift) for stroke in sample]
        turns = sorted([(s.down, 1, n) for n, s in enumerate(moved)] + [(s.up, 0, n) for n, s in enumerate(moved)])
        for at, down, n in turns:
            stroke = moved[n]
            yield RawKey(
                int(at), int(at * 1_000) * 1_000, bool(down), 10 + n % 200, _KEYSYMS[stroke.cls], 0, False, False
            )
        end = max(stroke.up for stroke in moved)
        yield RawMark(int(end) + 1, int(end + 1) * _MS, "task_end", "")


def _samples(events: Iterable[AnyEvent]) -> Iterator[Sample]:
    ends: dict[tuple[str, str], deque[float]] = defaultdict(deque)
    downs: list[list[tuple[Key, float]]] = [[]]
    for event in events:
        at = event.mono_ns / _MS
        if isinstance(event, Key) and event.down:
            downs[-1].append((event, at))
        elif isinstance(event, Key):
            ends[event.cls, event.keysym].append(at)
        elif isinstance(event, Mark) and event.what == "task_end":
            downs.append([])
    for strokes in downs:
        sample: Sample = []
        for key, at in strokes:
            waiting = ends[key.cls, key.keysym]
            sample.append(Stroke("", key.cls, at, waiting.popleft() if waiting else at))
        if len(sample) > 9:
            yield sample
