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
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.amounts import AMOUNTS, amounts
from byhand.models.arrays import Bytes, Floats, Ints
from byhand.models.beside import BESIDE, answers, goes_with, nearest, told
from byhand.models.decision import OPS, Did, Look
from byhand.models.labelled import labelled
from byhand.models.named import LEXICAL, named
from byhand.models.pairs import kin_of, lies_of
from byhand.models.placed import PLACED, boxes_of, ordinals, placed
from byhand.models.progress import PROGRESS, progress
from byhand.models.words import ACTS, ELEMENTS, GOAL, NAME, Name, Word

VERSION = 8
"""Of what is told here. A model is only used with the version it learned from."""
BITS = 31

ELEMENT = LEXICAL + PLACED + 1 + AMOUNTS + 1 + BESIDE + 6 + PROGRESS
WORD = 10 + words.SHAPES
ACT = 4


class Features(NamedTuple):
    """One question. G words, A acts, E elements; S = 1 + A + G + E.

    words, elements, acts: [G, WORD], [E, ELEMENT], [A, ACT] float32. word_keys [G], name_keys [E, NAME], act_keys
    [A, 2 * NAME]: buckets of words, 0 for none. word_bits, name_bits, act_bits: sums of second keys' signs, [., BITS].
    roles, tags [E], ops [A], act_roles [A]: buckets. kin [S, S], lies [E, E]: uint8, places in `pairs.KIN` and `LIES`.
    left: elements that were left out.
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
    near = nearest(boxes)
    amount = amounts(goal, seen.names[:count])
    said_place = {number for at in range(len(goal)) if (number := words.place_said(goal, at))}
    meant = np.array([[bool(said_place.intersection(own))] for own in ordinals(seen.roles[:count])], np.float32)
    elements = np.concatenate(
        [
            lexical, placed(seen, boxes), meant.reshape(count, 1), amount, _kinds_said(goal, seen, count),
            told(lexical, near), *_going_with(lexical, amount, seen, names, boxes),
            progress(goal, seen, names, look.did, places),
        ], axis=1,
    )  # fmt: skip
    name_keys, name_bits = _of_names(called)
    said = [(*words.split(one.name, NAME), *words.split(one.text, NAME)) for one in did]
    acted = [(*words.split("+".join(one.keys), NAME), *text) for one, text in zip(did, said, strict=True)]
    act_keys, act_bits = _keyed(acted, 2 * NAME)
    return Features(
        words=_words(goal, names, said), word_keys=np.array([words.key(one.folded) for one in goal], np.int32),
        word_bits=np.array([_bits((one,)) for one in goal], np.float32).reshape(len(goal), BITS),
        acts=_acts(did, places, len(look.did)), ops=np.array([OPS.index(one.op) for one in did], np.int32),
        act_roles=np.array([words.key(one.role) if one.role else 0 for one in did], np.int32),
        act_keys=act_keys, act_bits=act_bits,
        elements=elements.astype(np.float32),
        roles=np.array([words.key(one) if one else 0 for one in seen.roles[:count]], np.int32),
        tags=np.array([words.key(one) if one else 0 for one in seen.tags[:count]], np.int32),
        name_keys=name_keys, name_bits=name_bits,
        kin=kin_of(goal, did, said, names, seen, places, answers(seen, names, near)),
        lies=lies_of(boxes, near), left=len(seen.nodes) - count,
    )  # fmt: skip


_KINDS = {
    "textbox": "text textbox field input", "searchbox": "search searchbox field", "listbox": "list listbox",
    "combobox": "dropdown list select combobox", "checkbox": "checkbox checkboxes", "button": "button buttons",
    "radio": "radio", "link": "link links", "tab": "tab tabs", "img": "image picture icon", "slider": "slider",
    "spinbutton": "spinner number", "menuitem": "menu item", "option": "option options", "heading": "heading title",
    "cell": "cell", "table": "table",
}  # fmt: skip
_KINDS_SAID = {role: frozenset((role, *said.split())) for role, said in _KINDS.items()}


def _kinds_said(goal: Sequence[Word], seen: Snapshot, count: int) -> Floats:
    """[E, 1]: the goal says what kind of thing it is ("the checkbox"). A field of many lines is no "text" field."""
    said = {one.folded for one in goal}
    found = np.zeros((count, 1), np.float32)
    for place, (role, tag) in enumerate(zip(seen.roles[:count], seen.tags[:count], strict=False)):
        kinds = frozenset((tag,)) if tag == "textarea" else _KINDS_SAID.get(role, frozenset((role,)))
        found[place] = tag in said or not kinds.isdisjoint(said)
    return found


def _going_with(lexical: Floats, amount: Floats, seen: Snapshot, names: Sequence[Name], boxes: Floats) -> list[Floats]:
    """[E, 2] each: of those alike, what goes with what is named; with the least; with the most."""
    named = (lexical[:, 1] > 0) | (lexical[:, 16] > 0)
    return [
        goes_with(np.flatnonzero(those).tolist(), seen, names, boxes)
        for those in (named, amount[:, 4] > 0, amount[:, 5] > 0)
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
    keys = np.array([words.second_key(one.folded) for one in text], np.int64)
    return (((keys[:, None] & _WEIGHTS) != 0) * np.float32(2) - np.float32(1)).mean(0)


def _of_names(names: Sequence[str]) -> tuple[Ints, Floats]:
    rows = [_of_name(name) for name in names]
    keys = np.array([one for one, _ in rows], np.int32).reshape(len(rows), NAME)
    return keys, np.array([one for _, one in rows], np.float32).reshape(len(rows), BITS)


@functools.lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> tuple[Ints, Floats]:
    keys, bits = _keyed([words.name(name).words], NAME)
    return keys[0], bits[0]


def _words(goal: Sequence[Word], names: Sequence[Name], said: Sequence[Sequence[Word]]) -> Floats:
    """What is known of each word of the goal besides which it is."""
    found = np.zeros((len(goal), WORD), np.float32)
    on_page = Counter(word for name in names for word in set(name.spelled))
    before = {one.folded for text in said for one in text}
    whole = {name.spelled for name in names if name.words}
    folded = [one.folded for one in goal]
    for place, one in enumerate(goal):
        own = found[place]
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
        own[10 + words.shape(one.folded)] = 1
    return found


# ---- acts


def _acts(did: Sequence[Did], places: Mapping[int, int], in_all: int) -> Floats:
    found = np.zeros((len(did), ACT), np.float32)
    for place, one in enumerate(did):
        found[place] = (
            (len(did) - place) / ACTS, one.node in places, bool(one.text), math.log1p(in_all - len(did) + place) / 3
        )  # fmt: skip
    return found
