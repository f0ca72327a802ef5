"""The network learns from pairs: the same each time by its seed, until it gets no better on what is held back.

Rules of this module: what is learned depends on pairs, plan and seed, and on no clock but where a budget ends it. The
answer is a place, so cells near it are nearly right.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from byhand.errors import LearnError
from byhand.models.pictures.acts import NONE, Act, Point
from byhand.models.pictures.changes import HALF
from byhand.models.pictures.network import CELL, Network, Shape, Told
from byhand.models.pictures.pairs import Pair
from byhand.models.pictures.shown import Shown, aside, batches, pictures, plainly

TELLS = 20
"""A look at fewer pairs held back is mostly chance; then it learns to its end."""
_NEAR = 6.0
"""Pixels: how soft the right place is."""
_CLIP = 1.0
_ASIDE, _DOWN, _LENGTH = 0.5, 0.3, 0.2


class Plan(msgspec.Struct, frozen=True):
    """How it is learned. epochs: at most. budget_s: 0 for no end. patience: so many looks at what is held back without
    getting better end it.
    """

    seed: int = 0
    epochs: int = 24
    batch: int = 8
    rate: float = 1e-3
    decay: float = 0.02
    budget_s: float = 0.0
    patience: int = 12
    shape: Shape = Shape()


class Held(NamedTuple):
    """On pairs it did not learn from: mean loss; shares of right kinds, of places inside what was acted on, and of both
    right.
    """

    loss: float
    op: float
    inside: float
    right: float
    examples: int


class Progress(NamedTuple):
    """After each batch. share: of the way. held: None but after an epoch."""

    step: int
    share: float
    loss: float
    rate: float
    held: Held | None


class Tuned(NamedTuple):
    network: Network
    steps: int
    held: Held | None
    log: list[Progress]


def learn(learned: Sequence[Pair], held: Sequence[Pair], plan: Plan, told: Callable[[Progress], None]) -> Tuned:
    """Learn to the end, or until the budget is used up. Gives the network that was best on what it is not shown.

    Raises:
        LearnError: there is nothing to tell apart, or a loss is no number.
    """
    if len({(one.act.op, one.act.point) for one in learned}) < 2:
        raise LearnError(
            "all pictures show the very same act, and nothing can be learned from that",
            hints=("record other work, with the stream frames",), fate="no model was made",
        )  # fmt: skip
    torch.manual_seed(plan.seed)  # pyright: ignore[reportUnknownMemberType]
    dice = np.random.default_rng(plan.seed)
    network = Network(plan.shape)
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=plan.decay)
    in_all = plan.epochs * max(1, math.ceil(len(learned) / plan.batch))
    began, step, worse, best, kept = time.monotonic(), 0, 0, math.inf, copy.deepcopy(network.state_dict())
    found: Held | None = None
    log: list[Progress] = []
    for _ in range(plan.epochs):
        loss = 0.0
        for batch in batches(learned, plan.batch, dice):
            spent = (time.monotonic() - began) / plan.budget_s if plan.budget_s else 0.0
            share = max(step / in_all, spent)
            if share >= 1:
                break
            rate = plan.rate * min(1.0, (step + 1) / 20) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))
            loss = _step(network, optimizer, [aside(one, dice) for one in batch], rate)
            step += 1
            told(Progress(step, share, loss, rate, None))
        share = max(step / in_all, (time.monotonic() - began) / plan.budget_s if plan.budget_s else 0.0)
        if held:
            now = score(network, held)
            log.append(Progress(step, min(1.0, share), loss, 0.0, now))
            told(log[-1])
            if len(held) < TELLS or now.loss < best:
                best, worse, found, kept = now.loss, 0, now, copy.deepcopy(network.state_dict())
            else:
                worse += 1
        if worse >= plan.patience or share >= 1:
            break
    if held:
        network.load_state_dict(kept)
    return Tuned(network.eval(), step, found, log)


def _step(network: Network, optimizer: torch.optim.Optimizer, batch: Sequence[Shown], rate: float) -> float:
    for group in optimizer.param_groups:
        group["lr"] = rate
    network.train()
    loss = _loss(network(pictures(batch)), batch)
    if not math.isfinite(float(loss.detach())):
        raise LearnError(
            "the loss is no number any more",
            hints=("learn again with a lower rate, for example --rate 0.0003",), fate="no model was made",
        )  # fmt: skip
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # pyright: ignore[reportUnknownMemberType]  # no types in its stub
    torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
    optimizer.step()  # pyright: ignore[reportUnknownMemberType]
    return float(loss.detach())


# ---- how wrong it is


def _loss(told: Told, batch: Sequence[Shown]) -> Tensor:
    acts = [one.act for one in batch]
    loss = functional.cross_entropy(told.op, torch.tensor([act.op for act in acts]))
    loss = loss + _place_loss(told.where, told.aside[:, :2], [_there(one, one.act.point) for one in batch])
    loss = loss + _place_loss(told.to, told.aside[:, 2:], [_there(one, one.act.to) for one in batch])
    for logits, wanted, weight in (
        (told.down, [act.down for act in acts], _DOWN), (told.length, [act.length for act in acts], _LENGTH),
    ):  # fmt: skip
        if max(wanted) >= 0:
            loss = loss + weight * functional.cross_entropy(logits, torch.tensor(wanted), ignore_index=-1)
    return loss


def _there(one: Shown, point: Point | None) -> Point | None:
    """The place, if it lies in what is shown: no cell can say another."""
    if point is None or not (0 <= point[0] < one.before.shape[1] * HALF and 0 <= point[1] < one.before.shape[0] * HALF):
        return None
    return point


def _place_loss(logits: Tensor, aside: Tensor, points: Sequence[Point | None]) -> Tensor:
    """Of those that have a place. logits: [B, h, w]. aside: [B, 2, h, w]."""
    rows = [row for row, point in enumerate(points) if point is not None]
    if not rows:
        return logits.sum() * 0
    x, y = (torch.tensor([point[axis] for point in points if point is not None]) for axis in (0, 1))
    high, wide = logits.shape[1:]
    across = (torch.arange(wide) + 0.5) * CELL - x[:, None]
    down = (torch.arange(high) + 0.5) * CELL - y[:, None]
    far = across[:, None, :] ** 2 + down[:, :, None] ** 2
    wanted = torch.softmax(-far.flatten(1) / (2 * _NEAR**2), 1)
    said = torch.log_softmax(logits[rows].flatten(1), 1)
    place = -(wanted * said).sum(1).mean()
    off = torch.stack((-across[:, None, :].expand_as(far), -down[:, :, None].expand_as(far)), 1) / CELL
    missed = functional.smooth_l1_loss(aside[rows], off.clamp(-2, 2), reduction="none").sum(1).flatten(1)
    return place + _ASIDE * (wanted * missed).sum(1).mean()


def says(told: Told) -> list[tuple[int, Point, Point]]:
    """Of each: its kind, where, and where a drag ended, in pixels of what was shown."""
    ops = map(int, told.op.argmax(1))
    return [(op, _at(told.where[n], told.aside[n, :2]), _at(told.to[n], told.aside[n, 2:])) for n, op in enumerate(ops)]


def _at(logits: Tensor, aside: Tensor) -> Point:
    wide = logits.shape[1]
    row, column = divmod(int(logits.argmax()), wide)
    x, y = map(float, aside[:, row, column].clamp(-1, 1))
    return (column + 0.5 + x) * CELL, (row + 0.5 + y) * CELL


def inside(point: Point, act: Act) -> bool:
    """Does it lie in what was acted on? Where that is not known: within a cell of the place."""
    if act.box is not None:
        x, y, w, h = act.box
        return x <= point[0] < x + w and y <= point[1] < y + h
    return act.point is not None and math.dist(point, act.point) <= CELL


@torch.inference_mode()
def score(network: Network, those: Sequence[Pair]) -> Held:
    """Means over all of them."""
    network.eval()
    losses, ops, on, right = list[float](), list[bool](), list[bool](), list[bool]()
    for pair in those:
        shown = plainly(pair)
        told = network(pictures([shown]))
        losses.append(float(_loss(told, [shown])))
        ((op, point, _),) = says(told)
        ops.append(op == pair.act.op)
        right.append(ops[-1])
        if pair.act.op != NONE and pair.act.point is not None:
            on.append(inside(point, shown.act))
            right[-1] = ops[-1] and on[-1]
    count = max(1, len(those))
    return Held(sum(losses) / count, sum(ops) / count, sum(on) / max(1, len(on)), sum(right) / count, len(those))
