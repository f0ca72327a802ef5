"""What a field is called that has no name of its own: the words beside it or above it. Pure.

A person reads "Year" beside an empty box and knows what goes in. Where the page does not tie the two together (no
`label for`, no aria-label), only their places do.
"""

from __future__ import annotations

from collections.abc import Sequence

from byhand.events.kinds import Snapshot
from byhand.models.arrays import Floats

FIELDS = frozenset({"textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"})
MARKS = frozenset({"checkbox", "radio", "switch"})
_SAYS = frozenset({"text", "label", "heading", "cell", "rowheader", "columnheader", "term", ""})
_BESIDE, _ABOVE, _BEHIND = 0.25, 0.04, 0.12
"""How far away they may be, in thousands of CSS pixels: before a field, over it, and behind a mark."""
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
    taken: set[int] = set()
    for place, name in enumerate(seen.names[: len(boxes)]):
        role = seen.roles[place]
        if not name.strip() and role in FIELDS | MARKS and boxes[place][2] > 0:
            at = _nearest(boxes, place, [one for one in says if one not in taken], mark=role in MARKS)
            if at >= 0:
                names[place] = names[at]
                taken.add(at)
    return names


def _nearest(boxes: Floats, place: int, says: Sequence[int], *, mark: bool) -> int:
    """Beside it in its line: before a field, behind a mark. Else, of a field, what stands over it. -1: nothing does."""
    x, y, w, h = (float(one) for one in boxes[place])
    beside: list[tuple[float, int]] = []
    above: list[tuple[float, int]] = []
    for one in says:
        left, top, wide, high = (float(value) for value in boxes[one])
        over = min(y + h, top + high) - max(y, top)
        if over > _IN_LINE * min(h, high):
            gap = left - (x + w) if mark else x - (left + wide)
            if -0.005 <= gap <= (_BEHIND if mark else _BESIDE):
                beside.append((gap, one))
        elif not mark and min(x + w, left + wide) > max(x, left) and -0.005 <= y - (top + high) <= _ABOVE:
            above.append((y - (top + high), one))
    found = min(beside, default=None) or min(above, default=None)
    return found[1] if found else -1
