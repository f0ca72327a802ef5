"""Amounts and dates: from text as people write it, and back.

Rules of this module: what can't be read for certain is not read. "1.234" may be one or a thousand, so it's refused.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

Locale = Literal["en", "de", "fr", "ch"]
_MARKS: dict[Locale, tuple[str, str]] = {"en": (",", "."), "de": (".", ","), "fr": ("\u202f", ","), "ch": ("’", ".")}
_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\3\d{3})*|\d+)(?:([.,])(\d{1,2}))?")
_DAYS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), (2, 1, 0)),
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def cents(text: str) -> int | None:
    """An amount in any of the locales above; None where it is none, or could be two."""
    found = _AMOUNT.fullmatch(text.strip().strip("€$£ ").strip())
    if found is None:
        return None
    sign, whole, between, point, rest = found.groups()
    if between and (between == point or (point is None and between in ".,")):
        return None
    amount = int(re.sub(r"\D", "", whole)) * 100 + int((rest or "0").ljust(2, "0"))
    return -amount if sign else amount


def amount(value: int, locale: Locale = "en") -> str:
    """`1,234.50`, with the marks of the locale."""
    thousands, point = _MARKS[locale]
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole:,}".replace(",", thousands) + f"{point}{rest:02d}"


def day(text: str) -> str | None:
    """An ISO date from ISO or `14.03.2026`; None where it is no day."""
    for shape, (year, month, number) in _DAYS:
        if found := shape.fullmatch(text.strip()):
            parts = found.groups()
            try:
                return date(int(parts[year]), int(parts[month]), int(parts[number])).isoformat()
            except ValueError:
                return None
    return None


def shown_day(iso: str, locale: Locale = "en") -> str:
    """`14 Mar 2026`, or `14.03.2026` in German."""
    if not iso:
        return ""
    one = date.fromisoformat(iso)
    if locale == "de":
        return f"{one:%d.%m.%Y}"
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def after(iso: str, days: int) -> str:
    """So many days later."""
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()
