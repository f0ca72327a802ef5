"""Which element is meant: found by what is known of it, and never chosen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from byhand.workflows.program import Evidence, Parameter
from byhand.workflows.targets import Ambiguous, Found, Missing, fits, resolve, stable
from tests.workflows.drawn import around, named, scope

FORM = """
    form "Invoice"
      textbox "Number" #number
      textbox "Amount"
      button "Save" [data-testid="save"]
    button "Help"
"""
LIST = """
    table "Invoices"
      row
        columnheader "Number"
        columnheader "Amount"
      row
        cell "R-10"
        cell "1.234,50 EUR"
        cell
          button "Pay"
      row
        cell "R-1"
        cell "99.00"
        cell
          button "Pay"
      row
        cell "R-10"
        cell "7.00"
        cell
          button "Pay"
"""


def test_an_element_is_found_by_its_role_and_name():
    """What it is and what it is called are enough, where nothing else has both."""
    found = resolve(named("textbox", "Amount"), around(FORM), scope())
    assert isinstance(found, Found)
    assert found.place == 2
    assert "name" in found.by


def test_each_kind_of_evidence_that_agrees_is_told():
    """An act that can't be undone needs two of them."""
    save = named("button", "Save", selectors=('[data-testid="save"]',), page="/", above=("form",))
    found = resolve(save, around(FORM), scope(save, named("textbox", "Number")))
    assert isinstance(found, Found)
    assert found.by >= {"name", "selector", "place", "company"}


def test_two_that_fit_are_none():
    """Ambiguity is an answer and not a choice."""
    assert resolve(named("button", "Pay"), around(LIST), scope()) == Ambiguous((8, 13, 18))


def test_selectors_and_names_that_lead_to_different_elements_are_no_element():
    """All that is known must agree."""
    swapped = around('button "Save"\nbutton "Delete" #save')
    assert isinstance(resolve(named("button", "Save", selectors=("#save",)), swapped, scope()), Ambiguous)


def test_a_path_alone_finds_nothing():
    """Where it lay is no evidence of what it is."""
    save = named("button", "Save", selectors=("#main > button:nth-of-type(1)",))
    assert resolve(save, around('button "Delete" #main'), scope()) == Missing()


def test_a_control_is_found_in_the_row_that_holds_the_values():
    """By value: `1.234,50 EUR` is 1234.5, and `R-1` is not `R-10`."""
    amount = Parameter(name="amount", kind="number", format="1.234,50")
    known = scope(parameters=(Parameter(name="number"), amount), number="R-10", amount=Decimal("1234.5"))
    found = resolve(named("button", "Pay"), around(LIST), known, "{number}, {amount}")
    assert isinstance(found, Found)
    assert found.place == 8
    assert "row" in found.by
    alone = resolve(named("button", "Pay"), around(LIST), scope(number="R-1"), "{number}")
    assert isinstance(alone, Found)
    assert alone.place == 13


def test_two_rows_of_one_name_are_told_apart_or_not_at_all():
    """Which record is meant is not guessed."""
    found = resolve(named("button", "Pay"), around(LIST), scope(number="R-10"), "{number}")
    assert isinstance(found, Ambiguous)
    assert found.what == "row"
    assert resolve(named("button", "Pay"), around(LIST), scope(number="R-7"), "{number}") == Missing("row")


def test_what_is_typed_into_a_search_makes_no_row_of_it():
    """Only the record's own row holds its number."""
    page = around("""
        form "Search"
          group
            textbox "Search" =R-1
          group
            combobox "State"
        table "Invoices"
          row
            cell "R-1"
            link "Open"
          row
            cell "R-2"
            link "Open"
    """)
    found = resolve(named("link", "Open"), page, scope(number="R-1"), "{number}")
    assert isinstance(found, Found)
    assert found.place == 8


def test_what_has_no_name_is_found_by_the_words_beside_it():
    """The value of a record stands beside its label."""
    page = around('group\n  term "Total"\n  definition "12.50"\ngroup\n  term "Tax"\n  definition "2.00"')
    total = Evidence(called="Total", role="definition", label="Total")
    assert isinstance(found := resolve(total, page, scope()), Found)
    assert page[found.place].name == "12.50"


def test_a_dialog_in_front_is_meant():
    """A "Delete" in the question that came up is that one, and not the one behind it."""
    page = around('button "Delete"\ndialog "Sure?"\n  button "Delete"')
    assert isinstance(found := resolve(named("button", "Delete"), page, scope()), Found)
    assert found.place == 2


def test_a_name_can_be_a_value_of_the_row():
    """A link that is called by the record."""
    found = resolve(
        Evidence(called="it", role="link", name="{number}"), around('link "R-1"\nlink "R-2"'), scope(number="R-2")
    )
    assert isinstance(found, Found)
    assert found.place == 1


@pytest.mark.parametrize(
    ("template", "address", "fit"),
    [
        ("/invoices/{id}", "http://x/invoices/i12?page=2", True), ("/invoices/*", "http://x/invoices/i12", True),
        ("/invoices/{id}", "http://x/invoices", False), ("/invoices/...", "http://x/invoices/1/edit", True),
        ("/invoices", "http://x/invoices/", True), ("/", "http://x", True), ("/a.b", "http://x/aXb", False),
    ],
)  # fmt: skip
def test_a_path_fits_its_template(template: str, address: str, fit: bool):
    """A hole is one part of it."""
    assert fits(template, address) is fit


def test_only_selectors_of_the_element_itself_are_stable():
    """Ids, test ids and names of fields; not the way to them."""
    good = ("#save", '[data-testid="save"]', 'input[name="q"]', "pierce/#card >>> #save")
    bad = ("#main > form > button", "aria/Save", "xpath//html/body/a", "div > a:nth-of-type(2)")
    assert [stable(one) for one in good + bad] == [True] * 4 + [False] * 4


def test_a_window_is_one_form_and_what_was_kept_of_it_tells_of_none():
    """So a button that can't be undone has two kinds of evidence there: its name, and what lies beside it."""
    save = named("button", "Save", app="orders", above=("group", "group"), box=(0, 0, 1, 1))
    found = resolve(save, around(FORM, "orders"), scope(save, named("textbox", "Amount", app="orders")))
    assert isinstance(found, Found)
    assert found.by == {"name", "company"}
