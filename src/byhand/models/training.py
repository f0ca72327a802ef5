"""A network learns from examples: the same each time by its seed, and as long as it gets better on what is held back.

Rules of this module: what is learned depends on examples, plan and seed, and on no clock but where a budget of time
ends it. A loss that is no number ends the training before it spoils the weights. Several processes share the work by
adding up their gradients (`together`).
"""

from __future__ import annotations

import copy
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
import torch
from torch import Tensor

from byhand.errors import ByhandError, LearnError
from byhand.models.batches import Asked, answers, asked
from byhand.models.examples import Example
from byhand.models.features import Features, features
from byhand.models.labels import Label
from byhand.models.losses import Losses, losses
from byhand.models.network import Network, Shape
from byhand.models.together import Group

_WINDOW = 16
"""Batches are made of examples of like size, out of so many batches' worth at a time: the order stays random."""
_CLIP = 1.0
_LEAST_KEPT = 1e-4
TELLS = 20
"""A look at fewer held-back acts is mostly chance: eight of them chose a network of a third of the way (`runs/LOG.md`).
Then it learns to its end, and looks are only told.
"""


class Plan(msgspec.Struct, frozen=True):
    """How it is learned. epochs: at most. budget_s: of this process; 0 for no end. patience: so many looks at what it
    is not shown without getting better end it. looks: how often an epoch it looks. forgets: share of words whose own
    vector is left out, so that it goes by what is the same and not by what it knows by heart. short: numbers of half
    the length (bfloat16) where that is good enough. compiled: torch's compiler for what reads a page; "" for none.
    """

    seed: int = 0
    epochs: int = 40
    batch: int = 32
    rate: float = 1e-3
    decay: float = 0.05
    warms: float = 0.05
    budget_s: float = 0.0
    patience: int = 20
    forgets: float = 0.3
    short: bool = False
    compiled: str = ""
    shape: Shape = Shape()


class Ready(NamedTuple):
    """An example as numbers."""

    features: Features
    label: Label
    weight: float
    task: str


class Progress(NamedTuple):
    """What is told after each step that counts. held: of the examples that are not learned from; None before the
    first look. share: of the way, from 0 to 1.
    """

    step: int
    share: float
    loss: float
    heads: dict[str, float]
    right: float
    rate: float
    examples_s: float
    held: Held | None
    best: bool


class Held(NamedTuple):
    """On examples it did not learn from: mean loss, and shares of right ops, elements, and whole acts."""

    loss: float
    op: float
    element: float
    right: float
    examples: int


class State(NamedTuple):
    """All that is needed to go on: what `Training.state` gave."""

    step: int
    network: dict[str, Any]
    optimizer: dict[str, Any]
    best: dict[str, Any]
    best_right: float
    best_loss: float
    worse: int


def ready(examples: Sequence[Example]) -> list[Ready]:
    """As numbers, once for the whole training."""
    return [Ready(features(one.look), one.label, one.weight, one.task) for one in examples]


def chords_of(examples: Sequence[Example]) -> tuple[tuple[str, ...], ...]:
    """All key chords in them, the most frequent first."""
    found = Counter(one.label.chord for one in examples if one.label.chord)
    return tuple(one for one, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


class Training:
    """One.

    Args:
        learned: what is learned from.
        held: what is only looked at; fewer than `TELLS` make a training without early end.
        plan: see there.
        start: a network to go on from (its weights are copied), None for a new one.
        group: the processes that learn it, and where; None for this one on its processor.

    Raises:
        LearnError: there is nothing to learn from, or nothing to tell apart.
    """

    def __init__(
        self, learned: Sequence[Ready], held: Sequence[Ready], plan: Plan, *, start: Network | None = None,
        group: Group | None = None,
    ) -> None:  # fmt: skip
        if not learned:
            raise LearnError("there is nothing to learn from", fate="no model was made")
        if len({(one.label.op, one.label.element) for one in learned}) < 2:
            raise LearnError(
                "all examples show the very same act, and nothing can be learned from that",
                hints=("record the task with other values, or another task",), fate="no model was made",
            )  # fmt: skip
        self.plan, self.group = plan, group or Group()
        self.device = self.group.device
        self._learned, self._held = list(learned), list(held)
        self._chooses = len(held) >= TELLS
        _seeded(plan.seed)
        self.network = Network(plan.shape).to(self.device)
        if start is not None:
            self.network.load_state_dict(start.state_dict())
        if plan.compiled:
            # Pages differ in length with each batch: one program for all of them, not one for each.
            self.network.read = torch.compile(  # pyright: ignore[reportUnknownMemberType]
                self.network.read, dynamic=True, backend=plan.compiled
            )
        self.optimizer = torch.optim.AdamW(
            _groups(self.network, plan.decay), lr=plan.rate, betas=(0.9, 0.98), eps=1e-8
        )  # fmt: skip
        self.step = 0
        self.best: dict[str, Any] = copy.deepcopy(self.network.state_dict())
        self.best_held: Held | None = None
        self._best_right, self._best_loss, self._worse = -1.0, math.inf, 0
        self.steps_in_all = plan.epochs * self._batches_an_epoch
        self._draws_anew()

    @property
    def _batches_an_epoch(self) -> int:
        return max(1, math.ceil(len(self._learned) / (self.plan.batch * self.group.many)))

    def run(self, told: Callable[[Progress], None], *, over: Callable[[], bool] = lambda: False) -> Network:
        """Learn to the end, or until `over`. Gives the network that was best on what it is not shown.

        Args:
            told: after each batch.
            over: whether it is to stop now; asked between batches.

        Raises:
            LearnError: a loss is no number, or the memory does not hold a batch.
        """
        began = time.monotonic()

        def spent() -> float:
            return (time.monotonic() - began) / self.plan.budget_s if self.plan.budget_s else 0.0

        def agreed() -> tuple[float, bool]:
            """How far it is, and whether to stop."""
            share, stops = self.group.told([max(self.step / self.steps_in_all, spent()), float(over())])
            return share, bool(stops)

        share, _ = agreed()
        while self.step < self.steps_in_all and self._worse < self.plan.patience:
            epoch, done = divmod(self.step, self._batches_an_epoch)
            for batch in self._batches(epoch, done):
                progress = self._learn(batch, share)
                last = self.step % self._batches_an_epoch == 0
                if last and self._held:
                    progress = self._look(progress)
                told(progress)
                share, stops = agreed()
                if stops or share >= 1:
                    return self._end()
        return self._end()

    def _end(self) -> Network:
        if self._held:
            last = self.held()
            if not self._chooses or self._better(last):
                self.best_held = last
                return self.network
            self.network.load_state_dict(self.best)
        return self.network

    # ---- a batch

    def _learn(self, batch: Sequence[Ready], share: float) -> Progress:
        began = time.monotonic()
        rate = self._rate(share)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.network.train()
        try:
            found = self._losses(batch, learning=True)
            if self.group.anyone(not math.isfinite(float(found.whole.detach()))):
                raise LearnError(
                    "the loss is no number any more",
                    hints=("learn again with a lower rate, for example --rate 0.0003",),
                    fate="the weights before that are kept",
                )  # fmt: skip
            self.optimizer.zero_grad(set_to_none=True)
            found.whole.backward()  # pyright: ignore[reportUnknownMemberType]  # no types in its stub
        except RuntimeError as error:
            raise _of_memory(error) from None
        self.group.mean_gradients(self.network)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self.optimizer.step()  # pyright: ignore[reportUnknownMemberType]
        self.step += 1
        seconds = max(1e-6, time.monotonic() - began)
        return Progress(
            self.step, min(1.0, share), float(found.whole.detach()), found.heads, found.right, rate,
            len(batch) * self.group.many / seconds, None, False,
        )  # fmt: skip

    def _losses(self, batch: Sequence[Ready], *, learning: bool) -> Losses:
        question = asked([one.features for one in batch])
        if learning:
            question = self._forgetting(question)
        wanted = answers([one.label for one in batch], self.plan.shape.chords, [one.weight for one in batch])
        kind = torch.device(self.device).type
        with torch.autocast(kind, torch.bfloat16, enabled=self.plan.short):
            return losses(self.network, question.to(self.device), wanted.to(self.device))

    def _forgetting(self, one: Asked) -> Asked:
        """Words are told by other signs each time, and some have no vector of their own, some no meaning: what is the
        same in goal and page still is, and nothing else can be known by heart.
        """
        turned = torch.randint(0, 2, (len(one.words), 1, one.word_bits.shape[-1])) * 2.0 - 1.0
        share = self.plan.forgets * float(torch.rand(()))

        def keeps(keys: Tensor) -> Tensor:
            return keys * (torch.rand(keys.shape) >= share)

        def means(vectors: Tensor) -> Tensor:
            return vectors * (torch.rand(vectors.shape[:-1]) >= share)[..., None]

        return one._replace(
            word_bits=one.word_bits * turned, name_bits=one.name_bits * turned, act_bits=one.act_bits * turned,
            word_keys=keeps(one.word_keys), name_keys=keeps(one.name_keys), act_keys=keeps(one.act_keys),
            around=keeps(one.around), word_means=means(one.word_means), name_means=means(one.name_means),
            act_means=means(one.act_means),
        )  # fmt: skip

    def _rate(self, share: float) -> float:
        """Warms up, then falls as a cosine."""
        if share < self.plan.warms:
            return self.plan.rate * max(0.01, share / self.plan.warms)
        rest = (share - self.plan.warms) / max(1e-9, 1 - self.plan.warms)
        return self.plan.rate * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, rest))))

    def _batches(self, epoch: int, after: int) -> Iterator[list[Ready]]:
        """Of one epoch, this process's part; the first so many left out."""
        order = random.Random(f"{self.plan.seed}/{epoch}")  # noqa: S311  no secret
        places = list(range(len(self._learned)))
        order.shuffle(places)
        places += places[: -len(places) % self.group.many]
        own = places[self.group.rank :: self.group.many]
        size, window = self.plan.batch, self.plan.batch * _WINDOW
        made: list[list[Ready]] = []
        for at in range(0, len(own), window):
            near = sorted(own[at : at + window], key=lambda place: len(self._learned[place].features.elements))
            parts = [near[start : start + size] for start in range(0, len(near), size)]
            order.shuffle(parts)
            made += [[self._learned[place] for place in part] for part in parts]
        yield from made[after:]

    # ---- a look at what it is not shown

    def _look(self, progress: Progress) -> Progress:
        found = self.held()
        best = self._chooses and self._better(found)
        if best:
            self._best_right, self._best_loss, self._worse, self.best_held = found.right, found.loss, 0, found
            self.best = copy.deepcopy(self.network.state_dict())
        elif self._chooses:
            self._worse += 1
        return progress._replace(held=found, best=best)

    def _better(self, found: Held) -> bool:
        """By acts that are right, and only then by the loss: that grows with how sure it is where it is wrong, long
        before it is wrong more often, and how sure it may say it is is fitted afterwards.
        """
        if found.right != self._best_right:
            return found.right > self._best_right
        return found.loss < self._best_loss - _LEAST_KEPT

    def held(self) -> Held:
        """How it does now on what it is not shown. The first process looks, and tells the others."""
        nothing = Held(0, 0, 0, 0, 0)
        found = score(self.network, self._held, self.plan.shape.chords, self.device) if self.group.first else nothing
        loss, op, element, right, examples = self.group.told(found)
        return Held(loss, op, element, right, int(examples))

    def state(self) -> State:
        return State(
            self.step,
            self.network.state_dict(),
            self.optimizer.state_dict(),
            self.best,
            self._best_right,
            self._best_loss,
            self._worse,
        )

    def resume(self, state: State) -> None:
        """Go on where that state was taken, with the same examples and plan."""
        self.step, self.best = state.step, state.best
        self._best_right, self._best_loss, self._worse = state.best_right, state.best_loss, state.worse
        self.network.load_state_dict(state.network)
        self.optimizer.load_state_dict(state.optimizer)
        self._draws_anew()

    def _draws_anew(self) -> None:
        """From here on chance is this process's own, and the same again."""
        seed = (self.plan.seed * 1_000_003 + self.step) * 1_009 + self.group.rank
        torch.manual_seed(seed)  # pyright: ignore[reportUnknownMemberType]


@torch.inference_mode()
def score(network: Network, those: Sequence[Ready], chords: Sequence[tuple[str, ...]], device: str = "cpu") -> Held:
    """Means over all of them."""
    network.eval()
    sums = np.zeros(4)
    order = sorted(those, key=lambda one: len(one.features.elements))
    for at in range(0, len(order), 32):
        batch = order[at : at + 32]
        question = asked([one.features for one in batch]).to(device)
        wanted = answers([one.label for one in batch], chords, [1.0] * len(batch)).to(device)
        found = losses(network, question, wanted)
        sums += np.array([float(found.whole), found.op, found.element, found.right]) * len(batch)
    loss, op, element, right = sums / max(1, len(order))
    return Held(float(loss), float(op), float(element), float(right), len(order))


def _groups(network: Network, decay: float) -> list[dict[str, Any]]:
    """What is no matrix does not fade."""
    both: dict[bool, list[Tensor]] = {True: [], False: []}
    for one in network.parameters():
        both[one.ndim > 1].append(one)
    return [{"params": both[True], "weight_decay": decay}, {"params": both[False], "weight_decay": 0.0}]


def _seeded(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed % (1 << 32))  # noqa: NPY002  what libraries draw with
    torch.manual_seed(seed)  # pyright: ignore[reportUnknownMemberType]


def _of_memory(error: RuntimeError) -> ByhandError | RuntimeError:
    if "out of memory" in str(error).lower() or "can't allocate memory" in str(error).lower():
        return LearnError(
            "the memory does not hold a batch",
            hints=("learn with a smaller batch, for example --batch 8", "or with a narrower network: --width 64"),
            fate="what was learned so far is kept",
        )  # fmt: skip
    return error
