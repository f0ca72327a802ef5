"""The shapes of keys of some two hundred makers, as gitleaks knows them (`gitleaks_rules.json`, MIT).

Rules of this module: RE2 runs every pattern, so that none can hang; a pattern is compiled when a text holds one of its
words for the first time, because most never will be. The frame around a key is our own: gitleaks looks for it in
source files, behind a sign and before a quote; on a screen it stands in titles and addresses, or bare.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from byhand.privacy.text.detect.entropy import bits
from byhand.privacy.text.detect.linear import Pattern, linear
from byhand.privacy.text.types import At, Span

_OF_KEYS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=~")
_BETWEEN = r"[\w .-]{0,24}['\"\]\s]{0,3}(?:[=:>,|?]{1,3}|\s)['\"=\s\x60]{0,5}"


class Rule(NamedTuple):
    """words: of the maker, standing before the key; "" where the key says itself what it is. entropy: bits a
    character, at least. keywords: one of them is in the text, in lower case.
    """

    id: str
    words: str
    value: str
    entropy: float
    keywords: tuple[str, ...]


class _Table(msgspec.Struct):
    notice: str
    rules: list[Rule]


class Gitleaks:
    name = "gitleaks"

    def find(self, text: str, at: At) -> Iterator[Span]:
        # A key may be a part of an address, or named by the label of its field.
        whole = f"{at.label}: {text}" if at.label else text
        shift = len(whole) - len(text)
        lower = whole.lower()
        for keyword, mine in _by_keyword():
            if keyword not in lower:
                continue
            for place in mine:
                yield from _found(place, whole, shift)


def _found(place: int, text: str, shift: int) -> Iterator[Span]:
    entropy = rules()[place].entropy
    for match in _compiled(place).finditer(text):
        start, end = match.start(1), match.end(1)
        if bits(text[start:end]) < entropy:
            continue
        while end < len(text) and text[end] in _OF_KEYS:
            end += 1  # a longer key of the same maker is one too
        if end > shift:
            yield Span(max(0, start - shift), end - shift, "SECRET")


@cache
def rules() -> tuple[Rule, ...]:
    """All shapes, as shipped."""
    table = files("byhand.privacy.text.detect").joinpath("gitleaks_rules.json").read_bytes()
    return tuple(msgspec.json.decode(table, type=_Table).rules)


@cache
def _by_keyword() -> tuple[tuple[str, tuple[int, ...]], ...]:
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(rules()):
        for keyword in rule.keywords:
            places.setdefault(keyword, []).append(place)
    return tuple((keyword, tuple(mine)) for keyword, mine in places.items())


@cache
def _compiled(place: int) -> Pattern:
    rule = rules()[place]
    front = f"(?i:{rule.words}){_BETWEEN}" if rule.words else r"(?:^|[^A-Za-z0-9])"
    value = f"(?i:{rule.value})" if rule.words else rule.value
    return linear(f"{front}({value})")
