"""What is asked (`Look`) as arrays: one row for each word of the goal, each act before, each element of the page.

    sequence   [what is asked] [acts before] [words of the goal] [elements]
    kin        how any two of them belong together: by words, by the tree, by having been acted on
    lies       how two elements lie to each other

Rules of this module: only numbers and lists that `Look` holds, the same for a person's step and for a live page; no
torch. What an element is called counts by whether it is the goal's words, not only by which words they are, so that a
name that was never seen before can be found.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.amounts import AMOUNTS, amounts
from byhand.models.arrays import Bytes, Floats, Ints
from byhand.models.beside import BESIDE, Alike, alike, answers, goes_with, next_alike, told
from byhand.models.decision import OPS, Did, Look
from byhand.models.kinds import bound, kinds_said
from byhand.models.labelled import labelled
from byhand.models.lying import RANKS, lying, ranks
from byhand.models.mentioned import mentions, where_said
from byhand.models.named import LEXICAL, named
from byhand.models.pairs import kin_of
from byhand.models.placed import PLACED, boxes_of, placed
from byhand.models.progress import PROGRESS, progress
from byhand.models.words import ACTS, ELEMENTS, GOAL, NAME, Name, Word

VERSION = 15
"""Of what is told here. A model is only used with the version it learned from."""
BITS = 31
_NEAR = 5
"""So many words from what was acted on last are near it."""

ELEMENT = LEXICAL + PLACED + 1 + AMOUNTS + 1 + BESIDE + 10 + PROGRESS + RANKS + 1
WORD = 15 + words.SHAPES
ACT = 4


class Features(NamedTuple):
    """One question. G words, A acts, E elements; S = 1 + A + G + E.

    words, elements, acts: [G, WORD], [E, ELEMENT], [A, ACT] float32. word_keys [G], name_keys [E, NAME], act_keys
    [A, 2 * NAME], around [E, AROUND]: buckets of words, 0 for none. word_bits, name_bits, act_bits: sums of second
    keys' signs, [., BITS]. roles, tags [E], ops [A], act_roles [A]: buckets. kin [S, S], lies [E, E]: uint8, places in
    `pairs.KIN` and `lying.LIES`. left: elements that were left out.
    """

    words: Floats
    word_keys: Ints
    word_bits: Floats
    acts: Floats
    ops: Ints
    act_roles: Ints
    act_keys: Ints
    act_bits: Floats
    elements: Floats
    roles: Ints
    tags: Ints
    name_keys: Ints
    name_bits: Floats
    around: Ints
    kin: Bytes
    lies: Bytes
    left: int


def features(look: Look) -> Features:
    """For the shapes see `Features`."""
    seen = look.seen
    count = min(len(seen.nodes), ELEMENTS)
    goal = words.split(look.goal, GOAL)
    boxes = boxes_of(seen, count)
    called = labelled(seen, boxes)
    names = [words.name(name) for name in called]
    did = look.did[-ACTS:]
    places = {node: place for place, node in enumerate(seen.nodes[:count])}
    lexical = named(look.goal, goal, seen, names, look.did, places)
    lies, near = lying(boxes)
    amount = amounts(goal, seen.names[:count])
    others = [name for name, own in zip(names, lexical, strict=True) if not own[11]]  # not the goal's own copy
    groups = alike(seen, names, boxes)
    acted_on = [places.get(one.node, -1) for one in look.did]
    goes = _going_with(lexical, amount, groups, seen, names, boxes)
    said_place = bound(goal, seen, count)
    meant = np.array([[bool(said_place[:, at].any())] for at in range(count)], np.float32)
    elements = np.concatenate(
        [
            lexical, placed(seen, boxes), meant.reshape(count, 1), amount, kinds_said(goal, seen, count),
            told(lexical * (lexical[:, 11:12] == 0), amount, near), *goes, next_alike(goes[0][:, 0], groups, acted_on),
            progress(goal, seen, names, look.did, places), ranks(seen, boxes), _met(look.goal, goal, others, count),
        ], axis=1,
    )  # fmt: skip
    name_keys, name_bits = _of_names(called)
    said = [(*words.split(one.name, NAME), *words.split(one.text, NAME)) for one in did]
    acted = [(*words.split("+".join(one.keys), NAME), *text) for one, text in zip(did, said, strict=True)]
    act_keys, act_bits = _keyed(acted, 2 * NAME)
    return Features(
        words=_words(look.goal, goal, others, said, did),
        word_keys=np.array([words.key(one.folded) for one in goal], np.int32),
        word_bits=np.array([_bits((one,)) for one in goal], np.float32).reshape(len(goal), BITS),
        acts=_acts(did, places, len(look.did)), ops=np.array([OPS.index(one.op) for one in did], np.int32),
        act_roles=np.array([words.key(one.role) if one.role else 0 for one in did], np.int32),
        act_keys=act_keys, act_bits=act_bits,
        elements=elements.astype(np.float32),
        roles=np.array([words.key(one) if one else 0 for one in seen.roles[:count]], np.int32),
        tags=np.array([words.key(one) if one else 0 for one in seen.tags[:count]], np.int32),
        name_keys=name_keys, name_bits=name_bits, around=mentions(goal, names),
        kin=kin_of(goal, did, said, names, seen, places, answers(seen, names, near), said_place),
        lies=lies, left=len(seen.nodes) - count,
    )  # fmt: skip


def _going_with(
    lexical: Floats, amount: Floats, groups: Alike, seen: Snapshot, names: Sequence[Name], boxes: Floats
) -> list[Floats]:
    """[E, 2] each: of those alike, what goes with what is named; the least; the most; what is asked for of them."""
    named = ((lexical[:, 1] > 0) | (lexical[:, 16] > 0)) & (lexical[:, 11] == 0)
    return [
        goes_with(np.flatnonzero(those).tolist(), groups, seen, names, boxes)
        for those in (named, amount[:, 4] > 0, amount[:, 5] > 0, amount[:, 13] > 0)
    ]


# ---- texts


_WEIGHTS = 1 << np.arange(BITS, dtype=np.int64)


def _keyed(texts: Sequence[Sequence[Word]], most: int) -> tuple[Ints, Floats]:
    keys = np.zeros((len(texts), most), np.int32)
    for place, text in enumerate(texts):
        for at, one in enumerate(text[:most]):
            keys[place, at] = words.key(one.folded)
    return keys, np.array([_bits(text) for text in texts], np.float32).reshape(len(texts), BITS)


def _bits(text: Sequence[Word]) -> Floats:
    """The mean of its words' signs: words without meaning have no likeness by chance."""
    if not text:
        return np.zeros(BITS, np.float32)
    if len(text) == 1:
        return _signs(text[0].folded)
    return np.array([_signs(one.folded) for one in text]).mean(0)


@functools.lru_cache(maxsize=1 << 14)
def _signs(word: str) -> Floats:
    return ((words.second_key(word) & _WEIGHTS) != 0) * np.float32(2) - np.float32(1)


def _of_names(names: Sequence[str]) -> tuple[Ints, Floats]:
    rows = [_of_name(name) for name in names]
    keys = np.array([one for one, _ in rows], np.int32).reshape(len(rows), NAME)
    return keys, np.array([one for _, one in rows], np.float32).reshape(len(rows), BITS)


@functools.lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> tuple[Ints, Floats]:
    keys, bits = _keyed([words.name(name).words], NAME)
    return keys[0], bits[0]


def _capital(text: str, goal: Sequence[Word], at: int) -> bool:
    """Is it written with a capital, though no sentence begins with it? So are names, in most languages."""
    one = goal[at]
    begins = not at or goal[at - 1].folded in (".", "!", "?", ":")
    return text[one.start].isupper() and not (begins and not one.quoted)


def _met(text: str, goal: Sequence[Word], names: Sequence[Name], count: int) -> Floats:
    """[E, 1], the same for all: which share of the names that the goal says are on the page; where it says somebody's
    handle ("@ada"), of these alone.
    """
    handles = {one.folded for sign, one in itertools.pairwise(goal) if sign.folded == "@" and sign.end == one.start}
    said = handles or {one.folded for at, one in enumerate(goal) if _capital(text, goal, at)}
    there = said.intersection(word for name in names for word in name.spelled) if said else said
    return np.full((count, 1), len(there) / max(1, len(said)), np.float32)


def _words(
    text: str, goal: Sequence[Word], names: Sequence[Name], said: Sequence[Sequence[Word]], did: Sequence[Did]
) -> Floats:
    """What is known of each word of the goal besides which it is. What goes into a field stands near its name: so how
    far it is from what was acted on last is told of each.
    """
    found = np.zeros((len(goal), WORD), np.float32)
    on_page = Counter(word for name in names for word in set(name.spelled))
    before = {one.folded for text in said for one in text}
    whole = {name.spelled for name in names if name.words}
    folded = [one.folded for one in goal]
    last = words.name(did[-1].name) if did else None
    first = where_said(last.spelled, folded) if last is not None and last.says else -1
    for place, one in enumerate(goal):
        own = found[place]
        if last is not None and first >= 0:
            away = (
                place - first - len(last.spelled) + 1 if place >= first + len(last.spelled) else min(0, place - first)
            )
            own[12], own[13] = 0 < away <= _NEAR, -_NEAR <= away < 0
            own[14] = max(-1.0, min(1.0, away / (2 * _NEAR)))
        own[0] = one.quoted
        own[1] = one.weak
        own[2] = place / GOAL
        own[3] = math.log1p(on_page[one.folded])
        own[4] = one.folded in before
        own[5] = any(tuple(folded[place : place + many]) in whole for many in (1, 2, 3, 4))
        own[6] = math.log1p(len(one.folded)) / 3
        own[7] = place > 0 and goal[place - 1].folded == '"'
        own[8] = place + 1 < len(goal) and goal[place + 1].folded == '"'
        own[9] = folded.count(one.folded) > 1
        own[10] = _capital(text, goal, place)
        own[11] = one.end - one.start > 1 and text[one.start : one.end].isupper()
        own[15 + words.shape(one.folded)] = 1
    return found


# ---- acts


def _acts(did: Sequence[Did], places: Mapping[int, int], in_all: int) -> Floats:
    found = np.zeros((len(did), ACT), np.float32)
    for place, one in enumerate(did):
        found[place] = (
            (len(did) - place) / ACTS, one.node in places, bool(one.text), math.log1p(in_all - len(did) + place) / 3
        )  # fmt: skip
    return found
