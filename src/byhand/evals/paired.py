"""Two models did the same cases: how much better is the second, and how sure is that? Pure.

Rules of this module: a case is one task with one seed, done by both. Tasks are drawn again, and within each its cases
(a bootstrap of two stages, its seed fixed: the same cases give the same answer); each task counts the same. What too
few cases can't tell is not told: they say how many would.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from byhand.evals.figure import wilson

LEAST = 20
"""Below so many cases nothing is concluded, as nothing is promoted (`models.promotion`)."""
_DRAWS, _SEED = 4000, 0
_RULE_OF_THREE = 3.0
"""What was not seen in n cases happens in less than three in n of them, 95 times in 100 (Hanley 1983)."""
Verdict = Literal["justified", "open", "stop"]


class Pair(NamedTuple):
    """A case. before, after: whether it was right, of each of both."""

    task: str
    before: bool
    after: bool


class Gain(NamedTuple):
    """n: cases, of so many tasks. before, after: shares right, each task counting the same. low, high: 95 % interval of
    value, which is after less before. won, lost: cases only the second, and only the first, was right on.
    """

    n: int
    tasks: int
    before: float
    after: float
    value: float
    low: float
    high: float
    won: int
    lost: int


def gain(pairs: Sequence[Pair]) -> Gain:
    """By drawing again. Where both did the same in all cases, the interval is that of what was not seen."""
    tasks = sorted({one.task for one in pairs})
    if not tasks:
        return Gain(0, 0, 0.0, 0.0, 0.0, -1.0, 1.0, 0, 0)
    place = {task: at for at, task in enumerate(tasks)}
    sizes, won, lost, before, after = (np.zeros(len(tasks)) for _ in range(5))
    for one in pairs:
        at = place[one.task]
        sizes[at] += 1
        won[at] += one.after and not one.before
        lost[at] += one.before and not one.after
        before[at] += one.before
        after[at] += one.after
    value = float(((won - lost) / sizes).mean())
    low, high = _interval(sizes, won, lost)
    if not (won.sum() or lost.sum()):
        spread = min(1.0, _RULE_OF_THREE / len(pairs))
        low, high = value - spread, value + spread
    return Gain(
        len(pairs), len(tasks), float((before / sizes).mean()), float((after / sizes).mean()), value, low, high,
        int(won.sum()), int(lost.sum()),
    )  # fmt: skip


def _interval(sizes: np.ndarray, won: np.ndarray, lost: np.ndarray) -> tuple[float, float]:
    """Drawing cases of a task again gives so many won and lost as a multinomial does."""
    draw = np.random.default_rng(_SEED)
    drawn = draw.integers(0, len(sizes), (_DRAWS, len(sizes)))
    count = sizes[drawn].astype(np.int64)
    wins = draw.binomial(count, (won / sizes)[drawn])
    rest = np.divide(lost, sizes - won, out=np.zeros_like(lost), where=sizes > won)
    losses = draw.binomial(count - wins, rest[drawn])
    low, high = np.quantile(((wins - losses) / count).mean(1), (0.025, 0.975))
    return float(low), float(high)


def mean(tasks: Mapping[str, tuple[int, int]]) -> tuple[float, float, float]:
    """Of one model alone: its share right, each task counting the same, with an interval that draws tasks and cases.

    Args:
        tasks: of each, how many were right and how many there were.

    Where a model is right on all or on nothing, drawing again says nothing, and the interval is no narrower than that
    of the share of all cases (Wilson).
    """
    hits, sizes = (np.array([one[at] for one in tasks.values()], dtype=float) for at in (0, 1))
    value = float((hits / sizes).mean())
    draw = np.random.default_rng(_SEED)
    drawn = draw.integers(0, len(sizes), (_DRAWS, len(sizes)))
    count = sizes[drawn].astype(np.int64)
    low, high = np.quantile((draw.binomial(count, (hits / sizes)[drawn]) / count).mean(1), (0.025, 0.975))
    total = int(sizes.sum())
    least, most = wilson(round(value * total), total)
    return value, min(float(low), least, value), max(float(high), most, value)


def verdict(found: Gain, least: float) -> Verdict:
    """justified: it is a gain, however large. stop: there is none of at least `least`. open: neither is shown."""
    if found.n < LEAST:
        return "open"
    if found.low > 0:
        return "justified"
    return "stop" if found.high < least else "open"


def needs(found: Gain, least: float) -> int:
    """About so many cases would tell, were the difference as it is here: until it is shown to be above nothing, or
    below `least`, whichever comes first. An interval is half as wide with four times as many.
    """
    if not (found.won or found.lost):
        return max(LEAST, found.n + 1, math.ceil(_RULE_OF_THREE / least))
    ways: list[float] = []
    if found.value > 0:
        ways.append((found.value - found.low) / found.value)
    if found.value < least:
        ways.append((found.high - found.value) / (least - found.value))
    wider = min(ways, default=1.0)
    return max(LEAST, found.n + 1, math.ceil(found.n * wider * wider))
