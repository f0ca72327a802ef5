"""What guarding costs: microseconds per event on the recorder's road, and milliseconds for a text that is new.

A stream of events as a person at work causes them is fed one by one; each call is timed on the thread's own clock. What
was typed is judged when the recorder writes, not when a key is struck, and a title or name once judged is remembered:
so events and new texts are measured apart.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random

from byhand.capture.scripted import script
from byhand.consent.grant import make
from byhand.consent.policy import parse
from byhand.evals import stand
from byhand.evals.figure import Figure
from byhand.evals.suites.utility import POLICY
from byhand.evals.work import shift
from byhand.events.raw import Raw
from byhand.privacy.guard import Guard
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At

_TEXTS = (
    "Please send the revised offer to the team before noon, and ask whether the delivery on Thursday can be moved.",
    "Quarterly report for the northern region: sales rose by four percent while the cost of transport stayed.",
    "The meeting starts at ten; bring the list of open questions and the numbers of the last two weeks, please",
    "invoice 2024-118 from Karvonen Oy, pay to DE89 3704 0044 0532 0130 00 before 31 March, ask rk@karvonen.fi",
)
_LETTERS = 120
_COMMIT_NS = 400_000_000  # as often as the recorder writes


def measure(*, seed: int = 1, texts: int = 400) -> list[Figure]:
    """Cost per event (median and 99th of a hundred) and per new text of 120 characters (median)."""
    dice = Random(seed)  # noqa: S311  # dice, not keys
    return [*_events(dice), _new_text(dice, texts)]


def _events(dice: Random) -> list[Figure]:
    policy = parse(POLICY, "policy.toml")
    grant = make(POLICY, policy, ("actions", "text"), None, None, "train", 1_780_000_000, 30, "work", stand.KEY)
    words = "\n".join(shift(dice, 60).lines)
    guard = Guard(policy, grant, seed=b"cost")
    first = script(words)
    _timed(guard, first)
    # The second time no title or name is new: judging a new one is a figure of its own.
    spent = _timed(guard, script(words, start_ms=first[-1].server_ms + 60_000))
    spent.sort()
    return [
        _figure("guard cost, median", spent, 0.50, "us", 20, "guarding one event, median"),
        _figure("guard cost, p99", spent, 0.99, "us", 200, "guarding one event, 99th of a hundred"),
    ]


def _timed(guard: Guard, raws: Sequence[Raw]) -> list[float]:
    """Microseconds for each event."""
    spent: list[float] = []
    written_ns = 0
    for raw in raws:
        if raw.mono_ns - written_ns > _COMMIT_NS:
            guard.settle(raw.mono_ns - 1)
            written_ns = raw.mono_ns
        begun = time.thread_time_ns()
        guard.feed(raw)
        spent.append((time.thread_time_ns() - begun) / 1000)
    return spent


def _new_text(dice: Random, count: int) -> Figure:
    cleaner = Cleaner(seed=b"cost")
    cleaner.clean("warm", At("page"))
    spent: list[float] = []
    for number in range(count):
        words = dice.choice(_TEXTS).split()
        dice.shuffle(words)
        text = f"{' '.join(words)} {number}"[-_LETTERS:].ljust(_LETTERS, ".")
        begun = time.thread_time_ns()
        cleaner.clean(text, At("page"))
        spent.append((time.thread_time_ns() - begun) / 1e6)
    spent.sort()
    return _figure(
        "cost of a new text", spent, 0.50, "ms", 3, "judging a text of 120 characters never seen before, median"
    )


def _figure(row: str, spent: Sequence[float], share: float, unit: str, reach: float, what: str) -> Figure:
    """A quantile with the interval its order statistics give."""
    n = len(spent)
    spread = 1.96 * (share * (1 - share) / n) ** 0.5
    low, high = (spent[min(n - 1, max(0, int(n * at)))] for at in (share - spread, share + spread))
    return Figure(
        row=row, what=what, value=spent[min(n - 1, int(n * share))], unit=unit, n=n, low=low, high=high, reach=reach,
        better="lower", note="CPU time of the thread; a busy neighbour does not count",
    )  # fmt: skip
