"""Can it be told what a model learned from? Attacks by how wrong it is on an act, or on all acts of an episode.

    loss       it is less wrong on what it learned from (Yeom et al. 2018)
    shadow     less wrong than other models are that did not learn from it (LiRA, offline, with one variance for all;
               Carlini et al. 2022)

Rules of this module: what counts is how many are found while one in a hundred is blamed wrongly, never an average: the
few that are told for sure are the harm. Acts of an episode are one case, so intervals draw episodes. Numbers only.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from byhand.models.arrays import Floats

WRONGLY = 0.01
_DRAWS, _SEED = 1_000, 11
_LEAST = 1e-6

Bools = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Places = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


class Rate(NamedTuple):
    """value: share of what was learned from that is found, with its 95 % interval. auc: .5 is chance. members, others:
    how many cases, over all models.
    """

    value: float
    low: float
    high: float
    auc: float
    members: int
    others: int


class Told(NamedTuple):
    """losses: [models, acts]. learned: [models, acts], whether that model learned from it. episode: of each act."""

    losses: Floats
    learned: Bools
    episode: Places


def by_loss(told: Told) -> Floats:
    """[models, acts]: the higher, the likelier it was learned from."""
    return -told.losses


def by_shadows(told: Told) -> Floats:
    """[models, acts]: against other models that did not learn from the act, as many for each. Where there were more for
    some, the mean of theirs would be the surer, and show by itself who learned from what.

    Raises:
        ValueError: of some act there is no such other model.
    """
    sure = -told.losses - np.log(-np.expm1(-np.maximum(told.losses, _LEAST)))
    found = np.empty_like(sure)
    for model in range(len(sure)):
        others = np.roll(np.arange(len(sure)), -model)[1:]
        out = ~told.learned[others]
        many = int(out.sum(0).min())
        if not many:
            raise ValueError("an act that all other models learned from")
        out &= np.cumsum(out, 0) <= many
        found[model] = sure[model] - (sure[others] * out).sum(0) / many
    return found


def of_episodes(told: Told, scores: Floats, *, mean: bool = False) -> tuple[Told, Floats]:
    """The scores of their acts together: the sum, which is as strong as they are many; or the mean, for scores that do
    not lie around nought, where the sum would say little but how many they are.
    """
    names, first, place = np.unique(told.episode, return_index=True, return_inverse=True)
    sums = np.stack([np.bincount(place, row, len(names)) for row in scores]).astype(np.float32)
    losses = np.stack([np.bincount(place, row, len(names)) for row in told.losses]).astype(np.float32)
    many = np.bincount(place, minlength=len(names)) if mean else 1
    return Told(losses, told.learned[:, first], np.arange(len(names))), (sums / many).astype(np.float32)


def rate(told: Told, scores: Floats, wrongly: float = WRONGLY) -> Rate:
    """Over all models, each with a threshold of its own."""
    many = int(told.episode.max()) + 1
    draw = np.random.default_rng(_SEED)
    once = np.ones(many)
    parts = [_Sorted(row, learned, told.episode) for row, learned in zip(scores, told.learned, strict=True)]
    drawn: list[float] = []
    for _ in range(_DRAWS):
        weights = np.bincount(draw.integers(0, many, many), minlength=many).astype(np.float64)
        drawn.append(float(np.mean([part.found(weights, wrongly) for part in parts])))
    low, high = np.quantile(drawn, (0.025, 0.975))
    value = float(np.mean([part.found(once, wrongly) for part in parts]))
    return Rate(
        value, min(value, float(low)), max(value, float(high)), float(np.mean([part.auc() for part in parts])),
        int(told.learned.sum()), int((~told.learned).sum()),
    )  # fmt: skip


class _Sorted:
    """Of one model: cases from the surest down."""

    def __init__(self, scores: Floats, learned: Bools, episode: Places) -> None:
        self._scores, self._learned, self._episode = scores, learned, episode
        order = np.argsort(-scores, kind="stable")
        self._member, self._of = learned[order], episode[order]
        self._value = scores[order]

    def found(self, weights: np.ndarray[tuple[int], np.dtype[np.float64]], wrongly: float) -> float:
        """Share of members above the highest threshold that blames no more than so many others."""
        own = weights[self._of]
        others = np.cumsum(np.where(self._member, 0.0, own))
        ends = np.append(self._value[1:] != self._value[:-1], True)  # equal scores are on one side of it
        good = np.flatnonzero(ends & (others <= wrongly * others[-1]))
        members = np.cumsum(np.where(self._member, own, 0.0))
        return float(members[good[-1]] / members[-1]) if len(good) and members[-1] else 0.0

    def auc(self) -> float:
        """Chance that one it learned from is the surer of two."""
        value, place = np.unique(self._scores, return_inverse=True)
        inside = np.bincount(place, self._learned, len(value))
        outside = np.bincount(place, ~self._learned, len(value))
        below = np.cumsum(outside) - outside / 2
        return float((inside * below).sum() / max(1.0, inside.sum() * outside.sum()))
