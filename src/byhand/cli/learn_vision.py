"""`byhand learn --model BASE --lora`: an adapter of a vision-language model learns from the same acts.

Rules of this module: what is fetched from a network is said before. Nothing of a dataset leaves this computer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from cyclopts import Parameter
from rich.text import Text

from byhand import __version__
from byhand.cli import learn_mlflow, learn_promotion
from byhand.cli import open as opened
from byhand.cli.durations import seconds
from byhand.cli.learn_telling import Telling, made_known, traced
from byhand.cli.output import emit, margin
from byhand.datasets.store import Dataset
from byhand.errors import UsageFault
from byhand.models.loading import of_torch

if TYPE_CHECKING:
    from byhand.models.learning import Learned
    from byhand.models.vision.tuning import Progress as Step

EPOCHS, BATCH, RATE = 3, 8, 1e-4
_NOT = "no model was made"

Model = Annotated[
    str,
    Parameter(
        metavar="BASE",
        help="A vision-language model, a folder or a name at Hugging Face, that learns the acts instead.",
    ),
]
Lora = Annotated[
    bool, Parameter(negative=(), help="With --model: few weights are learned, beside its own. There is no other way.")
]
Longest = Annotated[
    int,
    Parameter(
        metavar="TOKENS",
        help="With --model: of a page, its picture and its answer. Fewer need less memory, and cut long pages.",
    ),
]


class Data(NamedTuple):
    """Versions of datasets, their sources as a model's card has them, and recordings (pseudonyms) that are left out."""

    found: Sequence[tuple[Path, Dataset]]
    sources: Sequence[Any]
    left_out: frozenset[str]


def refused(model: str, *, lora: bool, follow: bool, ray: int, private: float, reword: int, tests: bool) -> None:
    """Raises:
    UsageFault: it can't be learned so.
    """
    if lora and not model:
        raise UsageFault(
            "--lora is for a vision-language model", fate=_NOT,
            hints=("say which: --model Qwen/Qwen3-VL-2B-Instruct --lora",),
        )  # fmt: skip
    if model and not lora:
        raise UsageFault("of such a model only an adapter is learned", hints=("say so: --lora",), fate=_NOT)
    if model and (follow or ray or private or reword or tests):
        raise UsageFault(
            "an adapter can't be learned so: "
            "--follow, --ray, --private, --reword and --with-tests are for a network of our own",
            fate=_NOT,
            hints=("several GPUs learn it with: accelerate launch --config_file runs/fsdp.yaml",),
        )  # fmt: skip


def learned(
    data: Callable[[Path], Data], *, as_: str, base: str, longest: int, seed: int, budget: str, epochs: int,
    batch: int, rate: float, from_: str, corrections: float, spelled: int, device: str, mlflow: str = "",
    json: bool = False,
) -> dict[str, Any] | None:  # fmt: skip
    """Learn, write a version and decide which is used. Gives what there is to tell; nothing in all processes but the
    first.

    Raises:
        UsageFault: a number or a name does not fit.
        LearnError: nothing could be learned.
    """
    checkpoint, learning = of_torch("checkpoint"), of_torch("learning")
    home = opened.home()
    place = checkpoint.folder(home, as_)
    given = data(home)
    vision, opening, tuning = of_torch("vision.learning"), of_torch("vision.opening"), of_torch("vision.tuning")
    if longest < vision.SHORTEST:
        raise UsageFault("--longest is too short for any page", hints=("for example: --longest 4096",), fate=_NOT)
    device = opening.device_of(device)
    begun = checkpoint.chosen(home, from_) if from_ else None
    if not (Path(base).expanduser() / "config.json").is_file():
        margin().print(
            Text(f"{base} is fetched from huggingface.co where it is not here yet; nothing is sent", "quiet")
        )
    which = opening.base(base, fetch=True)
    start = vision.begun(begun, which) if begun is not None else None
    split = learning.taken(
        [one for _, one in given.found], corrections=corrections, without=given.left_out, spelled=spelled
    )
    first = int(os.environ.get("RANK", "0")) == 0
    plan = tuning.Plan(
        seed=seed, epochs=epochs, batch=batch, rate=rate, longest=longest,
        budget_s=seconds(budget, "--budget") if budget else 0.0,
    )  # fmt: skip
    tracked = None
    if first:
        learn_promotion.pinned(place)
        tracked = learn_mlflow.tracked(
            mlflow,
            as_,
            plan,
            given.sources,
            corrections=corrections,
            spelled=spelled,
            device=device,
            base=Path(which.name).name,
        )
    with _Telling(place, seed, json=json, silent=not first, tracked=tracked) as telling:
        made: Learned | None = vision.learn(
            split, given.sources, as_, place, plan, f"byhand {__version__}", telling, base=which, device=device,
            start=start, card=of_torch("card").card,
        )  # fmt: skip
        if made is not None:
            telling.made(made.about, home, made.place)
    if made is None:
        return None
    promotion = learn_promotion.promoted(home, split, made, begun, given.left_out, device)
    traced(home, given.found, made.about)
    return made_known(made.about, made.place, promotion, None) | {"base": which.name}


class _Telling(Telling):
    def __call__(self, step: Step) -> None:
        if self.logs is None:
            return
        held = {} if step.held is None else {"loss/held back": step.held}
        self.logs.write(step.step, {"loss/learned": step.loss, "rate": step.rate, **held})
        if step.looked and self.json:
            emit({"step": step.step, "share": step.share, "loss": step.loss, "held": {"loss": step.held}})
        said = "" if step.held is None else f", held back {step.held:.3f}"
        self.shows(step.share, f"loss {step.loss:.3f}{said}")
