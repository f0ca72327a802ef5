"""Models like a given one, each from other episodes: so that of each episode there are some that saw it and some not.

Rules of this module: a model is learned as the given one was, with the same network, batch, passes, and whatever it was
told not to learn. Its seed and its noise are its own. It takes all passes: nothing is held back from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from byhand.models.checkpoint import About
from byhand.models.examples import Example
from byhand.models.network import Network
from byhand.models.spelled import often
from byhand.models.training import Plan, Training, ready

if TYPE_CHECKING:
    from byhand.models.private import Hiding


def passes(about: About) -> int:
    """How often it saw all of what it learned from."""
    units = about.private.units if about.private else about.examples
    return max(1, round(about.steps * about.batch / max(1, units)))


def shared(episodes: Sequence[str], models: int, seed: int) -> list[frozenset[str]]:
    """Of each model, the episodes it learns from: half of them, each in half of the models.

    Args:
        episodes: all.
        models: an even number, 4 or more: so of each episode another one did not see it, whichever is asked.
        seed: of who gets what.
    """
    order = sorted(set(episodes))
    Random(f"shared/{seed}").shuffle(order)  # noqa: S311  no secret
    ways = list(combinations(range(models), models // 2))
    own: list[set[str]] = [set() for _ in range(models)]
    for place, episode in enumerate(order):
        for model in ways[place % len(ways)]:
            own[model].add(episode)
    return [frozenset(one) for one in own]


def learned(
    about: About, those: Sequence[Example], seed: int, hiding: Hiding | None, *, epochs: int = 0,
    told: Callable[[float], None] = lambda _: None,
) -> Network:  # fmt: skip
    """One like it.

    Args:
        about: the model that is asked about.
        those: what this one learns from.
        seed: its own.
        hiding: what its weights may tell, if those of the other may tell no more either.
        epochs: passes; 0 for as many as the other took.
        told: how far it is, from 0 to 1.
    """
    own = often(those, [], about.spelled, Counter())
    plan = Plan(
        seed=seed, epochs=epochs or passes(about), batch=about.batch, rate=about.rate, shape=about.shape,
        patience=1 << 30,
    )  # fmt: skip
    numbers = ready(own)
    if hiding is None:
        training = Training(numbers, [], plan)
    else:
        same = hiding.same(f"{about.name}/{about.version}/{seed}")
        training = hiding.training(own, numbers, [], plan, same)
    return training.run(lambda progress: told(progress.share))
