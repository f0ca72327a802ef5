"""From a dataset to an adapter of a vision-language model, and its version: the same road as `models.learning`.

Rules of this module: figures are of what was held back, and of the adapter as it lies on the disk: what was asked is
what will act. Each answer costs a second or so, so that some hundred acts are asked about, of whole episodes.
"""

from __future__ import annotations

import gc
import hashlib
import math
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import torch

from byhand.errors import LearnError
from byhand.models import checkpoint, judging
from byhand.models.checkpoint import About, Adapter, Source
from byhand.models.decision import OPS
from byhand.models.examples import Example
from byhand.models.history import place as place_of
from byhand.models.learning import Learned, Split
from byhand.models.network import Shape
from byhand.models.right import same
from byhand.models.training import Held
from byhand.models.vision import telling
from byhand.models.vision.opening import Base, opened, with_adapter
from byhand.models.vision.rows import ANSWER, Row, Teller, rows
from byhand.models.vision.speaking import Speaking
from byhand.models.vision.tuning import Plan, Progress, Tuned, tune

STATE, SHORTEST = "training", 4 * ANSWER
ASKED = 200
"""Acts held back that it is asked about. A share of .8 is known to five points then."""
_LOOKED = 400
"""Rows held back whose loss is looked at while it learns."""
_NO_SHAPE = Shape(width=0, layers=0, heads=0, words=0, chords=())


class Begun(NamedTuple):
    """A version to go on from. known: what it learned from (`judging.Cases.learned`)."""

    place: Path
    name: str
    known: frozenset[str]


def begun(place: Path, base: Base) -> Begun:
    """The version in that folder, to go on from.

    Raises:
        LearnError: it is no adapter of that base, or was told of pages otherwise.
    """
    about = checkpoint.read(place)
    made = about.adapter
    if made is None or (made.revision, made.telling) != (base.revision, telling.VERSION):
        raise LearnError(
            f"{about.name} v{about.version} is no adapter of {base.name} as it is now",
            hints=("leave --from away, to begin a new one",), fate="no model was made",
        )  # fmt: skip
    return Begun(place, f"{about.name} v{about.version}", frozenset(judging.kept(place).learned))


def learn(
    split: Split, sources: Sequence[Source], name: str, place: Path, plan: Plan, program: str,
    told: Callable[[Progress], None], *, base: Base, device: str, start: Begun | None = None,
    over: Callable[[], bool] = lambda: False, card: Callable[[About], bytes] | None = None,
) -> Learned | None:  # fmt: skip
    """Learn and write the next version.

    Args:
        split: what `models.learning.taken` gave.
        sources: the datasets' versions.
        name: of the model.
        place: of its versions.
        plan: how.
        program: version of byhand.
        told: after each step.
        base: what it is an adapter of.
        device: cpu or cuda.
        start: a version to go on from, of the same base.
        over: whether to stop now and keep the state; then nothing is written but that.
        card: what is written into the version's README.md.

    Returns: what was written; None in all processes but the first.

    Raises:
        LearnError: see `tune`.
    """
    began = time.monotonic()
    begins = opened(base, device)
    teller, left = Teller(begins, plan.longest), Counter(split.left)
    learned = rows(split.learned, teller, plan.seed, left)
    held = rows(split.held, teller, plan.seed, Counter())[:_LOOKED]
    if start is not None:
        begins = begins._replace(network=with_adapter(begins.network, start.place, learns=True))
    tuned = tune(
        begins, base, learned, held, plan, place / STATE,
        _same(plan, base, start.name if start else "", learned, held), told, device=device, over=over,
    )  # fmt: skip
    if not tuned.first:
        return None
    del begins, teller
    _freed()
    there = checkpoint.versions(place)
    shown = sum(row.pictured for row in learned)
    made = Adapter(base.name, base.revision, telling.VERSION, plan.rank, plan.longest, shown)
    about = About(
        checkpoint.SCHEMA, name, there[-1] + 1 if there else 1, split.observer, 0, _NO_SHAPE, plan.seed, tuple(sources),
        len(learned), len({one.episode for one in split.learned}), tuned.steps, 0.0, program, 1.0, {},
        dict(sorted(left.items())), start.name if start else "", split.corrections, adapter=made, batch=plan.batch,
        rate=plan.rate, spelled=split.spelled,
    )  # fmt: skip
    answered, result = _asked(tuned, base, about, split.held, device)
    about = msgspec.structs.replace(
        about, seconds=round(time.monotonic() - began, 3),
        figures={} if result is None else {key: round(float(value), 4) for key, value in result._asdict().items()},
    )  # fmt: skip
    cases = judging.cases(split.learned, split.held, answered, start.known if start else frozenset())
    log = b"".join(msgspec.json.encode(_line(one)) + b"\n" for one in tuned.log if one.looked)
    beside = {**tuned.files, "log.jsonl": log, judging.FILE: msgspec.json.encode(cases)}
    if card is not None:
        beside["README.md"] = card(about)
    version = checkpoint.save(place, about, None, beside=beside)
    shutil.rmtree(place / STATE)
    return Learned(about, version, result)


def _asked(
    tuned: Tuned, base: Base, about: About, held: Sequence[Example], device: str
) -> tuple[list[bool | None], Held | None]:
    """Whether it is right on those it is asked about, and its figures."""
    chosen = _some(held)
    right: list[bool | None] = [None] * len(held)
    if not chosen:
        return right, None
    again = opened(base, device)
    longest = about.adapter.longest if about.adapter is not None else 0
    one = Speaking(
        again._replace(network=with_adapter(again.network, tuned.folder)), about.name, about.observer, longest
    )
    ops, on = 0, list[bool]()
    for at in chosen:
        decided = one.decide(held[at].look)
        right[at] = same(held[at], decided)
        ops += not decided.why and decided.op == OPS[held[at].label.op]
        if held[at].label.element >= 0:
            on.append(place_of(held[at].look.seen, decided.node) == held[at].label.element)
    count, hits = len(chosen), sum(bool(hit) for hit in right)
    loss = tuned.held if math.isfinite(tuned.held) else 0.0
    return right, Held(loss, ops / count, sum(on) / max(1, len(on)), hits / count, count)


def _some(held: Sequence[Example]) -> list[int]:
    """Places of whole episodes, chosen by the hash of their names, until there are enough acts."""
    order = sorted({one.episode for one in held}, key=lambda name: hashlib.sha256(name.encode()).digest())
    found: list[int] = []
    for episode in order:
        if len(found) >= ASKED:
            break
        found += [at for at, one in enumerate(held) if one.episode == episode]
    return sorted(found)


def _same(plan: Plan, base: Base, parent: str, learned: Sequence[Row], held: Sequence[Row]) -> str:
    """A name for exactly this training."""
    made = hashlib.sha256(msgspec.json.encode((plan, base.revision, telling.VERSION, parent)))
    for row in (*learned, None, *held):
        made.update(b"|" if row is None else f"{row.told.user}\n{row.answer}\n{row.pictured}\n".encode())
    return made.hexdigest()


def _line(progress: Progress) -> dict[str, float | None]:
    return {"step": progress.step, "loss": progress.loss, "rate": progress.rate, "held_loss": progress.held}


def _freed() -> None:
    """A second copy of a base must find room."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
