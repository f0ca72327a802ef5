"""A recording laid out for the reducer: its events by kind, each with its place. Pure.

Rules of this module: nothing is copied and nothing decided. The pointer's path is the bulk of a recording, so of its
events only the places are kept; whoever needs a path reads it there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Event,
    Frame,
    Key,
    Mark,
    Monitor,
    Motion,
    Numbered,
    Page,
    Scroll,
    Snapshot,
    Text,
    Window,
    Wireframe,
)
from byhand.events.time import MS

E = TypeVar("E", bound=Event)
Placed = tuple[int, E]
"""An event with its place in the recording."""

STILL_PX = 8
"""So far a hand slips while it presses, in pixels at scale 1."""
_APPROACH_NS = 250 * MS
_MOST_APPROACH_NS = 5_000 * MS


@dataclass(frozen=True, slots=True)
class Seen:
    """See the module. All lists are in the order of places."""

    events: Sequence[Numbered] = field(repr=False)
    monitors: tuple[Monitor, ...]
    keys: list[Placed[Key]]
    buttons: list[Placed[Button]]
    scrolls: list[Placed[Scroll]]
    windows: list[Placed[Window]]
    elements: list[Placed[Element]]
    marks: list[Placed[Mark]]
    texts: list[Placed[Text]]
    pages: list[Placed[Page]]
    snapshots: list[Placed[Snapshot]]
    frames: list[Placed[Frame]]
    wireframes: list[Placed[Wireframe]]
    motion: list[int]

    @property
    def last(self) -> int:
        """The last place, -1 in an empty recording."""
        return self.events[-1].seq if self.events else -1

    def scale(self, x: int, y: int) -> float:
        """Device pixels per logical pixel where a press was."""
        for one in self.monitors:
            if one.x <= x < one.x + one.w and one.y <= y < one.y + one.h:
                return one.scale
        return 1.0

    def path(self, first: int, last: int, since_ns: int) -> tuple[int, ...]:
        """x, y and ms since then of each motion between two places."""
        events, motion = self.events, self.motion
        start = bisect_right(motion, first, key=lambda place: events[place].seq)
        end = bisect_left(motion, last, key=lambda place: events[place].seq)
        found: list[int] = []
        for place in motion[start:end]:
            event: Any = events[place].event
            found += (event.x, event.y, (event.mono_ns - since_ns) // MS)
        return tuple(found)

    def approach(self, seq: int, mono_ns: int) -> int:
        """When the pointer set out for the press of that place; its own time where no path is kept."""
        events, motion = self.events, self.motion
        place = bisect_left(motion, seq, key=lambda place: events[place].seq) - 1
        began = mono_ns
        while place >= 0:
            moved = events[motion[place]].event.mono_ns
            if began - moved > _APPROACH_NS or mono_ns - moved > _MOST_APPROACH_NS:
                break
            began, place = moved, place - 1
        return began


_LISTS = (Key, Button, Scroll, Window, Element, Mark, Text, Page, Snapshot, Frame, Wireframe)


def look(events: Iterable[Numbered], monitors: Sequence[Monitor] = ()) -> Seen:
    """Sort a recording's events by kind.

    Args:
        events: of one recording; put in the order of their places if they aren't.
        monitors: as the header tells them.
    """
    whole = events if isinstance(events, list) else list(events)
    if any(one.seq > other.seq for one, other in pairwise(whole)):
        whole = sorted(whole, key=lambda one: one.seq)
    motion: list[int] = []
    lists: dict[type, list[tuple[int, AnyEvent]]] = {kind: [] for kind in _LISTS}
    moved = motion.append
    for place, one in enumerate(whole):
        event = one.event
        kind = type(event)
        if kind is Motion:
            moved(place)
        else:
            lists[kind].append((one.seq, event))
    sorted_lists: Any = [lists[kind] for kind in _LISTS]
    keys, buttons, scrolls, windows, elements, marks, texts, pages, snapshots, frames, wireframes = sorted_lists
    return Seen(
        whole, tuple(monitors), keys, buttons, scrolls, windows, elements, marks, texts, pages, snapshots, frames,
        wireframes, motion,
    )  # fmt: skip
