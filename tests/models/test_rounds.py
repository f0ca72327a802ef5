"""Promises of rounds: what each version came to stays, and how often somebody was needed is told with its interval."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from byhand.models import rounds
from byhand.models.rounds import Decided, Measured, Played, Used, rate


def test_lines_stay_in_order_and_a_torn_one_is_left_out(tmp_path: Path):
    """A crash in the middle of a line loses that line alone."""
    said = [Decided(1, True, 5, why="it is the first"), Measured(1, "miniwob", 6, (Played(3, 0, True), Played(0, 1)))]
    for one in said:
        rounds.add(tmp_path / "m", one)
    file = tmp_path / "m" / rounds.FILE
    with file.open("ab") as torn:
        torn.write(b'{"what":"decided","vers')
    rounds.add(tmp_path / "m", Used(1, 7))
    assert rounds.lines(tmp_path / "m") == [*said, Used(1, 7)]
    assert file.stat().st_mode & 0o077 == 0
    assert rounds.lines(tmp_path / "none") == []


def test_how_often_somebody_was_needed_lies_in_its_interval():
    """Whole tasks are drawn again, so a few long ones make it wide; the same each time."""
    even = [Played(5, 1), Played(5, 0)] * 50
    value, low, high = rate(even)
    assert value == pytest.approx(10.0)
    assert low < value < high
    assert rate(even) == (value, low, high)
    few = rate([Played(5, 1), Played(5, 0)] * 5)
    assert few[2] - few[1] > 2 * (high - low)


def test_nobody_needed_so_far_is_not_never():
    """In 60 acts without a case it may still be one in twenty; without an act nothing is known."""
    assert rate([Played(6, 0)] * 10) == (0.0, 0.0, pytest.approx(5.0))
    assert rate([Played(0, 1)]) == (math.inf, 0.0, math.inf)
    assert rate([]) == (0.0, 0.0, math.inf)
