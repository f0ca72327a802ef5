"""Titles, names and other short labels: which of their words may stay.

Rules of this module: a title has parts ("main.py - Visual Studio Code"); each is judged alone. Capitals say nothing
here, because titles write every word with one; so what counts is the vocabulary. A run of capital words stays only if
programs use every one of them. A word that none uses is taken for a part of a name, and takes the run along:
"Helios AI", "Global Trust Bank", "Blue Harbor". Small words may be any words. After "DM:" there is only somebody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from byhand.privacy.text import numbers
from byhand.privacy.text.lists import fold
from byhand.privacy.text.runs import CAPITAL, kind_of, together
from byhand.privacy.text.tokens import Token
from byhand.privacy.text.types import At
from byhand.privacy.text.words import Words

_PARTS = re.compile(
    r"\s+[-–—]+\s+|\s*[|·•‹›»«●▸→\[\](){}<>;\n\t\"“”„]\s*|:\s+|\s[:/]\s|\s[–—]|[–—]\s|\s\*|^\*|\\+|(?<=[!?…])\s+"
    r"|\.\s+(?=[A-Z])"
)
_EDGE = " \u00a0.,!?…*#'’-–—~"
_LETTER_DIGITS = re.compile(r"([^\W\d_]{2,})\d{1,2}")
_LONGEST = 5  # words in a product's name
_HEADLINE_WORDS = 4
_MOST_FIRM = 3  # words


def judge(text: str, tokens: Sequence[Token], at: At, words: Words) -> tuple[list[str], set[int]]:
    """The kind of each token, "" where it may stay; and which tokens no neighbour takes along.

    Args:
        text: normalised.
        tokens: of it.
        at: where it stood.
        words: what is known of words.
    """
    kinds = [""] * len(tokens)
    kept: set[int] = set()
    shapes = numbers.harmless(text)
    rows = numbers.rows(text, shapes)
    somebody = False
    for start, end, colon in parts(text):
        inside = [index for index, token in enumerate(tokens) if start <= token.start and token.end <= end]
        if not inside:
            continue
        whole = fold(text[start:end].strip(_EDGE))
        if _known(whole, tokens, inside, at, words):
            kept.update(inside)
            somebody = False
            continue
        bare = " ".join(tokens[index].low for index in inside)
        heads = words.people["talks"] | words.people["labels"] if colon else words.people["talks"]
        if whole in heads or bare in heads:
            kept.update(inside)
            somebody = True
            continue
        if somebody and not all(words.curated(tokens[index].low) for index in inside):
            for index in inside:
                kinds[index] = "NAME"
        else:
            _part(text, tokens, inside, kinds, kept, words, shapes, rows)
        somebody = False
    places = [place for place in shapes if numbers.apart(text, place)]
    kept |= {index for index, token in enumerate(tokens) if _within(token, places)}
    for index in numbers.dated(tokens, words.calendar):
        kinds[index] = "DATE"
        kept.discard(index)
    return kinds, kept


def parts(text: str) -> list[tuple[int, int, bool]]:
    """Start and end of each part, and whether a colon ends it."""
    found: list[tuple[int, int, bool]] = []
    start = 0
    for match in _PARTS.finditer(text):
        found.append((start, match.start(), ":" in match.group()))
        start = match.end()
    found.append((start, len(text), False))
    return found


def _known(whole: str, tokens: Sequence[Token], inside: Sequence[int], at: At, words: Words) -> bool:
    """Is the whole part the name of a program or a site, or a phrase that is on the list?"""
    bare = " ".join(tokens[index].low for index in inside)
    if whole in words.products or bare in words.products:
        # Some programs are called as people are: then it is one only where titles name their program, at the end.
        return len(inside) > 1 or not words.given(bare) or inside[-1] == len(tokens) - 1 > 0
    return bare in words.phrases or (bool(at.app) and whole == fold(at.app))


def _part(
    text: str, tokens: Sequence[Token], inside: Sequence[int], kinds: list[str], kept: set[int], words: Words,
    shapes: Sequence[tuple[int, int]], rows: Sequence[tuple[int, int]],
) -> None:  # fmt: skip
    products = _alone(text, tokens, _products(text, tokens, inside, words))
    kept |= products
    after = _after_talk(tokens, inside, words)
    if after:
        for index in inside[after:]:
            if index not in products:
                kinds[index] = "NAME"
        inside = inside[:after]
    headline = _is_headline(tokens, inside, words)
    for run in _runs(text, tokens, inside, products, words):
        if kind := _run(tokens, run, inside, words, headline=headline):
            for index in run:
                kinds[index] = kind
    for index in inside:
        token = tokens[index]
        if index in products or kinds[index]:
            continue
        if token.shape == "digits":
            if not (_within(token, shapes) or (numbers.small(token) and not _within(token, rows))):
                kinds[index] = "NUMBER"
        elif token.shape == "both":
            if not (_within(token, shapes) or harmless_mix(token, words)):
                kinds[index] = "ID"
        elif token.shape in ("small", "other") and not _small(token, inside, words):
            kinds[index] = "NAME" if words.given(token.low) or words.family(token.low) else "UNKNOWN"


def _small(token: Token, inside: Sequence[int], words: Words) -> bool:
    if len(token.low) == 1:
        return token.low in ("a", "i", "e", "o", "y", "à", "é")
    # One word alone is a label of the program, or somebody's user name, or what a thing of theirs is called.
    return words.screen(token.low) if len(inside) == 1 else words.plain(token.low) or words.screen(token.low)


def harmless_mix(token: Token, words: Words) -> bool:
    """Letters and digits that mean something to everybody: "mp3", "10px", "Document1"."""
    if token.low in words.letters or token.low in words.products or numbers.unit(token):
        return True
    named = _LETTER_DIGITS.fullmatch(token.low)
    return named is not None and words.curated(named[1])


def _products(text: str, tokens: Sequence[Token], inside: Sequence[int], words: Words) -> set[int]:
    """Tokens that are the name of a program, a site or a technique."""
    found: set[int] = set()
    place = 0
    while place < len(inside):
        first = tokens[inside[place]]
        longest = min(_LONGEST, len(inside) - place) if first.low in words.product_starts else 1
        for length in range(longest, 0, -1):
            last = tokens[inside[place + length - 1]]
            name = fold(text[first.start : last.end])
            # One word that is also a word of English may be the beginning of any name.
            if name in words.products and (length > 1 or first.shape == "mixed" or not words.plain(name)):
                found.update(inside[place : place + length])
                place += length - 1
                break
        place += 1
    return found


def _alone(text: str, tokens: Sequence[Token], products: set[int]) -> set[int]:
    """Without single words that stand in a run of others: "Helios AI" is no product, whatever AI is."""

    def joined(index: int, other: int) -> bool:
        if not 0 <= other < len(tokens) or other in products or tokens[other].shape not in CAPITAL:
            return False
        return together(text, tokens[min(index, other)], tokens[max(index, other)])

    return {
        index
        for index in products
        if products & {index - 1, index + 1} or not (joined(index, index - 1) or joined(index, index + 1))
    }


def _after_talk(tokens: Sequence[Token], inside: Sequence[int], words: Words) -> int:
    """How many words the "chat with" at the head of this part has, or 0."""
    for length in (3, 2, 1):
        head = " ".join(tokens[index].low for index in inside[:length])
        if length < len(inside) and head in words.people["talks"] and (length > 1 or head in ("dm", "dms")):
            return length
    return 0


def _is_headline(tokens: Sequence[Token], inside: Sequence[int], words: Words) -> bool:
    """Is this what an article is called? Those use all words there are."""
    return len(inside) >= _HEADLINE_WORDS and any(tokens[index].low in words.people["headline"] for index in inside)


def _runs(
    text: str, tokens: Sequence[Token], inside: Sequence[int], products: set[int], words: Words
) -> list[list[int]]:
    """Capital words that stand together, without small words that lead them."""
    runs: list[list[int]] = []
    for index in inside:
        token = tokens[index]
        if index in products or token.shape not in CAPITAL:
            continue
        if runs and runs[-1][-1] == index - 1 and together(text, tokens[index - 1], token):
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        while len(run) > 1 and tokens[run[0]].low in words.people["starters"]:
            del run[0]
    return runs


def _run(tokens: Sequence[Token], run: Sequence[int], inside: Sequence[int], words: Words, *, headline: bool) -> str:
    """What a run of capital words is, "" if it may stay."""
    own = [tokens[index] for index in run]
    lows = [token.low for token in own]
    phrase = " ".join(lows)
    if phrase in words.phrases or phrase in words.products:
        return ""
    worst = max(_doubt(token, words) for token in own)
    if worst == 2:
        return kind_of(lows, words)
    if worst == 1:
        first = run[0] == inside[0]
        after = len(inside) > 1 and run[0] > inside[0] and tokens[run[0] - 1].low in words.people["with"]
        sentence = first and len(run) == 1 and sum(tokens[index].shape == "small" for index in inside) >= 2
        firm = len(lows) > 1 and lows[-1] in words.people["org ends"]
        if (sentence or (headline and not after and not firm)) and not any(_a_name(low, words) for low in lows):
            return ""
        return kind_of(lows, words)
    if 1 < len(lows) <= _MOST_FIRM and lows[-1] in words.people["org kinds"]:
        return "ORG"
    if len(lows) > 1 and _a_name(lows[0], words) and words.family(lows[1]):
        return "NAME"
    return ""


def _a_name(low: str, words: Words) -> bool:
    return words.given(low) and not words.curated(low)


def _doubt(token: Token, words: Words) -> int:
    """0: programs say so. 1: a word of English. 2: neither."""
    low = token.low
    if token.shape == "mixed":
        return 0 if low in words.products or low in words.letters else 2
    if token.shape == "caps" and low in words.letters:
        return 0
    if len(low) == 1:
        return 0 if low in ("a", "i") else 2
    if words.calendar(low) or words.language(low):
        return 2 if words.given(low) and low not in words.people["months"] else 0
    if words.screen(low):
        return 0
    return 1 if token.shape == "capital" and words.plain(low) else 2


def _within(token: Token, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in places)
