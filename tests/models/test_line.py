"""Promises of an act in one line: what is written is read as the same act, and what is none is a reason."""

from __future__ import annotations

import pytest

from byhand.models import line
from byhand.models.decision import Decision, Did
from tests.models.pages import page

SEEN = page('textbox Number; button Save; button Save; combobox Currency; >option USD; listitem The "best" one')


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision("click", 2), "click #2"),
        (Decision("type", 1, text='say "R-7" ~0.3\nor not'), r'type #1 "say \"R-7\" ~0.3\nor not"'),
        (Decision("type", 1, text=""), 'type #1 ""'),
        (Decision("type", 1, text="Grün"), 'type #1 "Grün"'),
        (Decision("select", 4, 5, "USD"), "select #4 to #5"),
        (Decision("select", 4, 0, "EUR"), 'select #4 "EUR"'),
        (Decision("drag", 6, 4), "drag #6 to #4"),
        (Decision("key", keys=("Control", "a")), "key Control+a"),
        (Decision("key", 1, keys=("Enter",)), "key #1 Enter"),
        (Decision("scroll", dy=-3.0), "scroll -3"),
        (Decision("done"), "done"),
    ],
)
def test_what_is_written_is_read_as_the_same_act(decision: Decision, said: str):
    """Also text with line breaks, quotation marks and what looks like a share."""
    assert line.written(decision) == said
    assert line.read(said, SEEN) == decision


def test_an_element_is_meant_by_its_name_too():
    """As scripts do, the first of several; with what stands in quotation marks escaped."""
    assert line.read('click button:"Save" ~0.25', SEEN) == Decision("click", 2, sure=0.25)
    assert line.read(r'click "The \"best\" one"', SEEN) == Decision("click", 6)
    assert line.read('type "Number" R-7', SEEN) == Decision("type", 1, text="R-7")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", line.NO_LINE), ("dance #2", line.NO_LINE), ("click #2 and then #3", line.NO_LINE),
        ("click", line.NOT_THERE),
        ("I would click #2", line.NO_LINE), ("click #2\nclick #3", line.NO_LINE), ("click #2 to #3", line.NO_LINE),
        ("click #99", line.NOT_THERE), ("click #-1", line.NO_LINE), ("drag #1", line.NOT_THERE),
        ("drag #1 to #99", line.NOT_THERE), ("key", line.WITHOUT), ("key Control+", line.WITHOUT),
        ("scroll", line.WITHOUT), ("scroll far", line.WITHOUT), ("scroll nan", line.WITHOUT),
        ("select #4", line.WITHOUT),
    ],
)  # fmt: skip
def test_what_is_no_act_is_a_reason(said: str, why: str):
    """And nothing is guessed of it."""
    assert line.read(said, SEEN) == why


def test_an_act_that_was_done_is_told_by_what_its_element_was_called():
    """The page may be gone, so that its number would say nothing."""
    assert line.told(Did("type", 4, "textbox", "Number", "R-7")) == 'type textbox:"Number" "R-7"'
    assert line.told(Did("key", keys=("Control", "a"))) == "key Control+a"
    assert line.told(Did("click", 4, "button", 'a "b"\nc')) == r'click button:"a \"b\"\nc"'
    assert line.told(Did("scroll")) == "scroll"
