"""How far what was asked for is done: what is named next, what is left, and how often it was pressed. Pure.

A model sees the acts before one by one. Whether they are enough, of what a goal counts or lists, it would have to
reckon; that is done here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models.arrays import Floats
from byhand.models.decision import Did
from byhand.models.mentioned import where_said
from byhand.models.words import Name, Word, name

PROGRESS = 9
_PRESSED = frozenset({"click", "double_click", "check", "uncheck", "select"})
_CONTROLS = frozenset({"button", "checkbox", "link", "menuitem", "option", "radio", "switch", "tab", "treeitem"})
_MOST = 50
"""What a goal counts to. A higher number is a year or a price."""


def progress(
    goal: Sequence[Word], seen: Snapshot, names: Sequence[Name], did: Sequence[Did], places: Mapping[int, int]
) -> Floats:
    """[E, PROGRESS]: it is named next after what was acted on last; it is named before that; how many controls that are
    named were not acted on yet; it was pressed as often as a number says; less often; so many presses were done as a
    number says; fewer; it is of the kind that was acted on last, is named and was not acted on; how many such there
    are.
    """
    found = np.zeros((len(names), PROGRESS), np.float32)
    said = [one.folded for one in goal]
    numbers = {int(one) for one in said if one.isdigit() and len(one) < 3 and 0 < int(one) <= _MOST}
    begins = frozenset(said)
    where = {
        each.spelled: where_said(each.spelled, said)
        for each in names
        if each.spelled and each.spelled[0] in begins and (each.says or len(each.spelled) == 1)
    }
    firsts = np.array([where.get(each.spelled, -1) for each in names], np.int64)
    done = [at for one in did if one.name and (at := where_said(name(one.name).spelled, said)) >= 0]
    last = done[-1] if done else -1
    later = firsts[firsts > last]
    if len(later):
        found[:, 0] = firsts == later.min()
    found[:, 1] = (firsts >= 0) & (firsts <= last)
    acted = Counter(places.get(one.node, -1) for one in did if one.op in _PRESSED)
    left = {
        each.spelled for place, each in enumerate(names)
        if firsts[place] >= 0 and seen.roles[place] in _CONTROLS and not acted[place] and not _on(seen.states[place])
    }  # fmt: skip
    found[:, 2] = math.log1p(len(left))
    last_kind = next((one.role for one in reversed(did) if one.op in _PRESSED), "")
    if last_kind:
        alike = [place for place in range(len(names)) if firsts[place] >= 0 and seen.roles[place] == last_kind]
        more = [place for place in alike if not acted[place] and not _on(seen.states[place])]
        found[more, 7] = 1
        found[:, 8] = math.log1p(len(more))
    if numbers:
        for place, times in acted.items():
            if place >= 0:
                found[place, 3], found[place, 4] = times in numbers, times < max(numbers)
        presses = sum(acted.values())
        found[:, 5], found[:, 6] = presses in numbers, presses < max(numbers)
    return found


def _on(states: str) -> bool:
    return "checked" in states.split() or "selected" in states.split()
