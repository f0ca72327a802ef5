"""Figures as people write them: in any script, in groups, with anything between the groups."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Bounded on both sides: a start is tried for at most 41 figures and the three signs before each.
_RUN = re.compile(r"\d(?:[ \t\r\n\u00a0\u2000-\u200a\u202f.,()/\\_·•|:\-‐-―−]{0,3}\d){3,40}")


class Run(NamedTuple):
    """Figures in a row. `digits` are ASCII; `at` has the place in the text of each of them."""

    start: int
    end: int
    digits: str
    at: tuple[int, ...]


def runs(text: str) -> Iterator[Run]:
    """Rows of 4 to 41 figures with at most three signs between two of them, longest first, not overlapping."""
    for match in _RUN.finditer(text):
        places = tuple(place for place in range(match.start(), match.end()) if text[place].isdecimal())
        yield Run(match.start(), match.end(), plain("".join(text[place] for place in places)), places)


def plain(text: str) -> str:
    """The text with the figures of every script as ASCII; it keeps its length."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() and not letter.isascii() else letter for letter in text
    )
