"""One figure of a scorecard: what was measured, on how many, how sure, and what it had to reach."""

from __future__ import annotations

import math
from typing import Literal

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """A measured figure.

    row: short id, stable between versions ("zero-leak titles"). value, low, high: the figure and its 95 % interval, in
    `unit` ("share", "%", "us", "ms", "count"). n: how many cases. reach: what it had to reach, None where nothing was
    set. better: which way is better. best_known: the best others have, with its source. note: what it does not show.
    examples: what still leaks or is masked needlessly, as kinds and ids, never as content of a person.
    """

    row: str
    what: str
    value: float
    unit: str
    n: int
    low: float
    high: float
    reach: float | None
    better: Literal["higher", "lower"]
    best_known: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Is the figure itself where it had to be? True where nothing was set."""
        if self.reach is None:
            return True
        return self.value >= self.reach if self.better == "higher" else self.value <= self.reach


def wilson(hits: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): honest also for few cases and shares near 0 and 1."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # Rounding must not take the share itself out of its interval.
    return min(share, max(0.0, (middle - spread) / scale)), max(share, min(1.0, (middle + spread) / scale))
