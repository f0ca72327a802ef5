"""Bank accounts and wallets that prove themselves: IBAN (ISO 13616), US routing numbers, BIC, crypto addresses.

An account number without a check digit is found by the word beside it, see `said`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from byhand.privacy.text.detect.digits import plain, runs
from byhand.privacy.text.detect.linear import linear
from byhand.privacy.text.types import At, Span

_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[ .\-]?\d[ ]?\d", re.ASCII)
_BETWEEN = " \u00a0\u202f.-\n\r\t_/"
_LENGTHS = {
    land: int(length)
    for length, lands in (
        ("15", "NO"), ("16", "BE"), ("18", "DK FI FO GL NL"), ("19", "MK SI"), ("20", "AT BA EE KZ LT LU XK"),
        ("21", "CH HR LI LV"), ("22", "BG BH CR DE GB GE IE ME RS VA"), ("23", "AE GI IL IQ OM SO TL"),
        ("24", "AD CZ ES MD PK RO SA SE SK TN VG"), ("25", "LY PT ST"), ("26", "IS TR"), ("27", "BI DJ FR GR IT MC SM"),
        ("28", "AL AZ BY CY DO GT HU LB NI PL SV"), ("29", "BR EG PS QA UA"), ("30", "JO KW MU"), ("31", "MT SC"),
        ("32", "LC"), ("33", "RU"),
    )
    for land in lands.split()
}  # fmt: skip
"""Characters of an IBAN by country, from the IBAN registry of SWIFT."""
_WALLET = linear(
    r"\b(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{93})\b"
)
_BIC = linear(
    r"(?i)\b(?:bic|swift)\b[^A-Za-z0-9]{0,4}(?:code)?[^A-Za-z0-9]{0,4}([A-Za-z]{6}[A-Za-z0-9]{2}(?:[A-Za-z0-9]{3})?)\b"
)


class Accounts:
    name = "accounts"

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        shown = plain(text)
        for match in _IBAN.finditer(shown):
            end = _iban_end(shown, match.start())
            if end:
                yield Span(match.start(), end, "IBAN")
        for run in runs(shown):
            if len(run.digits) == 9 and run.end - run.start == 9 and routing(run.digits):
                yield Span(run.start, run.end, "ACCOUNT")
        for match in _WALLET.finditer(shown):
            yield Span(match.start(), match.end(), "ACCOUNT")
        for match in _BIC.finditer(shown):
            yield Span(match.start(1), match.end(1), "ACCOUNT")


def _iban_end(text: str, start: int) -> int:
    """Where the IBAN that begins here ends, or 0."""
    length = _LENGTHS.get(re.sub(r"[^A-Za-z]", "", text[start : start + 3])[:2].upper(), 0)
    letters, gap = "", 0
    for place in range(start, min(len(text), start + 34 * 3)):
        letter = text[place]
        if letter.isascii() and letter.isalnum():
            letters, gap = letters + letter.upper(), 0
            if len(letters) == (length or 34):
                break
        elif letter in _BETWEEN and gap < 2:
            gap += 1
        else:
            break
    else:
        place = len(text) - 1
    if length:
        # With a typo it does not check, and is still somebody's account.
        figures = sum(letter.isdigit() for letter in letters)
        return place + 1 if len(letters) == length and (figures >= 10 or iban(letters)) else 0
    # A country that is not in the list: the whole of it must fit, and be mostly figures.
    ends = place + 1 if place == len(text) - 1 and text[place].isalnum() else place
    few = sum(letter.isdigit() for letter in letters) < 10
    return 0 if few or not 15 <= len(letters) <= 34 or not iban(letters) else ends


def iban(letters: str) -> bool:
    """Do the two check digits fit (ISO 7064, MOD 97-10)?"""
    turned = letters[4:] + letters[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def routing(digits: str) -> bool:
    """Is this a US routing number (ABA): weights 3, 7, 1, and a Federal Reserve district in front?"""
    district = int(digits[:2])
    if not (district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80):
        return False
    return sum(int(digit) * (3, 7, 1)[place % 3] for place, digit in enumerate(digits)) % 10 == 0
