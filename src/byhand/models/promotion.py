"""May a new model take the place of the one before? Only if it is not worse on the same cases. Pure.

Rules of this module: both answered the very same cases, and neither learned from one of them. Cases of one episode hang
together, so whole episodes are drawn (a paired cluster bootstrap, the seed fixed: the same cases give the same answer).
What is not shown is not assumed: with too few cases nothing is promoted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MARGIN = 0.02
"""So much worse counts as not worse: two acts in a hundred."""
LEAST = 20
"""Below so many cases equal answers say nothing: a model that is wrong on one act in ten more than the other answers
all of 20 like it in one of eight times, all of 4 in two of three.
"""
_DRAWS, _SEED = 2000, 0
_Z = 1.959964


class Case(NamedTuple):
    """before, after: whether each model was right. group: cases that hang together."""

    group: str
    before: bool
    after: bool


class Verdict(NamedTuple):
    """why: one sentence. groups: of the cases. before, after: shares right. low, high: 95 % interval of after less
    before. needs: about so many cases would tell, were both equally good and differed as often as here.
    """

    promoted: bool
    why: str
    cases: int
    groups: int
    before: float
    after: float
    low: float
    high: float
    needs: int


def compared(cases: Sequence[Case], *, margin: float = MARGIN, draws: int = _DRAWS, seed: int = _SEED) -> Verdict:
    """Which of both is to be used.

    Args:
        cases: what both answered.
        margin: so much worse counts as not worse.
        draws: of the bootstrap.
        seed: of the bootstrap.
    """
    count, groups = len(cases), sorted({one.group for one in cases})
    if not count:
        return Verdict(False, "there are no acts that neither of them learned from", 0, 0, 0.0, 0.0, -1.0, 1.0, LEAST)
    before, after = (sum(rights) / count for rights in zip(*((one.before, one.after) for one in cases), strict=True))
    low, high = _interval(cases, groups, draws, seed)
    needs = needed(sum(one.before != one.after for one in cases) / count, margin)
    figures = f"right {after:.1%}, {before:.1%} before, of {count} acts"
    between = f"the difference lies between {low:+.1%} and {high:+.1%}"
    if count < LEAST:
        needs = max(LEAST, needs)
        promoted, why = False, f"{count} acts are too few to tell: it takes {needs} or so"
    elif low >= -margin:
        promoted, why = True, f"it is not worse: {figures}"
    elif high < 0:
        promoted, why = False, f"it is worse: {figures}; {between}"
    else:
        why = f"it may be worse: {figures}; {between}, and {-margin:.0%} is the least; to tell takes {needs} or so"
        promoted = False
    return Verdict(promoted, why, count, len(groups), before, after, low, high, needs)


def needed(differ: float, margin: float = MARGIN) -> int:
    """So many cases put the lower end at -margin, if both are equally good and differ in this share of them."""
    return max(LEAST, math.ceil(differ * (_Z / margin) ** 2))


def _interval(cases: Sequence[Case], groups: Sequence[str], draws: int, seed: int) -> tuple[float, float]:
    """Of the difference, by drawing as many groups as there are, again and again."""
    place = {group: at for at, group in enumerate(groups)}
    gained, sizes = np.zeros(len(groups)), np.zeros(len(groups))
    for one in cases:
        gained[place[one.group]] += one.after - one.before
        sizes[place[one.group]] += 1
    draw = np.random.default_rng(seed)
    found = np.empty(draws)
    for number in range(draws):
        drawn = draw.integers(0, len(groups), len(groups))
        found[number] = gained[drawn].sum() / sizes[drawn].sum()
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)
