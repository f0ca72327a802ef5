"""Promises of the words around what a goal says."""

from __future__ import annotations

from byhand.models import words
from byhand.models.mentioned import mentions, where_said


def told(goal: str, *names: str) -> list[list[str]]:
    """Which words, where they are those of the goal."""
    split = words.split(goal)
    known = {words.key(one.folded): one.folded for one in split} | {0: ""}
    return [[known[int(key)] for key in row] for row in mentions(split, [words.name(one) for one in names])]


def test_the_words_on_both_sides() -> None:
    """The nearest first, and those behind it last."""
    goal = "Forward to Ulrike the email from Arabelle."
    assert told(goal, "Ulrike", "Arabelle", "Anne") == [
        ["to", "forward", "the", "email"], ["from", "email", ".", ""], ["", "", "", ""],
    ]  # fmt: skip


def test_a_name_of_several_words_is_one() -> None:
    assert told("Set Due date to Friday", "Due date") == [["set", "", "to", "friday"]]


def test_quotation_marks_are_no_words() -> None:
    assert told('Click the "Save all" button', "Save all") == [["the", "click", "button", ""]]


def test_what_is_said_in_part_goes_by_the_word_that_is_said() -> None:
    """And what says nothing by itself is not looked for."""
    assert told("Open the invoices of May", "May 2026", "of", "") == [["of", "invoices", "", ""], [""] * 4, [""] * 4]


def test_where_all_its_words_stand_in_a_row() -> None:
    assert where_said(("the", "mail"), ["the", "new", "mail", "the", "mail"]) == 3
    assert where_said(("mail", "now"), ["mail"]) == -1
    assert where_said((), ["mail"]) == -1
