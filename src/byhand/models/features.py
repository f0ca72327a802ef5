"""What is asked (`Look`) as arrays: one row for each word of the goal, each act before, each element of the page.

    sequence   [what is asked] [acts before] [words of the goal] [elements]
    kin        how any two of them belong together: by words, by the tree, by having been acted on
    lies       how two elements lie to each other

Rules of this module: only numbers and lists that `Look` holds, the same for a person's step and for a live page; no
torch. What an element is called counts by whether it is the goal's words, not only by which words they are, so that a
name that was never seen before can be found.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.decision import OPS, Did, Look
from byhand.models.words import ACTS, ELEMENTS, GOAL, NAME, Word

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int32]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]

VERSION = 1
"""Of what is told here. A model is only used with the version it learned from."""
BITS = 31

STATES = (
    "checked", "selected", "focused", "disabled", "required", "expanded", "collapsed", "has popup", "editable",
    "pressed", "multi line", "read only", "invalid entry", "modal", "indeterminate", "multiselectable",
)  # fmt: skip
HOLDS = ("empty", "character", "checked", "unchecked", "mixed", "option", "date", "time", "colour", "number", "file")
_HOLDS = re.compile(r"(?:(\d+) )?(?:option (\d+) of (\d+)|([a-z]+?)s?)")

LEXICAL = 22
PLACED = 14
ELEMENT = LEXICAL + PLACED + len(STATES) + len(HOLDS) + 3
WORD = 10 + words.SHAPES
ACT = 4

KIN = (
    "none", "word of its name", "its word", "word of its quoted name", "its quoted word", "before", "after",
    "same word", "parent", "child", "sibling", "above it", "below it", "acted on", "acted by", "word acted on",
    "acted by word", "same name",
)  # fmt: skip
_KIN = {name: place for place, name in enumerate(KIN)}
LIES = ("none", "left in its line", "right in its line", "over it", "under it", "around it", "in it")
_ORDER_IN_LINE = 0.5


class Features(NamedTuple):
    """One question. G words, A acts, E elements; S = 1 + A + G + E.

    words, elements, acts: [G, WORD], [E, ELEMENT], [A, ACT] float32. word_keys [G], name_keys [E, NAME], act_keys
    [A, 2 * NAME]: buckets of words, 0 for none. word_bits, name_bits, act_bits: sums of second keys' signs, [., BITS].
    roles, tags [E], ops [A], act_roles [A]: buckets. kin [S, S], lies [E, E]: uint8, places in `KIN` and `LIES`.
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
    names = [words.split(name, NAME) for name in seen.names[:count]]
    did = look.did[-ACTS:]
    places = {node: place for place, node in enumerate(seen.nodes[:count])}
    lexical = _lexical(look.goal, goal, seen, names, look.did, places)
    boxes = _boxes(seen, count)
    elements = np.concatenate([lexical, _placed(seen, boxes, names), _states(seen, count), _holds(seen, count)], axis=1)
    name_keys, name_bits = _keyed(names, NAME)
    said = [(*words.split(one.name, NAME), *words.split(one.text, NAME)) for one in did]
    act_keys, act_bits = _keyed(said, 2 * NAME)
    return Features(
        words=_words(goal, names, said), word_keys=np.array([words.key(one.folded) for one in goal], np.int32),
        word_bits=_bits([(one,) for one in goal]),
        acts=_acts(did, places, len(look.did)), ops=np.array([OPS.index(one.op) for one in did], np.int32),
        act_roles=np.array([words.key(one.role) if one.role else 0 for one in did], np.int32),
        act_keys=act_keys, act_bits=act_bits,
        elements=elements.astype(np.float32),
        roles=np.array([words.key(one) if one else 0 for one in seen.roles[:count]], np.int32),
        tags=np.array([words.key(one) if one else 0 for one in seen.tags[:count]], np.int32),
        name_keys=name_keys, name_bits=name_bits,
        kin=_kin(goal, did, said, names, seen, places), lies=_lies(boxes), left=len(seen.nodes) - count,
    )  # fmt: skip


# ---- texts


def _keyed(texts: Sequence[Sequence[Word]], most: int) -> tuple[Ints, Floats]:
    keys = np.zeros((len(texts), most), np.int32)
    for place, text in enumerate(texts):
        for at, one in enumerate(text[:most]):
            keys[place, at] = words.key(one.folded)
    return keys, _bits(texts)


_WEIGHTS = 1 << np.arange(BITS, dtype=np.int64)


def _bits(texts: Sequence[Sequence[Word]]) -> Floats:
    """Of each text the mean of its words' signs: words without meaning have no likeness by chance."""
    found = np.zeros((len(texts), BITS), np.float32)
    for place, text in enumerate(texts):
        if text:
            keys = np.array([words.second_key(one.folded) for one in text], np.int64)
            signs = ((keys[:, None] & _WEIGHTS) != 0) * np.float32(2) - np.float32(1)
            found[place] = signs.mean(0)
    return found


def _words(goal: Sequence[Word], names: Sequence[Sequence[Word]], said: Sequence[Sequence[Word]]) -> Floats:
    """What is known of each word of the goal besides which it is."""
    found = np.zeros((len(goal), WORD), np.float32)
    on_page = Counter(word for name in names for word in {one.folded for one in name})
    before = {one.folded for text in said for one in text}
    whole = {tuple(one.folded for one in name) for name in names if name}
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


# ---- elements


def _lexical(
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


def _boxes(seen: Snapshot, count: int) -> Floats:
    """x, y, w, h of each in thousands of CSS pixels, so that a page is the same in windows of two sizes; all 0 where no
    place was told.
    """
    if len(seen.places) < 4 * count:
        return np.zeros((count, 4), np.float32)
    return np.array(seen.places[: 4 * count], np.float32).reshape(count, 4) / np.float32(1000)


def _placed(seen: Snapshot, boxes: Floats, names: Sequence[Sequence[Word]]) -> Floats:
    count = len(boxes)
    found = np.zeros((count, PLACED), np.float32)
    if not count:
        return found
    found[:, :4] = boxes
    found[:, 4:6] = boxes[:, :2] + boxes[:, 2:] / 2
    found[:, 6:8] = np.log1p(100 * np.maximum(boxes[:, 2:], 0)) / 5
    found[:, 8] = np.arange(count) / ELEMENTS
    depth = np.zeros(count, np.float32)
    kids = np.zeros(count, np.float32)
    ordinal: Counter[str] = Counter()
    for place, parent in enumerate(seen.parents[:count]):
        if 0 <= parent < place:
            depth[place] = depth[parent] + 1
            kids[parent] += 1
        found[place, 11] = min(ordinal[seen.roles[place]], 20) / 10
        ordinal[seen.roles[place]] += 1
    found[:, 9] = depth / 10
    found[:, 10] = np.log1p(kids) / 3
    found[:, 12] = [math.log1p(ordinal[role]) / 3 for role in seen.roles[:count]]
    found[:, 13] = [bool(name) for name in names]
    return found


def _states(seen: Snapshot, count: int) -> Floats:
    found = np.zeros((count, len(STATES)), np.float32)
    for place, said in enumerate(seen.states[:count]):
        if said:
            for at, state in enumerate(STATES):
                found[place, at] = state in said and ("un" + state) not in said
    return found


def _holds(seen: Snapshot, count: int) -> Floats:
    """What kind of thing it holds, how much, and which of how many."""
    found = np.zeros((count, len(HOLDS) + 3), np.float32)
    for place, said in enumerate(seen.holds[:count]):
        match = _HOLDS.fullmatch(said) if said else None
        if match is None:
            continue
        kind = "option" if match[2] else match[4] or ""
        if kind in HOLDS:
            found[place, HOLDS.index(kind)] = 1
        found[place, -3] = math.log1p(int(match[1] or 0)) / 4
        if match[2]:
            found[place, -2], found[place, -1] = int(match[2]) / 16, int(match[2]) / max(1, int(match[3]))
    return found


# ---- pairs


def _kin(
    goal: Sequence[Word], did: Sequence[Did], said: Sequence[Sequence[Word]], names: Sequence[Sequence[Word]],
    seen: Snapshot, places: Mapping[int, int],
) -> Bytes:  # fmt: skip
    first_word, first = 1 + len(did), 1 + len(did) + len(goal)
    size = first + len(names)
    kin = np.zeros((size, size), np.uint8)
    _tree(kin, seen, names, first)
    where: dict[str, list[int]] = {}
    for place, one in enumerate(goal):
        where.setdefault(one.folded, []).append(first_word + place)
    for place in range(first_word, first - 1):
        kin[place, place + 1], kin[place + 1, place] = _KIN["before"], _KIN["after"]
    for them in where.values():
        if 1 < len(them) < 6:
            for one in them:
                for other in them:
                    if one != other:
                        kin[one, other] = _KIN["same word"]
    strong = {one.folded for one in goal if not one.weak or one.quoted}
    for place, name in enumerate(names):
        for one in name:
            if one.folded in strong:
                for at in where[one.folded]:
                    quoted = goal[at - first_word].quoted
                    kin[at, first + place] = _KIN["word of its quoted name" if quoted else "word of its name"]
                    kin[first + place, at] = _KIN["its quoted word" if quoted else "its word"]
    for number, (one, text) in enumerate(zip(did, said, strict=True), start=1):
        at = places.get(one.node, -1)
        if at >= 0:
            kin[number, first + at], kin[first + at, number] = _KIN["acted on"], _KIN["acted by"]
        for word in text:
            if word.folded in strong:
                for there in where[word.folded]:
                    kin[number, there], kin[there, number] = _KIN["word acted on"], _KIN["acted by word"]
    return kin


def _tree(kin: Bytes, seen: Snapshot, names: Sequence[Sequence[Word]], first: int) -> None:
    count = len(names)
    if not count:
        return
    parents = np.array(seen.parents[:count], np.int64)
    spelled: dict[tuple[str, ...], int] = {}
    groups = np.array(
        [spelled.setdefault(tuple(one.folded for one in name), len(spelled)) if name else -1 - place
         for place, name in enumerate(names)]
    )  # fmt: skip
    block = kin[first:, first:]
    block[groups[:, None] == groups[None, :]] = _KIN["same name"]
    block[(parents[:, None] == parents[None, :]) & (parents[:, None] >= 0)] = _KIN["sibling"]
    for place, parent in enumerate(seen.parents[:count]):
        above, steps = parent, 0
        while 0 <= above < place and steps < 6:
            block[place, above] = _KIN["parent" if not steps else "above it"]
            block[above, place] = _KIN["child" if not steps else "below it"]
            above, steps = seen.parents[above], steps + 1
    np.fill_diagonal(block, 0)


def _lies(boxes: Floats) -> Bytes:
    """How the second lies to the first, by their boxes."""
    count = len(boxes)
    lies = np.zeros((count, count), np.uint8)
    if not count or not boxes.any():
        return lies
    x, y, w, h = boxes.T
    right, bottom = x + w, y + h
    over = np.minimum(bottom[:, None], bottom[None, :]) - np.maximum(y[:, None], y[None, :])
    beside = np.minimum(right[:, None], right[None, :]) - np.maximum(x[:, None], x[None, :])
    low, narrow = np.minimum(h[:, None], h[None, :]), np.minimum(w[:, None], w[None, :])
    line = (over > _ORDER_IN_LINE * low) & (low > 0)
    column = (beside > _ORDER_IN_LINE * narrow) & (narrow > 0)
    lies[column & ~line & (y[None, :] < y[:, None])] = 3
    lies[column & ~line & (y[None, :] > y[:, None])] = 4
    lies[line & ~column & (x[None, :] < x[:, None])] = 1
    lies[line & ~column & (x[None, :] > x[:, None])] = 2
    area = w * h
    both = line & column
    lies[both & (area[None, :] > area[:, None])] = 5
    lies[both & (area[None, :] < area[:, None])] = 6
    return lies
