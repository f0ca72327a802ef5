"""What stands beside an element, and which of several that are alike goes with what was asked for. Pure.

A page says much by where things stand: the words before a number are what it is called, and of twenty buttons that are
called "Delete" the one in the row of "Anne" is meant. A person sees that without thinking; a model of this size is
told.

    told      how the goal stands to what is before it and over it
    goes_with of those that are alike, the one in the same line, part of the page, or next after it
    answers   a field, and what stands on the page behind the same words
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models.arrays import Floats, Ints
from byhand.models.lying import SHARES, Nearest
from byhand.models.words import Name

_SEEN = (1, 2, 3, 5)
"""Of how a name stands to the goal (`named`): quoted whole, in it, how much of it, any of it."""
_COUNTS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
"""Of what a number means beside the goal (`amounts`): all but dates."""
BESIDE = 2 * len(_SEEN) + 2 * len(_COUNTS)
_MOST_ANCHORS = 24
_AS_NEAR = 1.5
_SAYS = frozenset(
    {"text", "label", "heading", "cell", "gridcell", "rowheader", "columnheader", "term", "definition", ""}
)
_FIELDS = frozenset({"textbox", "searchbox", "combobox", "listbox", "spinbutton"})


def told(lexical: Floats, amount: Floats, near: Nearest) -> Floats:
    """[E, BESIDE]: how the goal stands to the name of what is before it in its line, and of what is over it; and what
    the number means that is before it in its line, and behind it.
    """
    parts: list[Floats] = []
    for rows, columns, places in (
        (lexical, _SEEN, near.left), (lexical, _SEEN, near.over),
        (amount, _COUNTS, near.left), (amount, _COUNTS, near.right),
    ):  # fmt: skip
        part = np.zeros((len(places), len(columns)), np.float32)
        there = places >= 0
        part[there] = rows[places[there]][:, columns]
        parts.append(part)
    return np.concatenate(parts, axis=1)


# ---- of those that are alike


class Group(NamedTuple):
    """Of one kind and called the same. places: where they stand in the list, ascending; rows: the same as numbers of
    Python. stride, drop: the least way from one to the next in the list, and the most down the page.
    """

    places: Ints
    rows: list[int]
    stride: int
    drop: float


class Alike(NamedTuple):
    """All such groups of a page. members: places of all in them, group by group; begins: where each group begins there.
    ends: of each element the place behind all that lies in it.
    """

    groups: list[Group]
    members: Ints
    begins: list[int]
    ends: list[int]


def alike(seen: Snapshot, names: Sequence[Name], boxes: Floats) -> Alike:
    """Those that are of one kind and called the same but for numbers ("Book for $551"); of what is called nothing, of
    one kind in one column. Two of them at least.
    """
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    columns = boxes[:, (0, 2)].tolist()
    for place, name in enumerate(names):
        own: Hashable = _but_numbers(name.spelled) if name.words else tuple(columns[place])
        groups[seen.roles[place], seen.tags[place], own].append(place)
    found = [_group(rows, boxes) for rows in groups.values() if len(rows) > 1]
    begins = list(itertools.accumulate((len(one.rows) for one in found), initial=0))[:-1]
    members = np.concatenate([one.places for one in found]) if found else np.zeros(0, np.int32)
    return Alike(found, members, begins, _ends(seen, len(names)))


def _group(rows: list[int], boxes: Floats) -> Group:
    places = np.array(rows, np.int32)
    tops = boxes[places, 1]
    stride = min(later - one for one, later in itertools.pairwise(rows))
    return Group(places, rows, stride, float(np.abs(tops[1:] - tops[:-1]).max()))


def _but_numbers(spelled: tuple[str, ...]) -> tuple[str, ...]:
    """What is nothing but numbers is as it is: the days of a month are not alike."""
    if not any(one.isalpha() for one in spelled):
        return spelled
    return tuple("#" if one[0].isdigit() else one for one in spelled)


def goes_with(anchors: Sequence[int], page: Alike, seen: Snapshot, names: Sequence[Name], boxes: Floats) -> Floats:
    """[E, 2]: it goes with one of those; another that is like it does.

    Args:
        anchors: places of what was asked for, of which a few are enough.
        page: what `alike` gave.
        seen: the page.
        names: of its first elements.
        boxes: of the same.
    """
    found = np.zeros((len(names), 2), np.float32)
    if not anchors or not page.groups:
        return found
    lines = _alone_in_line(boxes[list(anchors)], page, boxes)
    for group, alone in zip(page.groups, lines, strict=True):
        chosen = _chosen(anchors, alone, group, page.ends, seen, names, boxes)
        if chosen:
            found[group.places, 1] = 1
            found[chosen] = 1, 0
    return found


def next_alike(meant: Floats, page: Alike, acted: Sequence[int]) -> Floats:
    """[E, 2]: it is like what was acted on last, is meant too and was not acted on yet; how many such there are.

    Args:
        meant: [E], of those alike what goes with what was asked for.
        page: what `alike` gave.
        acted: places of what was acted on, in order; -1 for what is not there any more.
    """
    found = np.zeros((len(meant), 2), np.float32)
    last = next((at for at in reversed(acted) if at >= 0), -1)
    for group in page.groups:
        if last in group.rows:
            left = [at for at in group.rows if meant[at] and at not in acted]
            found[left, 0] = 1
            found[:, 1] = math.log1p(len(left))
    return found


def _chosen(
    anchors: Sequence[int], alone: Sequence[int], group: Group, ends: Sequence[int], seen: Snapshot,
    names: Sequence[Name], boxes: Floats,
) -> list[int]:  # fmt: skip
    """Of one group: what goes with each. Of anchors called the same, those that are as near as the nearest."""
    own = set(group.rows)
    best: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    others = ((anchor, line) for anchor, line in zip(anchors, alone, strict=True) if anchor not in own)
    for anchor, line in itertools.islice(others, _MOST_ANCHORS):
        at, gap = (line, 0) if line >= 0 else _inside_or_after(anchor, group, ends, seen, boxes)
        if at >= 0:
            best[names[anchor].spelled].append((gap, at))
    return list({at for found in best.values() for gap, at in found if gap <= _AS_NEAR * min(found)[0]})


def _alone_in_line(anchors: Floats, page: Alike, boxes: Floats) -> list[list[int]]:
    """Of each group and each anchor: the one of the group that stands in its line, if it is alone there; else -1."""
    y, h = anchors[:, 1:2], anchors[:, 3:4]
    top, high = boxes[None, page.members, 1], boxes[None, page.members, 3]
    over = np.minimum(y + h, top + high) - np.maximum(y, top)
    line = (over > SHARES * np.minimum(h, high)) & (high > 0) & (h > 0)
    many = np.add.reduceat(line, page.begins, axis=1, dtype=np.int32)
    last = np.maximum.reduceat(np.where(line, page.members, -1), page.begins, axis=1)
    return np.where(many == 1, last, -1).T.tolist()


def _inside_or_after(
    anchor: int, group: Group, ends: Sequence[int], seen: Snapshot, boxes: Floats
) -> tuple[int, int]:  # fmt: skip
    """Place of the one that goes with it and how far that is: in its part of the page, or after it."""
    rows, above = group.rows, anchor
    while above >= 0:  # the innermost part of the page that holds one of them
        first, end = bisect.bisect_left(rows, above), bisect.bisect_left(rows, ends[above])
        if first < end:
            return (rows[first], 0) if end - first == 1 else _after(anchor, group, end, boxes)
        above = seen.parents[above] if 0 <= seen.parents[above] < above else -1
    return _after(anchor, group, len(rows), boxes)


def _after(anchor: int, group: Group, end: int, boxes: Floats) -> tuple[int, int]:
    """The next one behind it, if no more of the page lies between than from one of them to the next.

    Args:
        anchor: what it goes with.
        group: those alike, of which only the first `end` count.
        end: see there.
        boxes: of all elements.
    """
    later = bisect.bisect_right(group.rows, anchor)
    if later >= end:
        return -1, 0
    at = group.rows[later]
    gap, away = at - anchor, abs(float(boxes[at, 1] - boxes[anchor, 1]))
    return (at, gap) if gap <= group.stride and away <= group.drop else (-1, 0)


def _ends(seen: Snapshot, count: int) -> list[int]:
    """Of each the place behind all that lies in it. Parents come before their children, and what is in one together."""
    ends = list(range(1, count + 1))
    for place in range(count - 1, -1, -1):
        parent = seen.parents[place]
        if 0 <= parent < place:
            ends[parent] = max(ends[parent], ends[place])
    return ends


# ---- forms and what they ask for


def answers(seen: Snapshot, names: Sequence[Name], near: Nearest) -> list[tuple[int, int]]:
    """Pairs: a field, and what stands behind the same words elsewhere: "Last name" and "Shannon"."""
    fields: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if seen.roles[place] in _FIELDS and name.says:
            fields[name.spelled].append(place)
    found: list[tuple[int, int]] = []
    for place, left in enumerate(map(int, near.left)) if fields else ():
        if left < 0 or not names[place].words:
            continue
        if seen.roles[place] in _SAYS and seen.roles[left] in _SAYS:
            found += [(field, place) for field in fields.get(names[left].spelled, ())]
    return found
