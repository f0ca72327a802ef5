"""What a model like this one remembers: planted secrets, and whether it can be told whom it learned from.

Several models are learned as the given one was, each from half of the episodes and with made-up secrets of its own.
Secrets are ranked among others like them; of episodes it is guessed whether they were learned from.

Rules of this module: figures are of models like the given one, from half as much, and say so: less data is remembered
rather more. Attackers know the very acts they ask about and how the model was learned: nobody has it easier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from byhand.errors import LearnError
from byhand.evals.figure import Figure
from byhand.evals.memory import membership
from byhand.evals.memory.again import learned, passes, shared
from byhand.evals.memory.exposure import OTHERS, Others
from byhand.evals.memory.membership import Told
from byhand.evals.memory.planting import REPEATS, Kind, canaries, planted
from byhand.models.arrays import Floats
from byhand.models.checkpoint import About
from byhand.models.examples import Example
from byhand.models.remembered import losses_of
from byhand.models.training import ready

if TYPE_CHECKING:
    from byhand.models.private import Hiding

BITS, FOUND = 10.0, 0.02
"""What is to be reached: secrets below so many bits, no more than that share found."""
LEAST_EPISODES = 40
_KINDS: tuple[Kind, ...] = ("spelled", "pointed")
_DRAWS, _SEED = 2_000, 7


class Asking(NamedTuple):
    """models: an even number, 4 or more. canaries: of each kind, for each number of repeats. others: a secret is ranked
    among. episodes: at most so many, 0 for all. epochs: passes, 0 for as many as the model took. seed: of all draws.
    """

    models: int = 4
    canaries: int = 4
    others: int = OTHERS
    episodes: int = 0
    epochs: int = 0
    seed: int = 0


def measure(
    about: About, examples: Sequence[Example], asking: Asking, hiding: Callable[[int], Hiding | None],
    told: Callable[[str, float], None] = lambda _, __: None,
) -> list[Figure]:  # fmt: skip
    """All figures.

    Args:
        about: the model that is asked about.
        examples: of the datasets it learned from, as they are, also what was held back from it.
        asking: how much is asked.
        hiding: of each model by its number, what its weights may tell.
        told: what is done now, and how far it is.

    Raises:
        LearnError: there are too few episodes.
    """
    those = _some(examples, asking)
    names = sorted({one.episode for one in those})
    if len(names) < LEAST_EPISODES:
        raise LearnError(
            f"to tell what was learned from takes {LEAST_EPISODES} episodes, and there are {len(names)}",
            hints=("give more datasets, or record more",), fate="nothing was measured",
        )  # fmt: skip
    halves = shared(names, asking.models, asking.seed)
    others, numbers = Others(about.observer, asking.others, asking.seed), ready(those)
    bits: dict[tuple[Kind, int], list[float]] = {}
    losses, rights = (np.zeros((asking.models, len(those)), np.float32) for _ in range(2))
    for model, half in enumerate(halves):
        dice = Random(f"canaries/{asking.seed}/{model}")  # noqa: S311  no secret
        secrets = [one for kind in _KINDS for one in canaries(kind, asking.canaries, about.observer, dice)]
        own = [one for one in those if one.episode in half] + planted(secrets)
        said = f"model {model + 1} of {asking.models}"
        network = learned(
            about, own, asking.seed * 1_000 + model, hiding(model), epochs=asking.epochs,
            told=lambda share, said=said: told(said, share),
        )  # fmt: skip
        for secret, value in zip(secrets, others.exposures(network, secrets), strict=True):
            bits.setdefault((secret.kind, secret.repeats), []).append(value)
        losses[model], rights[model] = losses_of(network, numbers)
    places = {name: place for place, name in enumerate(names)}
    attacked = Told(
        losses, np.array([[one.episode in half for one in those] for half in halves]),
        np.array([places[one.episode] for one in those]),
    )  # fmt: skip
    note = f"{asking.models} models like {about.name} v{about.version}, each from {len(halves[0])} episodes, "
    note += f"{asking.epochs or passes(about)} passes"
    return [
        *_of_secrets(bits, others.ceiling, note), *_of_members(attacked, note), _of_use(attacked, rights, note)
    ]  # fmt: skip


def _some(examples: Sequence[Example], asking: Asking) -> list[Example]:
    """Episodes by chance, as many as are wanted."""
    names = sorted({one.episode for one in examples})
    if asking.episodes and asking.episodes < len(names):
        names = Random(f"some/{asking.seed}").sample(names, asking.episodes)  # noqa: S311  no secret
    kept = set(names)
    return [one for one in examples if one.episode in kept]


def _of_secrets(bits: dict[tuple[Kind, int], list[float]], ceiling: float, note: str) -> list[Figure]:
    found: list[Figure] = []
    draw = np.random.default_rng(_SEED)
    reach = BITS if ceiling > BITS else None  # among too few, nothing could be above it
    for kind in _KINDS:
        for repeats in REPEATS:
            values = np.array(bits[kind, repeats])
            means = values[draw.integers(0, len(values), (_DRAWS, len(values)))].mean(1)
            low, high = np.quantile(means, (0.025, 0.975))
            found.append(Figure(
                f"canary {kind} x{repeats}", f"exposure of secrets learned {repeats} times: mean",
                _short(values.mean()), "bits", len(values), _short(low), _short(high), reach if repeats else None,
                "lower", "chance: 1.4",
                f"the highest is {values.max():.1f}, {int((values >= BITS).sum())} are {BITS:g} or more, "
                f"and none could be above {ceiling:.1f}; {note}",
            ))  # fmt: skip
        planted_ones = [value for (own, repeats), values in bits.items() if own == kind and repeats for value in values]
        highest = max(planted_ones)
        found.append(Figure(
            f"canary {kind} highest", "exposure of the secret that is remembered best", _short(highest), "bits",
            len(planted_ones), _short(highest), _short(highest), reach, "lower", "", f"at most {ceiling:.1f}; {note}",
        ))  # fmt: skip
    return found


def _of_members(told: Told, note: str) -> list[Figure]:
    found: list[Figure] = []
    for attack, scores in (("loss", membership.by_loss(told)), ("shadow", membership.by_shadows(told))):
        whole = membership.of_episodes(told, scores, mean=attack == "loss")
        for cases, of, own in (("acts", told, scores), ("episodes", *whole)):
            rate = membership.rate(of, own)
            found.append(Figure(
                f"membership {cases} {attack}", f"{cases} it learned from that are found, at 1 % of others blamed",
                round(rate.value, 4), "share", rate.members + rate.others, round(rate.low, 4), round(rate.high, 4),
                FOUND, "lower", "chance: .01", f"AUC {rate.auc:.3f}, {rate.members} cases learned from and "
                f"{rate.others} not, over all models; {note}",
            ))  # fmt: skip
    return found


def _of_use(told: Told, rights: Floats, note: str) -> Figure:
    """What remembering less costs: how often they are right on what they did not see."""
    out = ~told.learned
    many = int(told.episode.max()) + 1
    hits, sizes = (
        np.stack([np.bincount(told.episode, row, many) for row in rows]) for rows in (rights * out, out.astype(float))
    )
    draw = np.random.default_rng(_SEED)
    drawn = [
        hits[:, own].sum() / sizes[:, own].sum() for own in (draw.integers(0, many, many) for _ in range(_DRAWS // 4))
    ]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(
        "right on others", "acts that a model did not learn from, all of it right",
        round(float(hits.sum() / sizes.sum()), 4), "share", int(out.sum()), round(float(low), 4),
        round(float(high), 4), None, "higher", "", note,
    )  # fmt: skip


def _short(value: float) -> float:
    return round(float(value), 2)
