"""Where an episode ended, and whether a page stands there now: two lists of what could be seen, compared. Pure.

Rules of this module: only what changed during the episode counts, so that a page may have grown elsewhere since. What
the guard withheld in the recording ("") fits anything. Places and the focus don't count: a window of another size, or a
pointer that came another way, is no other end. A reason never tells a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from byhand.datasets.formats.port import Demonstration
from byhand.events.kinds import Snapshot
from byhand.privacy.rules import aria, fields

_MOVES = re.compile(r"\d")
_PASSING = frozenset({"focused"})
_HOLES = re.compile(r"\\\{(?:word|id)\\\}|\\\.\\\.\\\.")


class Thing(NamedTuple):
    """An element as far as it is compared."""

    role: str
    tag: str
    name: str
    states: tuple[str, ...]
    holds: str

    def fits(self, now: Thing) -> bool:
        """Is that one what this one was?"""
        return (
            (self.role, self.tag, self.states) == (now.role, now.tag, now.states)
            and self.name in ("", now.name)
            and self.holds in ("", now.holds)
        )


class End(NamedTuple):
    """What must be seen at an episode's end.

    after: how many steps were done when it was seen; a page is listed before an act, so it may be one less than all.
    origin, page: where; a template. things: what changed. gone: what was there and no longer is.
    """

    after: int
    origin: str
    page: str
    things: tuple[Thing, ...]
    gone: tuple[Thing, ...]


def end(demonstration: Demonstration) -> End | None:
    """None where nothing was kept that could be compared."""
    steps = demonstration.episode.steps
    if not steps:
        return None
    first = corner(demonstration)
    last, after = _last(demonstration)
    if first is None or last is None:
        return None
    same = first.tab == last.tab and (first.origin, first.page) == (last.origin, last.page)
    before = dict(_things(first)) if same else {}
    now = dict(_things(last))
    changed = tuple(one for node, one in now.items() if before.get(node) != one)
    left = Counter(now.values())
    gone = tuple(one for node, one in before.items() if node not in now and one.name and not left[one])
    return End(after, last.origin, last.page, changed, gone)


def corner(demonstration: Demonstration) -> Snapshot | None:
    """The first list of the episode: its viewport's size and corner are those of the window it was done in."""
    steps = demonstration.episode.steps
    pages = _pages(demonstration)
    seen = (one.seq for step in steps for one in (*step.before, *step.after))
    return next((pages[seq] for seq in seen if seq in pages), None)


def _last(demonstration: Demonstration) -> tuple[Snapshot | None, int]:
    """The newest list that was not made while something was done, and how many steps were done by then."""
    steps = demonstration.episode.steps
    listed = {one.seq: one for step in steps for one in (*step.before, *step.after)}
    pages = _pages(demonstration)
    for one in sorted(listed.values(), key=lambda one: one.mono_ns, reverse=True):
        if one.seq not in pages:
            continue
        # Drawn times fall together: what was seen before a step was so, also at the very time it began.
        earlier = [step.action for step in steps if all(seen.seq != one.seq for seen in step.before)]
        done = sum(act.end_ns <= one.mono_ns for act in earlier)
        begun = sum(act.start_ns <= one.mono_ns for act in earlier)
        if done == begun:
            return pages[one.seq], done
    return None, 0


def differs(wanted: End, now: Snapshot) -> str:
    """Why the page is not where the episode ended, in one sentence; "" if it is."""
    if wanted.origin and not _there(wanted, now):
        return "another page is open than the one it ended on"
    left = [one for _, one in _things(now)]
    for one in sorted(wanted.things, key=lambda one: not one.name):
        found = next((place for place, other in enumerate(left) if one.fits(other)), None)
        if found is None:
            return f"{_called(one)} that was there at the end is not there, or is in another state"
        del left[found]
    for one in wanted.gone:
        if one in left:
            return f"{_called(one)} is still there that was gone at the end"
    return ""


def _pages(demonstration: Demonstration) -> dict[int, Snapshot]:
    """Lists of pages, and not of what lies in their frames: frames are numbered as they come, a tab's page first."""
    listed = {seq: one for seq, one in demonstration.sights.items() if isinstance(one, Snapshot)}
    tops: dict[int, int] = {}
    for one in listed.values():
        tops[one.tab] = min(one.frame, tops.get(one.tab, one.frame))
    return {seq: one for seq, one in listed.items() if one.frame == tops[one.tab]}


def _things(seen: Snapshot) -> Iterator[tuple[int, Thing]]:
    """By their numbers in the document. Figures that may run by themselves, like a clock's, are no part of a name."""
    columns = zip(seen.nodes, seen.roles, seen.tags, seen.names, seen.states, seen.holds, strict=False)
    for node, role, tag, name, states, holds in columns:
        known = tuple(sorted(set(fields.states(states.split())) - _PASSING))
        still = "" if role == "text" and _MOVES.search(name) else " ".join(name.split())
        yield node, Thing(aria.role(role), aria.tag(tag), still, known, aria.holds(holds))


def _there(wanted: End, now: Snapshot) -> bool:
    """An origin may be a pattern of the policy's; a page is a template, and its query was not kept."""
    origin = re.escape(wanted.origin).replace(r"\*", r"[^/]+")
    page = _HOLES.sub(lambda hole: ".*" if hole[0].startswith(r"\.") else "[^/]+", re.escape(wanted.page))
    return re.fullmatch(origin, now.origin) is not None and re.fullmatch(page, now.page.partition("?")[0]) is not None


def _called(one: Thing) -> str:
    what = one.role or one.tag or "thing"
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"
