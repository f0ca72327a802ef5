"""From kept events to actions. Pure, the same each time, and quick: the pointer's path is never looked at one by one.

Rules of this module: it only names the passes and their order. A pass takes the recording and the actions so far, and
gives actions; it changes nothing. What is wrong with a recording is told as a `Problem`; no recording is refused.
`types.REDUCER` is raised with every change that gives other actions for the same events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from byhand.episodes.making import Pass
from byhand.episodes.passes.carried import carried
from byhand.episodes.passes.causes import causes
from byhand.episodes.passes.choices import choices
from byhand.episodes.passes.hovers import hovers
from byhand.episodes.passes.multiples import multiples
from byhand.episodes.passes.places import pages, places
from byhand.episodes.passes.presses import presses
from byhand.episodes.passes.scrolls import scrolls
from byhand.episodes.passes.strokes import strokes
from byhand.episodes.passes.typing import typing
from byhand.episodes.passes.waits import waits
from byhand.episodes.seen import Seen, look
from byhand.episodes.types import Action
from byhand.errors import Problem
from byhand.events.kinds import Monitor, Numbered

PASSES: tuple[Pass, ...] = (
    presses, carried, strokes, typing, scrolls, hovers, choices, multiples, causes, pages, places, waits,
)  # fmt: skip


class Reduced(NamedTuple):
    """Actions in the order in which they began."""

    actions: tuple[Action, ...]
    problems: tuple[Problem, ...]


def reduce(events: Iterable[Numbered], monitors: Sequence[Monitor] = ()) -> Reduced:
    """What a person did in a recording.

    Args:
        events: of one recording, numbered; in the order of their numbers, or put there.
        monitors: as its header tells them: how far a hand slips depends on the scale of the one it is on.
    """
    return reduced(look(events, monitors))


def reduced(seen: Seen) -> Reduced:
    """The same for a recording that is laid out already."""
    acts: list[Action] = []
    problems: list[Problem] = []
    for one in PASSES:
        acts, wrong = one(seen, acts)
        problems += wrong
    return Reduced(tuple(acts), tuple(problems))
