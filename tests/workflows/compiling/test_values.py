"""Promises about texts: what they are, how they are typed, and when two are the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from byhand.workflows.compiling.conditions import between, roundest
from byhand.workflows.compiling.naming import list_name, snake
from byhand.workflows.compiling.values import Value, date_format, holds, number_format, same, template


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        (("1.234,50", "12,00"), "1.234,50"), (("1,234.50", "5"), "1,234.50"), (("12,5",), "1234,5"),
        (("7", "11"), "1234"), (("1 250,00",), "1 234,50"), (("1.234",), ""), (("N-1",), ""),
    ],
)  # fmt: skip
def test_how_numbers_are_typed_is_told_by_an_example_that_never_was(typed: tuple[str, ...], shape: str):
    """What could be read in two ways has none."""
    assert number_format(typed) == shape


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        (("2026-03-14",), "%Y-%m-%d"), (("14.03.2026",), "%d.%m.%Y"), (("3.4.2026",), "%-d.%-m.%Y"),
        (("03/14/2026", "01/02/2026"), "%m/%d/%Y"), (("R-14",), ""),
    ],
)  # fmt: skip
def test_how_dates_are_typed_is_the_way_that_fits_them_all(typed: tuple[str, ...], shape: str):
    assert date_format(typed) == shape


def test_one_value_is_the_same_however_it_is_written():
    assert same(Value("1,234.50"), Value("1234.5"))
    assert same(Value("2026-03-14"), Value("14 Mar 2026"))
    assert not same(Value("007"), Value("7"))


def test_what_was_not_kept_is_only_equal_to_what_bears_the_same_placeholder():
    """And a secret to nothing at all."""
    assert same(Value("<ID-2>", known=False), Value("<ID-2>", known=False))
    assert not same(Value("<ID-2>", known=False), Value("<ID-3>", known=False))
    assert not same(Value("", known=False), Value("", known=False))
    assert not same(Value("<PASSWORD>", known=False), Value("<PASSWORD>", known=False))


def test_a_value_is_held_only_as_a_whole():
    assert holds("Invoice N-10, paid", "N-10")
    assert not holds("Invoice N-100", "N-10")


def test_a_template_names_the_values_in_a_text_and_doubles_its_braces():
    assert template("Order 4711 {urgent}", [("4711", "order")]) == "Order {order} {{urgent}}"


@pytest.mark.parametrize(
    ("low", "high", "edge"),
    [("412.5", "1287", "1000"), ("120", "340", "200"), ("2", "7", "5"), ("1000", "1500", "1000"), ("12", "12.5", "12")],
)
def test_an_edge_is_the_roundest_number_between(low: str, high: str, edge: str):
    assert roundest(Decimal(low), Decimal(high)) == Decimal(edge)


def test_what_was_not_shown_is_told_by_round_numbers_of_its_inside():
    assert between(Decimal("412.5"), Decimal(1287)) == ("500", "1200")


def test_names_are_labels_in_small_letters():
    assert [snake(one) for one in ("Due date *", "E-mail", "Straße", "2nd name")] == [
        "due_date",
        "email",
        "strasse",
        "n_2nd_name",
    ]
    assert [list_name("Add line", ""), list_name("Enter", "Articles"), list_name("", "")] == [
        "lines",
        "articles",
        "lines",
    ]
