"""Promises of what is told of how far a goal is: what comes next, and whether it is enough."""

from __future__ import annotations

import math

import pytest

from byhand.models import words
from byhand.models.arrays import Floats
from byhand.models.decision import Did
from byhand.models.progress import progress
from tests.models.pages import page


def told(goal: str, text: str, *did: Did) -> Floats:
    seen = page(text)
    names = [words.name(one) for one in seen.names]
    return progress(words.split(goal), seen, names, did, {node: at for at, node in enumerate(seen.nodes)})


MENU = "menuitem Nellie; menuitem Carroll; menuitem Jyoti"


def test_what_is_named_next() -> None:
    """In the order of the goal, whatever the order of the page."""
    goal = "Select Carroll > Jyoti > Nellie"
    assert told(goal, MENU)[:, 0].tolist() == [0, 1, 0]
    after = told(goal, MENU, Did("hover", 2, "menuitem", "Carroll"))
    assert after[:, 0].tolist() == [0, 0, 1]
    assert after[:, 1].tolist() == [0, 1, 0]


def test_what_is_left_of_what_is_named() -> None:
    """What is checked is not left, nor what was pressed."""
    goal, text = "Select Ada, Bob and Cleo", "checkbox Ada; checkbox Bob *checked; checkbox Cleo; checkbox Dora"
    assert told(goal, text)[0, 2] == pytest.approx(math.log1p(2))
    assert told(goal, text, Did("check", 1, "checkbox", "Ada"))[0, 2] == pytest.approx(math.log1p(1))


@pytest.mark.parametrize(("times", "enough", "fewer"), [(2, 0, 1), (3, 1, 0), (4, 0, 0)])
def test_how_often_it_was_pressed_beside_what_was_asked(times: int, enough: int, fewer: int) -> None:
    pressed = [Did("click", 1, "button", "Up")] * times
    found = told("Press up 3 times in 2026", "button Up; button Down", *pressed)
    assert (found[0, 3], found[0, 4]) == (enough, fewer)
    assert (found[1, 3], found[1, 4]) == (0, 0)
    assert (found[1, 5], found[1, 6]) == (enough, fewer)


def test_what_is_left_of_the_kind_that_was_acted_on() -> None:
    """One box of two is checked: the other is next, whatever the goal names besides."""
    goal, text = "Select Ada, Bob and click Submit", "checkbox Ada; checkbox Bob; checkbox Cleo; button Submit"
    one = told(goal, text, Did("check", 2, "checkbox", "Bob"))
    assert one[:, 7].tolist() == [1, 0, 0, 0]
    assert one[3, 8] == pytest.approx(math.log1p(1))
    both = told(goal, text, Did("check", 2, "checkbox", "Bob"), Did("check", 1, "checkbox", "Ada"))
    assert not both[:, 7:].any()
