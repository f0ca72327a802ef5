"""Scrolls that follow each other one way are one."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.making import Made, action, ordered, widened
from byhand.episodes.seen import Seen
from byhand.episodes.types import Action
from byhand.events.kinds import Scroll
from byhand.events.time import MS

_NEXT_NS = 1_500 * MS


def scrolls(seen: Seen, acts: Sequence[Action]) -> Made:
    """One for each way, until a rest, a turn or another act."""
    made: list[Action] = []
    begins = [act.first for act in acts]
    at = 0
    row: list[tuple[int, Scroll]] = []
    for seq, scroll in seen.scrolls:
        acted = at
        while at < len(begins) and begins[at] < seq:
            at += 1
        why = _ends(row, scroll, acted=at > acted) if row else ""
        if why:
            made.append(_made(row, why))
            row = []
        row.append((seq, scroll))
    if row:
        made.append(_made(row, "scroll.rest"))
    return ordered([*acts, *made]), []


def _ends(row: list[tuple[int, Scroll]], scroll: Scroll, *, acted: bool) -> str:
    """Why what was scrolled until now is over, or ""."""
    last = row[-1][1]
    if acted:
        return "scroll.another_act"
    if scroll.mono_ns - last.mono_ns > _NEXT_NS:
        return "scroll.rest"
    return "scroll.turned" if last.dx * scroll.dx < 0 or last.dy * scroll.dy < 0 else ""


def _made(row: list[tuple[int, Scroll]], why: str) -> Action:
    (seq, first), (_, last) = row[0], row[-1]
    act = action("scroll", seq, first, why, x=first.x, y=first.y, injected=first.injected)
    return widened(
        act, (seq for seq, _ in row), last.mono_ns,
        dx=round(sum(one.dx for _, one in row), 6), dy=round(sum(one.dy for _, one in row), 6),
    )  # fmt: skip
