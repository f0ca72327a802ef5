"""`byhand learn --frames`: a small network learns to tell from pictures of the screen what was done between them.

Rules of this module: it learns from what datasets hold, as any model does; what was cut or painted over is not there.
Its newest version is used: how good one is says `byhand eval --suite pictures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from byhand import __version__
from byhand.cli import learn_mlflow, learn_telling
from byhand.cli import open as opened
from byhand.cli.durations import seconds
from byhand.cli.learn_telling import Telling, traced
from byhand.cli.learn_vision import Data
from byhand.cli.output import emit
from byhand.errors import UsageFault
from byhand.models.loading import of_torch

if TYPE_CHECKING:
    from byhand.models.checkpoint import About
    from byhand.models.pictures.training import Progress

EPOCHS, BATCH, RATE = 24, 8, 1e-3
_NOT = "no model was made"

Frames = Annotated[
    bool,
    Parameter(negative=(), help="It learns to tell acts from pictures of the screen instead, for: byhand label."),
]


def refused(*, frames: bool, **others: bool) -> None:
    """Raises:
    UsageFault: what else was asked for is not for such a model.
    """
    if frames and (asked := [name for name, given in others.items() if given]):
        raise UsageFault(
            "a model of pictures can't be learned so: --frames does not go with "
            + " and ".join(f"--{name}" for name in asked),
            hints=("leave one of them away",), fate=_NOT,
        )  # fmt: skip


def learned(
    data: Callable[[Path], Data], *, as_: str, seed: int, budget: str, epochs: int, batch: int, rate: float,
    mlflow: str = "", json: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Learn and write a version. Gives what there is to tell.

    Raises:
        UsageFault: it can't be called so, or what is called so is another kind of model.
        LearnError: there are no pictures, or nothing could be learned.
    """
    checkpoint, learning = of_torch("checkpoint"), of_torch("pictures.learning")
    training = of_torch("pictures.training")
    home = opened.home()
    place = checkpoint.folder(home, as_)
    there = checkpoint.versions(place)
    if there and checkpoint.read(place / f"v{there[-1]}").pictures is None:
        raise UsageFault(
            f"{as_} is a model that acts, and no model of pictures", hints=("call this one otherwise, with --as",),
            fate=_NOT,
        )  # fmt: skip
    given = data(home)
    split = learning.taken([one for _, one in given.found], given.left_out)
    plan = training.Plan(
        seed=seed, epochs=epochs, batch=batch, rate=rate, budget_s=seconds(budget, "--budget") if budget else 0.0
    )
    tracked = learn_mlflow.tracked(mlflow, as_, plan, given.sources)
    with _Telling(place, seed, json=json, silent=False, tracked=tracked) as telling:
        about, made = learning.version(
            split, given.sources, as_, place, plan, f"byhand {__version__}", telling, of_torch("card").card
        )
        telling.made(about, home, made)
    traced(home, given.found, about)
    return told(about, made)


def told(about: About, place: Path) -> dict[str, Any]:
    """For programs."""
    return {
        "model": about.name, "version": about.version, "place": str(place), "pictures": True,
        "examples": about.examples, "episodes": about.episodes, "steps": about.steps, "seconds": about.seconds,
        "figures": about.figures, "left": about.left,
    }  # fmt: skip


def tell(made: Mapping[str, Any]) -> None:
    """For a person."""
    learn_telling.tell(made, of="change", where="inside")


class _Telling(Telling):
    def __call__(self, step: Progress) -> None:
        if self.logs is None:
            return
        held = step.held
        said = {"loss/learned": step.loss} | ({} if held is None else {
            "loss/held back": held.loss, "op/held back": held.op, "place/held back": held.inside,
        })  # fmt: skip
        self.logs.write(step.step, said)
        if held is not None and self.json:
            emit({"step": step.step, "share": step.share, "loss": step.loss, "held": held._asdict()})
        self.shows(step.share, f"loss {step.loss:.3f}" + ("" if held is None else f", held back {held.right:.1%}"))
