"""What stays as it is from one act to the next: what a page says whatever is asked, and what of it goes with the goal.

    Page      names, places, how its elements lie to each other and belong together
    Sought    how the goal stands to them

Many acts change no more of a page's list than what a field holds and what is ticked; so both are kept for the last few
pages and goals, by all that they are made of. What they hold is shared, and their arrays can't be written into. Pure.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import beside, words
from byhand.models.amounts import amounts
from byhand.models.arrays import Bytes, Floats, Halves, Ints
from byhand.models.keyed import buckets, of_names
from byhand.models.kinds import bound, called_by_kind, kinds_said
from byhand.models.labelled import labelled
from byhand.models.lying import Nearest, lying, ranks
from byhand.models.meaning import alike
from byhand.models.meaning import of_names as means_of
from byhand.models.mentioned import mentions
from byhand.models.named import named
from byhand.models.pairs import said_of, tree_of
from byhand.models.placed import boxes_of, where_placed
from byhand.models.words import GOAL, Name, Word

_KEPT = 4


class Page(NamedTuple):
    """Of E elements.

    seen: its list, of which states and holds may be others by now. names: with those of nameless fields. boxes: [E, 4].
    where, ranks: [E, .], lies: [E, E], near: see `placed` and `lying`.
    tree: [E, E], see `pairs.tree_of`. roles, tags: [E], name_keys, name_bits, name_means: [E, .], see
    `features.Features`.
    """

    seen: Snapshot
    boxes: Floats
    names: Sequence[Name]
    where: Floats
    ranks: Floats
    lies: Bytes
    near: Nearest
    tree: Bytes
    alike: beside.Alike
    answers: Sequence[tuple[int, int]]
    roles: Ints
    tags: Ints
    name_keys: Ints
    name_bits: Floats
    name_means: Halves


class Sought(NamedTuple):
    """Of G words of a goal and E elements.

    lexical: [E, LEXICAL], see `named`, before any act. amount, meant, said, told, likeness: [E, .]. goes: four of
    [E, 2]. around: [E, AROUND]. others: names but for the goal's own copy. kin: [G + E, G + E], see `pairs.said_of`.
    names: as the goal calls them, which is mostly as the page does; name_keys, name_bits, name_means: the same.
    """

    lexical: Floats
    amount: Floats
    meant: Floats
    said: Floats
    told: Floats
    likeness: Floats
    goes: Sequence[Floats]
    around: Ints
    others: Sequence[Name]
    kin: Bytes
    names: Sequence[Name]
    name_keys: Ints
    name_bits: Floats
    name_means: Halves


def page_of(seen: Snapshot, count: int) -> Page:
    """Of its first `count` elements."""
    return _page(_Listed(seen, count))


def sought(goal: str, page: Page) -> Sought:
    """What of that page goes with a goal."""
    return _sought(goal, _Listed(page.seen, len(page.names)))


class _Listed:
    """A list by what stays: two of the same are one key."""

    def __init__(self, seen: Snapshot, count: int) -> None:
        self.seen, self.count = seen, count
        self.key = (seen.roles, seen.tags, seen.names, seen.parents, seen.places, count)
        self._hash = hash(self.key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Listed) and self.key == other.key


@functools.lru_cache(maxsize=_KEPT)
def _page(listed: _Listed) -> Page:
    seen, count = listed.seen, listed.count
    boxes = boxes_of(seen, count)
    called = tuple(labelled(seen, boxes))
    names = tuple(words.name(name) for name in called)
    lies, near = lying(boxes)
    keys, bits = of_names(called)
    return Page(
        seen, _still(boxes), names,
        _still(where_placed(seen, boxes)), _still(ranks(seen, boxes)), _still(lies), near,
        _still(tree_of(seen, names)), beside.alike(seen, names, boxes), beside.answers(seen, names, near),
        _still(buckets(seen.roles[:count])), _still(buckets(seen.tags[:count])),
        _still(keys), _still(bits), _still(means_of(names)),
    )  # fmt: skip


@functools.lru_cache(maxsize=_KEPT)
def _sought(text: str, listed: _Listed) -> Sought:
    page, seen, count = _page(listed), listed.seen, listed.count
    goal = words.split(text, GOAL)
    names, texts = _named_by(goal, page)
    lexical = named(text, goal, seen, names)
    amount = amounts(goal, seen.names[:count])
    said = bound(goal, seen, count)
    meant = said.any(0).astype(np.float32).reshape(count, 1)
    likeness, means = alike(goal, names, texts[2])
    own = lexical[:, 11:12] == 0  # not the goal's own copy
    return Sought(
        _still(lexical), _still(amount), _still(meant), _still(kinds_said(goal, seen, count)),
        _still(beside.told(lexical * own, amount, page.near)), _still(likeness), _goes_with(lexical, amount, page),
        _still(mentions(goal, names)), tuple(name for name, counts in zip(names, own[:, 0], strict=True) if counts),
        _still(said_of(goal, names, page.tree, page.answers, said, means=means)), names, *texts,
    )  # fmt: skip


def _named_by(goal: Sequence[Word], page: Page) -> tuple[Sequence[Name], tuple[Ints, Floats, Halves]]:
    """What its elements are called, beside a goal that may call them by their kind; and the same as numbers."""
    kinds = called_by_kind(goal, page.seen, page.names)
    own = page.name_keys, page.name_bits, page.name_means
    if not kinds:
        return page.names, own
    names = tuple(words.name(kinds[place]) if place in kinds else name for place, name in enumerate(page.names))
    keys, bits, means = (one.copy() for one in own)
    there = list(kinds)
    keys[there], bits[there] = of_names([kinds[place] for place in there])
    means[there] = means_of([names[place] for place in there])
    return names, (_still(keys), _still(bits), _still(means))


def _goes_with(lexical: Floats, amount: Floats, page: Page) -> Sequence[Floats]:
    """[E, 2] each: of those alike, what goes with what is named; the least; the most; what is asked for of them."""
    called = ((lexical[:, 1] > 0) | (lexical[:, 16] > 0)) & (lexical[:, 11] == 0)
    return tuple(
        _still(beside.goes_with(np.flatnonzero(those).tolist(), page.alike, page.seen, page.names, page.boxes))
        for those in (called, amount[:, 4] > 0, amount[:, 5] > 0, amount[:, 13] > 0)
    )


def _still(array: Any) -> Any:
    array.flags.writeable = False
    return array
