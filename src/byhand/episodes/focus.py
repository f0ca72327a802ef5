"""Who had the keyboard, and which modifiers were held, at each place of a recording. Pure.

A browser and the desktop may both tell of one focus; the browser knows more, so for a moment after it the desktop's
word adds nothing. A press on a field gives it the keyboard, whoever is late to say so.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from byhand.episodes.making import is_field, target, where
from byhand.episodes.seen import Seen
from byhand.episodes.types import Action, Target
from byhand.events.kinds import Element, Window
from byhand.events.time import MS

_BESIDE_NS = 300 * MS


@dataclass(frozen=True, slots=True)
class Holder:
    """target: None where nobody said who has it. about: its page, as fields of an action."""

    target: Target | None
    about: dict[str, Any]

    def same(self, other: Holder) -> bool:
        """One that is not known may be the other."""
        mine, theirs = self.target, other.target
        if mine is None or theirs is None or mine.source != theirs.source:
            return True
        if mine.node or theirs.node:
            return (mine.node, self.about) == (theirs.node, other.about)
        return (mine.role, mine.name, mine.box) == (theirs.role, theirs.name, theirs.box)


NOBODY = Holder(None, {})


class Focus:
    """Asked by place.

    Args:
        acts: presses, with their targets.
    """

    def __init__(self, seen: Seen, acts: Sequence[Action]) -> None:
        self._seqs: list[int] = []
        self._holders: list[Holder] = []
        told_ns = -_BESIDE_NS
        fields = ((act.first, act) for act in acts if act.op != "drag" and is_field(act.target))
        front = 0
        events = heapq.merge(
            ((seq, element) for seq, element in seen.elements if element.why == "focus"), fields, seen.windows,
            key=lambda one: one[0],
        )  # fmt: skip
        for seq, told in events:
            if isinstance(told, Window):
                if told.change == "focus" and told.window != front:
                    front = told.window
                    self._add(seq, NOBODY)
            elif isinstance(told, Element):
                if told.source == "browser":
                    told_ns = told.mono_ns
                elif told.mono_ns - told_ns < _BESIDE_NS:
                    continue
                self._add(seq, Holder(target(told), where(told)))
            else:
                about = {"origin": told.origin, "page": told.page, "tab": told.tab, "frame": told.frame}
                self._add(seq, Holder(told.target, about))

    def _add(self, seq: int, holder: Holder) -> None:
        self._seqs.append(seq)
        self._holders.append(holder)

    def at(self, seq: int) -> Holder:
        place = bisect_right(self._seqs, seq)
        return self._holders[place - 1] if place else NOBODY
