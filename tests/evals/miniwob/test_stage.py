"""Promises of miniwob.stage: the same seed is the same task, and the page says whether it was done."""

from __future__ import annotations

from byhand.evals.miniwob.hand import PageHand
from byhand.evals.miniwob.stage import Stage


def test_the_same_seed_is_the_same_task(stage: Stage):
    """In words and on the page; another seed is another one."""
    seen: list[tuple[str, str]] = []
    for seed in (7, 8, 7):
        words = stage.begin("click-option", seed)
        seen.append((words, stage.page.locator("#boxes").inner_text()))
    assert seen[0] == seen[2] != seen[1]


def test_the_words_are_those_that_a_person_reads(stage: Stage):
    """One line, without marks of style."""
    assert stage.begin("login-user", 0).startswith('Enter the username "')
    assert "\n" not in stage.utterance()


def test_there_is_no_reward_before_the_end(stage: Stage):
    """None while it runs; 1 where it was done right, less where it was not."""
    stage.begin("click-test-2", 1)
    assert stage.reward() is None
    hand = PageHand(stage.page)
    hand.press(stage.page.locator("#subbtn2"))
    assert stage.reward() == -1
    stage.begin("click-test-2", 1)
    hand.press(stage.page.locator("#subbtn"))
    assert stage.reward() == 1
