"""What could be seen before an action, and after it. Pure.

Before: the newest of each kind from when the act had not begun: not even the pointer's approach, which lights up what
it passes over. A browser's list that was sent with a press is from before it. Of a page only the action's own tab
counts, and nothing from before a gap. After: the first of each kind that stays, before the next act.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any, Literal

from byhand.episodes.passes.presses import BREAKS
from byhand.episodes.seen import Placed, Seen
from byhand.episodes.types import Action, Observation
from byhand.events.time import MS

_STILL_NS = 150 * MS  # what is followed by another within this was still changing
_BACK = 50  # so many are looked through for one of the right tab
_POINTED = frozenset({"click", "double_click", "triple_click", "right_click", "middle_click", "drag", "select", "check",
                      "uncheck", "upload"})  # fmt: skip
_Kind = Literal["snapshot", "frame", "wireframe"]


class Sights:
    """Asked for each action, with the next one's beginning."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        kinds: tuple[tuple[_Kind, list[Placed[Any]]], ...] = (
            ("snapshot", _by_time(seen.snapshots)), ("frame", _by_time(seen.frames)),
            ("wireframe", _by_time(seen.wireframes)),
        )  # fmt: skip
        self._kinds: list[tuple[_Kind, list[Placed[Any]], list[int]]] = [
            (kind, sights, [int(event.mono_ns) for _, event in sights]) for kind, sights in kinds
        ]
        self._breaks = [one.mono_ns for _, one in seen.marks if one.what in BREAKS]

    def begins(self, act: Action) -> int:
        """When its first sign could be seen."""
        return self._seen.approach(act.first, act.start_ns) if act.op in _POINTED else act.start_ns

    def before(self, act: Action) -> tuple[Observation, ...]:
        began = self.begins(act)
        place = bisect_right(self._breaks, act.start_ns)
        since = self._breaks[place - 1] if place else -1
        found: list[Observation] = []
        # Of what has the very time of a key it is only known to be from before it where it was told before it: drawn
        # times fall together. What was sent with a press is told after it.
        pressed = act.op in _POINTED and act.why != "choice.keys"
        for kind, sights, times in self._kinds:
            own = _own(kind, act)
            end = bisect_right(times, act.start_ns)
            for at in range(end - 1, max(-1, end - 1 - _BACK), -1):
                seq, event = sights[at]
                sent = event.why in ("press", "before")
                if event.mono_ns < since:
                    break
                if not pressed and seq > act.first and event.mono_ns == act.start_ns:
                    continue
                if (event.mono_ns <= began or sent) and seq <= act.last and own(event):
                    found.append(Observation(kind, seq, event.mono_ns))
                    break
        return tuple(found)

    def after(self, act: Action, until_ns: int) -> tuple[Observation, ...]:
        found: list[Observation] = []
        for kind, sights, times in self._kinds:
            own = _own(kind, act)
            start, end = bisect_left(times, act.end_ns), bisect_left(times, until_ns)
            mine = [one for one in sights[start : min(end, start + _BACK)] if one[0] > act.first and own(one[1])]
            for place, (seq, event) in enumerate(mine):
                if place + 1 == len(mine) or mine[place + 1][1].mono_ns - event.mono_ns > _STILL_NS:
                    found.append(Observation(kind, seq, event.mono_ns))
                    break
        return tuple(found)


def _by_time(sights: Sequence[Placed[Any]]) -> list[Placed[Any]]:
    """A list is told when it is sent, and stamped when it was made."""
    return sorted(sights, key=lambda one: one[1].mono_ns)


def _own(kind: _Kind, act: Action) -> Callable[[Any], bool]:
    if kind == "snapshot" and act.op == "scroll" and not act.frame:
        return lambda event: (not act.tab or event.tab == act.tab) and _shows(event, act)
    if kind == "snapshot" and act.tab:
        return lambda event: event.tab == act.tab and (event.frame == act.frame or not act.frame)
    if kind == "wireframe" and act.window:
        return lambda event: event.window in (0, act.window)
    return lambda _: True


def _shows(event: Any, act: Action) -> bool:
    """Was the pointer over that page, or frame of it? A wheel does not say what it was turned over."""
    right, below = event.x + event.w * event.scale, event.y + event.h * event.scale
    return event.x <= act.x < right and event.y <= act.y < below
