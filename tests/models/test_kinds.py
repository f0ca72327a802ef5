"""Promises of what a goal says of kinds: which are meant, and which of several."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from byhand.models import words
from byhand.models.kinds import bound, kinds_said
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
