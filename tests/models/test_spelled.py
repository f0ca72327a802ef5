"""Promises of what may be spelled: a text that few typed is not learned, the field it went into is."""

from __future__ import annotations

from collections import Counter

import pytest

from byhand.models.decision import OPS, Look
from byhand.models.examples import Example
from byhand.models.labels import SPELLED, Label, spelled
from byhand.models.spelled import RARE, often
from tests.models.pages import page

PAGE = page("textbox Code; button Save")


def typed(text: str, episode: str, person: str = "") -> Example:
    label = Label(OPS.index("type"), 0, source=SPELLED, signs=spelled(text))
    return Example(Look("fill in the code", PAGE), label, episode, "code", "app", person=person)


def kept(those: list[Example], least: int) -> list[bool]:
    """Of each, whether its text is learned."""
    left: Counter[str] = Counter()
    found = often(those, [], least, left)
    assert [one.label.element for one in found] == [0] * len(those)
    assert left[RARE] == sum(not one.label.known for one in found)
    assert all(one.label.signs == () for one in found if not one.label.known)
    return [one.label.known for one in found]


def test_a_text_of_few_episodes_is_not_learned_and_its_field_is():
    """Typed twice in one episode is one time."""
    habit = [typed("net 30", f"e{at}", "ada" if at else "ben") for at in range(3)]
    assert kept([*habit, typed("hunter2", "e9"), typed("hunter2", "e9")], 3) == [True] * 3 + [False] * 2


@pytest.mark.parametrize("person", ["", "ada"])
def test_what_one_person_types_is_theirs_however_often(person: str):
    """Where nobody is told apart, all may be one. It takes two, and another's text counts for nothing."""
    other = typed("net 30", "f0", "ben")
    assert kept([*(typed("hunter2", f"e{at}", person) for at in range(40)), other], 5) == [False] * 41


def test_what_is_too_short_for_a_secret_is_learned_of_one_person_who_types_it_again_and_again():
    """Three signs; a PIN has four."""
    assert kept([typed("DE2", f"e{at}", "ada") for at in range(5)], 5) == [True] * 5
    assert kept([typed("DE2", f"e{at}", "ada") for at in range(4)], 5) == [False] * 4
    assert kept([typed("4711", f"e{at}", "ada") for at in range(9)], 5) == [False] * 9


def test_where_there_are_people_enough_it_takes_several_of_them():
    """What one of them types every day is theirs alone."""
    of_one = [typed("hunter2", f"e{at}", "ada") for at in range(9)]
    of_all = [typed("net 30", f"f{at}", person) for at, person in enumerate(("ada", "ben", "cho"))]
    assert kept([*of_one, *of_all], 3) == [False] * 9 + [True] * 3


def test_with_one_every_text_is_learned():
    assert kept([typed("hunter2", "e0")], 1) == [True]


def test_what_is_not_spelled_stays_as_it_is():
    """A text of the goal is pointed at, however seldom it is."""
    press = Example(Look("save", PAGE), Label(OPS.index("click"), 1), "e0", "save", "app")
    left: Counter[str] = Counter()
    assert often([press], [], 5, left) == [press]
    assert not left
