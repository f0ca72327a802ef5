"""What is typed is in the program's format, or in the one the field asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from byhand.workflows.program import Act, Parameter
from byhand.workflows.typed import asked, typed
from byhand.workflows.view import Seen
from tests.workflows.drawn import scope

SCOPE = scope(
    parameters=(
        Parameter(name="day", kind="date", format="%d.%m.%Y"), Parameter(name="sum", kind="number", format="1.234,50"),
    ),
    day=date(2026, 3, 14), sum=Decimal("1234.5"),
)  # fmt: skip


def field(kind: str = "text", hint: str = "") -> Seen:
    return Seen(1, -1, "textbox", "input", "x", kind=kind, hint=hint)


def fill(text: str, one: Seen) -> str:
    return typed(Act(id="s", verb="fill", target="x", text=text), one, SCOPE)


def test_a_value_is_typed_in_the_programs_format():
    """As it was shown."""
    assert fill("{day}", field()) == "14.03.2026"
    assert fill("{sum}", field()) == "1.234,50"
    assert fill("on {day}", field()) == "on 14.03.2026"


def test_a_field_of_the_browser_has_a_format_of_its_own():
    """Whatever it shows."""
    assert fill("{day}", field("date")) == "2026-03-14"
    assert fill("{sum}", field("number")) == "1234.5"


@pytest.mark.parametrize(
    ("hint", "form"),
    [("year-month-day", "%Y-%m-%d"), ("YYYY-MM-DD", "%Y-%m-%d"), ("TT.MM.JJJJ", "%d.%m.%Y"), ("mm/dd/yyyy", "%m/%d/%Y"),
     ("Jahr-Monat-Tag", "%Y-%m-%d"), ("Required", ""), ("", "")],
)  # fmt: skip
def test_a_hint_can_ask_for_a_format(hint: str, form: str):
    """In words or in letters."""
    assert asked(hint) == form
