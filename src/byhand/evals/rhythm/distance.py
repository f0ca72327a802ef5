"""How far two sets of times are apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Apart(NamedTuple):
    """ks: the largest difference between the two distributions, 0 to 1, with its 95 % interval. wasserstein: how far,
    on average, one has to be moved to be the other, in their unit.
    """

    ks: float
    low: float
    high: float
    wasserstein: float
    means: tuple[float, float]


def between(one: Sequence[float], other: Sequence[float], *, draws: int = 50) -> Apart:
    """Compare; the interval is a bootstrap over the times."""
    first, second = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    dice = np.random.default_rng(1)
    some = [
        _ks(dice.choice(first, min(len(first), 20_000)), dice.choice(second, min(len(second), 20_000)))
        for _ in range(draws)
    ]
    at = np.linspace(0.001, 0.999, 999)
    moved = float(np.abs(np.quantile(first, at) - np.quantile(second, at)).mean())
    low, high = np.quantile(some, (0.025, 0.975)).tolist()
    ks = _ks(first, second)
    return Apart(ks, min(low, ks), max(high, ks), moved, (float(first.mean()), float(second.mean())))


def _ks(one: np.ndarray, other: np.ndarray) -> float:
    at = np.concatenate([one, other])
    at.sort()
    first = np.searchsorted(np.sort(one), at, side="right") / len(one)
    second = np.searchsorted(np.sort(other), at, side="right") / len(other)
    return float(np.abs(first - second).max())
