"""From a dataset to a model: what is learned from, what is held back, how sure it may say it is, and its version.

Rules of this module: what is held back is never learned from, and figures are of it alone. Where it was cut short (a
kill, a budget) the same command goes on: the state lies beside the versions until one is written.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import torch
from torch.nn import functional

from byhand.datasets.formats.port import Demonstration
from byhand.datasets.manifest import SplitName
from byhand.datasets.store import Dataset
from byhand.errors import LearnError
from byhand.models import checkpoint, features, judging
from byhand.models.batches import answers, asked
from byhand.models.checkpoint import About, Source
from byhand.models.examples import Example, examples
from byhand.models.grown import grown
from byhand.models.network import Network
from byhand.models.reworded import said_otherwise, strange
from byhand.models.spelled import often
from byhand.models.together import Group
from byhand.models.training import Held, Plan, Progress, Ready, State, Training, chords_of, ready, score

if TYPE_CHECKING:
    from byhand.models.private import Hiding

_HOLDS_BACK, _LEAST_HELD = 10, 20
"""Where a dataset has no validation split, one in so many episodes is held back, once there are twice as many."""
_PARTS: tuple[SplitName, ...] = ("train", "validation", "test")
_HEATS = tuple(0.5 * 1.15**step for step in range(15))
_SAVES_S = 30.0
STATE = "training.pt"


class Split(NamedTuple):
    """left: acts no example was made of, by reason. observer: version of the observer all lists are of.
    corrections: how much an act of `learned` counts that corrects a model. spelled: of how many a text is that is
    spelled. tests: it is also learned from what is kept for tests.
    """

    learned: list[Example]
    held: list[Example]
    left: Counter[str]
    observer: int
    corrections: float = 1.0
    spelled: int = 1
    tests: bool = False


class Learned(NamedTuple):
    """place: of its version. held: how it does on what was held back; None where nothing was."""

    about: About
    place: Path
    held: Held | None


def taken(
    datasets: Sequence[Dataset], *, corrections: float = 1.0, without: frozenset[str] = frozenset(),
    spelled: int = 1, reworded: int = 0, seed: int = 0, tests: bool = False,
) -> Split:  # fmt: skip
    """What is learned from, and what is held back.

    Args:
        datasets: all that it learns from.
        corrections: how much an act counts that corrects a model.
        without: recordings (pseudonyms) that are left out.
        spelled: of how many people, or episodes, a text must be to be learned sign by sign (`models.spelled`).
        reworded: so many more times each task is learned, with its goal said otherwise (`models.reworded`).
        seed: of how it is said then.
        tests: what they keep for tests is learned from, too; else it is left alone.

    Raises:
        LearnError: nothing can be learned from, or their lists are of different observers.
    """
    left: Counter[str] = Counter()
    learned: list[Example] = []
    held: list[Example] = []
    for one in datasets:
        own = [
            demonstration
            for split in _PARTS[: 3 if tests else 2]
            for demonstration in one.demonstrations(split)
            if demonstration.episode.recording not in without
        ]
        kept = {demonstration.episode.id for demonstration in own if demonstration.split == "validation"}
        if not kept and len(own) >= 2 * _HOLDS_BACK:
            kept = {demonstration.episode.id for demonstration in own if _by_chance(demonstration.episode.id)}
        back = [demonstration for demonstration in own if demonstration.episode.id in kept]
        shown = [demonstration for demonstration in own if demonstration.episode.id not in kept]
        held += examples(back, left, corrections=corrections)
        learned += examples(shown, left, corrections=corrections, searching=True)
        if reworded:
            learned += _reworded(shown, reworded, corrections, random.Random(seed))  # noqa: S311  no secret
    if not learned:
        reasons = tuple(f"{count} acts: {reason}" for reason, count in left.most_common(3))
        raise LearnError("there is nothing to learn from", hints=reasons, fate="no model was made")
    observers = {example.look.seen.observer for example in (*learned, *held)}
    if len(observers) > 1:
        raise LearnError(
            f"the lists of pages are of different observers (versions {', '.join(map(str, sorted(observers)))})",
            hints=("learn from recordings of one version",), fate="no model was made",
        )  # fmt: skip
    return Split(often(learned, held, spelled, left), held, left, observers.pop(), corrections, spelled, tests)


def _reworded(shown: Sequence[Demonstration], times: int, corrections: float, draw: random.Random) -> Iterator[Example]:
    """Of the same acts, but for their goals. What no example can be made of was counted before."""
    known = strange([one.episode for one in shown])
    for one in shown:
        for _ in range(times):
            episode = msgspec.structs.replace(one.episode, instruction=said_otherwise(one.episode, known, draw))
            yield from examples([dataclasses.replace(one, episode=episode)], Counter(), corrections=corrections)


def _by_chance(episode: str) -> bool:
    return int.from_bytes(hashlib.sha256(episode.encode()).digest()[:4], "big") % _HOLDS_BACK == 0


def learn(
    split: Split, sources: Sequence[Source], name: str, place: Path, plan: Plan, program: str,
    told: Callable[[Progress], None], *, start: Network | None = None, parent: str = "", group: Group | None = None,
    known: frozenset[str] = frozenset(), over: Callable[[], bool] = lambda: False,
    card: Callable[[About], bytes] | None = None, hiding: Hiding | None = None,
) -> Learned | None:  # fmt: skip
    """Learn and write the next version.

    Args:
        split: what `taken` gave.
        sources: the datasets' versions.
        name: of the model.
        place: of its versions.
        plan: how. Its chords are found here.
        program: version of byhand.
        told: after each batch.
        start: a network to go on from, in its own shape; it learns to say chords that it never saw.
        parent: its model and version.
        group: the processes that learn it, and where; None for this one on its processor.
        known: what `start` learned from (`judging.Cases.learned`).
        over: whether to stop now and keep the state; then nothing is written but that.
        card: what is written into the version's README.md.
        hiding: what the weights may tell of one episode or person; None for as much as they do. Then there is no start.

    Returns: what was written; None in all processes but the first.

    Raises:
        LearnError: see `Training`.
        KeyboardInterrupt: it was stopped; the state is kept.
    """
    chords = hiding.chords if hiding else chords_of(split.learned)
    start = grown(start, chords, seed=plan.seed) if start is not None else None
    shape = start.shape if start is not None else msgspec.structs.replace(plan.shape, chords=chords)
    plan, chords = msgspec.structs.replace(plan, shape=shape), shape.chords
    learned, held = ready(split.learned), ready(split.held)
    same = _same(split, plan, parent)
    same = hiding.same(same) if hiding else same
    hides = hiding.training(split.learned, learned, held, plan, same, group) if hiding else None
    training = hides or Training(learned, held, plan, start=start, group=group)
    device = training.device
    keeps = _Keeps(place, same, training)
    keeps.resume()
    began = time.monotonic()
    log: list[bytes] = []

    def noted(progress: Progress) -> None:
        if progress.held is not None:
            log.append(msgspec.json.encode(_line(progress)))
        keeps.now_and_then()
        told(progress)

    try:
        network = training.run(noted, over=over)
    except (KeyboardInterrupt, LearnError):
        keeps.keep()
        raise
    if training.group.anyone(over()):
        keeps.keep()
        raise LearnError(
            "it was stopped", hints=("to go on, give the same command again",), fate="what was learned so far is kept"
        )
    if not training.group.first:
        return None
    heat = fitted_heat(network, held, chords, device)
    result = score(network, held, chords, device) if held else None
    there = checkpoint.versions(place)
    about = About(
        checkpoint.SCHEMA, name, there[-1] + 1 if there else 1, split.observer, features.VERSION, plan.shape, plan.seed,
        tuple(sources), len(learned), len({one.episode for one in split.learned}), training.step,
        round(time.monotonic() - began, 3), program, heat,
        {} if result is None else {key: round(float(value), 4) for key, value in result._asdict().items()},
        dict(sorted(split.left.items())), parent, split.corrections, batch=plan.batch, rate=plan.rate,
        spelled=split.spelled, tests=split.tests, private=hides.spent() if hides else None,
    )  # fmt: skip
    cases = judging.told(network, split.learned, split.held, held, known, device)
    beside = {"log.jsonl": b"\n".join(log) + b"\n", judging.FILE: msgspec.json.encode(cases)}
    if card is not None:
        beside["README.md"] = card(about)
    made = checkpoint.save(place, about, network, beside=beside)
    keeps.done()
    return Learned(about, made, result)


def _line(progress: Progress) -> dict[str, float]:
    held = progress.held
    told = {"step": progress.step, "loss": progress.loss, "right": progress.right, "rate": progress.rate}
    return told | ({} if held is None else {f"held_{key}": value for key, value in held._asdict().items()})


@torch.inference_mode()
def fitted_heat(
    network: Network, held: Sequence[Ready], chords: Sequence[tuple[str, ...]], device: str = "cpu"
) -> float:
    """What to divide logits by so that it says how sure it can be: of op and element, on what was held back."""
    if len(held) < _LEAST_HELD:
        return 1.0
    network.eval()
    sums = dict.fromkeys(_HEATS, 0.0)
    for at in range(0, len(held), 32):
        batch = held[at : at + 32]
        one = asked([each.features for each in batch]).to(device)
        wanted = answers([each.label for each in batch], chords, [1.0] * len(batch)).to(device)
        read = network.read(one)
        for logits, right in ((network.op(read), wanted.op), (network.element(read, wanted.op), wanted.element)):
            if bool((right >= 0).any()):
                for heat in _HEATS:
                    sums[heat] += float(
                        functional.cross_entropy(logits / heat, right, ignore_index=-1, reduction="sum")
                    )
    best = min(sums, key=lambda heat: sums[heat])
    return round(best, 3) if math.isfinite(sums[best]) else 1.0


def _same(split: Split, plan: Plan, parent: str) -> str:
    """A name for exactly this training: only that may be gone on with."""
    made = hashlib.sha256(msgspec.json.encode(plan) + parent.encode())
    for one in (*split.learned, None, *split.held):
        made.update(b"|" if one is None else f"{one.episode}/{one.label}/{one.weight}".encode())
    return made.hexdigest()


class _Keeps:
    """The state of a training, on the disk while it runs."""

    def __init__(self, place: Path, same: str, training: Training) -> None:
        self._file, self._same, self._training = place / STATE, same, training
        self._last, self._broken = time.monotonic(), False

    def resume(self) -> None:
        """All processes go on from what the first one finds.

        Raises:
            LearnError: there is a state, and it can't be read.
        """
        group = self._training.group
        kept = self._kept() if group.first and self._file.exists() else None
        state, broken = group.given((kept, self._broken))
        if broken:
            raise LearnError(
                "what an earlier training had learned so far can't be read",
                hints=(f"to begin anew, remove {STATE} from the model's folder",), fate="nothing was changed",
            )  # fmt: skip
        if state is not None:
            self._training.resume(state)

    def _kept(self) -> State | None:
        try:
            kept = torch.load(self._file, map_location="cpu", weights_only=True)
            return State(**kept["state"]) if kept["same"] == self._same else None
        except Exception:  # whatever a damaged file makes torch raise; all processes are told, and it is raised there
            self._broken = True
            return None

    def now_and_then(self) -> None:
        if time.monotonic() - self._last > _SAVES_S:
            self.keep()

    def keep(self) -> None:
        if not self._training.group.first:
            return
        self._last = time.monotonic()
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = self._file.with_suffix(".half")
        torch.save({"same": self._same, "state": self._training.state()._asdict()}, half)
        half.rename(self._file)

    def done(self) -> None:
        self._file.unlink(missing_ok=True)
