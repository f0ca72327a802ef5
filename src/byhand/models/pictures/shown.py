"""A pair as it is shown to the network once: its part of the screen, cut out and laid one upon the other.

Rules of this module: who learns is shown it a little aside each time, in other colours, now and then mirrored: what is
the same in all of that is learned. Who is asked is shown it plainly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from byhand.models.arrays import Bytes
from byhand.models.pictures import changes
from byhand.models.pictures.acts import Act
from byhand.models.pictures.changes import HALF
from byhand.models.pictures.network import asked
from byhand.models.pictures.pairs import JITTER, Pair

_HILLS, _HILL = 8, 12.0
"""Patches that are pointed out, and how wide, in pixels."""
_DARK, _MIRRORED = 0.2, 0.25
"""How often it is shown with light and dark changed over, and from right to left."""


class Shown(NamedTuple):
    """A pair as it is shown once: half pictures [h, w, 3], and the answer, with places in pixels of what is shown."""

    before: Bytes
    after: Bytes
    act: Act


def plainly(pair: Pair) -> Shown:
    """As it is shown to a network that is asked."""
    return _cut(pair, 0, 0)


def _cut(pair: Pair, x: int, y: int) -> Shown:
    """Without the pixels around it, but for so many aside."""
    part = pair.part
    left, top, w, h = part.changed
    whole = changes.part(part.before, part.after, (left - part.x + x, top - part.y + y, w, h))
    return Shown(whole.before, whole.after, _from(pair.act, part.x + whole.x, part.y + whole.y))


def aside(pair: Pair, dice: np.random.Generator) -> Shown:
    """As it is shown to one that learns; the same `dice`, the same."""
    shown = _cut(pair, *(dice.integers(-JITTER, JITTER + 1, 2).tolist()))
    before, after, act = shown
    order = dice.permutation(3)
    gain, shift = dice.uniform(0.8, 1.0), dice.uniform(0, 40)
    inverted = dice.random() < _DARK
    table = np.arange(256) * gain + shift
    table = np.clip(255 - table if inverted else table, 0, 255).astype(np.uint8)
    before, after = table[before[..., order]], table[after[..., order]]
    if dice.random() < _MIRRORED:
        wide = before.shape[1] * HALF
        before, after, act = before[:, ::-1], after[:, ::-1], _mirrored(act, wide)
    return Shown(before, after, act)


def _from(act: Act, x: int, y: int) -> Act:
    """With places counted from there."""
    point = (act.point[0] - x, act.point[1] - y) if act.point else None
    to = (act.to[0] - x, act.to[1] - y) if act.to else None
    box = (act.box[0] - x, act.box[1] - y, act.box[2], act.box[3]) if act.box else None
    return act._replace(point=point, to=to, box=box)


def _mirrored(act: Act, wide: int) -> Act:
    point = (wide - act.point[0], act.point[1]) if act.point else None
    to = (wide - act.to[0], act.to[1]) if act.to else None
    box = (wide - act.box[0] - act.box[2], act.box[1], act.box[2], act.box[3]) if act.box else None
    return act._replace(point=point, to=to, box=box)


def batches(pairs: Sequence[Pair], size: int, dice: np.random.Generator) -> Iterator[list[Pair]]:
    """Of pairs of one size each, in an order of chance."""
    groups: dict[tuple[int, ...], list[Pair]] = {}
    for place in map(int, dice.permutation(len(pairs))):
        groups.setdefault(plainly(pairs[place]).before.shape, []).append(pairs[place])
    batches = [group[at : at + size] for group in groups.values() for at in range(0, len(group), size)]
    for place in map(int, dice.permutation(len(batches))):
        yield batches[place]


def pictures(batch: Sequence[Shown]) -> Tensor:
    """[B, 10, h, w], as the network takes them."""
    before, after = stacked([one.before for one in batch]), stacked([one.after for one in batch])
    return asked(before, after, torch.stack([_hints(one, before.shape[1], before.shape[2]) for one in batch]))


def _hints(one: Shown, high: int, wide: int) -> Tensor:
    """[2, h, w]: hills over the middle of the largest patch that changed, and over those of all that are large."""
    across, down = ((np.arange(side) + 0.5) * HALF for side in (wide, high))
    hills = np.zeros((2, high, wide), np.float32)
    for place, patch in enumerate(changes.patches(one.before, one.after)[:_HILLS]):
        hill = np.exp(-((down - patch.y) ** 2)[:, None] / (2 * _HILL**2)) * np.exp(
            -((across - patch.x) ** 2) / (2 * _HILL**2)
        )
        hills[1] = np.maximum(hills[1], hill)
        if place == 0:
            hills[0] = hill
    return torch.from_numpy(hills)  # pyright: ignore[reportUnknownMemberType]


def stacked(pictures: Sequence[Bytes]) -> Tensor:
    """[B, h, w, 3] of bytes, padded with grey to what the network's grids fit."""
    high, wide = (changes.within(max(one.shape[side] for one in pictures)) for side in (0, 1))
    all_of = np.full((len(pictures), high, wide, 3), 128, np.uint8)
    for place, one in enumerate(pictures):
        all_of[place, : one.shape[0], : one.shape[1]] = one
    return torch.from_numpy(all_of)  # pyright: ignore[reportUnknownMemberType]
