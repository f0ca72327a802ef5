"""Promises of what a goal says of kinds: which are meant, and which of several."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from byhand.models import words
from byhand.models.kinds import bound, called_by_kind, kinds_said
from tests.models.pages import page

FORM = page("radio A; radio B; radio C; textbox one; textbox two; textbox three; button Submit")


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("Check the 2nd radio button and type into the 3rd textbox", {"2nd": [1], "3rd": [5]}),
        ("Choose the third option", {"third": [2, 5]}),
        ("Press the first large text field", {"first": [3]}),
        ("Press the 1st slider", {"1st": [0, 3, 6]}),
    ],
)
def test_a_number_counts_the_kind_that_is_named_behind_it(goal: str, said: dict[str, list[int]]) -> None:
    """Where none is named, or the page has none such, any kind."""
    split = words.split(goal)
    found = bound(split, FORM, len(FORM.nodes))
    told = {split[at].folded: np.flatnonzero(found[at]).tolist() for at in range(len(split)) if found[at].any()}
    assert told == said


def test_kinds_go_by_many_words() -> None:
    seen = page("textbox Name; combobox Town; button Save; link Help")
    for goal, wanted in (
        ("the text widget", [1, 0, 0, 0]),
        ("from the dropdown", [0, 1, 0, 0]),
        ("both links", [0, 0, 0, 1]),
    ):
        assert kinds_said(words.split(goal), seen, 4)[:, 0].tolist() == wanted, goal


def test_an_area_is_no_field() -> None:
    """ "The 2nd text area" is the second of those with many lines."""
    seen = page("textbox A; textbox B; textbox C")
    mixed = msgspec.structs.replace(seen, tags=("textarea", "input", "textarea"))
    split = words.split("Copy from the 2nd text area into the text input")
    assert np.flatnonzero(bound(split, mixed, 3)[3]).tolist() == [2]
    assert kinds_said(split, mixed, 3)[:, 0].tolist() == [1, 1, 1]


def test_of_kinds_that_are_there_one_is_named_first() -> None:
    """ "The text in the textarea": "text" is no field where another word speaks of fields."""
    seen = page("textarea; textbox; button Submit")
    seen = msgspec.structs.replace(seen, tags=("textarea", "input", "button"), roles=("textbox", "textbox", "button"))
    goal = words.split("Copy the text in the textarea below, paste it into the textbox and press Submit.")
    found = kinds_said(goal, seen, 3)
    assert found[:, 2].tolist() == [1, 0, 0]
    assert 0 < found[0, 1] < found[1, 1] < found[2, 1] == 1, "where each is said; what is not said is last"


@pytest.mark.parametrize(
    ("goal", "meant"),
    [
        ('Click on a "radio" widget.', {0, 1}),
        ('Click on a "text" widget.', {2}),
        ('Click on a "textarea" widget.', {3}),
        ('Click on a "button" widget.', {4}),
        ("Click on a radio widget.", set[int]()),
        ('Press "Submit".', set[int]()),
        ('Press "link".', {6}),
        ('Press "tab".', set[int]()),
    ],
)
def test_a_kind_in_quotation_marks_counts_as_a_name(goal: str, meant: set[int]) -> None:
    seen = page("radio A; radio B; textbox; textbox; button Submit; text K; link Help")
    seen = msgspec.structs.replace(seen, tags=("input", "input", "input", "textarea", "button", "span", "a"))
    names = [words.name(one) for one in seen.names]
    found = called_by_kind(words.split(goal), seen, names)
    assert found.keys() == meant
    assert set(found.values()) <= {goal.split('"')[1] if '"' in goal else ""}


def test_a_name_comes_before_a_kind() -> None:
    """Something is called "text": then that is meant."""
    seen = page("link text; textbox Name")
    assert not called_by_kind(words.split('Click on "text".'), seen, [words.name(one) for one in seen.names])
