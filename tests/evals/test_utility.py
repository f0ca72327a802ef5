"""Promises about the measure of usefulness: it measures, and it would notice a guard that takes too much."""

from __future__ import annotations

from random import Random

from byhand.capture.scripted import script
from byhand.evals.suites.utility import Model, Token, examples, measure, raw_tokens
from byhand.evals.work import shift
from tests.evals.gates import gate


def test_work_through_the_guard_stays_nearly_as_telling_as_work_without_one():
    """The very row of the scorecard, at small size: what was lost of the accuracy is little."""
    figure = measure(shifts=12, chores=30)[0]
    assert figure.n > 300
    assert figure.value >= gate("utility", "next_action_least")


def test_a_guard_that_took_every_name_would_be_noticed():
    """Without the names of controls, foretelling falls far below the mark."""
    accuracy: list[float] = []
    for blank in (False, True):
        model, right, asked = Model(), 0, 0
        for number in range(12):
            work = shift(Random(number), 30)
            tokens = raw_tokens(script("\n".join(work.lines)))
            if blank:
                tokens = [Token(token.sort, token.sort) for token in tokens]
            for history, label in examples(work.steps, tokens):
                if number < 8:
                    model.learn(history, label)
                else:
                    right += model.foretell(history) == label
                    asked += 1
        accuracy.append(right / asked)
    assert accuracy[1] < 0.97 * accuracy[0]


def test_no_example_knows_its_own_answer():
    """What is foretold from happened before it: the first step of a shift has seen no act but the window's."""
    work = shift(Random(3), 3)
    history, _ = examples(work.steps, raw_tokens(script("\n".join(work.lines))))[0]
    assert [token.sort.split()[0] for token in history] == ["focus"]
