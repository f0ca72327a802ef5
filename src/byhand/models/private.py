"""Learning with differential privacy: no episode, or no person, changes the weights by more than the noise hides.

    drawn      each unit is in a step or not, by chance and each by itself (Poisson)
    clipped    the gradient of each unit, made by a pass of its own, is no longer than `CLIP`
    noised     Gaussian noise is added to their sum, before the weights are touched
    accounted  how much all steps together may tell, by Renyi's bound (Mironov 2017, Mironov et al. 2019)

After Abadi et al. 2016; clipping, noise and account are Opacus'. Its own gradients of each example are not used: they
know neither GRU cells nor parameters that stand alone, and a unit here is several acts.

Rules of this module: noise and draws come from a secret of the home and from what exactly is learned. Whoever knew
them could take the noise off again; the seed is in the model's own file, and so it is not enough. What is told of the
data besides by the weights (which keys there are) is fixed here, or it would be outside of the account.
"""

from __future__ import annotations

import hashlib
import math
import random
import time
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
import torch
from opacus.accountants import RDPAccountant  # pyright: ignore[reportMissingTypeStubs]
from opacus.accountants.utils import (  # pyright: ignore[reportMissingTypeStubs]
    get_noise_multiplier,  # pyright: ignore[reportUnknownVariableType]
)
from opacus.optimizers import DPOptimizer  # pyright: ignore[reportMissingTypeStubs]

from byhand.errors import LearnError
from byhand.models.checkpoint import Private
from byhand.models.examples import Example
from byhand.models.network import Network
from byhand.models.together import Group
from byhand.models.training import Held, Plan, Progress, Ready, Training

CLIP = 1.0
ORDERS = [1.25, 1.5, 1.75, 2.25, 2.5, 2.75, 3.5, 4.5, *range(2, 33), 40, 48, 64, 96, 128, 256, 512]
"""Of Renyi divergences: the best of them bounds epsilon."""
CHORDS: tuple[tuple[str, ...], ...] = (
    ("Enter",), ("Tab",), ("Escape",), ("Backspace",), ("Delete",), ("ArrowDown",), ("ArrowUp",), ("ArrowLeft",),
    ("ArrowRight",), ("Home",), ("End",), ("PageDown",), ("PageUp",), ("Shift", "Tab"), ("Control", "a"),
    ("Control", "c"), ("Control", "v"), ("Control", "x"), ("Control", "z"), ("Control", "s"), ("Control", "f"),
    ("Control", "Enter"),
)  # fmt: skip
"""The keys such a model can say, whatever was recorded."""
Unit = Literal["episode", "person"]
_LEAST_UNITS = 20
_AT_ONCE = 64
"""Acts of a unit in one pass."""


class Hiding(NamedTuple):
    """What was asked for. unit: all of what is hidden together. secret: of this home, in no model."""

    epsilon: float
    delta: float
    unit: Unit
    secret: bytes

    @property
    def chords(self) -> tuple[tuple[str, ...], ...]:
        """The keys it can say."""
        return CHORDS

    def training(
        self, examples: Sequence[Example], learned: Sequence[Ready], held: Sequence[Ready], plan: Plan, same: str,
        group: Group | None = None,
    ) -> PrivateTraining:  # fmt: skip
        """One that hides; for the arguments see there.

        Raises:
            LearnError: it can't be hidden.
        """
        return PrivateTraining(learned, units_of(examples, self.unit), held, plan, self, same, group)

    def same(self, same: str) -> str:
        """A name for a training that hides so much of what `same` names."""
        return hashlib.sha256(f"{same}/{self.epsilon}/{self.delta}/{self.unit}".encode()).hexdigest()


def units_of(examples: Sequence[Example], unit: Unit) -> list[str]:
    """Of each example, the unit it belongs to.

    Raises:
        LearnError: the datasets do not say whose some of it is.
    """
    if unit == "episode":
        return [one.episode for one in examples]
    if not all(one.person for one in examples):
        raise LearnError(
            "the datasets do not say whose some of the episodes are",
            hints=("hide episodes instead: --private-unit episode",), fate="no model was made",
        )  # fmt: skip
    return [one.person for one in examples]


def spent(noise: float, rate: float, steps: int, delta: float) -> float:
    """Epsilon after so many steps."""
    if not steps:
        return 0.0
    accountant = RDPAccountant()
    accountant.history = [(noise, rate, steps)]
    with warnings.catch_warnings():  # that the last order is the best: the bound holds, and is wide
        warnings.simplefilter("ignore")
        return accountant.get_epsilon(delta=delta, alphas=ORDERS)  # pyright: ignore[reportUnknownMemberType]


def noise_for(epsilon: float, delta: float, rate: float, steps: int) -> float:
    """The least noise with which so many steps tell no more than that.

    Raises:
        LearnError: there is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = get_noise_multiplier(
                target_epsilon=epsilon, target_delta=delta, sample_rate=rate, steps=steps, alphas=ORDERS,
                epsilon_tolerance=min(0.01, epsilon / 100),
            )  # fmt: skip
        except ValueError:
            raise LearnError(
                f"with this delta, no noise is enough for an epsilon of {epsilon:g}",
                hints=("a larger one, for example: --private 8",), fate="no model was made",
            ) from None  # fmt: skip
    return float(found)


class PrivateTraining(Training):
    """A `Training` that hides units. It takes all steps that were planned and keeps the last weights: to stop at the
    best look would tell nothing of what is hidden, but would leave a part of epsilon unused.

    Args:
        learned: see `Training`.
        units: of each of them, what it belongs to.
        held: only looked at. The guarantee does not cover it.
        plan: see `training.Plan`; `batch` is of units, as many as are in a step on average.
        hiding: what was asked for.
        same: a name for exactly this training: its noise is its own.
        group: this process, and where it computes.

    Raises:
        LearnError: see `Training`; or there are too few units, or delta tells too much.
    """

    def __init__(
        self, learned: Sequence[Ready], units: Sequence[str], held: Sequence[Ready], plan: Plan, hiding: Hiding,
        same: str, group: Group | None = None,
    ) -> None:  # fmt: skip
        own: dict[str, list[Ready]] = {}
        for unit, one in zip(units, learned, strict=True):
            own.setdefault(unit, []).append(one)
        self._units = list(own.values())
        _enough(len(own), hiding)
        self.hiding, self.rate = hiding, min(1.0, plan.batch / len(own))
        self._drawn: list[list[Ready]] = []
        self._key = hashlib.sha256(hiding.secret + same.encode()).digest()
        super().__init__(learned, held, msgspec.structs.replace(plan, patience=plan.epochs + 1), group=group)
        if self.group.many > 1:
            raise LearnError(
                "what hides is learned by one process, and there are several",
                hints=("leave --private away, or learn it alone",), fate="no model was made",
            )  # fmt: skip
        # Vectors of single words are most of the weights, would take most of the noise, and know words by heart.
        self.network.keys.requires_grad_(False)
        self.noise = noise_for(hiding.epsilon, hiding.delta, self.rate, self.steps_in_all)
        self._chance = torch.Generator(self.device)
        self._hides = DPOptimizer(
            self.optimizer, noise_multiplier=self.noise, max_grad_norm=CLIP,
            expected_batch_size=min(plan.batch, len(own)), generator=self._chance,
        )  # fmt: skip

    step: int

    @property
    def _batches_an_epoch(self) -> int:
        return max(1, math.ceil(1 / self.rate))

    def spent(self) -> Private:
        """Until now."""
        hiding = self.hiding
        epsilon = math.ceil(spent(self.noise, self.rate, self.step, hiding.delta) * 1e4) / 1e4
        return Private(
            epsilon, hiding.delta, hiding.unit, len(self._units), round(self.noise, 4), CLIP,
            round(self.rate, 6), self.step,
        )  # fmt: skip

    def _batches(self, epoch: int, after: int) -> Iterator[list[Ready]]:
        for number in range(after, self._batches_an_epoch):
            dice = random.Random(self._seed("drawn", epoch * self._batches_an_epoch + number))  # noqa: S311  hashed
            self._drawn = [unit for unit in self._units if dice.random() < self.rate]
            yield [one for unit in self._drawn for one in unit]

    def _learn(self, batch: Sequence[Ready], share: float) -> Progress:
        began = time.monotonic()
        rate = self._rate(share)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.network.train()
        torch.manual_seed(self._seed("forgotten", self.step))  # pyright: ignore[reportUnknownMemberType]
        self._hides.zero_grad(set_to_none=True)
        far: list[float] = []
        for unit in self._drawn:
            far.append(self._gradient(unit))
            self._hides.clip_and_accumulate()
        self._step()
        self.step += 1
        seconds = max(1e-6, time.monotonic() - began)
        loss = sum(far) / len(far) if far else 0.0
        return Progress(
            self.step, min(1.0, share), loss, {}, 0.0, rate, len(batch) / seconds, None, False
        )  # fmt: skip

    def _gradient(self, unit: Sequence[Ready]) -> float:
        """Of one unit, as that of one example; gives its mean loss."""
        self.optimizer.zero_grad(set_to_none=True)
        whole = 0.0
        for at in range(0, len(unit), _AT_ONCE):
            part = unit[at : at + _AT_ONCE]
            loss = self._losses(part, learning=True).whole * (len(part) / len(unit))
            if not math.isfinite(float(loss.detach())):
                raise LearnError(
                    "the loss is no number any more",
                    hints=("learn again with a lower rate, for example --rate 0.0003",),
                    fate="the weights before that are kept",
                )  # fmt: skip
            loss.backward()  # pyright: ignore[reportUnknownMemberType]  # no types in its stub
            whole += float(loss.detach())
        for one in self._learns():
            one.grad_sample = (one.grad if one.grad is not None else torch.zeros_like(one))[None].clone()
        return whole

    def _step(self) -> None:
        """Noise is added also where nobody was drawn: else it would be told that nobody was."""
        for one in self._learns():
            if one.summed_grad is None:
                one.summed_grad = torch.zeros_like(one)
                one.grad_sample = torch.zeros_like(one)[None]
        self._chance.manual_seed(self._seed("noise", self.step))
        self._hides.add_noise()
        self._hides.scale_grad()
        self.optimizer.step()  # pyright: ignore[reportUnknownMemberType]
        self._hides.zero_grad(set_to_none=True)

    def _learns(self) -> list[Any]:
        return self._hides.params

    def _seed(self, what: str, step: int) -> int:
        return int.from_bytes(hashlib.sha256(self._key + f"{what}/{step}".encode()).digest()[:8], "big") >> 1

    def _end(self) -> Network:
        self.best_held: Held | None = self.held() if self._held else None
        return self.network


def _enough(units: int, hiding: Hiding) -> None:
    if units < _LEAST_UNITS:
        raise LearnError(
            f"to hide one {hiding.unit} among others it takes {_LEAST_UNITS} or more, and there are {units}",
            hints=("hide episodes instead: --private-unit episode",) if hiding.unit == "person" else (),
            fate="no model was made",
        )  # fmt: skip
    if hiding.delta >= 1 / units:
        raise LearnError(
            f"delta is the chance that all of one {hiding.unit} is told, and there are {units}",
            hints=(f"for example: --private-delta {0.1 / units:.0e}",), fate="no model was made",
        )  # fmt: skip
