"""The network: two pictures as one, looked at in ever larger cells, and heads that say what was done and where.

    op        what was done; down: which way it was scrolled; length: how much was typed, as far as that is seen
    where     a grid of cells of 8 pixels of the screen: in which of them
    to        the same of where a drag ended
    aside     of each cell: how far from its middle, for both

It begins from differencing: where the largest patch that changed has its middle, and where the others have theirs, is
shown to it, and weighs in its answer from the start. What it learns is when the act was elsewhere.

It has no place of its own: what it learned somewhere on a screen holds everywhere, and on a screen of any size.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import torch
from torch import Tensor, nn
from torch.nn import functional

from byhand.models.pictures.acts import LENGTHS, OPS

CELL = 8
"""Pixels of the screen."""
CHANNELS = 10
HINTS = 2
_OF_CELLS = 4
"""Numbers a cell says of how far aside: x and y of where, and of to."""


class Shape(msgspec.Struct, frozen=True):
    """How wide it is, at each size of its cells."""

    widths: tuple[int, int, int, int] = (20, 32, 48, 64)


class Told(NamedTuple):
    """op: [B, O]. down: [B, 2]. length: [B, L]. where, to: [B, h, w]. aside: [B, 4, h, w], in cells."""

    op: Tensor
    down: Tensor
    length: Tensor
    where: Tensor
    to: Tensor
    aside: Tensor


def asked(before: Tensor, after: Tensor, hints: Tensor) -> Tensor:
    """[B, 10, h, w] of two batches of half pictures [B, h, w, 3] of bytes: both, what differs, and that it does. hints:
    [B, 2, h, w], near 1 where the largest patch that changed has its middle, and where any has.
    """
    first, second = (one.permute(0, 3, 1, 2).float() / 127.5 - 1 for one in (before, after))
    apart = (second - first).abs().amax(1, keepdim=True)
    return torch.cat((first, second, apart, (apart > 0.09).float(), hints), 1)


class _Block(nn.Module):
    """Two convolutions beside what came, the second seeing further."""

    def __init__(self, width: int, far: int = 1) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, 1, far, far)
        self.before, self.between = nn.GroupNorm(4, width), nn.GroupNorm(4, width)

    def forward(self, x: Tensor) -> Tensor:
        y = self.first(functional.relu(self.before(x)))
        return x + self.second(functional.relu(self.between(y)))


class Network(nn.Module):
    """See above. Sides of what it is shown are multiples of 16."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        a, b, c, d = shape.widths
        self.shape = shape
        self.enters = nn.Conv2d(CHANNELS, a, 3, 2, 1)
        self.to_cells, self.to_16, self.to_32 = (
            nn.Conv2d(one, other, 3, 2, 1) for one, other in ((a, b), (b, c), (c, d))
        )
        self.cells, self.of_16 = _Block(b), nn.Sequential(_Block(c), _Block(c, 2))
        self.of_32 = nn.Sequential(_Block(d), _Block(d, 2), _Block(d, 4))
        self.whole = nn.Sequential(nn.Linear(2 * d, d), nn.ReLU())
        self.back_32, self.back_16, self.back_whole = nn.Conv2d(d, c, 1), nn.Conv2d(c, b, 1), nn.Linear(d, b)
        self.joins = nn.Sequential(_Block(b), nn.GroupNorm(4, b), nn.ReLU())
        self.op, self.down, self.length = nn.Linear(d, len(OPS)), nn.Linear(d, 2), nn.Linear(d, len(LENGTHS) + 1)
        self.where, self.aside = nn.Conv2d(b, 2, 1), nn.Conv2d(b, _OF_CELLS, 1)
        self.weighs = nn.Parameter(torch.tensor((4.0, 2.0)))

    def forward(self, pictures: Tensor) -> Told:
        """[B, 10, h, w] as `asked` makes it."""
        cells = self.cells(self.to_cells(functional.relu(self.enters(pictures))))
        of_16 = self.of_16(self.to_16(functional.relu(cells)))
        of_32 = self.of_32(self.to_32(functional.relu(of_16)))
        whole = self.whole(torch.cat((of_32.mean((2, 3)), of_32.amax((2, 3))), 1))
        of_16 = of_16 + _larger(self.back_32(of_32), of_16)
        cells = cells + _larger(self.back_16(of_16), cells) + self.back_whole(whole)[:, :, None, None]
        read = self.joins(cells)
        places = self.where(read)
        hints = functional.avg_pool2d(pictures[:, -HINTS:], CELL // 2)
        where = places[:, 0] + (hints * self.weighs[:, None, None]).sum(1)
        return Told(self.op(whole), self.down(whole), self.length(whole), where, places[:, 1], self.aside(read))


def _larger(small: Tensor, large: Tensor) -> Tensor:
    return functional.interpolate(small, size=large.shape[2:], mode="nearest")
