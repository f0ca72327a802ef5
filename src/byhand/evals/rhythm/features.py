"""What an attacker sees in a piece of typing, as numbers.

Rules of this module: what was typed is left out (how many keys, which ones), as far as it can be: the attack is on the
rhythm. Numbers that a piece is too short for are NaN.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from byhand.evals.rhythm.people import People, Sample

Numbers = NDArray[np.float64]

_CLASSES = ("letter", "space", "symbol", "digit", "edit", "modifier", "enter")
_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
_LONG_MS = (300, 500, 1_000, 2_000, 5_000)  # pauses, counted for each key struck
_BURST_MS = 500
_NO_FLIGHT_MS = 50_000  # so far apart that it is another piece


class Plan(NamedTuple):
    """The pairs of classes, keys and pairs of keys that are common enough among all to be looked at one by one."""

    pairs: tuple[tuple[str, str], ...]
    keys: tuple[str, ...]
    digraphs: tuple[tuple[str, str], ...]


def plan(people: People, *, keys: int = 30, digraphs: int = 60) -> Plan:
    """By how often they come."""
    singles, doubles, classes = Counter[str](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for samples in people.values():
        for sample in samples:
            singles.update(stroke.key for stroke in sample if stroke.key)
            doubles.update((a.key, b.key) for a, b in pairwise(sample) if a.key and b.key)
            classes.update((a.cls, b.cls) for a, b in pairwise(sample))
    common = tuple(pair for pair, _ in classes.most_common(12))
    return Plan(
        common,
        tuple(key for key, _ in singles.most_common(keys)),
        tuple(pair for pair, _ in doubles.most_common(digraphs)),
    )


def features(sample: Sample, plan: Plan) -> Numbers:
    """One piece of typing as numbers; always as many, in the same order."""
    down = np.array([stroke.down for stroke in sample])
    hold = np.array([stroke.up - stroke.down for stroke in sample])
    flight, gap = np.diff(down), down[1:] - (down + hold)[:-1]
    flight = np.where(flight >= _NO_FLIGHT_MS, np.nan, flight)
    fluent = flight[flight < 2_000]
    found = [*_spread(hold), *_spread(fluent), *_spread(gap[flight < 2_000])]
    classes = np.array([stroke.cls for stroke in sample])
    for cls in _CLASSES:
        found += _spread(hold[classes == cls])
    for first, second in plan.pairs:
        found += _spread(flight[(classes[:-1] == first) & (classes[1:] == second) & (flight < 2_000)])
    names = np.array([stroke.key for stroke in sample])
    found += [_mean(hold[names == key]) for key in plan.keys]
    for first, second in plan.digraphs:
        there = (names[:-1] == first) & (names[1:] == second) & (flight < 2_000)
        found += [_mean(flight[there]), _mean(gap[there])]
    there = ~np.isnan(flight)
    found += _pace(flight[there], gap[there], hold[:-1][there])
    return np.array(found, dtype=np.float64)


def _pace(flight: Numbers, gap: Numbers, before: Numbers) -> list[float]:
    """Speed, pauses, overlap, and how one time goes with the next."""
    struck, whole = len(flight) or 1, float(flight.sum())
    bursts = np.split(flight, np.flatnonzero(flight >= _BURST_MS))
    speeds = [float(burst[burst < _BURST_MS].mean()) for burst in bursts if (burst < _BURST_MS).sum() > 2]
    logs = np.log(np.maximum(flight, 1.0))
    return [
        whole / struck, whole, float(np.log1p(flight.max(initial=0.0))),
        *(float((flight >= long).mean()) if len(flight) else np.nan for long in _LONG_MS),
        float((gap < 0).mean()) if len(gap) else np.nan,
        float(np.mean(speeds)) if speeds else np.nan, float(np.std(speeds)) if len(speeds) > 1 else np.nan,
        _goes_with(logs[:-1], logs[1:]), _goes_with(before[:-1], before[1:]), _goes_with(before, flight),
    ]  # fmt: skip


def _spread(values: Numbers) -> list[float]:
    if len(values) < 2:
        return [_mean(values), np.nan, *[np.nan] * len(_QUANTILES)]
    return [float(values.mean()), float(values.std()), *np.quantile(values, _QUANTILES).tolist()]


def _mean(values: Numbers) -> float:
    return float(values.mean()) if len(values) else np.nan


def _goes_with(one: Numbers, other: Numbers) -> float:
    if len(one) < 4 or one.std() == 0 or other.std() == 0:
        return np.nan
    return float(np.corrcoef(one, other)[0, 1])


def table(samples: Sequence[Sample], plan: Plan) -> Numbers:
    """One row a sample."""
    return np.array([features(sample, plan) for sample in samples])
