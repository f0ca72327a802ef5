"""How two elements lie to each other by their boxes, and what is next to each: a number for each pair. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models.arrays import Bytes, Floats, Ints

LIES = (
    "none", "left in its line", "right in its line", "over it", "under it", "around it", "in it",
    "next to the left", "next to the right", "next over it", "next under it",
)  # fmt: skip
SHARES = 0.5
"""Of the lower of two, so much lies beside the other: then they stand in one line; and so in a column."""
_NEXT = 7
_MOST_RANK = 4
RANKS = 2 * _MOST_RANK
_APART = 0.004
"""In thousands of pixels; what lies nearer begins at the same place."""


class Nearest(NamedTuple):
    """[E] each: place of what is next in that direction, -1 for nothing."""

    left: Ints
    right: Ints
    over: Ints
    under: Ints


def lying(boxes: Floats) -> tuple[Bytes, Nearest]:
    """[E, E]: how the second lies to the first; and of each what is next to it."""
    count = len(boxes)
    lies = np.zeros((count, count), np.uint8)
    if not count or not boxes.any():
        nothing = np.full(count, -1, np.int32)
        return lies, Nearest(nothing, nothing, nothing, nothing)
    x, y, w, h = boxes.T
    right, bottom = x + w, y + h
    over = np.minimum(bottom[:, None], bottom[None, :]) - np.maximum(y[:, None], y[None, :])
    beside = np.minimum(right[:, None], right[None, :]) - np.maximum(x[:, None], x[None, :])
    low, narrow = np.minimum(h[:, None], h[None, :]), np.minimum(w[:, None], w[None, :])
    line = (over > SHARES * low) & (low > 0)
    column = (beside > SHARES * narrow) & (narrow > 0)
    # Added up, as no two hold: a place of a large array is written far faster than chosen.
    for those, values, less, more in (
        (line & ~column, x, 1, 2), (column & ~line, y, 3, 4), (line & column, w * h, 6, 5)
    ):  # fmt: skip
        lies += those * (
            (values[None, :] < values[:, None]) * np.uint8(less) + (values[None, :] > values[:, None]) * np.uint8(more)
        )
    near = Nearest(_first(lies == 1, -x), _first(lies == 2, x), _first(lies == 3, -y), _first(lies == 4, y))
    for said, places in enumerate(near, start=_NEXT):
        there = np.flatnonzero(places >= 0)
        lies[there, places[there]] = said
    return lies, near


def _first(those: np.ndarray, values: Floats) -> Ints:
    """[E]: of those in each row the one with the least value; -1 for none."""
    there = np.where(those, values[None, :], np.float32(np.inf))
    at = there.argmin(1)
    return np.where(there[np.arange(len(at)), at] < np.inf, at, -1).astype(np.int32)


def ranks(seen: Snapshot, boxes: Floats) -> Floats:
    """[E, RANKS]: which it is of those of its kind in its line, from the left, and from the right: the first, second,
    third or a later one. By their left edges: how wide a sign is that is called nothing is told in steps, so that one
    may seem to lie over the next.
    """
    count = len(boxes)
    kinds: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, kind in enumerate(zip(seen.roles[:count], seen.tags[:count], strict=True)):
        kinds[kind].append(place)
    found = np.zeros((count, RANKS), np.float32)
    found[:, (0, _MOST_RANK)] = 1  # the first, where there is no other
    parents = np.array(seen.parents[:count], np.int32)
    for rows in kinds.values():
        if len(rows) == 1:
            continue
        own = np.array(rows, np.int32)
        x, y, _, h = boxes[own].T
        over = np.minimum((y + h)[:, None], (y + h)[None, :]) - np.maximum(y[:, None], y[None, :])
        low = np.minimum(h[:, None], h[None, :])
        inside = parents[own][:, None] == own[None, :]
        line = (over > low / 2) & (low > 0) & ~inside & ~inside.T
        away = x[None, :] - x[:, None]
        for first, those in ((0, away < -_APART), (_MOST_RANK, away > _APART)):
            found[own, first] = 0
            found[own, first + np.minimum((line & those).sum(1), _MOST_RANK - 1)] = 1
    return found
