"""Promises of promotion: what was shown to be no worse is promoted, and what was not shown is not assumed."""

from __future__ import annotations

import random

from byhand.models.promotion import LEAST, MARGIN, Case, compared, needed


def cases(count: int, before: float, after: float, *, seed: int = 0, of_one: int = 1) -> list[Case]:
    """So many acts, of_one of each episode, right with these chances, each model by its own luck."""
    draw = random.Random(seed)
    return [Case(f"e{at // of_one}", draw.random() < before, draw.random() < after) for at in range(count)]


def test_the_better_one_is_promoted():
    """And it is said how good both are."""
    found = compared(cases(200, 0.6, 0.9))
    assert found.promoted
    assert found.low > 0
    assert "not worse" in found.why
    assert "200 acts" in found.why


def test_the_worse_one_is_not():
    """The whole interval lies below."""
    found = compared(cases(200, 0.9, 0.6))
    assert not found.promoted
    assert found.high < 0
    assert "it is worse" in found.why


def test_one_that_answers_alike_is_promoted():
    """Nothing was lost on any case."""
    same = [Case(f"e{at}", at % 3 > 0, at % 3 > 0) for at in range(LEAST)]
    found = compared(same)
    assert (found.promoted, found.low, found.high) == (True, 0.0, 0.0)


def test_one_that_may_be_worse_is_not_and_it_is_said_how_many_acts_would_tell():
    """Equally good, but they differ often and are few."""
    found = compared([Case(f"e{at}", at % 5 > 0, at % 5 < 4) for at in range(60)])
    assert found.before == found.after
    assert found.low < -MARGIN < found.high
    assert not found.promoted
    assert f"takes {found.needs}" in found.why
    assert found.needs > 60


def test_too_few_cases_promote_nothing_however_they_answered():
    """Four acts that both got right are no evidence; none at all neither."""
    found = compared([Case(f"e{at}", False, True) for at in range(LEAST - 1)])
    assert not found.promoted
    assert "too few" in found.why
    assert not compared([]).promoted


def test_acts_of_one_episode_count_together():
    """Twenty acts of two episodes are no twenty cases: the interval is wider than of twenty by themselves."""
    alone = [Case(f"e{at}", at % 2 > 0, at % 2 == 0) for at in range(40)]
    together = [Case(f"e{at % 4}", one.before, one.after) for at, one in enumerate(alone)]
    wide, narrow = compared(together), compared(alone)
    assert wide.high - wide.low > narrow.high - narrow.low
    assert wide.groups == 4


def test_the_same_cases_give_the_same_verdict():
    """Nothing but the cases decides, nor their order."""
    some = cases(80, 0.7, 0.75, of_one=4)
    mixed = random.Random(1).sample(some, len(some))
    assert compared(some) == compared(some) == compared(mixed)


def test_what_it_takes_is_said_for_what_differs():
    """Twice as many where they differ twice as often; with two points of margin about a thousand for a tenth."""
    assert needed(0.1) == 961
    assert needed(0.2) == 1921
    assert needed(0.0) == LEAST


def test_equal_models_on_as_many_acts_as_it_says_are_mostly_promoted():
    """About half of the time at that number, where the lower end meets the margin; nearly always at four times."""
    count = 4 * needed(2 * 0.9 * 0.1)
    assert sum(compared(cases(count, 0.9, 0.9, seed=seed), draws=200).promoted for seed in range(5)) >= 4
