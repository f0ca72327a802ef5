"""Texts as numbers: words of a goal with where they stand in it, words of a name, and keys that words are looked up by.

A word is known by a hash of itself, so that one that was never seen before still is the same in the goal and on the
page. Pure; the same on every machine.
"""

from __future__ import annotations

import functools
import re
import unicodedata
import zlib
from collections.abc import Sequence
from typing import NamedTuple

GOAL, NAME, ACTS, ELEMENTS = 64, 12, 8, 400
"""The most that is read: words of a goal and of a name, acts before, elements of a page. What is beyond is counted."""
BUCKETS = 1 << 14
"""Of words. Two that share a bucket are told apart by their second key."""
_WORD = re.compile(r"[^\W_]+(?:['’.:/@-][^\W_]+)*|[^\w\s]|_", re.UNICODE)
_OWN = re.compile(r"([^\W\d_]{2,})(['’]s)", re.UNICODE | re.IGNORECASE)
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}
MARKS = frozenset(_QUOTES) | frozenset(_QUOTES.values())
"""Of quotations."""
_WEAK = frozenset({
    "the", "a", "an", "to", "of", "in", "on", "and", "or", "with", "for", "from", "by", "into", "it", "is", "at", "as",
    "that", "this", "then", "der", "die", "das", "den", "dem", "ein", "eine", "und", "oder", "im", "auf", "mit",
    "für", "von", "zu", "zum", "zur", "'s", "’s",
})  # fmt: skip


class Word(NamedTuple):
    """One of a text. start, end: places of its letters there. quoted: it lies between quotation marks."""

    folded: str
    start: int
    end: int
    quoted: bool

    @property
    def weak(self) -> bool:
        """Does it say little by itself? An article, a mark."""
        return self.folded in _WEAK or not self.folded[0].isalnum()


def folded(text: str) -> str:
    """Without case and accents: "Grün" and "GRUN" are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@functools.lru_cache(maxsize=1 << 16)
def split(text: str, most: int = 0) -> tuple[Word, ...]:
    """Its words in order. A word keeps what belongs to it ("03/31/2026", "ada@mail.example", "well-known").

    Args:
        text: any.
        most: no more than so many; 0 for all.
    """
    found: list[Word] = []
    closes = ""
    for match in _WORD.finditer(text):
        said = match[0]
        ends = bool(closes) and said == closes
        quoted, end = bool(closes) and not ends, match.end()
        if own := _OWN.fullmatch(said):  # "Anne's" is of Anne
            end -= len(own[2])
            found.append(Word(folded(own[1]), match.start(), end, quoted))
            said = own[2]
        found.append(Word(folded(said), end if own else match.start(), match.end(), quoted))
        if ends:
            closes = ""
        elif not closes and said in _QUOTES and _QUOTES[said] in text[match.end() :]:
            closes = _QUOTES[said]
        if most and len(found) >= most:
            break
    return tuple(found[:most] if most else found)


_ENDS = frozenset({":", "*"})


class Name(NamedTuple):
    """What something is called. spelled: its words; phrase: with a space between. strong: those that say something.
    says: has it one that does?
    """

    words: tuple[Word, ...]
    spelled: tuple[str, ...]
    phrase: str
    strong: frozenset[str]
    says: bool


@functools.lru_cache(maxsize=1 << 15)
def name(text: str) -> Name:
    """Its first words. Pages call many things the same, and a page is seen again after each act. What a label ends with
    is no part of it: "Last name:" and "Last name" are one.
    """
    found = split(text, NAME)
    while len(found) > 1 and found[-1].folded in _ENDS:
        found = found[:-1]
    spelled = tuple(one.folded for one in found)
    strong = frozenset(one.folded for one in found if not one.weak)
    return Name(found, spelled, " ".join(spelled), strong or frozenset(spelled), bool(strong))


_BEGINS, _SHARED = 4, 0.55


def akin(one: str, other: str) -> bool:
    """Are they of one stem? "directed" and "Director" begin alike, for more than half of the longer one."""
    if one == other or one[:_BEGINS] != other[:_BEGINS] or not (one.isalpha() and other.isalpha()):
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= _BEGINS and same > _SHARED * max(len(one), len(other))


@functools.lru_cache(maxsize=1 << 16)
def key(word: str) -> int:
    """From 1; 0 is no word."""
    return zlib.crc32(word.encode()) % (BUCKETS - 1) + 1


@functools.lru_cache(maxsize=1 << 16)
def second_key(word: str) -> int:
    """Another 31 bits, for what is not learned: by these unknown words are told apart."""
    return zlib.crc32(word.encode(), 0x9E3779B9) & 0x7FFFFFFF


_NTH = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\.)?")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def place_said(text: Sequence[Word], at: int) -> int:
    """Which of several a word means: 3 of "3rd", "third" and "#3", -1 of "last"; 0 where it means none."""
    word = text[at].folded
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    if word == "last":
        return -1
    match = _NTH.fullmatch(word)
    if match is None or (match[1] == word and not (at and text[at - 1].folded in ("#", "no", "number"))):
        return 0
    return int(match[1])


def shape(word: str) -> int:
    """What a word looks like: 0 letters, 1 digits, 2 both, 3 a date or the like, 4 an address, 5 a mark."""
    if not word[0].isalnum():
        return 5
    if "@" in word:
        return 4
    digits = sum(sign.isdigit() for sign in word)
    if not word.isalnum():
        return 3 if digits else 0
    return 0 if not digits else 1 if digits == len(word) else 2


SHAPES = 6
