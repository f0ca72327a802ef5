"""Which words say the same, and what they would do."""

from __future__ import annotations

import pytest

from byhand.workflows.meanings import alike, does, says, units, verbs


@pytest.mark.parametrize(
    ("one", "other"),
    [("Save", "Store changes"), ("Save invoice", "Rechnung speichern"), ("Due date:", "due date"),
     ("Next page", "Nächste Seite"),
     ("Vendor's VAT number", "Tax ID of the supplier"), ("Add line", "Zeile hinzufügen")],
)  # fmt: skip
def test_names_that_say_the_same_are_alike(one: str, other: str):
    """In other words or in another language, in whatever order."""
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Save", "Delete"), ("Invoice date", "Due date"), ("Save", "Save and pay"), ("Block", "Unblock"), ("", ""),
     ("Amount", "Amount of tax")],
)  # fmt: skip
def test_names_that_say_something_else_are_not(one: str, other: str):
    """One word more is another name."""
    assert not alike(one, other)


def test_the_worst_that_a_name_says_counts():
    """Save and delete deletes."""
    assert does("Save and delete") == "deletes"
    assert does("Show") == ""


def test_verbs_are_told_by_their_meaning():
    """So that Save and Store are one, and Save and Delete two."""
    assert verbs("Save") == verbs("Speichern")
    assert not verbs("Save") & verbs("Delete")


def test_units_are_known():
    """In names and in hints."""
    assert units("Amount (EUR)") == {"eur"}
    assert units("in Tausend") == units("in thousands")
    assert units("Amount") == frozenset()


def test_phrases_are_known_by_all_their_words():
    """One of them alone says nothing."""
    assert says("Every change now also sends a mail", "newly")
    assert says("You were signed out", "session")
    assert not says("Signed by", "session")
