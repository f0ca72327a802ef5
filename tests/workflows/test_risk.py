"""What can't be undone is marked, in any of some languages, by what a control is called and what it is."""

from __future__ import annotations

import pytest

from byhand.workflows import risk
from byhand.workflows.program import Evidence, Verb
from tests.workflows.drawn import named


@pytest.mark.parametrize(
    ("role", "name", "verb", "what"),
    [
        ("button", "Save", "press", "sends"), ("button", "Speichern", "press", "sends"),
        ("button", "Delete", "press", "deletes"), ("link", "Löschen", "press", "deletes"),
        ("button", "Mark as paid", "press", "pays"), ("button", "Jetzt bezahlen", "press", "pays"),
        ("button", "Publish", "press", "publishes"), ("button", "Approve", "press", "grants"),
        ("button", "Envoyer", "press", "sends"), ("button", "Remind", "press", "sends"),
        ("button", "Cancel", "press", ""), ("button", "Show", "press", ""), ("link", "Save", "press", ""),
        ("link", "New invoice", "press", ""), ("button", "New invoice", "press", ""),
        ("button", "Add line", "press", "sends"),
        ("textbox", "Password", "fill", "credentials"), ("textbox", "Name", "fill", ""),
        ("button", "Choose file", "upload", "uploads"), ("tab", "Delete", "press", ""),
    ],
)  # fmt: skip
def test_an_act_is_judged_by_what_it_is_called(role: str, name: str, verb: Verb, what: str):
    """And by the kind of control: a link leads to where things are done."""
    assert risk.of(named(role, name), verb) == what


def test_enter_sends_a_form_and_searches_in_a_search():
    """The key is judged by where it is pressed."""
    assert risk.of(named("textbox", "Amount"), "key", "Enter") == "sends"
    assert risk.of(named("searchbox", "Find"), "key", "Enter") == ""
    assert risk.of(named("textbox", "Search"), "key", "Enter") == ""
    assert risk.of(None, "key", "Escape") == ""


def test_what_has_no_name_is_judged_by_its_label():
    """Where there is one."""
    assert risk.of(Evidence(called="x", role="button", label="Delete"), "press") == "deletes"
