"""Figures written as words: "four one five, five five five, oh one two three". Read aloud they are numbers too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from byhand.privacy.text.types import At, Span

_FEWEST = 6
"""So many figures in a row are nobody's counting."""
_NAMES = """
zero oh nought one two three four five six seven eight nine double triple null eins zwei zwo drei vier fünf fuenf
sechs sieben acht neun zéro un deux trois quatre cinq sept huit neuf cero uno dos tres cuatro cinco seis siete ocho
nueve due tre quattro cinque sei sette otto nove um dois três quatro sete oito nul een twee drie vijf zes zeven
negen jeden dwa trzy cztery pięć sześć siedem osiem dziewięć ноль один два три четыре пять шесть семь восемь девять
ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
seventy eighty ninety hundred
"""
_FIGURES = frozenset(_NAMES.split())
_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"[\s,.;:\-–—/]{1,4}\Z")
_HAN = re.compile(r"[〇零一二三四五六七八九]{7,30}")
_CODE = re.compile(r"\b(?:pin|code|otp|tan|passcode|geheimzahl)\b\W{0,3}(?:is|was|ist|lautet)?\W{0,3}\Z", re.IGNORECASE)
_FEWEST_OF_CODE = 3


class Spelled:
    name = "spelled"

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        start, end, count = 0, -1, 0
        for match in _WORD.finditer(text):
            word = match.group()
            figures = len(word) if word.isdecimal() and len(word) <= 2 else int(word.casefold() in _FIGURES)
            linked = count and match.start() - end <= 4 and _LINK.match(text, end, match.start())
            if count and not (figures and linked):
                if count >= _fewest(text, start) and any(letter.isalpha() for letter in text[start:end]):
                    yield Span(start, end, "PHONE")
                count = 0
            if figures:
                start, end, count = (match.start() if not count else start), match.end(), count + figures
        if count >= _fewest(text, start) and any(letter.isalpha() for letter in text[start:end]):
            yield Span(start, end, "PHONE")
        if not text.isascii():
            for match in _HAN.finditer(text):
                yield Span(match.start(), match.end(), "PHONE")


def _fewest(text: str, start: int) -> int:
    """Behind "PIN is" three figures are one."""
    return _FEWEST_OF_CODE if _CODE.search(text, max(0, start - 28), start) else _FEWEST
