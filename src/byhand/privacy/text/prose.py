"""Sentences: which of their words may stay.

Rules of this module: in a sentence a capital letter is evidence. A capital word that does not begin the sentence is
somebody's, some firm's or some place's name, but for days, months and what everybody's programs are called. A small
word may stay if the language has it and nobody is called so. A number may stay if it is small and stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from byhand.privacy.text import numbers
from byhand.privacy.text.lists import fold
from byhand.privacy.text.runs import CAPITAL, kind_of
from byhand.privacy.text.titles import harmless_mix
from byhand.privacy.text.tokens import Token
from byhand.privacy.text.types import At
from byhand.privacy.text.words import Words

_BEGINS = re.compile(
    r"(?:^|[.!?…]['\"”’)]*\s+|[\n\r\t]\s*|[:;]\s+|[-–—•*>|]\s+|^['\"“‘(\[¿¡]|\s['\"“‘(\[¿¡])[\"'“‘(\[¿¡*#>\s-]*$"
)
_SHORT = re.compile(r"(?:.{0,2}(?<!\w))?(?:e-|x-|t-|e\.g|i\.e|\.?g\.(?!\w)|e\.(?!\w)|a\.[mk]|p\.m|m\.(?!\w)|k\.a)")
_LOOK_BACK = 12
_LONGEST = 4


def judge(text: str, tokens: Sequence[Token], at: At, words: Words) -> tuple[list[str], set[int]]:
    """The kind of each token, "" where it may stay; and which no neighbour takes along. See `titles.judge`."""
    del at
    kinds = [""] * len(tokens)
    shapes = numbers.harmless(text)
    rows = numbers.rows(text, shapes)
    kept = _products(text, tokens, words)
    shouting = _shouting(tokens)
    for index, token in enumerate(tokens):
        if index in kept:
            continue
        if token.shape == "digits":
            fine = _within(token, shapes) or (numbers.small(token) and not _within(token, rows))
            kinds[index] = "" if fine else "NUMBER"
        elif token.shape == "both":
            kinds[index] = "" if _within(token, shapes) or harmless_mix(token, words) else "ID"
        elif token.shape in CAPITAL:
            begins = _begins(text, tokens, index, words)
            if _capital(tokens, index, words, begins=begins, shouting=shouting):
                if (begins and token.low in words.people["starters"]) or token.shape != "capital":
                    kept.add(index)
            else:
                kinds[index] = kind_of([token.low], words)
        elif len(token.low) == 1:
            kinds[index] = "" if token.low in "ai" or _SHORT.match(text, max(0, token.start - 2)) else "UNKNOWN"
        elif not words.plain(token.low):
            kinds[index] = kind_of([token.low], words)
    # What begins a sentence and is harmless alone belongs to the name behind it, if one is: "Officer Barnes".
    places = [place for place in shapes if numbers.apart(text, place)]
    kept |= {index for index, token in enumerate(tokens) if _within(token, places)}
    for index in numbers.dated(tokens, words.calendar):
        kinds[index] = "DATE"
        kept.discard(index)
    return kinds, kept


def _capital(tokens: Sequence[Token], index: int, words: Words, *, begins: bool, shouting: bool) -> bool:
    """May a word with a capital letter stay?"""
    token = tokens[index]
    low = token.low
    if len(low) == 1:
        return low in ("i", "a")
    if token.shape == "caps":
        if low in words.letters or (shouting and words.plain(low) and not words.given(low)):
            return True
        return begins and low in words.people["starters"]
    if token.shape == "mixed":
        return low in words.technology or low in words.letters
    if words.calendar(low) and (low in words.people["months"] or not words.given(low)):
        return True
    before = tokens[index - 1].low if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before in words.people["acts"] and words.screen(low):
        return True
    if before in words.people["address"]:
        return False
    if not begins:
        return low.startswith(("i'", "i’"))
    alone = after is None or after.low in words.people["says"] or token.text.endswith(("'s", "’s"))
    if low in words.people["starters"]:
        return not (words.given(low) and after is not None and after.shape == "capital" and words.family(after.low))
    foreign = not words.english(low) and (words.place(low) or words.given(low) or low in words.sites)
    if foreign or not words.plain(low):
        return False
    if not (words.given(low) or words.family(low) or words.place(low)):
        return True
    return not alone and (words.curated(low) or after is None or after.low not in words.people["is"])


def _begins(text: str, tokens: Sequence[Token], index: int, words: Words) -> bool:
    """Does a sentence begin here?"""
    token = tokens[index]
    if not index:
        return True
    before = text[max(0, token.start - _LOOK_BACK) : token.start]
    if _BEGINS.search(before) is None:
        return False
    last = tokens[index - 1]
    stop = text[last.end : last.end + 1] == "."
    return not (stop and (last.low in words.people["abbreviations"] or len(last.text) == 1))


def _shouting(tokens: Sequence[Token]) -> bool:
    """Is most of it in capitals?"""
    letters = [token for token in tokens if token.shape not in ("digits", "both") and len(token.text) > 1]
    return len(letters) > 2 and sum(token.shape == "caps" for token in letters) > 0.6 * len(letters)


def _products(text: str, tokens: Sequence[Token], words: Words) -> set[int]:
    """Techniques and programs: sites and firms are not among them."""
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.shape == "small" or index in found:
            continue
        longest = min(_LONGEST, len(tokens) - index) if token.low in words.product_starts else 1
        for length in range(longest, 0, -1):
            name = fold(text[token.start : tokens[index + length - 1].end])
            if name in words.technology and (length > 1 or not (words.english(name) or words.given(name))):
                found.update(range(index, index + length))
                break
    return found


def _within(token: Token, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in places)
