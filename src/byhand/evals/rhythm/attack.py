"""The attacker: learns people's typing as it comes out of a protection, then says who typed something new.

Rules of this module: it is adaptive (it enrols on protected data too), it knows every person it may be shown, and it
may look at several samples of one person at once. Two ways to compare: the scaled Manhattan distance of Killourhy and
Maxion (2009), and a linear discriminant with a shrunk covariance, which weighs what sets people apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from byhand.evals.rhythm.features import Numbers, plan, table
from byhand.evals.rhythm.people import People, Sample

Places = NDArray[np.int64]

_ENROL = 0.6
_SHRUNK = 0.1
_AXES = 40  # of the discriminant
_GROUPS = 8  # of samples that are enrolled together, where a look joins several
_REST_MS = 60_000


class Looks(NamedTuple):
    """distance: one row a look, one column a person enrolled. who: whose look each row was, as a column's number."""

    distance: Numbers
    who: Places


class Rate(NamedTuple):
    """In percent, with the 95 % interval over people drawn again."""

    value: float
    low: float
    high: float


class Result(NamedTuple):
    """eer: equal error rate, 50 % is chance. rank1: how often the right person comes first."""

    eer: Rate
    rank1: Rate
    people: int
    looks: int

    @property
    def chance(self) -> float:
        return 100 / self.people


def attack(people: People, *, way: str, at_once: int = 1, most: int = 20, seed: int = 1) -> Result:
    """Enrol on the first part of each person's samples, and try on the rest.

    Args:
        people: as they come out of a protection.
        way: "manhattan" or "discriminant".
        at_once: samples that one look joins.
        most: looks at each person.
        seed: of the bootstrap.
    """
    looks = compare(people, way=way, at_once=at_once, most=most)
    return rates(looks, len(people), seed=seed)


def compare(people: People, *, way: str, at_once: int, most: int) -> Looks:
    """All distances."""
    wanted = plan(people)
    dice = np.random.default_rng(7)
    enrolled: list[Numbers] = []
    shown: list[Sample] = []
    who: list[int] = []
    for place, samples in enumerate(people.values()):
        first = int(len(samples) * _ENROL)
        groups = (
            [dice.permutation(first)[:at_once].tolist() for _ in range(_GROUPS)]
            if at_once > 1
            else [[n] for n in range(first)]
        )
        enrolled.append(table([_joined([samples[n] for n in group]) for group in groups], wanted))
        for start in range(first, len(samples) - at_once + 1, at_once)[:most]:
            shown.append(_joined(samples[start : start + at_once]))
            who.append(place)
    rows, whose = np.concatenate(enrolled), np.repeat(np.arange(len(enrolled)), [len(part) for part in enrolled])
    middle, spread = _steady(rows)
    rows, looks = _scaled(rows, middle, spread), _scaled(table(shown, wanted), middle, spread)
    found = (_manhattan if way == "manhattan" else _discriminant)(rows, whose, looks)
    # One threshold for all: each look's distances, and each person's, are put on one scale.
    found = (found - found.mean(axis=0)) / np.maximum(found.std(axis=0), 1e-9)
    found = (found - found.mean(axis=1, keepdims=True)) / np.maximum(found.std(axis=1, keepdims=True), 1e-9)
    return Looks(found, np.array(who))


def _manhattan(rows: Numbers, whose: Places, looks: Numbers) -> Numbers:
    """Over what both the look and the person's own samples have."""
    people = range(int(whose.max()) + 1)
    means = np.array([_mean(rows[whose == person]) for person in people])
    within = np.abs(rows - means[whose])
    pooled = np.nan_to_num(_mean(within), nan=1.0)
    own = np.array([_mean(within[whose == person]) for person in people])
    scale = np.maximum((np.where(np.isnan(own), pooled, own) + pooled) / 2, 1e-3)
    return np.array([np.nan_to_num(_mean((np.abs(row - means) / scale).T), nan=1e3) for row in looks])


def _discriminant(rows: Numbers, whose: Places, looks: Numbers) -> Numbers:
    rows, looks = np.nan_to_num(rows, nan=0.0), np.nan_to_num(looks, nan=0.0)
    people = int(whose.max()) + 1
    means = np.array([rows[whose == person].mean(axis=0) for person in range(people)])
    within: Numbers = np.cov(rows - means[whose], rowvar=False)
    within = (1 - _SHRUNK) * within + _SHRUNK * np.eye(len(within)) * max(float(np.trace(within)) / len(within), 1e-9)
    whiten = np.linalg.cholesky(np.linalg.inv(within)).astype(np.float64)
    placed: Numbers = (means - means.mean(axis=0)) @ whiten
    _, _, axes = np.linalg.svd(placed, full_matrices=False)
    kept: Numbers = axes[: min(_AXES, people - 1)].T
    here: Numbers = (looks - means.mean(axis=0)) @ whiten @ kept
    there: Numbers = placed @ kept
    norms = np.linalg.norm(here, axis=1)[:, None] * np.linalg.norm(there, axis=1)[None, :]
    near: Numbers = here @ there.T
    return 1 - near / np.maximum(norms, 1e-9)


def _joined(samples: Sequence[Sample]) -> Sample:
    """One piece after the other, with a rest between them that no feature takes for a flight."""
    told: Sample = []
    for sample in samples:
        shift = told[-1].down + _REST_MS - sample[0].down if told else 0.0
        told += [stroke._replace(down=stroke.down + shift, up=stroke.up + shift) for stroke in sample]
    return told


def _mean(rows: Numbers) -> Numbers:
    there = ~np.isnan(rows)
    return np.where(there.any(axis=0), np.nansum(rows, axis=0) / np.maximum(there.sum(axis=0), 1), np.nan)


def _steady(rows: Numbers) -> tuple[Numbers, Numbers]:
    middle = _mean(rows)
    spread = np.sqrt(_mean((rows - middle) ** 2))
    return middle, np.where(spread > 1e-6, spread, np.inf)


def _scaled(rows: Numbers, middle: Numbers, spread: Numbers) -> Numbers:
    """Standardised, outliers cut."""
    return np.clip((rows - middle) / spread, -4, 4)


def rates(looks: Looks, people: int, *, seed: int, draws: int = 200) -> Result:
    """Both rates with their intervals."""
    own = looks.who[:, None] == np.arange(people)[None, :]
    first = looks.distance.argmin(axis=1) == looks.who
    by = [np.flatnonzero(looks.who == person) for person in range(people)]
    dice = np.random.default_rng(seed)
    eers: list[float] = []
    ranks: list[float] = []
    for _ in range(draws):
        drawn: list[int] = dice.integers(0, people, people).tolist()
        some: Places = np.concatenate([by[person] for person in drawn])
        there = np.array(sorted(set(drawn)))
        block = looks.distance[np.ix_(some, there)]
        eers.append(eer(block[own[np.ix_(some, there)]], block[~own[np.ix_(some, there)]]))
        ranks.append(100 * float(first[some].mean()))
    return Result(
        Rate(eer(looks.distance[own], looks.distance[~own]), *np.quantile(eers, (0.025, 0.975)).tolist()),
        Rate(100 * float(first.mean()), *np.quantile(ranks, (0.025, 0.975)).tolist()),
        people,
        len(looks.who),
    )


def eer(own: Numbers, others: Numbers) -> float:
    """Where as many of the person's own are refused as of others are let in, percent. Small distances are let in."""
    edges = np.unique(np.quantile(own, np.linspace(0, 1, 2_001)))
    refused = 1 - np.searchsorted(np.sort(own), edges, side="right") / len(own)
    let_in = np.searchsorted(np.sort(others), edges, side="right") / len(others)
    place = int(np.abs(refused - let_in).argmin())
    return 100 * float((refused[place] + let_in[place]) / 2)
