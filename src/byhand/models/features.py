"""What is asked (`Look`) as arrays: one row for each word of the goal, each act before, each element of the page.

    sequence   [what is asked] [acts before] [words of the goal] [elements]
    kin        how any two of them belong together: by words, by the tree, by having been acted on
    lies       how two elements lie to each other

Rules of this module: only numbers and lists that `Look` holds, the same for a person's step and for a live page; no
torch. What an element is called counts by whether it is the goal's words, not only by which words they are, so that a
name that was never seen before can be found.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from byhand.models import words
from byhand.models.amounts import AMOUNTS
from byhand.models.arrays import Bytes, Floats, Halves, Ints
from byhand.models.beside import BESIDE, next_alike
from byhand.models.decision import OPS, Did, Look
from byhand.models.keyed import BITS, bits, buckets, keyed
from byhand.models.kinds import KINDS
from byhand.models.lying import RANKS
from byhand.models.meaning import LIKENESS, meanings, of_names
from byhand.models.mentioned import where_said
from byhand.models.named import LEXICAL, after_acts
from byhand.models.pairs import kin_of
from byhand.models.placed import PLACED, states_and_holds
from byhand.models.progress import PROGRESS, progress
from byhand.models.standing import page_of, sought
from byhand.models.words import ACTS, ELEMENTS, GOAL, NAME, Name, Word

VERSION = 16
"""Of what is told here. A model is only used with the version it learned from."""
_NEAR = 5
"""So many words from what was acted on last are near it."""

ELEMENT = LEXICAL + PLACED + 1 + AMOUNTS + KINDS + BESIDE + LIKENESS + 10 + PROGRESS + RANKS + 1
WORD = 15 + words.SHAPES
ACT = 4


class Features(NamedTuple):
    """One question. G words, A acts, E elements; S = 1 + A + G + E.

    words, elements, acts: [G, WORD], [E, ELEMENT], [A, ACT] float32. word_keys [G], name_keys [E, NAME], act_keys
    [A, 2 * NAME], around [E, AROUND]: buckets of words, 0 for none. word_bits, name_bits, act_bits: sums of second
    keys' signs, [., BITS]. word_means, name_means, act_means: [., MEANING] float16, see `meaning`. roles, tags [E], ops
    [A], act_roles [A]: buckets. kin [S, S], lies [E, E]: uint8, places in
    `pairs.KIN` and `lying.LIES`. left: elements that were left out.
    """

    words: Floats
    word_keys: Ints
    word_bits: Floats
    word_means: Halves
    acts: Floats
    ops: Ints
    act_roles: Ints
    act_keys: Ints
    act_bits: Floats
    act_means: Halves
    elements: Floats
    roles: Ints
    tags: Ints
    name_keys: Ints
    name_bits: Floats
    name_means: Halves
    around: Ints
    kin: Bytes
    lies: Bytes
    left: int


def features(look: Look) -> Features:
    """For the shapes see `Features`."""
    seen, did = look.seen, look.did[-ACTS:]
    count = min(len(seen.nodes), ELEMENTS)
    goal = words.split(look.goal, GOAL)
    page = page_of(seen, count)
    asked = sought(look.goal, page)
    names = asked.names
    places = {node: place for place, node in enumerate(seen.nodes[:count])}
    acted_on = [places.get(one.node, -1) for one in look.did]
    elements = np.concatenate(
        [
            after_acts(asked.lexical, names, look.did, places), page.where, states_and_holds(seen, count), asked.meant,
            asked.amount, asked.said, asked.told, asked.likeness, *asked.goes,
            next_alike(asked.goes[0][:, 0], page.alike, acted_on), progress(goal, seen, names, look.did, places),
            page.ranks, _met(look.goal, goal, asked.others, count),
        ], axis=1,
    )  # fmt: skip
    said = [(*words.split(one.name, NAME), *words.split(one.text, NAME)) for one in did]
    acted = [(*words.split("+".join(one.keys), NAME), *text) for one, text in zip(did, said, strict=True)]
    act_keys, act_bits = keyed(acted, 2 * NAME)
    return Features(
        words=_words(look.goal, goal, asked.others, said, did),
        word_keys=buckets([one.folded for one in goal]),
        word_bits=np.array([bits((one,)) for one in goal], np.float32).reshape(len(goal), BITS),
        word_means=meanings(goal),
        acts=_acts(did, places, len(look.did)), ops=np.array([OPS.index(one.op) for one in did], np.int32),
        act_roles=buckets([one.role for one in did]), act_keys=act_keys, act_bits=act_bits,
        act_means=of_names([words.name(one.name) for one in did]),
        elements=elements.astype(np.float32, copy=False),
        roles=page.roles.copy(), tags=page.tags.copy(),
        name_keys=asked.name_keys.copy(), name_bits=asked.name_bits.copy(),
        name_means=asked.name_means.copy(),
        around=asked.around.copy(), kin=kin_of(goal, did, said, places, asked.kin),
        lies=page.lies.copy(), left=len(seen.nodes) - count,
    )  # fmt: skip


# ---- the goal


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
