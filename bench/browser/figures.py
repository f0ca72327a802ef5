"""From measured values to the figures of a row."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence


def at(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)] if ordered else 0.0


def median_between(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, and the values between which it lies at 95 %, by the order of the values alone (binomial)."""
    ordered, n = sorted(values), len(values)
    below, out = 0.0, 0
    while out < n // 2:
        below += math.comb(n, out) / 2**n
        if below > 0.025:
            break
        out += 1
    out = max(0, out - 1)
    return statistics.median(ordered), ordered[out], ordered[n - 1 - out]
