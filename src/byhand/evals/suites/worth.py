"""Does data pay? Two models are learned alike, one with it and one without, and do the same tasks with the same seeds.

Rules of this module: nothing of the models is written, and nobody gets to use them. They are learned with the same
seed, network and passes. Seeds of tasks are those for tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from byhand.evals.necessity import Case, Learned
from byhand.evals.suites.miniwob import Plays
from byhand.models.deciding import Deciding
from byhand.models.learning import Split, fitted_heat
from byhand.models.training import Plan, Training, chords_of, ready

Told = Callable[[str, float], None]


class Asking(NamedTuple):
    """tasks: by name. episodes: of each, from `seed_from` on. learnings: seeds, for each of which a pair of models is
    learned.
    """

    tasks: tuple[str, ...]
    episodes: int
    seed_from: int
    learnings: tuple[int, ...]


def learned(split: Split, plan: Plan, name: str, told: Callable[[float], None] = lambda _: None) -> Deciding:
    """A model that is only here.

    Raises:
        LearnError: see `Training`.
    """
    chords = chords_of(split.learned)
    plan = msgspec.structs.replace(plan, shape=msgspec.structs.replace(plan.shape, chords=chords))
    held = ready(split.held)
    network = Training(ready(split.learned), held, plan).run(lambda progress: told(progress.share))
    return Deciding(network, name, split.observer, fitted_heat(network, held, chords))


def of(split: Split, sources: Sequence[str]) -> Learned:
    """What a model of it is told to have learned from."""
    return Learned(tuple(sources), len(split.learned), len({one.episode for one in split.learned}))


def measure(
    before: Split, after: Split, plan: Plan, asking: Asking, play: Plays, told: Told = lambda _, __: None
) -> Iterator[Case]:
    """All cases, one after the other.

    Args:
        before: without the data in question.
        after: with it.
        plan: how both are learned, but for the seed.
        asking: on what they are judged.
        play: does one task with one seed.
        told: what is done now, and how far that is.

    Raises:
        LearnError: see `Training`.
    """
    total = len(asking.learnings) * len(asking.tasks) * asking.episodes
    done = 0
    for seed in asking.learnings:
        own = msgspec.structs.replace(plan, seed=seed)
        without = learned(before, own, "without it", lambda share: told("learning without it", share))
        given = learned(after, own, "with it", lambda share: told("learning with it", share))
        for task in asking.tasks:
            for number in range(asking.seed_from, asking.seed_from + asking.episodes):
                both = [play(model, task, number).right for model in (without, given)]
                done += 1
                told(f"doing {task}", done / total)
                yield Case(seed, task, number, both[0], both[1])
