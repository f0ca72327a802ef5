"""Numbers of payment cards: 12 to 19 figures whose last one is the check digit of Luhn (ISO/IEC 7812-1, annex B)."""

from __future__ import annotations

from collections.abc import Iterator

from byhand.privacy.text.detect.digits import runs
from byhand.privacy.text.types import At, Span

_LENGTHS = (16, 15, 19, 14, 13, 18, 17, 12)
"""Commonest first: the first that fits is taken."""
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


class Cards:
    name = "cards"

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        for run in runs(text):
            digits, start = run.digits, 0
            while len(digits) - start >= _LENGTHS[-1]:
                length = next((n for n in _LENGTHS if _is_card(digits[start : start + n], n)), 0)
                if length:
                    yield Span(run.at[start], run.at[start + length - 1] + 1, "CARD")
                start += length or 1


def _is_card(digits: str, length: int) -> bool:
    # 0 and 1 begin no payment card; 7, 8 and 9 are fuel, health and national cards: they count too.
    return len(digits) == length and digits[0] not in "01" and len(set(digits)) > 1 and luhn(digits)


def luhn(digits: str) -> bool:
    """Does the last figure check the others?"""
    total = sum(int(digit) for digit in digits[::-2])
    return (total + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])) % 10 == 0
