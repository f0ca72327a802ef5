"""What a person would say for a row: it says all, it can be read whole, and what is for tests is for tests alone."""

from __future__ import annotations

import string

import pytest

from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.families import Act, EachLine, EachShown, Hand, When
from byhand.evals.office.goals import KEPT, SHOWN, WORDS, goal
from byhand.evals.suites import office
from byhand.models.words import GOAL, split


def columns(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def needed(hand: Hand) -> set[str]:
    """Columns of the row that its hand can't do without; what it reads on a page is none of them."""
    found: set[str] = set()
    read: set[str] = set()
    for step in hand:
        match step:
            case Act():
                read |= {step.value} if step.do == "read" else set()
                found |= columns(step.name) | (columns(step.value) if step.do != "read" else set())
                found |= {name for text in step.row for name in columns(text)}
            case When():
                found |= ({step.column} | needed(step.then) | needed(step.otherwise)) - read
            case EachShown():
                found |= {name for text in step.row for name in columns(text)}
            case EachLine():
                raise AssertionError("no sentence says all of that row")
    return found - read


@pytest.mark.parametrize("family", WORDS)
def test_a_goal_says_all_that_the_row_holds(family: str):
    """Whoever does it knows nothing else; what a page shows need not be said."""
    for said in (*WORDS[family].various, *WORDS[family].held):
        assert needed(FAMILIES[family].hand) <= columns(said)


@pytest.mark.parametrize("family", WORDS)
def test_a_goal_can_be_read_whole(family: str):
    """A model reads so many words of it and no more."""
    for seed in range(3):
        for row in rows(FAMILIES[family], seed, 4):
            for said in (*WORDS[family].various, *WORDS[family].held):
                assert len(split(said.format_map(row.values))) <= GOAL


def test_tasks_and_words_for_tests_are_never_shown():
    assert not set(SHOWN) & set(KEPT)
    assert all(WORDS[name].shown for name in SHOWN)
    assert not any(WORDS[name].various for name in KEPT)
    assert all(WORDS[name].held for name in WORDS)
    assert not any(set(one.various) & set(one.held) for one in WORDS.values())


def test_the_same_seed_is_the_same_row_in_the_same_words():
    assert office.asked("moderation-note", 200_003) == office.asked("moderation-note", 200_003)
    said = {office.asked("moderation-note", seed)[1] for seed in range(200_000, 200_006)}
    assert len(said) > 1


def test_words_that_are_not_there_are_no_guess():
    row = rows(FAMILIES["tickets-close"], 1, 1)[0]
    with pytest.raises(ValueError, match="no such words"):
        goal("tickets-close", row, "shown", 1)
