"""Checks hold by value, and say in a sentence why they don't."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from byhand.workflows.checks import judge
from byhand.workflows.program import Check, Parameter
from tests.workflows.drawn import around, named, scope

PAGE = around(
    """
    heading "Edit invoice"
    form "Invoice"
      textbox "Amount" =1,234.50
      checkbox "Urgent" !checked
      group/fieldset "Status"
        radio "Open"
        radio "Paid" !checked
    status "Saved"
    alert
      text "Budget exceeded"
    text "Draft"
    table "Invoices"
      row
        cell "R-1"
        cell "14.03.2026"
      row
        cell "R-2"
        cell "14.03.2026"
    """,
    address="http://site.example/invoices/i7",
)
PARAMETERS = (
    Parameter(name="amount", kind="number", format="1,234.50"), Parameter(name="day", kind="date", format="%d.%m.%Y"),
    Parameter(name="number"), Parameter(name="urgent", kind="flag"), Parameter(name="status"),
)  # fmt: skip
SCOPE = scope(
    named("textbox", "Amount"), named("checkbox", "Urgent"), named("group", "Status"), parameters=PARAMETERS,
    amount=Decimal("1234.5"), day=date(2026, 3, 14), number="R-2", urgent=True, status="Paid",
)  # fmt: skip


def why(check: Check) -> str:
    return judge(check, PAGE, SCOPE)


def test_what_stands_in_a_field_is_compared_by_value():
    """A page may write a number in its own way."""
    assert why(Check(kind="holds", target="Amount", text="{amount}")) == ""
    assert why(Check(kind="holds", target="Amount", text="12")) == '"Amount" holds something else'


def test_a_group_holds_what_is_chosen_in_it():
    """Radio buttons are one field."""
    assert why(Check(kind="holds", target="Status", text="{status}")) == ""
    assert why(Check(kind="holds", target="Status", text="Open")) != ""


def test_a_live_region_is_known_by_what_is_said_in_it():
    """It has no name of its own; a text elsewhere is nothing that was said in it."""
    assert why(Check(kind="see", text="Saved", role="status")) == ""
    assert why(Check(kind="see", text="Budget exceeded", role="alert")) == ""
    assert why(Check(kind="see", text="Budget exceeded", role="status")) != ""
    assert why(Check(kind="see", text="Draft", role="status")) != ""


def test_a_box_is_on_or_off():
    """By its state, as the row's flag wants it."""
    assert why(Check(kind="set", target="Urgent", text="{urgent}")) == ""
    assert why(Check(kind="set", target="Urgent", text="off")) == '"Urgent" is not off'


def test_what_is_to_be_seen_may_be_said_in_other_words():
    """ "Stored" says that it was saved."""
    assert why(Check(kind="see", text="Stored")) == ""
    assert why(Check(kind="see", text="Saved", role="alert")) == 'there is no "Saved"'
    assert why(Check(kind="see", text="Deleted")) == 'there is no "Deleted"'


def test_what_is_to_be_gone_is_gone_when_nothing_is_called_so():
    """By its very name."""
    assert why(Check(kind="gone", text="Saved", role="status")) == '"Saved" is still there'
    assert why(Check(kind="gone", text="Busy")) == ""


def test_the_page_is_the_one_its_path_says():
    """Whatever record it shows."""
    assert why(Check(kind="page", text="/invoices/*")) == ""
    assert why(Check(kind="page", text="/vendors/*")) == "the page is another one"


def test_a_row_is_there_once_and_holds_all_of_it():
    """The record's values, compared as such."""
    assert why(Check(kind="row", row="{number}", text="{day}")) == ""
    assert why(Check(kind="row", row="{number}", text="{amount}")) == "its row does not hold all that it should"
    assert why(Check(kind="row", row="{day}")) == "2 rows could be it"
    assert why(Check(kind="row", row="{amount}")) == "its row is not there"


def test_rows_are_counted():
    """None is a number too."""
    assert why(Check(kind="count", row="{day}", text="2")) == ""
    assert why(Check(kind="count", row="{amount}", text="0")) == ""
    assert why(Check(kind="count", row="{number}", text="0")) == "there are 1 such rows, not 0"


def test_a_reason_quotes_no_value():
    """It is told to a report."""
    told = why(Check(kind="holds", target="Amount", text="{number}")) + why(Check(kind="row", row="{amount}"))
    assert "1234" not in told
    assert "R-2" not in told
