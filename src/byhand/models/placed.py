"""Where each element lies on its page, how it stands, and what kind of thing it holds: a row of numbers each. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models.arrays import Floats
from byhand.models.words import ELEMENTS

STATES = (
    "checked", "selected", "disabled", "required", "expanded", "collapsed", "has popup", "editable",
    "pressed", "multi line", "read only", "invalid entry", "modal", "indeterminate", "multiselectable", "unnamed",
)  # fmt: skip
"""Without "focused": a press that only moves the focus changes nothing on a page that would have it listed anew, so a
recording's list is of before it and a live one of after it. What was pressed last is told by the acts.
"""
HOLDS = ("empty", "character", "checked", "unchecked", "mixed", "option", "date", "time", "colour", "number", "file")
_HOLDS = re.compile(r"(?:(\d+) )?(?:option (\d+) of (\d+)|([a-z]+?)s?)")
_PLACES = 14
PLACED = _PLACES + len(STATES) + len(HOLDS) + 3


def ordinals(roles: Sequence[str]) -> list[tuple[int, int]]:
    """Of each element which of its role it is, from 1, and from the last one, from -1 down."""
    in_all = Counter(roles)
    met: Counter[str] = Counter()
    found: list[tuple[int, int]] = []
    for role in roles:
        met[role] += 1
        found.append((met[role], met[role] - in_all[role] - 1))
    return found


def boxes_of(seen: Snapshot, count: int) -> Floats:
    """x, y, w, h of each in thousands of CSS pixels, so that a page is the same in windows of two sizes; all 0 where no
    place was told.
    """
    if len(seen.places) < 4 * count:
        return np.zeros((count, 4), np.float32)
    return np.array(seen.places[: 4 * count], np.float32).reshape(count, 4) / np.float32(1000)


def where_placed(seen: Snapshot, boxes: Floats) -> Floats:
    """[E, .]: the first columns of `PLACED`, which stay as long as the page does."""
    count = len(boxes)
    found = np.zeros((count, _PLACES), np.float32)
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
    found[:, 13] = [bool(name.strip()) for name in seen.names[:count]]
    return found


def states_and_holds(seen: Snapshot, count: int) -> Floats:
    """[E, .]: the last ones, which acts change."""
    return np.concatenate([_states(seen, count), _holds(seen, count)], axis=1)


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
