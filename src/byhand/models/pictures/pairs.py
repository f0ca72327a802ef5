"""Episodes that have pictures become pairs: a picture, the next one, and what a person did between them.

Rules of this module: pictures follow each other as the recorder kept them, so a model learns from what it will be
shown. Where several acts lie between two of them the last one is meant: what it did is what is seen. An act after which
nothing looked otherwise is counted, and no pair: nobody could tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from byhand.datasets.formats.port import Demonstration, Picture
from byhand.episodes.types import Action, Episode, Observation
from byhand.models.arrays import Bytes
from byhand.models.pictures import changes
from byhand.models.pictures.acts import NONE, NOTHING, Act, seen
from byhand.models.pictures.changes import Part

UNSEEN = "nothing looked otherwise after it"
UNPICTURED = "no picture of the screen was kept before and after it"
COVERED = "another act followed before the next picture"
JITTER = 64
"""Pixels kept around a part, so that it can be shown a little aside."""


class Pair(NamedTuple):
    """part: with `JITTER` around it. episode, task, recording: what it came from."""

    part: Part
    act: Act
    episode: str
    task: str
    recording: str


def pairs(demonstrations: Iterable[Demonstration], left: Counter[str]) -> Iterator[Pair]:
    """Of all episodes, in order.

    Args:
        demonstrations: with their sights.
        left: how many acts no pair was made of, by reason; added to.
    """
    for one in demonstrations:
        yield from _of(one, left)


def _of(one: Demonstration, left: Counter[str]) -> Iterator[Pair]:
    episode = one.episode
    strip = _strip(episode, one.sights)
    seqs = [seq for seq, _ in strip]
    done = between(episode, frozenset(seqs), left)
    shown: Bytes | None = None
    for place, (_, picture) in enumerate(strip):
        before, shown = shown, changes.opened(picture)
        acts = done.get(seqs[place - 1], []) if place else []
        if before is None:
            continue
        x, y = strip[place - 1][1].x, strip[place - 1][1].y
        box = changes.changed(before, shown)
        hands = [act for act in map(seen, acts) if act.op != NONE]
        if box is None:
            left[UNSEEN] += len(hands)
            continue
        left[COVERED] += max(0, len(hands) - 1)
        part = changes.part(before, shown, box, more=JITTER)
        act = _moved(hands[-1], -x, -y) if hands else NOTHING
        yield Pair(part, act, episode.id, episode.instruction, episode.recording)
    left[UNSEEN] += sum(_by_hand(act) for act in done.get(seqs[-1], [])) if seqs else 0


def _strip(episode: Episode, sights: Mapping[int, object]) -> list[tuple[int, Picture]]:
    """Its pictures, in order."""
    named = {one.seq for step in episode.steps for one in (*step.before, *step.after) if one.kind == "frame"}
    found = ((seq, sights.get(seq)) for seq in sorted(named))
    return [(seq, sight) for seq, sight in found if isinstance(sight, Picture)]


def between(episode: Episode, seqs: AbstractSet[int], left: Counter[str]) -> dict[int, list[Action]]:
    """What was done after each picture and before the next. A picture that was taken as a button went down shows what
    was there before: which that is, the step says. What the last act came to was there before the next one, too.

    Args:
        episode: with steps that name pictures.
        seqs: the pictures there are, by their places in the recording.
        left: acts before the first picture; added to.
    """
    done: dict[int, list[Action]] = {}
    before = -1
    for step in episode.steps:
        before = max(before, _newest(step.before, seqs))
        if before < 0:
            left[UNPICTURED] += _by_hand(step.action)
        else:
            done.setdefault(before, []).append(step.action)
        before = max(before, _newest(step.after, seqs))
    return done


def _newest(seen: Iterable[Observation], seqs: AbstractSet[int]) -> int:
    return max((one.seq for one in seen if one.kind == "frame" and one.seq in seqs), default=-1)


def _by_hand(action: Action) -> bool:
    return seen(action).op != NONE


def _moved(act: Act, x: int, y: int) -> Act:
    """From the desktop to the picture."""
    if not (x or y):
        return act
    point = (act.point[0] + x, act.point[1] + y) if act.point else None
    to = (act.to[0] + x, act.to[1] + y) if act.to else None
    box = (act.box[0] + x, act.box[1] + y, act.box[2], act.box[3]) if act.box else None
    return act._replace(point=point, to=to, box=box)
