"""Texts as what they are: numbers, dates, words. How they are typed, and when two are the same. Pure.

Rules of this module: a text that was not kept is equal to nothing, but for what bears the same placeholder in one
recording. No value leaves this module: a format is an example that was never typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from byhand.workflows import dates, numbers

_PLACEHOLDER = re.compile(r"<[A-Z][A-Z_]*(?:-\d+)?>")
_SECRETS = re.compile(r"<(?:SECRET|PASSWORD|CODE)>")
_FRACTION = re.compile(r"\d[.,'’ \u00a0\u202f]\d")
_LEADING = re.compile(r"0\d")
_DATES = (
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%d-%m-%Y", "%Y/%m/%d", "%d %b %Y", "%d %B %Y",
    "%d. %B %Y", "%b %d, %Y", "%B %d, %Y", "%d. %B %Y (de)",
)  # fmt: skip


class Value(NamedTuple):
    """known: it was kept whole."""

    text: str
    known: bool = True


def masked(text: str) -> bool:
    return _PLACEHOLDER.search(text) is not None


def same(one: Value, other: Value) -> bool:
    """Are they one value, of one demonstration?"""
    if one.known and other.known:
        if folded(one.text) == folded(other.text):
            return True
        mine, theirs = number(one.text), number(other.text)
        if mine is not None and theirs is not None:
            return mine == theirs and not _LEADING.match(one.text) and not _LEADING.match(other.text)
        day, their_day = dates.readings(one.text), dates.readings(other.text)
        return len(day) == 1 and day == their_day
    if one.known or other.known or not masked(one.text) or _SECRETS.search(one.text):
        return False
    return one.text == other.text


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def number(text: str) -> Decimal | None:
    """The number a text says; None where it says none, or could say two."""
    found = numbers.readings(text)
    return next(iter(found)) if len(found) == 1 else None


def number_format(texts: Sequence[str]) -> str:
    """How these numbers are typed, by an example: `1.234,50`. "" if they are not all numbers, or not of one way."""
    if not texts or not all(numbers.readings(text) for text in texts):
        return ""
    if all(len(numbers.readings(text)) > 1 for text in texts):
        return ""  # 1.234 may be one or a thousand
    # The fewest marks first: what has no thousands may have been typed with or without their mark.
    for group in ("", ",", ".", "'", "’", "\u202f", "\u00a0", " "):
        for point in (mark for mark in ".," if mark != group):
            how = numbers.style(f"1{group}234{point}50")
            if how is None or any(numbers.by_style(text, how) is None for text in texts):
                continue
            places = max(
                (len(re.sub(r"\D", "", text.rpartition(point)[2])) for text in texts if point in text), default=0
            )
            typed = (
                next((mark for text in texts for mark in text if mark in "’ \u00a0\u202f"), group) if group else group
            )
            return f"1{typed}234{point}{'50000'[:places]}" if places else f"1{typed}234{typed}567" if group else "1234"
    return ""


def fractions(texts: Sequence[str]) -> bool:
    """Are they numbers no name or code is written like: with a point, or parted in thousands?"""
    return all(numbers.readings(text) and _FRACTION.search(text) for text in texts)


def date_format(texts: Sequence[str]) -> str:
    """How these dates are typed, as `%d.%m.%Y`; "" if no way fits them all."""
    if not texts or not all(dates.readings(text) for text in texts):
        return ""
    found = next((shape for shape in _DATES if all(dates.by_format(text, shape) for text in texts)), "")
    bare = any(re.search(r"(?<!\d)[1-9](?!\d)", text) for text in texts)
    return found.replace("%d", "%-d").replace("%m", "%-m") if bare else found


def either_way(texts: Sequence[str]) -> bool:
    """Could day and month stand the other way round?"""
    return bool(texts) and all(len(dates.readings(text)) > 1 for text in texts)


def day(text: str, shape: str) -> date | None:
    return dates.by_format(text, shape)


def holds(text: str, value: str) -> bool:
    """Does a text hold that value, whole?"""
    plain, wanted = folded(text), folded(value)
    if not wanted:
        return False
    for found in re.finditer(re.escape(wanted), plain):
        before, after = plain[: found.start()][-1:], plain[found.end() :][:1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return True
    return False


def template(text: str, slots: Sequence[tuple[str, str]]) -> str:
    """A text with each value in it replaced by its name, `{amount}`; the longest values first. Braces are doubled."""
    found = sorted((one for one in slots if len(one[0]) > 1), key=lambda one: -len(one[0]))
    if not found:
        return braced(text)
    either = "|".join(re.escape(value) for value, _ in found)
    names = {value.casefold(): name for value, name in reversed(found)}
    parts = re.split(rf"(?<!\w)({either})(?!\w)", text, flags=re.IGNORECASE)
    return "".join("{" + names[part.casefold()] + "}" if at % 2 else braced(part) for at, part in enumerate(parts))


def braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
