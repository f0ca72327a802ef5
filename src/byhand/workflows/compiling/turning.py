"""What a press in a record's row made of that row: "Block" became "Unblock", "Open" became "Paid". Pure.

Rules of this module: rows are compared by their place, for what tells records apart may not have been kept. It counts
only where all other rows of the list are as they were, and where it was the same each time it was shown. What has
figures or was masked is the record's own, and is not told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did
from byhand.workflows.compiling.plan import Node, One
from byhand.workflows.compiling.sight import Sight
from byhand.workflows.compiling.slots import Slot

_PRESSES = frozenset({"press", "press twice"})
_FIGURES = re.compile(r"\d")


def turned(plan: Sequence[Node], own: Sequence[Slot]) -> list[str]:
    """Words that the record's row has since its last press and had not before; none where that was not seen."""
    for one in reversed(plan):
        if isinstance(one, One) and one.first.verb in _PRESSES and one.row and set(one.row) == set(own):
            each = [_change(act) for act in one.acts.values()]
            return sorted(set[str].intersection(*each)) if any(each) else []
    return []


def _change(act: Did) -> set[str]:
    before, after = act.before, act.after
    if before is None or after is None or act.thing is None or act.here != act.there:
        return set()
    at = before.at(act.thing.node)
    row = before.row(at) if at >= 0 else -1
    if row < 0:
        return set()
    old = before.rows(row)
    place = old.index(row)
    for new in _same_list(after, before, row):
        words = [_words(after, one) for one in new]
        were = [_words(before, one) for one in old]
        if len(new) == len(old) and all(words[one] == were[one] for one in range(len(old)) if one != place):
            return {word for word in words[place] - were[place] if _plain(word)}
    return set()


def _same_list(after: Sight, before: Sight, row: int) -> list[list[int]]:
    """The lists that have the same columns as the row's."""
    heads = [name for name, _, _ in before.heads(row)]
    return [rows for rows in after.tables() if [name for name, _, _ in after.heads(rows[0])] == heads]


def _words(sight: Sight, row: int) -> set[str]:
    return {sight.names[at] for at in sight.inside(row) if sight.names[at]}


def _plain(word: str) -> bool:
    return not _FIGURES.search(word) and not values.masked(word)
