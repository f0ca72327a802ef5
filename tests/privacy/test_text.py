from __future__ import annotations

import pytest

from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At

WORDS = Cleaner(("Kontoblatt", "Nordwind Umzüge"))
HERE = At("element")


@pytest.mark.parametrize(
    "name",
    [
        "Save",
        "_File",
        "Save _As…",
        "&Open...",
        "Don't show this again",
        "Save\tCtrl+S",
        "Page 2 of 10",
        "Mark as read",
        "Löschen",
        "Fichier",
        "Añadir",
        "Kontoblatt",
        "nordwind umzüge",
        "Close Alt+F4",
        "Search:",
        "Untitled 1 - Mousepad",
        "Switzerland",
        "Sign in",
    ],
)
def test_everyday_names_are_cleared(name: str):
    """What programs call their own controls, and what the policy adds."""
    assert WORDS.clears(name, HERE)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a",
        "7",
        "07 12",
        "4711",
        "12 34 56",
        "Call 0171 234",
        "Delete Anna",
        "anna@example.org",
        "Re: salary",
        "Invoice 2024-17",
        "hunter2",
        "x" * 61,
        "Save " * 12,
        "Bill",
        "Mark",
        "…",
        "!!!",
        "S",
        "Umzüge",
        "Save\u200bAnna",
        "ＳａｖｅAnna",
        "Save now or we will close your page",
    ],
)
def test_all_other_names_are_masked(name: str):
    """One unknown word, a number that could be anything, a single key: all of it is masked."""
    assert not WORDS.clears(name, HERE)


def test_marks_for_the_keyboard_are_taken_out():
    """Programs write them into the name; a person never sees them."""
    assert WORDS.shown("Save _As  now") == "Save As now"


def test_no_given_name_hides_among_the_everyday_words():
    """Words that are names of people too stay out, or clear only within a phrase."""
    names = {
        "anna",
        "bill",
        "mark",
        "will",
        "rose",
        "grace",
        "max",
        "jan",
        "frank",
        "jack",
        "rich",
        "grant",
        "jordan",
        "georgia",
        "pat",
    }
    assert not [name for name in names if WORDS.words.screen(name)]
