"""A version is asked: two pictures of one screen, and what was done between them, with how sure it is.

Rules of this module: what it says is `Inferred`, never an `Action`: nothing takes the one for the other. It says where
things lie on the screen, and nothing of what stands there.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec
import torch
from torch import Tensor

from byhand.models.arrays import Bytes
from byhand.models.pictures import changes
from byhand.models.pictures.acts import DRAG, LENGTHS, NOTHING, OPS, PLACED, Point
from byhand.models.pictures.changes import Box, Part
from byhand.models.pictures.network import Network
from byhand.models.pictures.shown import Shown, pictures
from byhand.models.pictures.training import says

SURE = 0.5
"""Below this nothing is said."""


class Inferred(msgspec.Struct, frozen=True):
    """What a model infers from two pictures. Nobody recorded it.

    op: what was done, see `acts.OPS`; none: nobody did anything, it changed by itself. x, y: where, in pixels of the
    picture, and to_x, to_y where a drag ended; None where there is no place. down: which way it was scrolled. length:
    about so many signs were typed at least, where that can be seen. sure: probability that kind and place are right,
    as far as the model can tell. changed: x, y, w, h of what differs. model: who says so.
    """

    op: str
    sure: float
    changed: Box
    model: str
    x: int | None = None
    y: int | None = None
    to_x: int | None = None
    to_y: int | None = None
    down: bool | None = None
    length: int | None = None
    provenance: Literal["inferred"] = "inferred"


class Guess(NamedTuple):
    """Everything it makes of a change, also what does not fit together. likely, near: probabilities of op and point."""

    op: int
    likely: float
    point: Point
    near: float
    to: Point
    down: bool
    length: int

    def sure_of(self, name: str) -> float:
        return self.likely * self.near if name in PLACED else self.likely


class Heat(NamedTuple):
    """What logits are divided by so that it is as sure as it is right."""

    op: float = 1.0
    where: float = 1.0


class Inferring:
    """Says what was done.

    Args:
        network: of a version.
        name: what it is called in what it says.
        heat: see there.
    """

    def __init__(self, network: Network, name: str, heat: Heat) -> None:
        self._network, self.name, self._heat = network.eval(), name, heat

    def between(self, before: Bytes, after: Bytes) -> Inferred | None:
        """Of two half pictures [h, w, 3] (`changes.opened`). None where nothing differs, or they are of two sizes."""
        box = changes.changed(before, after)
        if box is None:
            return None
        part = changes.part(before, after, box)
        guess = self.guess(part.before, part.after)
        name = OPS[guess.op]
        found = Inferred(
            name, round(guess.sure_of(name), 4), box, self.name, down=guess.down if name == "scroll" else None,
            length=((0, *LENGTHS)[guess.length] + 1) if name == "type" else None,
        )  # fmt: skip
        if name not in PLACED:
            return found
        x, y = _on_screen(guess.point, part, before)
        found = msgspec.structs.replace(found, x=x, y=y)
        if guess.op == DRAG:
            x, y = _on_screen(guess.to, part, before)
            found = msgspec.structs.replace(found, to_x=x, to_y=y)
        return found

    @torch.inference_mode()
    def guess(self, before: Bytes, after: Bytes) -> Guess:
        """Of the part of two half pictures that is around what changed; places are in pixels of it."""
        told = self._network(pictures([Shown(before, after, NOTHING)]))
        ((op, point, to),) = says(told)
        likely = float(torch.softmax(told.op[0] / self._heat.op, 0)[op])
        return Guess(
            op, likely, point, mass(told.where[0] / self._heat.where), to, bool(told.down[0].argmax()),
            int(told.length[0].argmax()),
        )  # fmt: skip


def _on_screen(point: Point, part: Part, whole: Bytes) -> tuple[int, int]:
    high, wide = whole.shape[0] * changes.HALF, whole.shape[1] * changes.HALF
    return min(max(0, round(part.x + point[0])), wide - 1), min(max(0, round(part.y + point[1])), high - 1)


def mass(logits: Tensor) -> float:
    """How likely the place is one within a cell of the likeliest. [h, w]."""
    likely = torch.softmax(logits.flatten(), 0).reshape(logits.shape)
    row, column = divmod(int(logits.argmax()), logits.shape[1])
    return min(1.0, float(likely[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].sum()))
