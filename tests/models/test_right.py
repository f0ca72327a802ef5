"""Promises of what is right: the person's own act in every part of it, and nothing that is no act."""

from __future__ import annotations

import pytest

from byhand.models.decision import OPS, Decision, Look
from byhand.models.examples import Example
from byhand.models.labels import END, SIGNS, SPELLED, TURNS, WORDS, Label
from byhand.models.right import meant, same
from tests.models.pages import page

LOOK = Look('Enter "R-7" into Number', page("textbox Number; combobox Currency; >option USD; button Save"))


def example(label: Label) -> Example:
    return Example(LOOK, label, "e", "t", "a")


@pytest.mark.parametrize(
    ("label", "decision"),
    [
        (Label(OPS.index("type"), 0, source=WORDS, start=2, end=2), Decision("type", 1, text="R-7")),
        (
            Label(OPS.index("type"), 0, source=SPELLED, signs=(SIGNS.index("a"), SIGNS.index("b"), END)),
            Decision("type", 1, text="ab"),
        ),
        (Label(OPS.index("select"), 1, 2), Decision("select", 2, 3, "USD")),
        (Label(OPS.index("drag"), 3, 0), Decision("drag", 4, 1)),
        (Label(OPS.index("key"), chord=("Control", "a")), Decision("key", keys=("Control", "a"))),
        (Label(OPS.index("scroll"), turn=TURNS.index(3)), Decision("scroll", dy=3.0)),
        (Label(OPS.index("click"), 3), Decision("click", 4)),
        (Label(OPS.index("done")), Decision("done")),
    ],
)
def test_what_a_person_decided_is_right_and_another_act_is_not(label: Label, decision: Decision):
    """Kind, element, text, option, keys and way."""
    assert meant(label, LOOK) == decision
    assert same(example(label), decision)
    others = (
        Decision("hover", 4), Decision("type", 1, text="R-8"), Decision("select", 2, 4), Decision("drag", 4, 2),
        Decision("key", keys=("a",)), Decision("scroll", dy=-3.0), Decision("click", 3),
        Decision("done", sure=0.0, why="gave no act"),
    )  # fmt: skip
    assert not any(same(example(label), one) for one in others)


def test_a_text_that_was_not_kept_is_not_made_up():
    """Nothing is meant then, and whatever is typed into that field counts as right."""
    label = Label(OPS.index("type"), 0, known=False)
    assert meant(label, LOOK) is None
    assert same(example(label), Decision("type", 1, text="anything"))
