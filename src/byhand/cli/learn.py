"""`byhand learn`: a model learns from datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from msgspec import to_builtins

from byhand import __version__
from byhand.cli import (
    dataset_home,
    dataset_look,
    learn_follow,
    learn_frames,
    learn_mlflow,
    learn_private,
    learn_promotion,
    learn_telling,
    learn_vision,
)
from byhand.cli import open as opened
from byhand.cli.durations import seconds
from byhand.cli.learn_private import Asked
from byhand.cli.learn_ray import on_ray
from byhand.cli.learn_telling import Telling, made_known, traced
from byhand.cli.output import Json, emit
from byhand.datasets import manifest, whole
from byhand.datasets.manifest import Manifest, pseudonym
from byhand.datasets.store import open_at
from byhand.errors import UsageFault
from byhand.models.loading import of_torch
from byhand.ui import words
from byhand.vault.store import Vault

if TYPE_CHECKING:
    from byhand.models.learning import Learned, Split
    from byhand.models.training import Plan
    from byhand.models.training import Progress as Step

_NOT = "no model was made"
_TOLD_S = 5.0
_MOST = 100
"""More would leave nothing of what is not corrected."""

From = Annotated[
    list[str], Parameter(metavar="DATASET...", help="What it learns from: a dataset's name, NAME@2 for one version.")
]
As = Annotated[str, Parameter(name="--as", metavar="MODEL", help="What to call it; each time it gets a new version.")]
Seed = Annotated[int, Parameter(help="The same seed, datasets and machine give the same model.")]
Budget = Annotated[
    str, Parameter(metavar="TIME", help="The longest it may learn, like 30m. The rate falls to its end in that time.")
]
Epochs = Annotated[
    int | None,
    Parameter(help="How often it sees all of it, at most: 40 if left out, of an adapter 3, with --frames 24."),
]
Batch = Annotated[
    int | None, Parameter(help="Examples at once, 32; of an adapter or with --frames 8. Fewer need less memory.")
]
Rate = Annotated[
    float | None,
    Parameter(
        help="How far it goes with each batch, 0.001 or of an adapter 0.0001; lower where the loss is no number."
    ),
]
Width = Annotated[int, Parameter(help="Of the network; a multiple of 4. Wider needs more data and time.")]
Layers = Annotated[int, Parameter(help="Of the network.")]
Start = Annotated[str, Parameter(name="--from", metavar="MODEL", help="Begin with what that model knows.")]
Without = Annotated[
    list[str],
    Parameter(
        name="--without",
        metavar="REC...",
        consume_multiple=True,
        help="Leave these recordings out.",
        show_default=False,
    ),
]
Corrections = Annotated[
    float,
    Parameter(
        metavar="TIMES",
        help="How much an act counts that corrects a model: they are few, and show where it goes wrong.",
    ),
]
Reword = Annotated[
    int,
    Parameter(
        metavar="TIMES",
        help="Learn each task so many more times with its goal said otherwise: other words around what it names.",
    ),
]
Tests = Annotated[
    bool,
    Parameter(
        name="--with-tests",
        negative="",
        help="Learn from what the datasets keep for tests, too: of few episodes each counts. How good it is only live "
        "pages tell then.",
        show_default=False,
    ),
]
Ray = Annotated[
    int,
    Parameter(metavar="PROCESSES", help="So many processes of Ray learn it together; 0: this one alone."),
]
Device = Annotated[
    str, Parameter(help="Where it is learned: cpu, or cuda for a GPU, with short numbers (bfloat16) and compiled.")
]


def learn(
    datasets: From,
    /,
    *,
    as_: As,
    seed: Seed = 0,
    budget: Budget = "",
    epochs: Epochs = None,
    batch: Batch = None,
    rate: Rate = None,
    width: Width = 128,
    layers: Layers = 3,
    from_: Start = "",
    corrections: Corrections = 3.0,
    without: Without = [],  # noqa: B006  cyclopts reads it and nobody changes it
    reword: Reword = 0,
    with_tests: Tests = False,
    spelled: learn_private.Spelled = 5,
    private: learn_private.Epsilon = 0.0,
    private_delta: learn_private.Delta = 1e-5,
    private_unit: learn_private.Unit = "episode",
    model: learn_vision.Model = "",
    lora: learn_vision.Lora = False,
    longest: learn_vision.Longest = 8192,
    frames: learn_frames.Frames = False,
    device: Device = "cpu",
    ray: Ray = 0,
    follow: learn_follow.Follow = False,
    rounds: learn_follow.Rounds = 0,
    idle: learn_follow.Idle = "",
    mlflow: learn_mlflow.Mlflow = "",
    json: Json = False,
) -> None:
    learn_mlflow.refused(mlflow, ray=ray)
    learn_follow.refused(rounds=rounds, idle=idle, follow=follow, ray=ray, private=private)
    learn_vision.refused(model, lora=lora, follow=follow, ray=ray, private=private, reword=reword, tests=with_tests)
    learn_frames.refused(
        frames=frames, model=bool(model), follow=follow, ray=bool(ray), private=bool(private), device=device != "cpu",
        reword=bool(reword),
        **{"from": bool(from_), "with-tests": with_tests},
    )  # fmt: skip
    usual = (40, 32, 1e-3)
    if model or frames:
        kind = learn_vision if model else learn_frames
        usual = kind.EPOCHS, kind.BATCH, kind.RATE
    epochs = usual[0] if epochs is None else epochs
    batch = usual[1] if batch is None else batch
    rate = usual[2] if rate is None else rate
    if frames:
        _fits(datasets, epochs, batch, rate, corrections, spelled)
        made = learn_frames.learned(
            partial(_data, tuple(datasets), tuple(without)), as_=as_, seed=seed, budget=budget, epochs=epochs,
            batch=batch, rate=rate, mlflow=mlflow, json=json,
        )  # fmt: skip
        if json:
            emit(made)
        else:
            learn_frames.tell(made)
        return
    if model:
        _fits(datasets, epochs, batch, rate, corrections, spelled)
        made = learn_vision.learned(
            partial(_data, tuple(datasets), tuple(without)), as_=as_, base=model, longest=longest, seed=seed,
            budget=budget, epochs=epochs, batch=batch, rate=rate, from_=from_, corrections=corrections, spelled=spelled,
            device=device, mlflow=mlflow, json=json,
        )  # fmt: skip
        _say(made, json=json)
        return
    one = partial(
        learned, tuple(datasets), as_=as_, seed=seed, budget=budget, epochs=epochs, batch=batch, rate=rate, width=width,
        layers=layers, from_=from_, corrections=corrections, without=tuple(without), device=device, reword=reword,
        tests=with_tests, spelled=spelled, private=Asked(private, private_delta, private_unit), mlflow=mlflow,
    )  # fmt: skip
    if follow:
        learn_follow.followed(
            opened.home(), datasets, one, as_=as_, from_=from_, rounds=rounds, idle=idle, json=json
        )  # fmt: skip
        return
    _say(on_ray(one, ray, gpu=device.startswith("cuda")) if ray else one(json=json), json=json)


def _say(made: Mapping[str, Any] | None, *, json: bool) -> None:
    if made is None:  # another process says it
        return
    if json:
        emit(made)
    else:
        _told(made)


def _fits(
    datasets: Sequence[str], epochs: int, batch: int, rate: float, corrections: float, spelled: int, *,
    shaped: bool = True,
) -> None:  # fmt: skip
    """Raises:
    UsageFault: no dataset was named, or a number is out of its range.
    """
    if not datasets:
        raise UsageFault("say of which dataset", hints=("for example: byhand learn chores --as chores",), fate=_NOT)
    if epochs < 1 or batch < 1 or not 0 < rate < 1 or not shaped or not 0 < corrections <= _MOST or spelled < 1:
        raise UsageFault(
            "a number is out of its range", hints=("to see what each is, run: byhand learn --help",), fate=_NOT
        )


def _data(datasets: Sequence[str], without: Sequence[str], home: Path) -> learn_vision.Data:
    found = [(folder, open_at(folder)) for folder in (dataset_look.chosen(home, name) for name in datasets)]
    left_out = frozenset(_left_out(home, [one.manifest for _, one in found], without))
    checkpoint = of_torch("checkpoint")
    return learn_vision.Data(
        found, [_source(checkpoint, folder, one.manifest, left_out) for folder, one in found], left_out
    )


def learned(
    datasets: Sequence[str], *, as_: str, seed: int, budget: str, epochs: int, batch: int, rate: float, width: int,
    layers: int, from_: str, corrections: float, without: Sequence[str], device: str, spelled: int,
    private: Asked, reword: int = 0, tests: bool = False, mlflow: str = "", json: bool = False, silent: bool = False,
) -> dict[str, Any] | None:  # fmt: skip
    """Learn, write a version and decide which is used. Gives what there is to tell; nothing in all processes but the
    first.

    Raises:
        UsageFault: a number or a name does not fit.
        LearnError: nothing could be learned.
    """
    shaped = layers >= 1 and width >= 4 and width % 4 == 0 and 0 <= reword <= _MOST
    _fits(datasets, epochs, batch, rate, corrections, spelled, shaped=shaped)
    network, training, learning, checkpoint, together, judging = (
        of_torch(name) for name in ("network", "training", "learning", "checkpoint", "together", "judging")
    )
    home = opened.home()
    place = checkpoint.folder(home, as_)
    found = [(folder, open_at(folder)) for folder in (dataset_look.chosen(home, name) for name in datasets)]
    left_out = frozenset(_left_out(home, [data.manifest for _, data in found], without))
    shape = network.Shape(width=width, layers=layers)
    limit = seconds(budget, "--budget") if budget else 0.0
    hiding = learn_private.hiding(home, private, begun=bool(from_), reworded=bool(reword))
    plan: Plan = training.Plan(seed=seed, epochs=epochs, batch=batch, rate=rate, budget_s=limit, shape=shape,
        short=device.startswith("cuda"), compiled="inductor" if device.startswith("cuda") else "",
    )  # fmt: skip
    with together.joined(device) as group:
        begun = checkpoint.chosen(home, from_) if from_ else None
        known = checkpoint.read(begun) if begun else None
        start = checkpoint.network(begun, known) if known else None
        split: Split = learning.taken(
            [data for _, data in found], corrections=corrections, without=left_out, spelled=spelled, reworded=reword,
            seed=seed, tests=tests,
        )  # fmt: skip
        sources = [_source(checkpoint, folder, data.manifest, left_out) for folder, data in found]
        tracked = None
        if group.first:
            learn_promotion.pinned(place)
            tracked = learn_mlflow.tracked(
                mlflow, as_, plan, sources, corrections=corrections, spelled=spelled, device=device, begun=from_
            )
        with _Telling(place, plan.seed, json=json, silent=silent or not group.first, tracked=tracked) as telling:
            made: Learned | None = learning.learn(
                split, sources, as_, place, plan, f"byhand {__version__}", telling,
                start=start, parent=f"{known.name} v{known.version}" if known else "", group=group,
                card=of_torch("card").card, known=frozenset(judging.kept(begun).learned) if begun else frozenset(),
                hiding=hiding,
            )  # fmt: skip
            if made is not None:
                telling.made(made.about, home, made.place)
        if made is None:
            return None
        promotion = learn_promotion.promoted(home, split, made, begun, left_out, group.device)
    traced(home, found, made.about)
    return made_known(made.about, made.place, promotion, to_builtins(made.about.private))


def _left_out(home: Path, manifests: Sequence[Manifest], said: Sequence[str]) -> Iterator[str]:
    """The pseudonyms of those recordings: named as you know them, or as a dataset does.

    Raises:
        UsageFault: none of the datasets holds one of them, so that leaving it out would change nothing.
    """
    held = {part.recording for made in manifests for part in made.recordings}
    own: list[str] = []
    if said and Vault.exists(home):
        with opened.vault(home) as vault:
            own = [info.id for info in vault.recordings()]
    for one in said:
        ids = [each for each in own if each.startswith(one)] or [one]  # one that was forgotten is known by its own name
        names = {pseudonym(dataset_home.key(home), "recording", each) for each in ids} | {one}
        if not (names & held):
            raise UsageFault(
                f"no dataset that it would learn from holds the recording {words.shown(one, 40)}",
                hints=("to see what one holds, run: byhand dataset show NAME --json",), fate=_NOT,
            )  # fmt: skip
        yield from names & held


def _source(checkpoint: Any, folder: Path, made: Manifest, left_out: frozenset[str]) -> Any:
    kept = [one for one in made.recordings if one.recording not in left_out]
    return checkpoint.Source(
        made.name, made.version, whole.sha256(folder / manifest.FILE),
        tuple(sorted({one.grant for one in kept if one.grant})),
        tuple(one.recording for one in kept), made.purpose,
    )  # fmt: skip


class _Telling(Telling):
    _held = ""

    def __call__(self, step: Step) -> None:
        if self.logs is None:
            return
        self.logs(step)
        if step.held is not None:
            self._held = f", right held back {step.held.right:.1%}"
            if self.json:
                emit({"step": step.step, "share": step.share, "loss": step.loss, "held": step.held._asdict()})
        self.shows(step.share, f"loss {step.loss:.3f}{self._held}")


def _told(made: Mapping[str, Any]) -> None:
    """For a person."""
    more: list[str] = []
    if made["private"]:
        told = made["private"]
        more.append(
            f"of one {told['unit']} of {told['units']:,} its weights tell no more than epsilon {told['epsilon']:.3g}, "
            f"delta {told['delta']:g}: not of what was held back, and not what model.json names"
        )
    learn_telling.tell(made, of="act", where="element", more=more)
    learn_promotion.tell(made)
