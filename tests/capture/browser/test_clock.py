"""A page's clock on the desktop's: late by the quickest message's way at most, never in the future, never back."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from byhand.capture.browser.clock import PageClock

MS = 1_000_000
WALL = 1_800_000_000_000.0


def test_the_quickest_message_tells_how_the_clocks_differ() -> None:
    """After one message of 2 ms, an event 50 ms before a slow one is placed to 2 ms, and later than the truth."""
    clock = PageClock()
    clock.heard(WALL, 1000 * MS + 2 * MS)
    clock.heard(WALL + 100, 1100 * MS + 40 * MS)
    assert clock.mono_ns(WALL + 50, 1140 * MS) == 1052 * MS


def test_two_documents_may_stand_on_different_clocks() -> None:
    """Each has an estimate of its own: an hour between them changes nothing."""
    for skew in (-3_600_000, 0, 3_600_000):
        clock = PageClock()
        clock.heard(WALL + skew, 5 * MS)
        assert clock.mono_ns(WALL + skew - 1, 5 * MS) == 4 * MS


def test_a_clock_that_is_set_is_followed() -> None:
    """Forward at once; back as soon as a message was sent before the one before it."""
    for step in (3_600_000.0, -3_600_000.0):
        clock = PageClock()
        clock.heard(WALL, 1000 * MS)
        clock.heard(WALL + 1000 + step, 2000 * MS)
        assert clock.mono_ns(WALL + 900 + step, 2000 * MS) == 1900 * MS


def test_nothing_is_told_later_than_it_arrived_or_before_what_was_told() -> None:
    """Whatever the page claims."""
    clock = PageClock()
    clock.heard(WALL, 1000 * MS)
    assert clock.mono_ns(WALL + 10_000, 1000 * MS) == 1000 * MS
    assert clock.mono_ns(WALL - 500, 1001 * MS) == 1000 * MS
    assert clock.mono_ns(1e308, 1002 * MS) == 1002 * MS


numbers = st.floats(allow_nan=True, allow_infinity=True) | st.floats(WALL - 1e4, WALL + 1e4)


@given(st.lists(st.tuples(numbers, numbers, st.integers(0, 10**9)), max_size=20))
def test_stamps_never_go_back_and_are_microseconds(told: list[tuple[float, float, int]]) -> None:
    """Also with times from nowhere."""
    clock, arrived, before = PageClock(), 10**12, 0
    for sent, at, later in told:
        arrived += later
        clock.heard(sent, arrived)
        now = clock.mono_ns(at, arrived)
        assert before <= now <= arrived
        assert now % 1000 == 0
        before = now
    assert math.isfinite(before)
