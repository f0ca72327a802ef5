"""Rows are known by their words: which hold a record, and by what each is known again."""

from __future__ import annotations

from byhand.workflows import rows
from byhand.workflows.program import Parameter
from byhand.workflows.rows import Want
from tests.workflows.drawn import around

CARDS = around("""
    group
      heading "Ada Byron"
      text "London"
      button "Call"
    group
      heading "Ada Byron"
      text "Turin"
      button "Call"
    group
      heading "Ada Byronson"
      text "Turin"
      button "Call"
""")


def test_cards_are_rows_too():
    """Whatever holds a record and has others of its kind beside it."""
    assert rows.holding(CARDS, [Want("Ada Byron"), Want("Turin")]) == [4]


def test_a_whole_text_wins_over_one_that_only_holds_the_value():
    """A longer name is another one."""
    assert rows.holding(CARDS, [Want("Ada Byron")]) == [0, 4]


def test_a_row_is_known_again_by_as_few_words_as_tell_it_from_the_others():
    """Its first one, or more where that stands twice."""
    assert [rows.identity(CARDS, at, [0, 4, 8]) for at in (0, 4, 8)] == [
        "Ada Byron London",
        "Ada Byron Turin",
        "Ada Byronson",
    ]


def test_rows_of_the_same_words_are_known_by_nothing():
    """Which of them is meant can't be said."""
    same = around('list\n  listitem\n    text "A"\n  listitem\n    text "A"')
    assert rows.identity(same, 1, [1, 3]) == ""


def test_a_template_says_what_a_row_must_hold():
    """Values of slots, and the words between them."""
    assert list(rows.wanted("{number}, Open", {"number": "R-1"}, (Parameter(name="number", format="x"),))) == [
        Want("Open", said=True), Want("R-1", "x"),
    ]  # fmt: skip


def test_what_the_program_says_of_a_row_may_be_said_in_other_words():
    """A value of the record may not."""
    page = around('list\n  listitem\n    text "R-1"\n    text "Gesperrt"\n  listitem\n    text "R-2"\n    text "Offen"')
    assert rows.holding(page, [Want("Blocked", said=True)]) == [1]
    assert rows.holding(page, [Want("Blocked")]) == []


def test_what_need_not_be_given_and_is_not_so_is_named():
    """The person is told which column of theirs says otherwise; a name that is not there at all is another matter."""
    parameters = (Parameter(name="name"), *(Parameter(name=name, needed=False) for name in ("city", "phone")))
    told = {"name": "Ada Byron", "city": "Turin", "phone": "123"}
    assert rows.unlike("{name}, {city}, {phone}", told, parameters, CARDS) == ("phone",)
    assert rows.unlike("{name}, {city}", told | {"city": "Rome"}, parameters, CARDS) == ("city",)
    assert rows.unlike("{name}, {city}", told | {"name": "Grace"}, parameters, CARDS) == ()
    assert rows.unlike("{name}", told, parameters, CARDS) == ()
