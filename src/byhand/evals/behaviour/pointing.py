"""The pointer, looked at: what others recorded, how well Fitts' law holds of it, and by what a detector looks.

Rules of this module: data is read by path. Most of Balabit's was recorded at some nine places a second, so all that
is made is looked at as coarsely.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from byhand.models.behaviour.pointer import Way, difficulty, shares, ways
from byhand.models.behaviour.population import Numbers

WIDTH_PX = 32.0
"""What a target's width is taken as: the data doesn't tell it."""

STEP_S = 0.11
_OFF_SCREEN = 10_000
_BITS = np.arange(0.75, 6.0, 0.5)


def balabit(folder: Path, *, most: int = 30_000) -> dict[str, list[Way]]:
    """The ways of each person to where they pressed.

    Args:
        folder: holds a folder for each person, with `session_*`.
        most: lines of each person that are read.
    """
    people: dict[str, list[Way]] = {}
    for path in sorted(folder.glob("*/session_*")):
        people.setdefault(path.parent.name, []).extend(ways(_moves(path, most)))
    return people


def _moves(path: Path, most: int) -> Iterator[tuple[float, float, float, bool]]:
    with path.open(newline="", encoding="utf-8") as file:
        for n, row in enumerate(csv.DictReader(file)):
            if n >= most:
                return
            x, y, state = float(row["x"]), float(row["y"]), row["state"]
            if state in {"Move", "Pressed"} and 0 <= x < _OFF_SCREEN and 0 <= y < _OFF_SCREEN:
                yield float(row["client timestamp"]), x, y, state == "Pressed"


def coarse(way: Way) -> Way:
    """The same at each 110 ms, on whole pixels; its beginning and its end stay."""
    t = np.linspace(0.0, float(way.t[-1]), max(3, round(float(way.t[-1]) / STEP_S) + 1))
    return Way(t, np.round(np.interp(t, way.t, way.x)), np.round(np.interp(t, way.t, way.y)), way.width)


def looks(some: Sequence[Way]) -> Numbers:
    """What a detector sees of each way: its difficulty, its time, time for that difficulty, length of the path for
    the distance, distance aside, mean signed aside, how far past the end, where it is at half the time, the fastest
    part and when that comes, and how much the speed changes. (n, 11).
    """
    return np.array([_features(way) for way in some]).reshape(-1, 11)


def _features(way: Way) -> list[float]:
    along, aside = shares(way)
    steps = np.hypot(np.diff(along), np.diff(aside))
    length = float(steps.sum())
    bits = difficulty(way.distance, WIDTH_PX)
    lasts = float(way.t[-1])
    return [
        bits, np.log(lasts), np.log(lasts / bits), np.log(max(1.0, length)), float(np.abs(aside).max()),
        float(np.abs(aside.mean())), float(max(0.0, along.max() - 1)), float(np.interp(lasts / 2, way.t, along)),
        float(steps.max() / max(1e-9, steps.mean())), float(steps.argmax() / len(steps)),
        float(np.abs(np.diff(steps)).sum() / max(1e-9, length)),
    ]  # fmt: skip


def means(bits: Numbers, lasts: Numbers) -> tuple[Numbers, Numbers]:
    """Mean difficulty and mean time of each half bit that has 5 ways or more."""
    place = np.digitize(bits, _BITS)
    full = [one for one in np.unique(place).tolist() if (place == one).sum() >= 5]
    return (
        np.array([bits[place == one].mean() for one in full]),
        np.array([lasts[place == one].mean() for one in full]),
    )


def r2(bits: Numbers, lasts: Numbers) -> float:
    """How much of the variance a straight line explains."""
    return float(np.corrcoef(bits, lasts)[0, 1] ** 2) if len(bits) > 2 else float("nan")


def told(truth: Numbers, said: Numbers) -> float:
    """How much of the variance of `truth` is explained by taking `said` for it; below 0: less than its mean would."""
    return 1 - float(((truth - said) ** 2).sum()) / max(1e-12, float(((truth - truth.mean()) ** 2).sum()))
