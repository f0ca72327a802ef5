"""How each name on a page stands to the goal, and what was done to the element so far: a row of numbers each. Pure."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.arrays import Floats
from byhand.models.decision import Did
from byhand.models.kinds import quotations
from byhand.models.words import GOAL, Name, Word

LEXICAL = 22
_KEPT = 4_096


def named(text: str, goal: Sequence[Word], seen: Snapshot, names: Sequence[Name]) -> Floats:
    """How each name stands to the goal: [E, LEXICAL], of which the last five are told by `after_acts`."""
    found = np.zeros((len(names), LEXICAL), np.float32)
    asked = _asked(text, tuple(goal))
    same = Counter(name.spelled for name in names if name.words)
    met: Counter[tuple[str, ...]] = Counter()
    copied = _copied(goal, seen, len(names))
    for place, name in enumerate(names):
        if not name.words:
            continue
        own = found[place]
        own[:] = asked.row(name)
        own[11] = place in copied or (
            name.phrase.startswith(asked.begins) and words.folded(seen.names[place]).strip() == asked.whole
        )
        own[14] = math.log1p(same[name.spelled] - 1)
        own[15] = met[name.spelled] / 8
        met[name.spelled] += 1
    return found


def after_acts(lexical: Floats, names: Sequence[Name], did: Sequence[Did], places: Mapping[int, int]) -> Floats:
    """The same, and what was done to each element so far."""
    found = lexical.copy()
    for number, one in enumerate(did):
        at = places.get(one.node, -1)
        if at >= 0:
            found[at, 17] += 0.25
            found[at, 18] = one.op in ("type", "select", "check", "uncheck")
            found[at, 19] = number == len(did) - 1
            found[at, 20] = one.op == "click"
    for typed in {words.name(one.text).spelled for one in did if one.text and one.op != "scroll"}:
        found[[place for place, name in enumerate(names) if typed and name.spelled == typed], 21] = 1
    return found


def _copied(goal: Sequence[Word], seen: Snapshot, count: int) -> set[int]:
    """What says the goal over again with some of its words apart, in bold for instance: it and those in it."""
    said = Counter(one.folded for one in goal)
    begins = goal[0].folded if goal else ""
    found: set[int] = set()
    inside: dict[int, list[int]] = {}
    for place, parent in enumerate(seen.parents[:count]):
        inside.setdefault(parent, []).append(place)
    for place in inside.keys() & set(range(count)):
        own = words.split(seen.names[place], GOAL)
        if own and own[0].folded == begins:
            whole = [own, *(words.split(seen.names[one], GOAL) for one in inside[place])]
            if Counter(one.folded for text in whole for one in text) == said:
                found |= {place, *inside[place]}
    return found


@functools.lru_cache(maxsize=16)
def _asked(text: str, goal: tuple[Word, ...]) -> _Asked:
    """A page is seen again after each act, and most of its names with it."""
    return _Asked(text, goal)


class _Asked:
    """The goal, taken apart once. What was told of a name is kept; `_KEPT` names at most."""

    def __init__(self, text: str, goal: Sequence[Word]) -> None:
        self.said = [one.folded for one in goal]
        self.strong = {one.folded for one in goal if not one.weak}
        self.quoted = {one: " ".join(one) for one in quotations(goal)}
        self.joined = f" {' '.join(self.said)} "
        self.whole = words.folded(text).strip()
        self.begins = self.said[0] if self.said else ""
        self._rows: dict[tuple[str, ...], Floats] = {}
        self.first = {word: place for place, word in reversed(list(enumerate(self.said)))}

    def row(self, name: Name) -> Floats:
        """What depends on nothing but goal and name."""
        if (known := self._rows.get(name.spelled)) is not None:
            return known
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        self._rows[name.spelled] = self._row(name)
        return self._rows[name.spelled]

    def _row(self, name: Name) -> Floats:
        own = np.zeros(LEXICAL, np.float32)
        spelled, phrase, mine = name.spelled, name.phrase, name.strong
        own[0], own[9] = 1, 1
        own[10] = math.log1p(len(spelled)) / 3
        own[12] = any(map(str.isdigit, phrase))
        if self.quoted:
            own[6] = any(spelled[: len(one)] == one for one in self.quoted)
            own[7] = any(phrase.startswith(one) for one in self.quoted.values())
            own[8] = any(phrase.endswith(one) for one in self.quoted.values())
        if mine.isdisjoint(self.first):  # as most of a page is
            return own
        both = mine & self.strong
        own[1] = spelled in self.quoted
        own[2] = f" {phrase} " in self.joined
        own[3] = len(both) / len(mine)
        own[4] = len(both) / max(1, len(self.strong))
        own[5] = bool(both)
        own[9] = min(self.first[word] for word in mine if word in self.first) / GOAL
        own[13] = phrase.isdigit() and phrase in self.said
        own[16] = own[2] and name.says
        return own
