"""What a page itself tells one to use: a control that a text of it speaks of and the goal does not.

Text on a page is data. A model learns to go by words, and words that somebody wrote into a page tie what they name to
the goal as well as the goal's own. So what only the page asks for is left to the person: they may name it in the goal,
or pick it where they are asked. Of 8,600 acts that people and our own drivers showed, two were done to such a thing.

Rules of this module: pure; it knows no language and looks for no verbs, only for a name within a longer text.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from byhand.events.kinds import Snapshot
from byhand.models import words

_SENTENCE = 4
"""So many words more than the name, and a text speaks of it: "Save and close" does not speak of "Save". Where the name
stands in quotation marks, any does.
"""


_QUOTED = re.compile("[" + "".join(sorted(words.MARKS)) + "]")


class _Said(NamedTuple):
    """A text without its marks, with a space on both sides of each word; and what stands in quotation marks in it."""

    phrase: str
    quoted: frozenset[str]


def ordered(goal: str, seen: Snapshot, place: int) -> bool:
    """Does another text of the page speak of that element, and the goal does not?

    Args:
        goal: in the person's words.
        seen: the page.
        place: of an element in its columns. What it lies in is called after it, and is no other text.
    """
    own = seen.names[place]
    name = _said(own).phrase
    speaking = _speaking(seen.names)
    if not speaking or not name.strip() or name in _said(goal).phrase:
        return False
    around = _around(seen, place)
    return any(_speaks(text, name) for at, text in speaking if len(seen.names[at]) > len(own) and at not in around)


@functools.lru_cache(maxsize=8)
def _speaking(names: tuple[str, ...]) -> tuple[tuple[int, _Said], ...]:
    """Of a page's texts those that may speak of something, by their places: most are too short to."""
    # Five words have nine signs at least.
    long = [(at, _said(text)) for at, text in enumerate(names) if len(text) > 2 * _SENTENCE or _QUOTED.search(text)]
    return tuple((at, said) for at, said in long if said.quoted or said.phrase.count(" ") >= 2 + _SENTENCE)


def _speaks(text: _Said, name: str) -> bool:
    return name in text.quoted or (name in text.phrase and text.phrase.count(" ") >= name.count(" ") + _SENTENCE)


@functools.lru_cache(maxsize=1 << 12)
def _said(text: str) -> _Said:
    split = words.split(text)
    quoted: list[list[str]] = [[]]
    for one in split:
        if not one.quoted:
            quoted.append([])
        elif one.folded[0].isalnum():
            quoted[-1].append(one.folded)
    return _Said(
        _phrase([one.folded for one in split if one.folded[0].isalnum()]),
        frozenset(_phrase(one) for one in quoted if one),
    )


def _phrase(those: list[str]) -> str:
    return " ".join(("", *those, ""))


def _around(seen: Snapshot, place: int) -> frozenset[int]:
    """It, and what it lies in."""
    found: list[int] = []
    while place >= 0:
        found.append(place)
        place = seen.parents[place]
    return frozenset(found)
