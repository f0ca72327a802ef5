"""How any two things of a question belong together: a number for each pair, the place in `KIN`.

They do by words, by the tree, by having been acted on. Pure. A word that is weak ties nothing, unless it is quoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models.arrays import Bytes
from byhand.models.decision import Did
from byhand.models.words import Name, Word, akin

KIN = (
    "none", "word of its name", "its word", "word of its quoted name", "its quoted word", "before", "after",
    "same word", "parent", "child", "sibling", "above it", "below it", "acted on", "acted by", "word acted on",
    "acted by word", "same name", "says its place", "its place said", "akin to a word of its name",
    "a word of it is akin", "answers it", "is answered by", "means a word of its name", "a word of it means",
)  # fmt: skip
_KIN = {name: place for place, name in enumerate(KIN)}


def kin_of(
    goal: Sequence[Word], did: Sequence[Did], said: Sequence[Sequence[Word]], places: Mapping[int, int], stands: Bytes
) -> Bytes:
    """[S, S]: `stands`, what `said_of` gave, with the acts before it."""
    first_word = 1 + len(did)
    first = first_word + len(goal)
    kin = np.zeros((first_word + len(stands),) * 2, np.uint8)
    kin[first_word:, first_word:] = stands
    strong, where = _strong(goal), _where(goal)
    for number, (one, text) in enumerate(zip(did, said, strict=True), start=1):
        at = places.get(one.node, -1)
        if at >= 0:
            kin[number, first + at], kin[first + at, number] = _KIN["acted on"], _KIN["acted by"]
        for word in text:
            if word.folded in strong:
                for there in where[word.folded]:
                    kin[number, first_word + there] = _KIN["word acted on"]
                    kin[first_word + there, number] = _KIN["acted by word"]
    return kin


def said_of(
    goal: Sequence[Word],
    names: Sequence[Name],
    tree: Bytes,
    answered: Sequence[tuple[int, int]],
    bound: np.ndarray,
    *,
    means: Sequence[tuple[int, int]] = (),
) -> Bytes:
    """[G + E, G + E]: words of the goal and elements, before any act.

    Args:
        goal: its words.
        names: of the elements.
        tree: what `tree_of` gave.
        answered: pairs of a field and what answers it (`beside.answers`).
        bound: [G, E], words that say which of several, and the elements they fit (`kinds.bound`).
        means: pairs of a word and an element, of which a word means much the same (`meaning.alike`).
    """
    first = len(goal)
    kin = np.zeros((first + len(names),) * 2, np.uint8)
    kin[first:, first:] = tree
    for place in range(first - 1):
        kin[place, place + 1], kin[place + 1, place] = _KIN["before"], _KIN["after"]
    where = _where(goal)
    for them in where.values():
        if 1 < len(them) < 6:
            for one in them:
                for other in them:
                    if one != other:
                        kin[one, other] = _KIN["same word"]
    for at, place in np.argwhere(bound):
        kin[at, first + place], kin[first + place, at] = _KIN["says its place"], _KIN["its place said"]
    for field, at in answered:
        kin[first + field, first + at], kin[first + at, first + field] = _KIN["answers it"], _KIN["is answered by"]
    for at, place in means:
        kin[at, first + place], kin[first + place, at] = _KIN["means a word of its name"], _KIN["a word of it means"]
    strong = _strong(goal)
    _akin(kin, where, names, first)
    for place, name in enumerate(names):
        for one in name.words:
            if one.folded in strong:
                for at in where[one.folded]:
                    quoted = goal[at].quoted
                    kin[at, first + place] = _KIN["word of its quoted name" if quoted else "word of its name"]
                    kin[first + place, at] = _KIN["its quoted word" if quoted else "its word"]
    return kin


def _strong(goal: Sequence[Word]) -> set[str]:
    return {one.folded for one in goal if not one.weak or one.quoted}


def _where(goal: Sequence[Word]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, one in enumerate(goal):
        found.setdefault(one.folded, []).append(place)
    return found


def _akin(kin: Bytes, where: Mapping[str, Sequence[int]], names: Sequence[Name], first: int) -> None:
    """Words of one stem: "directed" and "Director"."""
    stems: dict[str, list[str]] = {}
    for word in where:
        if len(word) > len(word[:4]):
            stems.setdefault(word[:4], []).append(word)
    for place, name in enumerate(names):
        for one in name.spelled:
            for word in stems.get(one[:4], ()):
                if akin(one, word):
                    for at in where[word]:
                        kin[at, first + place] = _KIN["akin to a word of its name"]
                        kin[first + place, at] = _KIN["a word of it is akin"]


def tree_of(seen: Snapshot, names: Sequence[Name]) -> Bytes:
    """[E, E]: how two elements belong together by the page's tree, and by being called the same."""
    count = len(names)
    block = np.zeros((count, count), np.uint8)
    parents = np.array(seen.parents[:count], np.int64)
    spelled: dict[tuple[str, ...], int] = {}
    groups = np.array(
        [spelled.setdefault(name.spelled, len(spelled)) if name.words else -1 - at for at, name in enumerate(names)]
    )
    block[groups[:, None] == groups[None, :]] = _KIN["same name"]
    block[(parents[:, None] == parents[None, :]) & (parents[:, None] >= 0)] = _KIN["sibling"]
    for place, parent in enumerate(seen.parents[:count]):
        above, steps = parent, 0
        while 0 <= above < place and steps < 6:
            block[place, above] = _KIN["parent" if not steps else "above it"]
            block[above, place] = _KIN["child" if not steps else "below it"]
            above, steps = seen.parents[above], steps + 1
    np.fill_diagonal(block, 0)
    return block
