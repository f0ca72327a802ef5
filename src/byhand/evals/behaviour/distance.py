"""How far made times are from people's, with an interval over people.

Rules of this module: times are counted to one unit (1 ms for keys, 10 ms for ways of a pointer). Keys of one person
are not independent, so the interval draws people again, not keys.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from byhand.evals.behaviour.detector import Interval
from byhand.models.behaviour.population import Numbers


def between(
    real: Sequence[Numbers], made: Sequence[Numbers], *, unit: float = 1.0, most: float = 2_000.0, draws: int = 200
) -> tuple[Interval, Interval]:
    """Kolmogorov-Smirnov distance (0 to 1), and Wasserstein distance in ms, both with their 95 % interval.

    Args:
        real: for each person held out, their times, ms.
        made: times that were made for them, ms.
        unit: ms that times are counted to.
        most: ms, what is longer is counted there.
        draws: of the bootstrap.
    """
    bins = int(most / unit) + 1

    def counted(times: Numbers) -> Numbers:
        places = np.clip(times / unit, 0, bins - 1).astype(np.int64)
        return np.bincount(places, minlength=bins).astype(np.float64)

    people, all_made = np.array([counted(one) for one in real]), counted(np.concatenate(made))
    share = np.cumsum(all_made) / all_made.sum()
    dice = np.random.default_rng(2)

    def apart(who: Numbers) -> tuple[float, float]:
        kept = who @ people
        off = np.abs(np.cumsum(kept) / kept.sum() - share)
        return float(off.max()), float(off.sum()) * unit

    value = apart(np.ones(len(people), dtype=np.float64))
    even = np.full(len(people), 1 / len(people))
    some = np.array([apart(dice.multinomial(len(people), even).astype(np.float64)) for _ in range(draws)])
    low, high = np.quantile(some, 0.025, axis=0), np.quantile(some, 0.975, axis=0)
    ks, wasserstein = ((value[n], float(low[n]), float(high[n])) for n in (0, 1))
    return ks, wasserstein
