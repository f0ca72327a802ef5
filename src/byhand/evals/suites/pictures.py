"""Does it tell from pictures what was done? On changes of recordings that say it themselves, beside frame differencing.

Rules of this module: of a recording that it learned from only what is kept for tests is asked about. A place is judged
by the box of what was really acted on. What differencing does stands in the same run: the middle of the largest patch
that changed, and always the commonest act. Changes of one episode hang together, so intervals are a little narrow.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from byhand.datasets.formats.port import Demonstration
from byhand.datasets.store import Dataset
from byhand.evals.suites.offline import Share, share
from byhand.models.pictures.acts import LENGTHS, NONE, OPS, PLACED, Act, Point
from byhand.models.pictures.changes import patches
from byhand.models.pictures.inferring import SURE, Guess, Inferring
from byhand.models.pictures.pairs import COVERED, UNPICTURED, UNSEEN, pairs
from byhand.models.pictures.shown import Shown, plainly

NEAR_PX = (10, 20)
COMMONEST = OPS.index("click")


class Places(msgspec.Struct, frozen=True):
    """Of acts that have a place: inside the box of what was acted on, and within so many pixels of it."""

    inside: Share
    near: dict[str, Share]


class Pictures(msgspec.Struct, frozen=True):
    """op: the right kind, of all changes; always: what saying the commonest kind each time comes to. hands: was it a
    person's act, or nobody's? place, differencing: where, whatever it said was done; the same by differencing. right:
    kind and place of a person's act. said, said_right: as `byhand label` says it: how many of a person's acts are said
    at all, and how many of what is said is right. by_op: `op` of each. down, length: which way it was scrolled, how
    much typed. seen: how many acts of a person left a change to ask about; left: the others, by reason.
    """

    op: Share
    always: Share
    hands: Share
    place: Places
    differencing: Places
    right: Share
    said: Share
    said_right: Share
    by_op: dict[str, Share]
    down: Share
    length: Share
    seen: Share
    left: dict[str, int]
    sure: float = SURE


class _Asked(NamedTuple):
    """Places are in pixels of what was shown."""

    act: Act
    guess: Guess
    largest: Point

    @property
    def right(self) -> bool:
        placed = OPS[self.act.op] in PLACED and _judged(self.act)
        return self.guess.op == self.act.op and (not placed or _away(self.guess.point, self.act) == 0)

    @property
    def sure(self) -> float:
        return self.guess.sure_of(OPS[self.guess.op])


def measure(
    asked: Inferring, datasets: Iterable[Dataset], learned: frozenset[str] = frozenset(), sure: float = SURE
) -> Pictures:
    """Ask about each change.

    Args:
        asked: who is asked.
        datasets: with pictures.
        learned: recordings (pseudonyms) it learned from.
        sure: what `byhand label` says at least.
    """
    left: Counter[str] = Counter()
    all_of: list[_Asked] = []
    for one in datasets:
        for pair in pairs(_fresh(one, learned), left):
            shown = plainly(pair)
            all_of.append(_Asked(shown.act, asked.guess(shown.before, shown.after), largest(shown)))
    return _told(all_of, left, sure)


def _fresh(dataset: Dataset, learned: frozenset[str]) -> Iterator[Demonstration]:
    for split in ("train", "validation", "test"):
        for one in dataset.demonstrations(split):
            if split == "test" or one.episode.recording not in learned:
                yield one


def _told(all_of: Sequence[_Asked], left: Counter[str], sure: float) -> Pictures:
    hands = [one for one in all_of if one.act.op != NONE]
    placed = [one for one in hands if _judged(one.act)]
    said = [one for one in all_of if one.guess.op != NONE and one.sure >= sure]
    by_op: defaultdict[str, list[bool]] = defaultdict(list)
    for one in all_of:
        by_op[OPS[one.act.op]].append(one.guess.op == one.act.op)
    seen = [True] * len(hands) + [False] * (left[UNSEEN] + left[COVERED] + left[UNPICTURED])
    return Pictures(
        share(one.guess.op == one.act.op for one in all_of), share(one.act.op == COMMONEST for one in all_of),
        share((one.guess.op == NONE) == (one.act.op == NONE) for one in all_of),
        _places([(one.guess.point, one.act) for one in placed]), _places([(one.largest, one.act) for one in placed]),
        share(one.right for one in hands), share(one.guess.op != NONE and one.sure >= sure for one in hands),
        share(one.right for one in said), {name: share(hits) for name, hits in sorted(by_op.items())},
        share(one.guess.down == bool(one.act.down) for one in hands if one.act.down >= 0),
        share(one.guess.length == one.act.length for one in hands if 0 <= one.act.length <= len(LENGTHS)),
        share(seen), {why: count for why, count in left.items() if count}, sure,
    )  # fmt: skip


def _judged(act: Act) -> bool:
    """Is it known what it was done to?"""
    return act.box is not None and act.op != NONE


def _places(points: Sequence[tuple[Point, Act]]) -> Places:
    away = [_away(point, act) for point, act in points]
    return Places(
        share(far == 0 for far in away), {str(most): share(far <= most for far in away) for most in NEAR_PX}
    )  # fmt: skip


def _away(point: Point, act: Act) -> float:
    """Pixels from the box; 0 inside."""
    assert act.box is not None
    x, y, w, h = act.box
    return math.hypot(max(x - point[0], 0.0, point[0] - (x + w)), max(y - point[1], 0.0, point[1] - (y + h)))


def largest(shown: Shown) -> Point:
    """What differencing means: the middle of the largest patch that changed."""
    patch = patches(shown.before, shown.after)[0]
    return patch.x, patch.y
