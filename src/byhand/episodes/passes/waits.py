"""More than two seconds in which nothing was done, until something else could be seen: somebody waited for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from byhand.episodes.making import Made, ordered
from byhand.episodes.seen import Placed, Seen
from byhand.episodes.types import Action
from byhand.events.time import MS

WAIT_NS = 2_000 * MS
_MOST_NS = 60_000 * MS  # whoever rests longer was elsewhere


def waits(seen: Seen, acts: Sequence[Action]) -> Made:
    """Between two acts, at the first thing that changed late enough."""
    appeared = _appeared(seen)
    times = [one.mono_ns for _, one in appeared]
    made: list[Action] = []
    end_ns = 0
    for place, act in enumerate(acts):
        end_ns = max(end_ns, act.end_ns)
        made.append(act)
        if place + 1 == len(acts) or act.op == "wait":
            continue
        next_ns = acts[place + 1].start_ns
        if not WAIT_NS < next_ns - end_ns <= _MOST_NS:
            continue
        at = bisect_right(times, end_ns + WAIT_NS)
        if at < len(appeared) and times[at] < next_ns and acts[place + 1].op not in ("navigate", "tab", "window"):
            ns = times[at]
            seq = min(max(appeared[at][0], act.last), acts[place + 1].first)
            made.append(Action("wait", end_ns, ns, seq, seq, (), "wait.appeared", tab=act.tab, origin=act.origin,
                               page=act.page))  # fmt: skip
    return ordered(made), []


def _appeared(seen: Seen) -> list[Placed[Any]]:
    """What shows that something changed: another list of a page, another page, something that opened."""
    found: list[Placed[Any]] = [one for one in seen.elements if one[1].why == "open"]
    found += [one for one in seen.pages if one[1].what == "loaded"]
    last: dict[tuple[int, int, int], tuple[Any, ...]] = {}
    for seq, shot in seen.snapshots:
        key, now = (shot.tab, shot.frame, 0), (shot.roles, shot.names, shot.states, shot.holds)
        if last.get(key, now) != now:
            found.append((seq, shot))
        last[key] = now
    for seq, wire in seen.wireframes:
        key, now = (0, 0, wire.window), (wire.roles, wire.names, wire.places)
        if last.get(key, now) != now:
            found.append((seq, wire))
        last[key] = now
    return sorted(found, key=lambda one: one[1].mono_ns)
