"""How often a change that repeats is told."""

from __future__ import annotations

from byhand.capture.x11.pace import Pace


def test_the_first_change_is_told_at_once_the_next_after_the_pause() -> None:
    pace = Pace(100)
    pace.note(7)
    assert (pace.due_ns(), pace.take(5)) == (0, [7])
    pace.told(7, 5)
    pace.note(7)
    assert (pace.due_ns(), pace.take(104), pace.take(105)) == (105, [], [7])


def test_one_window_does_not_wait_for_another() -> None:
    pace = Pace(100)
    pace.told(1, 0)
    pace.note(1)
    pace.note(2)
    assert (pace.take(50), pace.due_ns()) == ([2], 100)


def test_a_change_told_otherwise_does_not_wait() -> None:
    pace = Pace(100)
    pace.note(1)
    pace.settled(1)
    assert (pace.due_ns(), pace.take(1000)) == (None, [])


def test_a_forgotten_window_begins_anew() -> None:
    """Ids are given out again."""
    pace = Pace(100)
    pace.told(1, 0)
    pace.note(1)
    pace.forget(1)
    assert pace.due_ns() is None
    pace.note(1)
    assert pace.take(1) == [1]
