"""Typed values: how they are typed, read, and known again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.workflows import dates, numbers
from byhand.workflows.cells import Cell, CellError, likeness, read, resolved, same, within, words, written
from byhand.workflows.program import Kind, Parameter

AMOUNT = Decimal("1234.50")
DAY = date(2026, 11, 29)
FORMS = (
    "1.234,50",
    "1,234.50",
    "1 234,50",
    "1'234.50",
    "1234.5",
    "1234,50",
    "1\u202f234,50",
    "€ 1.234,50",
    "1234",
    "1.234.567",
    "",
)
DATE_FORMS = (
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%Y-%m-%d",
    "%-d %b %Y",
    "%d. %B %Y (de)",
    "%d %B %Y (fr)",
    "%e/%-m/%Y",
    "%B %d, %Y",
)
values = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
days = st.dates(min_value=date(1000, 1, 1))


@settings(deadline=None)
@given(values, st.sampled_from(FORMS))
def test_a_number_that_was_typed_in_a_format_is_read_back_as_the_same(value: Decimal, form: str):
    """In every format, also where its own text could be read in two ways."""
    typed = written(value, form)
    assert read(typed, Parameter(name="n", kind="number", format=form or "1234.5")) == value
    assert same(value, typed, form or "1234.5")


@settings(deadline=None)
@given(days, st.sampled_from(DATE_FORMS))
def test_a_date_that_was_typed_in_a_format_is_read_back_as_the_same(value: date, form: str):
    """Names of months and missing zeros too."""
    assert read(written(value, form), Parameter(name="d", kind="date", format=form)) == value
    assert same(value, written(value, form), form)


@settings(deadline=None)
@given(st.dates(min_value=date(1969, 1, 1), max_value=date(2068, 12, 31)))
def test_two_digits_of_a_year_mean_the_hundred_years_from_1969(value: date):
    """As POSIX reads them."""
    assert dates.by_format(dates.written(value, "%d.%m.%y"), "%d.%m.%y") == value


@settings(deadline=None)
@given(values, values, st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_what_is_another_number_is_never_the_same(one: Decimal, other: Decimal, typed: str, form: str):
    """However it is spelled and whatever the format."""
    if one != other and same(one, text := written(other, typed), form):
        # The one way to be wrong is a format that the page doesn't keep to.
        assert form
        assert one in numbers.readings(text)


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(FORMS))
def test_any_text_is_asked_and_none_breaks_it(text: str, form: str):
    """A page may show anything."""
    assert likeness(AMOUNT, text, form).holds in (True, False)
    assert likeness(DAY, text).holds in (True, False)
    assert within(AMOUNT, [text], form) in ("", "part", "whole")
    assert within(DAY, [text]) in ("", "part", "whole")
    assert not text or numbers.style(text) is None or numbers.readings(text.strip())


@pytest.mark.parametrize(
    "shown",
    [
        "1234.5",
        "1.234,50",
        "€ 1.234,50",
        "1,234.50 EUR",
        "1 234,50 €",
        "1'234.50",
        "CHF 1’234.50",
        "$1,234.50",
        "1.234,5",
    ],
)
def test_the_same_amount_is_known_in_every_spelling(shown: str):
    """With a currency or without, and without a format."""
    assert same(AMOUNT, shown)
    assert not same(AMOUNT + 1, shown)


@pytest.mark.parametrize(
    "shown",
    ["2026-11-29", "29.11.2026", "29.11.26", "29 Nov 2026", "Nov 29, 2026", "29. November 2026", "Sun, 29 Nov 2026",
     "29 de noviembre de 2026", "29/11/2026", "11/29/2026", "2026-11-29T08:15:00Z", "29.11.2026, 14:03"],
)  # fmt: skip
def test_the_same_day_is_known_in_every_spelling(shown: str):
    """As ISO, with names in some languages, with a weekday or a time."""
    assert same(DAY, shown)
    assert not same(date(2026, 11, 28), shown)


@pytest.mark.parametrize(
    ("cell", "shown", "form"),
    [(Decimal(1234), "1.234", "1.234,50"), (Decimal("1.234"), "1.234", "1234.50"),
     (date(2026, 2, 1), "01/02/2026", "%d/%m/%Y"),
     (date(2026, 1, 2), "01/02/2026", "%m/%d/%Y")],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_decided_by_the_format_alone(cell: Cell, shown: str, form: str):
    """Without one it is not the same, and the reason is told."""
    assert same(cell, shown, form)
    assert not same(cell, shown)
    assert "can be read as two" in likeness(cell, shown).why


@pytest.mark.parametrize(
    ("cell", "shown"),
    [(Decimal(12), "INV-12"), (Decimal(12), "12.50"), (Decimal(5), "-5"), ("007", "7"), ("Anna", "anna"),
     (True, "maybe"),
     (date(2026, 2, 28), "31.02.2026"), (Decimal(5), ""), (DAY, "29.11."), ((), "")],
)  # fmt: skip
def test_what_only_looks_alike_is_not_the_same(cell: Cell, shown: str):
    """Texts are texts, signs count, and a list is no text."""
    assert not same(cell, shown)


def test_texts_are_compared_without_their_odd_spaces():
    """A page breaks lines and uses spaces that don't break; letters may be composed or not."""
    assert same("Müller & Söhne", " Mu\u0308ller\u00a0&\n  So\u0308hne ")


@pytest.mark.parametrize(
    ("cell", "texts", "found"),
    [
        ("INV-1", ["INV-1", "Open"], "whole"), ("INV-1", ["Invoice INV-1, open"], "part"),
        ("INV-1", ["INV-12", "INV-1-b"], ""),
        ("Anna Meier", ["Anna", "Meier"], "part"), ("12", ["12.50", "a12"], ""),
        (AMOUNT, ["Total 1.234,50 EUR, paid"], "part"),
        (AMOUNT, ["2 1.234,50"], "part"), (Decimal(12), ["INV-12", "12/7", "29.12.2026"], ""),
        (DAY, ["due 29 Nov 2026!"], "part"),
        (DAY, ["12.11.2026"], ""), (True, ["yes"], "whole"), ("", ["anything"], ""),
    ],
)  # fmt: skip
def test_a_row_holds_a_value_whole_amid_words_or_not(cell: Cell, texts: list[str], found: str):
    """A number that goes on, by a digit or by a dash, is another one."""
    assert within(cell, texts) == found


@pytest.mark.parametrize(
    ("kind", "text", "cell"),
    [("flag", "Ja", True), ("flag", "0", False), ("number", " 12,5 ", Decimal("12.5")), ("text", "\u00a0Anna ", "Anna"),
     ("secret", " s3 ", " s3 "), ("date", "1.2.2026", date(2026, 2, 1)), ("choice", "eur", "EUR"),
     ("file", "a.pdf", "a.pdf")],
)  # fmt: skip
def test_a_cell_of_a_table_is_typed(kind: Kind, text: str, cell: Cell):
    """By its parameter's kind; a secret stays as it is."""
    assert read(text, Parameter(name="x", kind=kind, options=("EUR", "USD") if kind == "choice" else ())) == cell


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [("number", "1.234", "more than one number"), ("number", "abc", "no number"),
     ("date", "1/2/2026", "more than one date"),
     ("flag", "maybe", "neither yes nor no"), ("choice", "yen", "none of the options"), ("text", " ", "empty")],
)  # fmt: skip
def test_what_is_no_such_value_is_said_without_quoting_it(kind: Kind, text: str, said: str):
    """The value may be private."""
    with pytest.raises(CellError) as error:
        read(text, Parameter(name="x", kind=kind, options=("EUR",) if kind == "choice" else ()))
    assert said in str(error.value)
    assert not text.strip() or text not in str(error.value)


def test_what_need_not_be_there_may_be_empty():
    """It is then an empty text, whatever its kind."""
    assert read(" ", Parameter(name="x", kind="date", needed=False)) == ""


def test_a_value_with_more_decimals_than_its_format_keeps_them():
    """Rounding would type another value than the row's."""
    assert written(Decimal("1234.505"), "1.234,50") == "1.234,505"
    assert written(Decimal(1234), "1.234,50") == "1.234,00"
    assert written(Decimal("99.5"), "100") == "99.5"
    assert written(Decimal(-1234567), "€ 1.234,50") == "€ -1.234.567,00"


@pytest.mark.parametrize("form", ["1.234", "abc", "1,2,3"])
def test_a_format_that_says_nothing_types_nothing(form: str):
    """An example must be a number that can be read in one way."""
    with pytest.raises(CellError):
        written(AMOUNT, form)


def test_words_are_typed_and_told_without_secrets():
    """A list has none; its fields do; a secret is masked where a person reads."""
    parameters = (
        Parameter(name="due", kind="date", format="%d.%m.%y"),
        Parameter(name="pin", kind="secret"),
        Parameter(name="lines", kind="list", fields=(Parameter(name="price", kind="number", format="1,50"),)),
    )
    row: dict[str, Cell] = {
        "due": DAY,
        "pin": "4711",
        "lines": ({"price": AMOUNT},),
        "lines.price": AMOUNT,
        "urgent": True,
    }
    assert words(row, parameters) == {"due": "29.11.26", "pin": "4711", "lines.price": "1234,50", "urgent": "on"}
    assert words(row, parameters, told=True)["pin"] == "••••"
    assert resolved("{due}", row, parameters) == DAY
    assert resolved("until {due}", row, parameters) == "until 29.11.26"


@pytest.mark.parametrize("form", ["%d.%m.", "%d.%m.%Y %H", "%d.%d.%m.%Y", "29.11.2026", "%", "%m %B %d %Y"])
def test_a_format_of_a_date_has_a_day_a_month_and_a_year(form: str):
    """Each once, and nothing else."""
    assert dates.fault(form)
    with pytest.raises(CellError):
        written(DAY, form)
