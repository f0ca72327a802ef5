"""Amounts and dates as people write them."""

from __future__ import annotations

import pytest

from byhand.evals.office.values import Locale, amount, cents, day, shown_day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,234.50", 123450), ("1.234,50", 123450), ("1 234,50", 123450), ("1\u202f234,50", 123450),
        ("1’234.50", 123450), ("7", 700), ("7.5", 750), ("0,05", 5), ("-3.20", -320), ("1,234,567.89", 123456789),
        ("€ 12.00", 1200), ("1.234", None), ("1,234", None), ("1.234.50", None), ("", None), ("abc", None),
        ("12.345,6,7", None), ("1e5", None), ("=1+1", None), ("12.3456", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_only_where_it_can_be_but_one(text: str, told: int | None) -> None:
    """Each locale's marks; a mark that may be either is refused."""
    assert cents(text) == told


@pytest.mark.parametrize("locale", ["en", "de", "fr", "ch"])
@pytest.mark.parametrize("value", [0, 5, 99, 100, 123450, 99999999, -1234567])
def test_what_is_written_is_read_back(locale: Locale, value: int) -> None:
    """An amount in any locale is the same amount again."""
    assert cents(amount(value, locale)) == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-03-14", "2026-03-14"), ("14.03.2026", "2026-03-14"), ("1.2.2026", "2026-02-01"),
        ("2026-02-30", None), ("03/14/2026", None), ("", None), ("soon", None),
    ],
)  # fmt: skip
def test_a_day_is_one_of_the_calendar(text: str, told: str | None) -> None:
    """ISO and dots; slashes could be either order."""
    assert day(text) == told


def test_a_day_is_shown_as_the_page_speaks() -> None:
    """Words in English, dots in German, nothing for none."""
    assert [shown_day("2026-03-04"), shown_day("2026-03-04", "de"), shown_day("")] == ["4 Mar 2026", "04.03.2026", ""]
