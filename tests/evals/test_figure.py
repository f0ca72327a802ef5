"""Promises about figures: intervals are honest, and a mark is reached or not."""

from __future__ import annotations

import pytest

from byhand.evals.figure import Figure, wilson


def test_an_interval_holds_its_share_and_never_leaves_zero_to_one():
    """Also for shares of nought and of all, where a simple formula would claim to be sure."""
    for hits, n in ((0, 10), (10, 10), (3, 7), (0, 1), (999, 1000)):
        low, high = wilson(hits, n)
        assert 0 <= low <= hits / n <= high <= 1
        assert low < high


def test_the_interval_is_the_published_one():
    """Wilson's interval for 15 of 18 is 60.8 to 94.2 % (Newcombe 1998's method 3)."""
    assert wilson(15, 18) == pytest.approx((0.6078, 0.9416), abs=1e-3)


def test_nothing_measured_is_no_knowledge_at_all():
    """No cases: the interval is everything."""
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("better", "reached"), [("higher", False), ("lower", True)])
def test_which_way_is_better_decides_whether_a_mark_is_reached(better: str, reached: bool):
    """0.4 of 0.5 is too little of a good thing, and little enough of a bad one."""
    figure = Figure("r", "w", 0.4, "share", 10, 0.2, 0.6, 0.5, "higher" if better == "higher" else "lower")
    assert figure.reached is reached
