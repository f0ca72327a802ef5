"""What may be fitted to people, and a distribution that keeps nothing of one of them.

Rules of this module: fewer than `LEAST_PEOPLE` are refused. Each person weighs the same, however much there is of
them. A quantile is kept only where at least `TOGETHER` people's weight lies beyond it; further out the tail is a
log-normal's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from byhand.errors import LearnError

Numbers = NDArray[np.float64]

LEAST_PEOPLE = 10
TOGETHER = 2
_KNOTS = 21


def enough(people: Mapping[str, object]) -> None:
    """Raises:
    LearnError: these are too few people to be a population.
    """
    if len(people) < LEAST_PEOPLE:
        raise LearnError(
            f"{len(people)} people are too few for a model of behaviour",
            hints=(f"it takes {LEAST_PEOPLE} or more, so that it is like none of them",),
            fate="nothing was learned",
        )


class Shape(NamedTuple):
    """A distribution of times by its quantiles.

    scores: standard normal scores of the quantiles, rising, symmetric. logs: the natural logs of the times there
    (ms). slope: log ms for each score, for what lies outside. most: where the tail is cut, ms.
    """

    scores: Numbers
    logs: Numbers
    slope: float
    most: float

    def at(self, scores: Numbers) -> Numbers:
        """The times (ms) at these standard normal scores; same length."""
        inside = np.interp(scores, self.scores, self.logs)
        outside = scores - np.clip(scores, self.scores[0], self.scores[-1])
        return np.minimum(self.most, np.exp(inside + self.slope * outside))

    def score(self, times: Numbers) -> Numbers:
        """The other way round: which standard normal score each time (ms) has."""
        logs = np.log(np.maximum(1.0, times))
        outside = logs - np.clip(logs, self.logs[0], self.logs[-1])
        return np.interp(logs, self.logs, self.scores) + np.clip(outside / self.slope, -2, 2)


def shape(people: Sequence[Numbers], *, most: float) -> Shape:
    """Mix these people's times (ms), each person weighing the same."""
    edge = NormalDist().inv_cdf(max(1 - TOGETHER / len(people), 0.8))
    scores = np.linspace(-edge, edge, _KNOTS)
    shares = np.array([NormalDist().cdf(score) for score in scores.tolist()])
    times = np.concatenate(people)
    weights = np.concatenate([np.full(len(one), 1 / len(one)) for one in people])
    order = np.argsort(times)
    below = np.cumsum(weights[order])
    logs = np.log(np.maximum(1.0, np.interp(shares, (below - weights[order] / 2) / below[-1], times[order])))
    return Shape(scores, logs, _slope(scores, logs), most)


def of_quantiles(at: Sequence[float], times: Sequence[float], *, most: float) -> Shape:
    """From times (ms) that are known at these shares."""
    scores = np.array([NormalDist().inv_cdf(share) for share in at])
    logs = np.log(np.maximum(1.0, np.asarray(times, dtype=np.float64)))
    return Shape(scores, logs, _slope(scores, logs), most)


def _slope(scores: Numbers, logs: Numbers) -> float:
    return max(0.01, float(scores @ logs / (scores @ scores)))  # least squares; the scores are symmetric
