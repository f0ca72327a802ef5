"""Promises of paired differences: the interval holds what is true, and too few cases conclude nothing."""

from __future__ import annotations

import random

import pytest

from byhand.evals.paired import LEAST, Gain, Pair, gain, mean, needs, verdict


def pairs(task: str, *, both: int = 0, won: int = 0, lost: int = 0, neither: int = 0) -> list[Pair]:
    sorts = ((both, True, True), (won, False, True), (lost, True, False), (neither, False, False))
    return [Pair(task, before, after) for count, before, after in sorts for _ in range(count)]


def test_each_task_counts_the_same():
    """Ten cases of one task don't outweigh two of another."""
    found = gain([*pairs("a", won=10), *pairs("b", lost=1, both=1)])
    assert (found.n, found.tasks, found.won, found.lost) == (12, 2, 10, 1)
    assert found.value == pytest.approx((1.0 - 0.5) / 2)
    assert found.after - found.before == pytest.approx(found.value)


def test_the_interval_holds_what_is_true():
    """Of 100 comparisons with a true difference of ten points, some ninety intervals hold it, and not all of them."""
    held = 0
    for number in range(100):
        draw = random.Random(number)
        own = [
            Pair(f"t{task}", draw.random() < 0.5, draw.random() < 0.6) for task in range(10) for _ in range(10)
        ]  # fmt: skip
        found = gain(own)
        held += found.low <= 0.1 <= found.high
    assert 88 <= held <= 100


def test_who_did_all_the_same_is_not_known_to_be_the_same():
    """Twenty equal cases leave room for three in twenty."""
    found = gain(pairs("a", both=20))
    assert (found.value, found.low, found.high) == pytest.approx((0.0, -0.15, 0.15))
    assert verdict(found, 0.05) == "open"
    assert needs(found, 0.05) == 60
    assert verdict(gain(pairs("a", both=70)), 0.05) == "stop"


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (pairs("a", won=30, neither=10), "justified"),
        (pairs("a", won=LEAST - 1), "open"),
        (pairs("a", won=6, lost=4, both=30), "open"),
        (pairs("a", lost=30, both=10), "stop"),
        ([], "open"),
    ],
)
def test_a_verdict_is_only_what_was_shown(cases: list[Pair], said: str):
    """A gain; none; or not enough to tell, however large it looks."""
    assert verdict(gain(cases), 0.05) == said


def test_half_as_wide_takes_four_times_as_many():
    found = Gain(100, 5, 0.5, 0.55, 0.05, -0.05, 0.15, 20, 15)
    assert needs(found, 0.01) == pytest.approx(400, abs=1)


def test_a_model_that_is_always_right_is_not_known_to_be():
    """Drawing five rights again gives five; its interval is that of any five of five."""
    value, low, high = mean({"a": (5, 5), "b": (5, 5)})
    assert (value, high) == (1.0, 1.0)
    assert low < 0.75


def test_the_same_cases_give_the_same_interval():
    assert gain(pairs("a", won=5, both=9, lost=2)) == gain(pairs("a", won=5, both=9, lost=2))
