"""The office as a task: begun, judged by the app's records after each act, and over when it is right or said so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from byhand.errors import UsageFault
from byhand.evals.browsergym import tasks
from byhand.evals.browsergym.tasks import Round
from byhand.evals.office import goals
from byhand.evals.office.errand import asked

SEED = 200_003
GREETS = {"role": "assistant", "message": "Hi!"}, {"role": "user", "message": "the goal"}
DONE = {"role": "assistant", "message": "done"}


@pytest.fixture
def closes() -> Iterator[Round]:
    one = Round("tickets-close", SEED)
    yield one
    one.errand.close()


def test_a_row_done_by_its_own_hand_is_right_and_over(tab: Page, closes: Round):
    """In a real browser; before, nothing is."""
    goal = closes.begin(tab)
    assert goal == asked("tickets-close", SEED)[1]
    assert closes.judged(GREETS) == (0.0, False, "nothing")
    closes.cheat(tab)
    assert closes.judged(GREETS) == (1.0, True, "right")


def test_it_is_over_without_a_reward_when_the_agent_says_so(closes: Round):
    """That it is done, or can't be. Its greeting, which the person answered, says nothing."""
    assert closes.judged((*GREETS, DONE)) == (0.0, True, "nothing")
    assert closes.judged((*GREETS, {"role": "infeasible", "message": "no"})) == (0.0, True, "nothing")


def test_drifts_are_the_offices(tab: Page):
    """Its own hand says other words then."""
    one = Round("tickets-close", SEED, ("LABELS", "REORDER"))
    try:
        one.begin(tab)
        one.cheat(tab)
        assert one.judged(GREETS) == (1.0, True, "right")
    finally:
        one.errand.close()


def test_without_a_seed_one_for_tests_is_drawn():
    """Its words are those that nobody is shown."""
    one = Round("invoices-delete", None)
    one.errand.close()
    held = [text.partition("{")[0] for text in goals.WORDS["invoices-delete"].held]
    assert any(one.errand.goal.startswith(text) for text in held)


def test_a_seed_that_is_learned_from_has_the_words_that_are_shown():
    shown = [text.partition("{")[0] for text in goals.WORDS["invoices-delete"].shown]
    assert all(any(asked("invoices-delete", seed)[1].startswith(text) for text in shown) for seed in range(5))
    assert asked("invoices-block", 3)[1]  # nobody is shown this one: it has no such words


class Base:
    """As BrowserGym's own: it draws by the seed, and has a browser's size and times."""

    def __init__(self, seed: int | None) -> None:
        self.seed = seed


def test_browsergyms_class_hands_everything_on(tab: Page):
    """Each family has one, called like it."""
    kind: Any = tasks._task(Base, "tickets-close")
    assert (kind.__name__, kind.get_task_id()) == ("TicketsClose", "byhand.office.tickets-close")
    one = kind(SEED)
    try:
        goal, info = one.setup(tab)
        assert (goal, info) == (asked("tickets-close", SEED)[1], {})
        assert one.validate(tab, GREETS) == (0.0, False, "", {"verdict": "nothing"})
        one.cheat(tab, GREETS)
        assert one.validate(tab, GREETS) == (1.0, True, "", {"verdict": "right"})
        assert (one.seed, one.viewport, one.slow_mo) == (SEED, {"width": 1280, "height": 800}, 0)
    finally:
        one.teardown()


def test_there_is_a_task_for_each_family_that_a_sentence_says():
    names = tasks.names()
    assert len(names) == len(goals.WORDS)
    assert "byhand.office.invoices-delete" in names


def test_without_browsergym_it_is_said_how_to_have_it():
    """It is no part of the ordinary environment: it asks for an older Playwright."""
    with pytest.raises(UsageFault, match=r"needs browsergym\S*, which is not installed") as caught:
        tasks.register()
    assert "runs/browsergym.sh" in caught.value.hints[0]
