"""Sentences of steps, checks, conditions and loops."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from byhand.workflows.program import Act, Check, Condition, Repeat
from byhand.workflows.quoting import SentenceError
from byhand.workflows.sentences import (
    CHECKS,
    EXAMPLES,
    read_act,
    read_check,
    read_condition,
    read_loop,
    write_act,
    write_check,
    write_condition,
    write_loop,
)
from tests.workflows.made import acts, checks, conditions, loops, names


@settings(deadline=None)
@given(acts(names))
def test_a_step_that_is_read_is_the_one_that_was_written(act: Act):
    """Whatever things are called and whatever is typed."""
    assert read_act(write_act(act)) == act


@settings(deadline=None)
@given(checks(names))
def test_a_check_that_is_read_is_the_one_that_was_written(check: Check):
    """Roles and paths too."""
    assert read_check(write_check(check)) == check


@settings(deadline=None)
@given(conditions)
def test_a_condition_that_is_read_is_the_one_that_was_written(when: Condition):
    """With its numbers as they are."""
    assert read_condition(write_condition(when)) == when


@settings(deadline=None)
@given(loops(names))
def test_a_loop_that_is_read_is_the_one_that_was_written(loop: Repeat):
    """Over a list, over rows, over pages."""
    assert read_loop(write_loop(loop)).repeat == loop


@pytest.mark.parametrize(
    "sentence", [*EXAMPLES.values(), 'press "Open" in the row of {number}', 'key "/"', "key Enter"]
)
def test_an_example_of_a_step_is_written_as_it_is_read(sentence: str):
    """The page of the format and the hints of errors show these."""
    assert write_act(read_act(sentence)) == sentence


@pytest.mark.parametrize("sentence", [*CHECKS, "1 row of {number}", 'see "Odd" "x"', "one row of {number}"])
def test_an_example_of_a_check_is_written_as_it_is_read(sentence: str):
    """The same."""
    assert write_check(read_check(sentence)) == sentence


def test_sentences_say_what_a_person_would():
    """The words are the recorder's, and a record is addressed by its values."""
    assert read_act('choose  "Needs approval" in "Status" in the row of {number}, {supplier}') == Act(
        id="", verb="choose", target="Status", text="Needs approval", row="{number}, {supplier}"
    )
    assert read_act('fill "A \\"b\\"" with "Total {amount}"').target == 'A "b"'
    assert read_act('set "Urgent" to "on"').text == "on"
    assert read_check('see the push button "Save"') == Check(kind="see", role="push button", text="Save")
    assert read_check("2 rows of {x}") == Check(kind="count", row="{x}", text="2")
    assert read_condition("{note} is given") == Condition(left="{note}", relation="given")
    assert read_loop("line in {lines}").entry == "line"


@pytest.mark.parametrize(
    ("sentence", "said", "hint"),
    [
        ('pres "Save"', "no verb", "did you mean press?"), ("frobnicate", "no verb", "a step begins with one of"),
        ("", "is empty", "a step begins with"),
        ("press Save", "in quotes; there stands Save", 'write it like: press "Save"'),
        ('press "Save', "quotes aren't closed", '\\"'), ('press "Save" now', "more than belongs to it: now", ""),
        ('fill "A" {x}', "needs the word 'with'; there stands {x}", 'fill "Amount" with {amount}'),
        ('fill "A" with x', "a slot like {amount}", ""), ('choose {x} at "A"', "needs the word 'in'", ""),
        ('read "T" as total', "a name for it, like {total}", ""), ('set "U" to yes', "on, off or a flag", ""),
        ('press "\\q"', "backslash", ""), ('press "S" in the row of number', "the values that the row holds", ""),
        ('press "' + "x" * 10_001 + '"', "longer than", ""),
    ],
)  # fmt: skip
def test_what_is_no_step_is_said_with_what_would_be(sentence: str, said: str, hint: str):
    """The word that is wrong, and the nearest verb or an example."""
    with pytest.raises(SentenceError) as error:
        read_act(sentence)
    assert said in str(error.value)
    assert hint in error.value.hint


@pytest.mark.parametrize(
    ("sentence", "said"),
    [("sea {x}", "no check"), ("see Saved", "there stands Saved"), ("see", "it ends there"),
     ("page is here", "a path like"),
     ("one row with {x}", "'of'"),
     ('box "A" is set', "on, off or a flag"), ("-1 rows of {x}", "no check")],
)  # fmt: skip
def test_what_is_no_check_is_said(sentence: str, said: str):
    """With examples of what is."""
    with pytest.raises(SentenceError) as error:
        read_check(sentence)
    assert said in str(error.value)


@pytest.mark.parametrize(
    "sentence", ["{x}", "{x} is", "{x} is open", "x over 1", "{x} above 1", "see", "{x} is given now"]
)
def test_what_is_no_condition_is_said(sentence: str):
    """A word without quotes could be a slot that was forgotten."""
    with pytest.raises(SentenceError):
        read_condition(sentence)


@pytest.mark.parametrize(
    "sentence", ["lines", "line in lines", "row", "page", "1 in {lines}", "row in the table", "page by {x}"]
)
def test_what_is_no_loop_is_said(sentence: str):
    """With examples of what is."""
    with pytest.raises(SentenceError):
        read_loop(sentence)


@pytest.mark.parametrize(
    "act",
    [Act(id="", verb="press"), Act(id="", verb="press", target="a", text="b"),
     Act(id="", verb="open", text="x", row="y"),
     Act(id="", verb="read", target="a"), Act(id="", verb="key", text="Enter", row="x")],
)  # fmt: skip
def test_what_no_sentence_can_say_is_not_written(act: Act):
    """It would be lost without a word."""
    with pytest.raises(ValueError, match="a step"):
        write_act(act)
