"""Episodes as chapters of numbered steps, each with its picture. Pure.

Rules of this module: a guide is shorter than what was done. A click that only gave a field the keyboard is part of what
was written there; a slip that was put right is left out with what put it right, and counted. The picture is the masked
frame from before the act where frames were kept, else a drawing of what was listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from byhand.episodes.types import Action, Episode, Step, Target
from byhand.events.kinds import Numbered, Snapshot, Wireframe
from byhand.ui.guide.drawing import Drawing, Seen, around, drawn, framed, inside, listed, towards
from byhand.ui.guide.frames import Box, Cut, cuts
from byhand.ui.guide.telling import Piece, plain, tell, words
from byhand.ui.words import shown

_SETS = frozenset({"type", "select", "check", "uncheck"})
_REPAIRS = frozenset({"recovery", "correction"})
_PICTURED = frozenset({
    "click", "double_click", "triple_click", "right_click", "middle_click", "drag", "hover", "type", "select", "check",
    "uncheck", "upload",
})  # fmt: skip
_TITLE = 120


@dataclass(frozen=True, slots=True)
class Item:
    """A step of a guide. number: from 1 in its chapter."""

    number: int
    pieces: tuple[Piece, ...]
    picture: Drawing | None
    label: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """An episode. place: site or program it is done in. took_s: how long it took. slips: how many steps are left
    out.
    """

    title: str
    place: str
    took_s: float
    items: tuple[Item, ...]
    slips: int


@dataclass(frozen=True, slots=True)
class Guide:
    """when: the day it was recorded, as the reader is told it."""

    title: str
    when: str
    chapters: tuple[Chapter, ...]

    @property
    def steps(self) -> int:
        return sum(len(chapter.items) for chapter in self.chapters)

    @property
    def took_s(self) -> float:
        return sum(chapter.took_s for chapter in self.chapters)


def guide(episodes: Sequence[Episode], events: Sequence[Numbered], *, when: str) -> Guide:
    """A guide of one recording.

    Args:
        episodes: to tell, in order.
        events: of the recording, after the person's edits, with the numbers that the episodes know.
        when: the day it was recorded.

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    told = [(episode, *_kept(episode.steps)) for episode in episodes]
    sights = {one.seq: one.event for one in events if isinstance(one.event, Snapshot | Wireframe)}
    pictures = _Pictures(sights, [step for _, rows, _ in told for step, _ in rows], events)
    chapters = [
        Chapter(
            _title(episode), _place([step for step, _ in rows]), (episode.end_ns - episode.start_ns) / 1e9,
            tuple(_item(number, *row, pictures) for number, row in enumerate(rows, 1)), slips,
        )
        for episode, rows, slips in told
        if rows
    ]  # fmt: skip
    title = chapters[0].title if len(chapters) == 1 else "What was done, step by step"
    return Guide(title, when, tuple(chapters))


def _title(episode: Episode) -> str:
    said = shown(episode.instruction, _TITLE) or "What was done"
    return said[0].upper() + said[1:]


def _place(steps: Sequence[Step]) -> str:
    sites = dict.fromkeys(step.action.origin.partition("://")[2] or shown(step.action.app) for step in steps)
    return ", ".join([site for site in sites if site][:3])


def _kept(steps: Sequence[Step]) -> tuple[list[tuple[Step, int]], int]:
    """The steps to tell, each with how often it is done in a row; and how many slips are not told."""
    slips: set[int] = set()
    for place, step in enumerate(steps):
        if "redundant" in step.tags:
            slips.add(place)
        if "error" not in step.tags:
            continue
        if place + 1 < len(steps) and "recovery" in steps[place + 1].tags:
            slips |= {place, place + 1}
        elif step.action.op in _SETS and any(_is_same(step, other) for other in steps[place + 1 :]):
            slips.add(place)
    left = [step for place, step in enumerate(steps) if place not in slips and step.action.op != "wait"]
    told = [
        step for place, step in enumerate(left)
        if not (place + 1 < len(left) and step.action.op == "click" and _is_same(step, left[place + 1]))
    ]  # fmt: skip
    rows: list[tuple[Step, int]] = []
    for step in told:
        if rows and _is_again(rows[-1][0].action, step.action):
            rows[-1] = rows[-1][0], rows[-1][1] + 1
        else:
            rows.append((step, 1))
    return rows, len(slips)


def _is_again(action: Action, later: Action) -> bool:
    """Is it the same click once more?"""
    if (action.op, later.op) != ("click", "click") or action.target is None or later.target is None:
        return False
    return bool(action.target.selectors) and (action.target.selectors, action.tab, action.page) == (
        later.target.selectors, later.tab, later.page,
    )  # fmt: skip


def _is_same(step: Step, later: Step) -> bool:
    """Does the later one set what this one was about?"""
    mine, theirs = step.action, later.action
    if mine.target is None or theirs.target is None or theirs.op not in _SETS or not mine.target.node:
        return False
    return (mine.target.node, mine.tab, mine.frame, mine.page) == (
        theirs.target.node, theirs.tab, theirs.frame, theirs.page,
    )  # fmt: skip


def _item(number: int, step: Step, times: int, pictures: _Pictures) -> Item:
    pieces = tell(step.action)
    if times > 1:
        pieces = (*pieces, plain(f", {times} times"))
    picture = pictures.of(step)
    target = step.action.target
    label = f"Where to do it: {words(pieces)}" if target is not None else ""
    return Item(number, pieces, picture, label)


class _Pictures:
    """Pictures of steps."""

    def __init__(
        self, sights: Mapping[int, Snapshot | Wireframe], steps: Iterable[Step], events: Sequence[Numbered]
    ) -> None:
        self._sights = sights
        wanted: dict[int, list[Box]] = {}
        self._lists: dict[tuple[object, ...], Snapshot | Wireframe] = {}
        for step in steps:
            box = _box(step.action.target)
            if step.action.op in _PICTURED and box and (frame := _frame(step)) is not None:
                wanted.setdefault(frame, []).append(self._part(step, box))
            if (seen := self._list(step)) is not None:
                self._lists.setdefault(_where(step.action), seen)
        self._cuts: dict[tuple[int, Box], Cut] = cuts(events, wanted)

    def of(self, step: Step) -> Drawing | None:
        action = step.action
        box = _box(action.target)
        if action.op not in _PICTURED or box is None or action.target is None:
            return None
        to = _box(action.to) or ()
        seen = self._list(step)
        if seen is not None:
            self._lists[_where(action)] = seen
        else:  # what was listed there at another moment shows where it is all the same
            seen = self._lists.get(_where(action))
        part, scale = self._part(step, box), _scale(seen)
        frame = _frame(step)
        if frame is not None and (cut := self._cuts.get((frame, part))) is not None:
            return framed(cut, box, to, scale=scale)
        if seen is None:
            return None
        found, box = _placed(seen, action.target, box)
        whole = (seen.x, seen.y, round(seen.w * scale), round(seen.h * scale))
        shows = inside(towards(around(box, to, scale=scale), found, scale), whole)
        return drawn(found, shows, box, to, scale=scale)

    def _part(self, step: Step, box: Box) -> Box:
        return around(box, _box(step.action.to) or (), scale=_scale(self._list(step)))

    def _list(self, step: Step) -> Snapshot | Wireframe | None:
        """The newest list of where it was done, a browser's before a window's."""
        found: Snapshot | Wireframe | None = None
        for one in step.before:
            sight = self._sights.get(one.seq)
            if isinstance(sight, Snapshot) and (not step.action.frame or sight.frame == step.action.frame):
                return sight
            if isinstance(sight, Wireframe):
                found = sight
        return found


def _placed(seen: Snapshot | Wireframe, target: Target, box: Box) -> tuple[list[Seen], Box]:
    """What to draw, and where the target is in it: a page may have been scrolled since it was listed."""
    found = list(listed(seen))
    if isinstance(seen, Snapshot) and target.node in seen.nodes:
        return found, found[seen.nodes.index(target.node)].box
    if not any(one.box == box for one in found):
        found.append(Seen(target.aria or target.role, target.tag, target.name, "", target.holds, box))
    return found, box


def _box(target: Target | None) -> Box | None:
    if target is None or len(target.box) != 4 or target.box[2] <= 0 or target.box[3] <= 0:
        return None
    x, y, w, h = target.box
    return x, y, w, h


def _frame(step: Step) -> int | None:
    return next((one.seq for one in step.before if one.kind == "frame"), None)


def _scale(seen: Snapshot | Wireframe | None) -> float:
    return seen.scale if isinstance(seen, Snapshot) and seen.scale > 0 else 1.0


def _where(action: Action) -> tuple[object, ...]:
    return (action.tab, action.frame, action.origin, action.page, action.window)
