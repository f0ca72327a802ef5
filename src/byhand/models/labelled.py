"""What a field is called that has no name of its own: the words beside it or above it. Pure.

A person reads "Year" beside an empty box and knows what goes in. Where the page does not tie the two together (no
`label for`, no aria-label), only their places do.
"""

from __future__ import annotations

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models.arrays import Doubles, Floats

FIELDS = frozenset({"textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"})
MARKS = frozenset({"checkbox", "radio", "switch"})
_SAYS = frozenset({"text", "label", "heading", "cell", "rowheader", "columnheader", "term", ""})
_BESIDE, _ABOVE, _BEHIND = 0.25, 0.04, 0.12
"""How far away they may be, in thousands of CSS pixels: before a field, over it, and behind a mark."""
_OVERLAPS = 0.005
_IN_LINE = 0.5
_MOST_WORDS = 5
"""Of a label. What is longer is a sentence, and about something else."""


def labelled(seen: Snapshot, boxes: Floats) -> list[str]:
    """The names of all elements, with those of nameless fields filled in.

    Args:
        seen: the page.
        boxes: x, y, w, h of its first elements, in thousands of CSS pixels; all 0 where places are not known.
    """
    names = list(seen.names[: len(boxes)])
    if not boxes.any():
        return names
    says = [
        place
        for place, name in enumerate(names)
        if seen.roles[place] in _SAYS and 0 < len(name.split()) <= _MOST_WORDS and any(map(str.isalpha, name))
    ]
    nameless = [
        place
        for place, name in enumerate(names)
        if not name.strip() and seen.roles[place] in FIELDS | MARKS and boxes[place, 2] > 0
    ]
    if not says or not nameless:
        return names
    exact = boxes.astype(np.float64)
    texts, free = exact[says], np.ones(len(says), bool)
    for place in nameless:
        at = _nearest(exact[place], texts, free, mark=seen.roles[place] in MARKS)
        if at >= 0:
            names[place] = names[says[at]]
            free[at] = False
    return names


def _nearest(own: Doubles, texts: Doubles, free: np.ndarray, *, mark: bool) -> int:
    """Beside it in its line: before a field, behind a mark. Else, of a field, what stands over it. -1: nothing does.

    Args:
        own: [4], its box.
        texts: [T, 4], those of what may be its name.
        free: [T], those that name nothing else yet.
        mark: is it a box to be ticked?
    """
    x, y, w, h = own
    left, top, wide, high = texts.T
    line = np.minimum(y + h, top + high) - np.maximum(y, top) > _IN_LINE * np.minimum(h, high)
    gaps = left - (x + w) if mark else x - (left + wide)
    beside = free & line & (gaps >= -_OVERLAPS) & (gaps <= (_BEHIND if mark else _BESIDE))
    if beside.any():
        return int(np.where(beside, gaps, np.inf).argmin())
    if mark:
        return -1
    shares = np.minimum(x + w, left + wide) > np.maximum(x, left)
    gaps = y - (top + high)
    above = free & ~line & shares & (gaps >= -_OVERLAPS) & (gaps <= _ABOVE)
    return int(np.where(above, gaps, np.inf).argmin()) if above.any() else -1
