"""How a goal speaks of what is on the page: the words on both sides of an element's name. Pure.

Of two names in one sentence, "Forward to Ulrike the email from Arabelle", both are on the page. Which of them is to be
pressed is said by what stands around it, "from" and "to"; so an element is told these words, too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from byhand.models import words
from byhand.models.arrays import Ints
from byhand.models.words import Name, Word

AROUND = 4
"""Two before it and two behind it."""
_MARKS = frozenset({'"', "“", "”", "«", "»", "„", "'", "*"})


def where_said(spelled: tuple[str, ...], said: Sequence[str]) -> int:
    """The first place where all its words stand in the goal, or -1."""
    many = len(spelled)
    if not many:
        return -1
    first = spelled[0]
    return next(
        (at for at in range(len(said) - many + 1) if said[at] == first and tuple(said[at : at + many]) == spelled), -1
    )


def mentions(goal: Sequence[Word], names: Sequence[Name]) -> Ints:
    """[E, AROUND]: buckets of the words around the first place where the goal says its name, or else one strong word of
    it; the nearest first, those behind it last. 0 where there is none. Quotation marks are no words.
    """
    found = np.zeros((len(names), AROUND), np.int32)
    said = [one.folded for one in goal]
    strong = {one.folded for one in goal if not one.weak}
    known: dict[tuple[str, ...], list[int]] = {}
    for place, name in enumerate(names):
        if name.says and not strong.isdisjoint(name.strong):
            if name.spelled not in known:
                known[name.spelled] = _around(name, said, strong)
            found[place] = known[name.spelled]
    return found


def _around(name: Name, said: Sequence[str], strong: set[str]) -> list[int]:
    first = where_said(name.spelled, said)
    last = first + len(name.spelled) - 1
    if first < 0:
        first = last = min(said.index(word) for word in name.strong & strong)
    half = AROUND // 2
    before = [one for one in reversed(said[:first]) if one not in _MARKS][:half]
    behind = [one for one in said[last + 1 :] if one not in _MARKS][:half]
    return [words.key(side[at]) if at < len(side) else 0 for side in (before, behind) for at in range(half)]
