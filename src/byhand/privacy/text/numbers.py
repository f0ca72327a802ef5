"""Which numbers are harmless: small ones, versions, times of day, sizes, shares, years.

Rules of this module: a number is harmless by its shape or by being small. Whatever could be dialled, paid to or looked
up is not: more than three digits in a row, or short ones in a row with nothing between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from byhand.privacy.text.tokens import Token

_MOST_DIGITS = 3
_SHAPES = re.compile(
    r"(?<![\w.,:/-])(?:"
    r"v?\d{1,4}(?:\.\d{1,4}){1,2}(?:-?(?:alpha|beta|rc|dev|esr|lts)\.?\d{0,2})?"  # versions
    r"|\d{1,2}[:.h]\d{2}(?::\d{2})?|\d:\d"  # times of day, one to one
    r"|\d{1,5}\s?[x×*]\s?\d{1,5}"  # sizes
    r"|\d{1,3}(?:[.,]\d{1,2})?\s?%"
    r"|\d{1,3}/\d{1,3}"  # 3/10
    r")(?![\w-]|[.,:/]\d)",
    re.IGNORECASE,
)
_HALF_MASKED = re.compile(r"(?<![\w*•])[*•xX]+[ -]?(?=\d)")
_ROW = re.compile(r"\d+(?:[ \u00a0.,/()+-]{1,3}\d+)+")
_UNITS = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|er|e|x|px|pt|em|k|m|kb|mb|gb|tb|kib|mib|gib|hz|khz|mhz|ghz|ms|s|min|h|hr|am|pm|bit|bits|d|p|w|v|mm|cm|km|kg|g|ml|l|fps|dpi|mp|°|%)"
    r"|v\d{1,3}|[a-z]\d|(?:19|20)\d0s|\d0s",
    re.IGNORECASE,
)


def harmless(text: str) -> list[tuple[int, int]]:
    """Places of numbers whose shape says what they are."""
    return [match.span() for match in _SHAPES.finditer(text)]


def apart(text: str, place: tuple[int, int]) -> bool:
    """Is this number no part of the words beside it? A time, a share and a size are not; the number of a house is."""
    return any(sign in ":%×x" for sign in text[slice(*place)])


def rows(text: str, shapes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of numbers in a row that together are long."""
    found: list[tuple[int, int]] = []
    for match in _ROW.finditer(text):
        start, end = match.span()
        inside = [(a, b) for a, b in shapes if start <= a and b <= end]
        digits = sum(text[at].isdigit() and not any(a <= at < b for a, b in inside) for at in range(start, end))
        if digits > _MOST_DIGITS:
            found.append((start, end))
    # "*456" and "xx-456" are the end of something longer.
    return found + [(match.end(), match.end() + 1) for match in _HALF_MASKED.finditer(text)]


def dated(tokens: Sequence[Token], month: Callable[[str], bool]) -> set[int]:
    """Tokens of dates written out, with a day and a year: "4 May 1990", "May 4th, 1990"."""
    found: set[int] = set()
    for index in range(len(tokens) - 2):
        three = tokens[index : index + 3]
        figures = [token for token in three if token.low[0].isdigit()]
        year = any(len(token.low) == 4 and token.low.isdigit() for token in figures)
        if year and len(figures) == 2 and any(month(token.low) for token in three):
            found.update(range(index, index + 3))
    return found


def unit(token: Token) -> bool:
    """A number with what it counts: "10px", "3rd", "64bit", or one letter and one digit: "F5"."""
    return _UNITS.fullmatch(token.low) is not None


def small(token: Token) -> bool:
    """A number of few digits, or a year of our time."""
    if not token.low.isascii():
        return False
    return len(token.low) <= _MOST_DIGITS or (len(token.low) == 4 and "1950" <= token.low <= "2049")
