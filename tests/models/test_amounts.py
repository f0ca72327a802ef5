"""What a person sees of numbers and dates at a glance."""

from __future__ import annotations

import pytest

from byhand.models.amounts import Date, amounts, date_of, picked
from byhand.models.words import split


@pytest.mark.parametrize("said", ["2016-12-05", "12/05/2016", "05.12.2016", "12/5/2016"])
def test_a_date_is_the_same_however_it_is_written(said: str):
    assert date_of(said) == Date(2016, 12, 5)


@pytest.mark.parametrize("said", ["13/45/2016", "1.2.3", "2016", "12/05", "31-12-2016", ""])
def test_what_is_no_date_is_none(said: str):
    assert date_of(said) is None


def test_a_day_a_month_and_a_year_of_the_goal_are_known():
    """A number that stands among other words is no day; "May I help" is a month to nobody with a date of May alone."""
    rows = amounts(
        split("Select 10/09/2016 and save"), ["9", "09", "10", "October 2016", "Oct", "2016", "9 left", "Save"]
    )
    assert rows[:, 0].tolist() == [1, 1, 0, 0, 0, 0, 0, 0]
    assert rows[:, 1].tolist() == [0, 0, 0, 1, 1, 0, 0, 0]
    assert rows[:, 2].tolist() == [0, 0, 0, 1, 0, 1, 0, 0]


def test_a_month_lies_before_or_after_what_was_asked_for():
    """So that one knows whether to go on or back; over the turn of the year too."""
    rows = amounts(
        split("Select 10/09/2016"), ["December 2016", "September 2016", "October 2016", "January 2017", "Juni"]
    )
    assert rows[:, 3].tolist() == [1, -1, 0, 1, -1]


def test_the_least_and_the_most_of_what_is_written_alike():
    """Prices with prices, times with times; the lowest of two is nobody's list."""
    names = ["$1,250", "$99.50", "$300", "11h 2m", "2h 40m", "2h 5m", "Page 1", "Page 2", "Book"]
    rows = amounts(split("the cheapest"), names)
    assert rows[:, 4].tolist() == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert rows[:, 5].tolist() == [1, 0, 0, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("said", "held"),
    [("10/02/2013", "2013-10-02"), ("2013-10-02", "2013-10-02"), ("8:04 PM", "20:04"), ("12:30 am", "00:30"),
     ("12:05 p.m.", "12:05"), ("20:04", "20:04"), ("25:00", ""), ("8:61 PM", ""), ("tomorrow", ""), ("", "")],
)  # fmt: skip
def test_what_a_field_of_a_date_or_a_time_holds(said: str, held: str):
    assert picked(said) == held


def test_whole_numbers_stand_to_the_number_that_is_asked_for() -> None:
    """Odd or even, less, the same or more; a price or a date is no whole number."""
    found = amounts(split("Generate a number less than 8"), ["7", "8", "-12", "$7", "7.5"])
    told = [[1, 1, 1, 0, 0], [1, 0, 0, 1, 0], [1, 0, 1, 0, 0], [0] * 5, [0] * 5]
    assert found[:, 6:11].tolist() == told


@pytest.mark.parametrize(
    ("goal", "fits"),
    [
        ("Generate a number less than 8, then press submit.", [1, 0, 0, 0]),
        ("Generate a number greater than 8", [0, 0, 1, 1]),
        ("Generate an odd number", [1, 0, 1, 0]),
        ("Pick an even number greater than 8", [0, 0, 0, 1]),
        ("Press 8", [0, 0, 0, 0]),
    ],
)
def test_a_number_is_what_the_goal_compares_with(goal: str, fits: list[int]) -> None:
    """All that is said of it; where nothing is, neither fits nor not."""
    found = amounts(split(goal), ["7", "8", "9", "10"])
    assert found[:, 11].tolist() == fits
    assert found[:, 12].tolist() == ([1 - one for one in fits] if any(fits) else [0] * 4)


def test_the_least_or_the_most_is_told_where_it_is_asked_for() -> None:
    """Of each kind of numbers by itself: which kind is meant is not known here."""
    names = ["4h 22m", "11h 17m", "9h 6m", "$551", "$1334", "$628"]
    assert amounts(split("the ticket with the longest duration"), names)[:, 13].tolist() == [0, 1, 0, 0, 1, 0]
    assert amounts(split("the ticket with the cheapest cost"), names)[:, 13].tolist() == [1, 0, 0, 1, 0, 0]
    assert not amounts(split("a ticket"), names)[:, 13].any()
