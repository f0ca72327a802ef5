"""`byhand learn --private`: what a model may tell of one episode, or one person, that it learned from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from cyclopts import Parameter

from byhand.cli import dataset_home
from byhand.errors import UsageFault
from byhand.models.loading import of_torch

if TYPE_CHECKING:
    from byhand.models.private import Hiding

_NOT = "no model was made"

Epsilon = Annotated[
    float,
    Parameter(
        name="--private",
        metavar="EPSILON",
        help="Learn with differential privacy: the smaller, the less the weights tell of one episode; 0 is without.",
        show_default=False,
    ),
]
Delta = Annotated[
    float, Parameter(metavar="DELTA", help="Chance that more is told than --private says; less than 1 in all episodes.")
]
Unit = Annotated[
    Literal["episode", "person"],
    Parameter(help="What is hidden: each episode, or all of each person, where the datasets are of many people."),
]
Spelled = Annotated[
    int,
    Parameter(
        metavar="N",
        help="A text that stands nowhere is learned by heart if so many people typed it, or where there are not as "
        "many, if two did in so many episodes; one person is enough for three signs. 1: all are learned.",
    ),
]


class Asked(NamedTuple):
    """epsilon: 0 for nothing that is hidden."""

    epsilon: float
    delta: float
    unit: Literal["episode", "person"]


def hiding(home: Path, asked: Asked, *, begun: bool, reworded: bool) -> Hiding | None:
    """What training is told of it.

    Args:
        home: whose secret the noise is drawn with.
        asked: on the command line.
        begun: whether it is to begin with what another model knows.
        reworded: whether words of one episode's goal come into others'.

    Raises:
        UsageFault: a number is out of its range, or what the other model knows, or words, would not be hidden.
        KeyMissing: the key store can't be asked.
    """
    if not asked.epsilon:
        return None
    if not 0 < asked.epsilon < 1_000 or not 0 < asked.delta < 1:
        raise UsageFault(
            "a number is out of its range", hints=("for example: --private 8 --private-delta 1e-5",), fate=_NOT
        )
    if begun:
        raise UsageFault(
            "what another model knows can't be hidden any more",
            hints=("learn from the datasets alone: leave --from away",), fate=_NOT,
        )  # fmt: skip
    if reworded:
        raise UsageFault("words that come from other goals can't be hidden", hints=("leave --reword away",), fate=_NOT)
    private = of_torch("private")
    secret = hashlib.sha256(b"byhand/noise/" + dataset_home.key(home)).digest()
    return private.Hiding(asked.epsilon, asked.delta, asked.unit, secret)
