"""Promises of the suite `pictures`: places are judged by what was acted on, and differencing stands beside it."""

from __future__ import annotations

import numpy as np

from byhand.evals.suites.pictures import largest
from byhand.models.pictures import changes
from byhand.models.pictures.acts import NOTHING
from byhand.models.pictures.shown import Shown
from tests.models.pictures.drawn import screen


def shown(*panels: tuple[int, int, int, int]) -> Shown:
    before, after = screen(), screen().copy()
    for x, y, w, h in panels:
        after[y : y + h, x : x + w] = 0
    return Shown(changes.half(before), changes.half(after), NOTHING)


def test_differencing_means_the_middle_of_the_largest_patch():
    """And not of all that changed: a clock in the corner draws nothing to itself."""
    x, y = largest(shown((40, 40, 60, 30), (200, 160, 16, 8)))
    assert np.hypot(x - 70, y - 55) < 8
    x, y = largest(shown((40, 40, 20, 10), (180, 140, 60, 40)))
    assert np.hypot(x - 210, y - 160) < 8
