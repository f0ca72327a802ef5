"""How each name on a page stands to the goal, and what was done to the element so far: a row of numbers each. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.arrays import Floats
from byhand.models.decision import Did
from byhand.models.words import GOAL, NAME, Word

LEXICAL = 22


def named(
    text: str, goal: Sequence[Word], seen: Snapshot, names: Sequence[Sequence[Word]], did: Sequence[Did],
    places: Mapping[int, int],
) -> Floats:  # fmt: skip
    """How each name stands to the goal, and what was done to the element so far."""
    found = np.zeros((len(names), LEXICAL), np.float32)
    said = [one.folded for one in goal]
    strong = {one.folded for one in goal if not one.weak}
    quoted = _quoted(goal)
    joined = f" {' '.join(said)} "
    whole = words.folded(text).strip()
    first = {word: place for place, word in reversed(list(enumerate(said)))}
    same = Counter(tuple(one.folded for one in name) for name in names if name)
    met: Counter[tuple[str, ...]] = Counter()
    for place, name in enumerate(names):
        if not name:
            continue
        own = found[place]
        spelled = tuple(one.folded for one in name)
        mine = {one.folded for one in name if not one.weak} or set(spelled)
        phrase = " ".join(spelled)
        own[0] = 1
        own[1] = spelled in quoted
        own[2] = f" {phrase} " in joined
        own[3] = sum(word in strong for word in mine) / len(mine)
        own[4] = len(mine & strong) / max(1, len(strong))
        own[5] = bool(mine & strong)
        own[6] = any(len(one) and spelled[: len(one)] == one for one in quoted)
        own[7] = any(phrase.startswith(" ".join(one)) for one in quoted if one)
        own[8] = any(phrase.endswith(" ".join(one)) for one in quoted if one)
        own[9] = min((first[word] for word in mine if word in first), default=GOAL) / GOAL
        own[10] = math.log1p(len(name)) / 3
        own[11] = words.folded(seen.names[place]).strip() == whole
        own[12] = any(sign.isdigit() for sign in phrase)
        own[13] = phrase.isdigit() and phrase in said
        own[14] = math.log1p(same[spelled] - 1)
        own[15] = met[spelled] / 8
        own[16] = f" {phrase} " in joined and any(not one.weak for one in name)
        met[spelled] += 1
    _after_acts(found, did, places)
    for one in did:
        if one.text:
            typed = tuple(word.folded for word in words.split(one.text, NAME))
            for place, name in enumerate(names):
                found[place, 21] = found[place, 21] or (typed and tuple(word.folded for word in name) == typed)
    return found


def _after_acts(found: Floats, did: Sequence[Did], places: Mapping[int, int]) -> None:
    for number, one in enumerate(did):
        at = places.get(one.node, -1)
        if at >= 0:
            found[at, 17] += 0.25
            found[at, 18] = one.op in ("type", "select", "check", "uncheck")
            found[at, 19] = number == len(did) - 1
            found[at, 20] = one.op == "click"


def _quoted(goal: Sequence[Word]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    run: list[str] = []
    for one in (*goal, None):
        if one is not None and one.quoted:
            run.append(one.folded)
        elif run:
            found.add(tuple(run))
            run = []
    return found
