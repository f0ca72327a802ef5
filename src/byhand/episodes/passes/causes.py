"""What an act brought about by itself is told with it: a form that is sent, a text that is copied or pasted."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.making import Made, ordered, walk, widened
from byhand.episodes.seen import Seen
from byhand.episodes.types import Action
from byhand.events.time import MS

_CAUSED_NS = {"submit": 1_500 * MS, "copy": 1_000 * MS, "cut": 1_000 * MS, "paste": 1_000 * MS}


def causes(seen: Seen, acts: Sequence[Action]) -> Made:
    """Elements `submit`, `copy`, `cut` and `paste` go to the act before them; without one a script did it."""
    done: list[Action] = []
    for seq, element in walk(acts, (one for one in seen.elements if one[1].why in _CAUSED_NS), done):
        if done and element.mono_ns - done[-1].end_ns <= _CAUSED_NS[element.why]:
            done[-1] = widened(done[-1], [seq])
    return ordered(done), []
