"""Each event of a document is taken once, and each that never comes is counted once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from byhand.capture.browser.numbering import Allowance, Fresh, Numbers


def test_doubles_are_dropped_and_holes_are_counted() -> None:
    numbers = Numbers()
    assert numbers.take(0, 3, 0) == Fresh(0, 0)
    assert numbers.take(1, 4, 0) == Fresh(2, 0)
    assert numbers.take(1, 2, 0) == Fresh(2, 0)
    assert numbers.take(8, 1, 0) == Fresh(0, 3)
    assert numbers.next == 9


def test_what_the_document_dropped_is_counted_once() -> None:
    """It says so again when it sends again."""
    numbers = Numbers()
    numbers.take(0, 2, 0)
    assert numbers.take(7, 1, 5) == Fresh(0, 5)
    assert numbers.take(7, 2, 5) == Fresh(1, 0)


def test_a_document_nobody_knows_begins_where_it_begins() -> None:
    """What came before belongs to another recording."""
    assert Numbers().take(500, 2, 0) == Fresh(0, 0)
    assert Numbers().take(500, 2, 3) == Fresh(0, 3)


@given(st.data())
def test_every_event_is_taken_once_or_counted_once(data: st.DataObject) -> None:
    """However often the rest is sent again, and with whatever the document itself dropped in between."""
    numbers, taken, lost, there = Numbers(), list[int](), 0, 0
    unanswered: list[tuple[int, int, int]] = []
    for _ in range(data.draw(st.integers(1, 12))):
        skipped, count = data.draw(st.integers(0, 4)), data.draw(st.integers(1, 5))
        unanswered.append((there + skipped, count, skipped))
        there += skipped + count
        again = data.draw(st.booleans())
        for first, many, gone in unanswered if again else unanswered[-1:]:
            fresh = numbers.take(first, many, gone)
            taken += range(first + fresh.begin, first + many)
            lost += fresh.lost
        unanswered = unanswered[data.draw(st.integers(0, len(unanswered))) :]
    assert taken == sorted(set(taken))
    assert len(taken) + lost == there
    assert numbers.next == there


def test_an_allowance_fills_again() -> None:
    allowance = Allowance(rate=10, burst=20)
    assert allowance.take(30, 10**9) == 20
    assert allowance.take(30, 2 * 10**9) == 10
    assert allowance.take(30, 2 * 10**9) == 0
