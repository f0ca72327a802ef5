"""Scrolls that follow each other one way, over one thing, are one; a browser tells what they moved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from byhand.episodes.making import Made, action, ordered, target, where, widened
from byhand.episodes.seen import Placed, Seen
from byhand.episodes.types import Action
from byhand.events.kinds import Element, Scroll
from byhand.events.time import MS

_NEXT_NS = 1_500 * MS
_BURST_NS = 150 * MS  # a wheel that stood still for longer may turn something else
_LATE_NS = 500 * MS  # so late a browser may tell what moved: what a page does first takes time


def scrolls(seen: Seen, acts: Sequence[Action]) -> Made:
    """One for each way, until a rest, a turn, another thing or another act."""
    made: list[Action] = []
    begins = [act.first for act in acts]
    moved = _moved(seen)
    at = 0
    row: list[Placed[Scroll]] = []
    what: list[Placed[Element]] = []
    for seq, scroll in seen.scrolls:
        acted = at
        while at < len(begins) and begins[at] < seq:
            at += 1
        told = moved.get(seq, [])
        why = _ends(row, scroll, acted=at > acted) if row else ""
        if row and not why and what and told and not _same(what[0][1], told[0][1]):
            why = "scroll.elsewhere"
        if why:
            made.append(_made(row, what, why))
            row, what = [], []
        row.append((seq, scroll))
        what += told
    if row:
        made.append(_made(row, what, "scroll.rest"))
    return ordered([*acts, *made]), []


def _moved(seen: Seen) -> dict[int, list[Placed[Element]]]:
    """What moved, by the scroll it began with. A browser alone tells both at once, beside a desktop it is late."""
    told = [one for one in seen.elements if one[1].why == "scroll"]
    if not told:
        return {}
    rolls = sorted(seen.scrolls, key=lambda one: one[1].mono_ns)
    times = [scroll.mono_ns for _, scroll in rolls]
    found: dict[int, list[Placed[Element]]] = {}
    after = -1
    for seq, element in told:
        place = bisect_right(times, element.mono_ns) - 1
        if place < 0 or element.mono_ns - times[place] > _LATE_NS:
            continue
        first = place
        while first - 1 > after and _one_burst(rolls[first - 1][1], rolls[first][1]):
            first -= 1
        found.setdefault(rolls[first][0], []).append((seq, element))
        after = max(after, place)
    return found


def _one_burst(one: Scroll, other: Scroll) -> bool:
    return other.mono_ns - one.mono_ns <= _BURST_NS and one.dx * other.dx >= 0 and one.dy * other.dy >= 0


def _same(one: Element, other: Element) -> bool:
    return (one.tab, one.frame, one.node) == (other.tab, other.frame, other.node)


def _ends(row: list[Placed[Scroll]], scroll: Scroll, *, acted: bool) -> str:
    """Why what was scrolled until now is over, or ""."""
    last = row[-1][1]
    if acted:
        return "scroll.another_act"
    if scroll.mono_ns - last.mono_ns > _NEXT_NS:
        return "scroll.rest"
    return "scroll.turned" if last.dx * scroll.dx < 0 or last.dy * scroll.dy < 0 else ""


def _made(row: list[Placed[Scroll]], what: list[Placed[Element]], why: str) -> Action:
    (seq, first), (_, last) = row[0], row[-1]
    act = action("scroll", seq, first, why, x=first.x, y=first.y, injected=first.injected)
    seqs = [seq for seq, _ in (*row, *what)]
    about = {"target": target(what[0][1]), **where(what[0][1])} if what else {}
    return widened(
        act, seqs, last.mono_ns,
        dx=round(sum(one.dx for _, one in row), 6), dy=round(sum(one.dy for _, one in row), 6), **about,
    )  # fmt: skip
