"""From datasets to a version of a model that tells acts from pictures.

Rules of this module: what is held back is never learned from, and figures are of it alone. It stands in `model.json`
what datasets it saw, so that a forgotten recording leads to it as to any other model.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import torch
from torch.nn import functional

from byhand.datasets.store import Dataset
from byhand.errors import LearnError
from byhand.models import checkpoint
from byhand.models.checkpoint import About, Pictures, Source
from byhand.models.network import Shape as NoShape
from byhand.models.pictures.inferring import Heat, Inferring, mass
from byhand.models.pictures.network import Network, Shape
from byhand.models.pictures.pairs import Pair, pairs
from byhand.models.pictures.shown import pictures, plainly
from byhand.models.pictures.training import TELLS, Plan, Progress, inside, learn, says

VERSION = 1
"""Of what a network is shown, and of what it says."""
_HOLDS_BACK = 10
_HEATS = tuple(round(0.5 * 1.15**step, 3) for step in range(20))
_LEAST = 1e-3
_NO_SHAPE = NoShape(width=0, layers=0, heads=0, words=0, chords=())
_FATE = "no model was made"


class Split(NamedTuple):
    """left: acts no pair was made of, by reason."""

    learned: list[Pair]
    held: list[Pair]
    left: Counter[str]


class Made(NamedTuple):
    about: About
    place: Path


def taken(datasets: Sequence[Dataset], without: frozenset[str] = frozenset()) -> Split:
    """What is learned from, and what is held back.

    Args:
        datasets: all that it learns from. What they hold for tests is left alone.
        without: recordings (pseudonyms) that are left out.

    Raises:
        LearnError: there are no pictures in them.
    """
    left: Counter[str] = Counter()
    learned: list[Pair] = []
    held: list[Pair] = []
    for one in datasets:
        own = [each for split in ("train", "validation") for each in one.demonstrations(split)]
        own = [each for each in own if each.episode.recording not in without]
        kept = {each.episode.id for each in own if each.split == "validation"}
        if not kept and len(own) >= 2 * _HOLDS_BACK:
            kept = {each.episode.id for each in own if _by_chance(each.episode.id)}
        for pair in pairs(own, left):
            (held if pair.episode in kept else learned).append(pair)
    if not learned:
        reasons = tuple(f"{count} acts: {reason}" for reason, count in left.most_common(2))
        raise LearnError(
            "there are no pictures to learn from",
            hints=(*reasons, "pictures are kept where the consent covers the stream frames"), fate=_FATE,
        )  # fmt: skip
    return Split(learned, held, left)


def _by_chance(episode: str) -> bool:
    return int.from_bytes(hashlib.sha256(episode.encode()).digest()[:4], "big") % _HOLDS_BACK == 0


def version(
    split: Split, sources: Sequence[Source], name: str, place: Path, plan: Plan, program: str,
    told: Callable[[Progress], None], card: Callable[[About], bytes] | None = None,
) -> Made:  # fmt: skip
    """Learn and write the next version.

    Raises:
        LearnError: see `training.learn`.
    """
    began = time.monotonic()
    tuned = learn(split.learned, split.held, plan, told)
    heat = fitted(tuned.network, split.held)
    there = checkpoint.versions(place)
    held = tuned.held
    figures = {} if held is None else {key: round(float(one), 4) for key, one in held._asdict().items()}
    about = About(
        checkpoint.SCHEMA, name, there[-1] + 1 if there else 1, 0, 0, _NO_SHAPE, plan.seed, tuple(sources),
        len(split.learned), len({one.episode for one in split.learned}), tuned.steps,
        round(time.monotonic() - began, 3), program, figures=figures, left=dict(sorted(split.left.items())),
        batch=plan.batch, rate=plan.rate,
        pictures=Pictures(VERSION, plan.shape.widths, heat.op, heat.where),
    )  # fmt: skip
    log = b"".join(msgspec.json.encode(_line(one)) + b"\n" for one in tuned.log)
    beside = {"log.jsonl": log} | ({"README.md": card(about)} if card is not None else {})
    return Made(about, checkpoint.save(place, about, tuned.network, beside=beside))


def opened(place: Path, about: About) -> Inferring:
    """The version in that folder, ready to be asked.

    Raises:
        LearnError: it is another kind of model, is shown pictures in another way, or is damaged.
    """
    made = about.pictures
    if made is None:
        raise LearnError(
            f"{about.name} v{about.version} reads lists of pages, and no pictures",
            hints=("to make one that does, run: byhand learn DATASET --as NAME --frames",), fate="nothing was said",
        )  # fmt: skip
    if made.version != VERSION:
        raise LearnError(
            f"{about.name} v{about.version} is shown pictures in another way than this byhand shows them",
            hints=("to learn it anew, run: byhand learn with the same dataset",), fate="nothing was said",
        )  # fmt: skip
    network = Network(Shape(made.widths))
    checkpoint.weighed(network, place, about)
    return Inferring(network, f"{about.name} v{about.version}", Heat(made.op_heat, made.where_heat))


@torch.inference_mode()
def fitted(network: Network, held: Sequence[Pair]) -> Heat:
    """What to divide logits by, of what was held back: so that kinds are as likely as it says, and places as often
    inside what was acted on.
    """
    if len(held) < TELLS:
        return Heat()
    ops, places = [0.0] * len(_HEATS), [0.0] * len(_HEATS)
    for pair in held:
        shown = plainly(pair)
        told = network(pictures([shown]))
        ((_, point, _),) = says(told)
        for at, heat in enumerate(_HEATS):
            ops[at] += float(functional.cross_entropy(told.op / heat, torch.tensor([pair.act.op])))
            if shown.act.point is not None:
                likely = min(max(mass(told.where[0] / heat), _LEAST), 1 - _LEAST)
                places[at] -= math.log(likely if inside(point, shown.act) else 1 - likely)
    return Heat(_HEATS[ops.index(min(ops))], _HEATS[places.index(min(places))])


def _line(progress: Progress) -> dict[str, float]:
    held = progress.held
    told = {"step": progress.step, "loss": progress.loss}
    return told | ({} if held is None else {f"held_{key}": value for key, value in held._asdict().items()})
