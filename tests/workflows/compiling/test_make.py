"""Promises of the compiler in small: what it asks for, what it leaves out, what it never says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from byhand.events.kinds import Snapshot
from byhand.workflows.compiling.make import make
from byhand.workflows.compiling.shown import Shown
from byhand.workflows.program import Act, Branch, Workflow
from tests.workflows.compiling.outline import outline
from tests.workflows.compiling.showing import demonstrations

APPROVAL = """\
number | amount
N-1001 | 412.50
N-1002 | 1287.00
N-1003 | 87.50
---
at /invoices/new
  (Number) (Amount) [Ask for approval] [Save]
fill (Number) {number}
fill (Amount) {amount}
@2 press [Ask for approval]
press [Save]
at /invoices
  ! Saved
"""


def made(text: str, count: int = 0) -> Workflow:
    return make(demonstrations(text, only=count), "chore")


def test_a_threshold_is_round_and_says_what_was_not_shown():
    """The edge is a number a rule would name, and the next demonstration to show lies where nothing was shown yet."""
    workflow = made(APPROVAL)
    (branch,) = (step for step in workflow.steps if isinstance(step, Branch))
    assert (branch.when.left, branch.when.relation, branch.when.right) == ("{amount}", "over", "1000")
    assert "between 500 and 1200" in branch.unsure
    assert "show one with amount between 500 and 1200" in workflow.asks


def test_one_demonstration_asks_for_another_and_freezes_no_choice():
    """Choices are parameters with their options, and none of them is a check."""
    workflow = made("at /new\n  {Currency: EUR, USD} [Save]\nchoose {Currency} USD\nfill (Number) N-1\npress [Save]")
    currency = workflow.parameters[0]
    assert (currency.kind, currency.options) == ("choice", ("EUR", "USD"))
    assert all("USD" not in check.text for step in workflow.steps if isinstance(step, Act) for check in step.then)
    assert any("shown once" in ask for ask in workflow.asks)


def test_a_search_word_is_the_parameter_of_the_field_it_equals():
    workflow = made(
        "at /list\n  (Search) [Show]\nfill (Search) N-1001\npress [Show]\nfill (Number) N-1001\npress [Save]"
    )
    assert [one.name for one in workflow.parameters] == ["number"]


def test_a_chore_done_twice_in_one_recording_is_two_demonstrations():
    twice = "\n".join(
        f"at /new\n  (Name) (City) [Save]\nfill (Name) {name}\nfill (City) {city}\npress [Save]"
        for name, city in (("Ada", "Kiel"), ("Ben", "Lyon"))
    )
    assert outline(made(twice)).strip() == (
        'name: text\ncity: text\n\nfill "Name" with {name}\nfill "City" with {city}\npress "Save"'
    )


def test_what_nothing_explains_is_a_flag_that_each_row_must_say():
    """A program that guesses would be wrong; one that asks is right."""
    text = (
        "name\nAda Byron\nBen Small\nCleo Dahl\nDora West\n---\n"
        "at /new\n  (Name) [Print] [Save]\nfill (Name) {name}\n@24 press [Print]\npress [Save]"
    )
    workflow = made(text)
    assert [(one.name, one.kind) for one in workflow.parameters] == [("name", "text"), ("print", "flag")]
    (branch,) = (step for step in workflow.steps if isinstance(step, Branch))
    assert (branch.when.left, branch.when.right) == ("{print}", "on")
    assert branch.unsure


def test_what_a_page_says_is_a_check_only_as_far_as_it_is_its_own_words():
    """A value in it becomes a slot; words that also stand in a record are nothing to check."""
    text = (
        "at /new\n  (Number) [Save]\n  table Last: Number | Vendor |\n  | N-1 | Beaufort | |\n"
        "fill (Number) N-2002\npress [Save]\nat /done\n  ! Invoice N-2002 saved\n  ! Sent to Beaufort"
    )
    *_, save = made(text).steps
    assert isinstance(save, Act)
    assert [check.text for check in save.then if check.kind == "see"] == ["Invoice {number} saved"]


def test_what_is_deleted_is_looked_for_in_vain_afterwards():
    text = (
        "number\nN-1001\nN-1002\nN-1003\n---\nat /list\n  (Search) [Show]\n  table All: Number | Actions\n"
        "  | {number} | [Delete] |\n  | N-9 | [Delete] |\npress [Delete] in {number}\nat /list\n  ! Gone"
    )
    (effect,) = made(text).effects
    assert [(check.kind, check.row, check.text) for check in effect.checks] == [("count", "{number}", "0")]


def test_what_a_record_became_is_part_of_its_effect():
    """Each time the row says "Paid" afterwards, and did not before."""
    text = (
        "number\nN-1001\nN-1002\nN-1003\n---\nat /list\n  table All: Number | Status | Actions\n"
        "  | {number} | Open | [Mark as paid] |\n  | N-9 | Open | [Mark as paid] |\npress [Mark as paid] in {number}\n"
        "at /list\n  table All: Number | Status | Actions\n  | {number} | Paid | |\n  | N-9 | Open | [Mark as paid] |"
    )
    (effect,) = made(text).effects
    assert effect.checks[0].text == "Paid"


def test_an_effect_is_looked_up_by_what_was_searched_for():
    """An e-mail tells one person from all others, and the list is searched by names."""
    text = (
        "at /new\n  (E-mail) (Name) [Save]\nfill (E-mail) a@b.example\nfill (Name) Ada Byron\npress [Save]\n"
        "at /people\n  (Search) [Show]\n  table People: Name | E-mail\n  | Ada Byron | a@b.example |\n"
        "fill (Search) Ada Byron\npress [Show]"
    )
    workflow = made(text)
    (effect,) = workflow.effects
    assert [step.text for step in effect.steps if step.verb == "fill"] == ["{name}"]


def test_a_control_in_a_row_that_nothing_tells_apart_is_never_the_pages_own():
    """Two rows of one name, and the other words were not kept: the row is that of what was searched for."""
    text = (
        "at /people\n  (Search) [Show]\n  table People: Name | Actions\n  | Maren | [Set away] |\n"
        "  | Maren | [Set away] |\nfill (Search)\npress [Show]\npress [Set away] in Maren"
    )
    *_, away = made(text).steps
    assert isinstance(away, Act)
    assert (away.target, away.row) == ("Set away", "{name}")


def test_a_row_is_not_told_by_the_only_word_of_it_that_was_kept():
    """Its number was masked, and its status was not, as that is a word of the app: many rows have it."""
    text = (
        "at /list\n  (Search) [Show]\n  table All: Invoice number | Status | Actions\n  | | Open | [Pay] |\n"
        "fill (Search)\npress [Show]\npress [Pay] in Open"
    )
    *_, last = made(text).steps
    assert isinstance(last, Act)
    assert last.row == "{invoice_number}"
    assert [one.name for one in made(text).parameters] == ["invoice_number"]


def test_that_a_record_is_there_is_no_effect_of_changing_it():
    """It was there before; the list doesn't show what was changed, so a save that was lost would pass for done."""
    text = (
        "at /list\n  (Search) [Show]\n  table All: Number\n  | <N-1001> |\n  | <N-9> |\nfill (Search) N-1001\n"
        "press <N-1001>\nat /list/{id}\n  (Note) [Save]\nfill (Note) late\npress [Save]\n"
        "at /list\n  (Search) [Show]\n  table All: Number\n  | <N-1001> |"
    )
    workflow = made(text)
    assert workflow.effects == ()
    assert any("read back" in ask for ask in workflow.asks)


ON_ITS_PAGE = (
    "at /list\n  (Search) [Show]\n  table All: Number\n  | <N-1001> |\n  | <N-9> |\nfill (Search) N-1001\n"
    "press <N-1001>\nat /list/{id}\n  Note: \n  (Note) [Save]\nfill (Note) late\npress [Save]\nat /list/{id}\n  %s\n"
)


def test_what_was_entered_is_read_back_on_the_records_own_page():
    """The list doesn't show it and its page does: the way there is gone once more, by what only looks."""
    (effect,) = made(ON_ITS_PAGE % "Note: late").effects
    assert [step.verb for step in effect.steps] == ["open", "fill", "press"]
    assert not any(step.risk for step in effect.steps)
    assert [(one.kind, one.target, one.text) for one in effect.checks] == [("holds", "Note", "{note}")]


def test_a_page_that_does_not_say_what_was_entered_is_no_effect():
    """It could only be guessed that it stands there, and a save that was lost would look like any other."""
    assert made(ON_ITS_PAGE % "Status: Open").effects == ()


def test_what_a_press_made_of_a_row_is_an_effect_though_the_row_was_masked():
    """Rows are compared by their place: one of them offers "Unblock" now, and nothing else has changed."""
    text = (
        "at /vendors\n  (Search) [Show]\n  table All: Name | Actions\n  | | [Block] |\n  | | [Block] |\nfill (Search)\n"
        "press [Show]\nat /vendors\n  (Search) [Show]\n  table All: Name | Actions\n  | | [Block] |\n"
        "press [Block] in Block\n"
        "at /vendors\n  (Search) [Show]\n  table All: Name | Actions\n  | | [%s] |"
    )
    (effect,) = made(text % "Unblock").effects
    assert [(check.kind, check.text) for check in effect.checks] == [("row", "Unblock")]
    assert made(text % "Block").effects == ()


def test_where_a_search_leaves_twins_other_columns_may_tell_them_apart():
    """They need not be given; where they are, they are part of which row is meant, before and after."""
    text = (
        "at /people\n  (Search) [Show]\n  table People: Name | Team | Actions\n  | Maren | | [Set away] |\n"
        "  | Maren | | [Set away] |\nfill (Search)\npress [Show]\npress [Set away] in Maren"
    )
    workflow = made(text)
    assert [(one.name, one.needed) for one in workflow.parameters] == [("name", True), ("team", False)]
    *_, away = workflow.steps
    assert isinstance(away, Act)
    assert away.row == "{name}, {team}"
    assert any("give team" in ask for ask in workflow.asks)


NAMED = (
    "at /people\n  (Search) [Show]\n  table People: Name | Team | Status | Phone | Actions\n"
    "  | Maren | | | | [Set away] |\n%sfill (Search) %s\npress [Show]\npress [Set away] in Maren%s"
)


def test_a_name_shown_once_may_be_told_apart_by_other_columns():
    """No demonstration with one row can show that two are called the same. How a record stands just now tells none."""
    workflow = made(NAMED % ("", "Maren", ""))
    assert [(one.name, one.needed) for one in workflow.parameters] == [
        ("name", True),
        ("team", False),
        ("phone", False),
    ]
    away = workflow.steps[-1]
    assert isinstance(away, Act)
    assert away.row == "{name}, {team}, {phone}"


def test_a_column_that_is_filled_in_later_tells_no_row():
    """A table has its new value, which the row doesn't hold yet."""
    text = "\nat /edit\n  (Phone) [Save]\nfill (Phone) 12345\npress [Save]"
    workflow = made(NAMED % ("", "Maren", text))
    assert [(one.name, one.needed) for one in workflow.parameters] == [
        ("name", True), ("team", False), ("phone", True),
    ]  # fmt: skip
    assert next(one.row for one in workflow.steps if isinstance(one, Act) and one.row) == "{name}, {team}"


def test_names_shown_twice_need_no_other_column():
    """Whoever showed it with several records had the chance to show twins."""
    rows = NAMED.replace("in Maren", "in {name}") % ("  | Tomas | | | | [Set away] |\n", "{name}", "")
    workflow = made(f"name\nMaren\nTomas\n---\n{rows}")
    assert [one.name for one in workflow.parameters] == ["name"]


def test_a_number_of_another_page_is_another_element():
    """What was scrolled to is in no list of its page; the number it had there is a cell's on the page after it."""
    text = "at /edit\n  (Note) [Save]\nfill (Note) late\npress [Save]\nat /done\n  table T: A\n  | x |"
    (shown,) = demonstrations(text)
    save = next(step.action.target for step in shown.episode.steps if step.action.op == "click")
    assert save is not None
    sights = {seq: _scrolled(one, save.node) for seq, one in shown.sights.items() if isinstance(one, Snapshot)}
    (evidence,) = (one for one in make([Shown(shown.episode, sights)], "w").targets if one.name == "Save")
    assert (evidence.above, evidence.row) == ((), "")


def _scrolled(listed: Snapshot, node: int) -> Snapshot:
    """On the page itself nothing has that number, and on the next one the cell has."""
    if listed.page == "/edit":
        return replace(listed, nodes=tuple(0 if one == node else one for one in listed.nodes))
    cell = listed.roles.index("cell")
    return replace(listed, nodes=tuple(node if at == cell else one for at, one in enumerate(listed.nodes)))


def test_nothing_done_is_nothing_to_compile():
    with pytest.raises(ValueError, match="nothing is done"):
        made("wait\nscroll")
