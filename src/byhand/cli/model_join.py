"""`byhand model join`: several models decide together, as one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand import __version__
from byhand.cli import dataset_home, dataset_look
from byhand.cli import open as opened
from byhand.cli.output import Json, emit, say
from byhand.datasets import lineage
from byhand.datasets.lineage import Trained
from byhand.errors import UsageFault
from byhand.models.loading import of_torch

Members = Annotated[
    list[str], Parameter(metavar="NAME...", help="Models, two or more; NAME@v2 is one version.", consume_multiple=True)
]
As = Annotated[str, Parameter(name="--as", metavar="NAME", help="What to call all of them together.")]
_NOT = "no model was made"


def model_join(members: Members, /, *, as_: As, json: Json = False) -> None:
    home = opened.home()
    dataset_look.caught_up(home)
    checkpoint = of_torch("checkpoint")
    places: list[Path] = [checkpoint.chosen(home, name) for name in members]
    if len(set(places)) < 2 or len(set(places)) < len(places):
        raise UsageFault(
            "two models or more decide together, each of them once", fate=_NOT,
            hints=(f"for example: byhand model join chores-1 chores-2 chores-3 --as {as_}",),
        )  # fmt: skip
    about = _about(checkpoint, checkpoint.folder(home, as_), as_, places)
    judging = of_torch("judging")
    known = sorted({one for place in places for one in judging.kept(place).learned})
    beside = {
        "README.md": of_torch("card").card(about),
        judging.FILE: msgspec.json.encode(judging.Cases(learned=tuple(known))),
        **{checkpoint.weights_of(at): _weights(place) for at, place in enumerate(places, 1)},
    }
    made = checkpoint.save(checkpoint.folder(home, as_), about, None, beside=beside)
    of_torch("current").use(made.parent, checkpoint.versions(made.parent), about.version)
    _traced(home, about)
    if json:
        emit({"model": as_, "version": about.version, "place": str(made), "members": len(places)})
        return
    say(
        Text.assemble((f"{as_} v{about.version}", "name"), f"  {len(places)} networks that decide together"),
        Text(f"  a decision takes {len(places)} times as long as one of them takes, less what they share", "quiet"),
        Text(str(made), "quiet"),
    )  # fmt: skip


def _about(checkpoint: Any, goes: Path, name: str, places: list[Path]) -> Any:
    """Raises:
    LearnError: one of them can't be read, or is no network of its own.
    UsageFault: they don't fit together.
    """
    abouts = [checkpoint.read(place) for place in places]
    for place, one in zip(places, abouts, strict=True):
        checkpoint.network(place, one)
        if one.private is not None:
            raise UsageFault(
                f"{one.name} v{one.version} was learned with noise, and what several tell together adds up", fate=_NOT
            )
    if len({one.observer for one in abouts}) > 1:
        raise UsageFault("they read pages as different observers list them", fate=_NOT)
    first, there = abouts[0], checkpoint.versions(goes)
    sources = {(one.dataset, one.version, one.recordings): one for each in abouts for one in each.sources}
    return checkpoint.About(
        checkpoint.SCHEMA, name, there[-1] + 1 if there else 1, first.observer, first.features, first.shape, first.seed,
        tuple(sources.values()), max(one.examples for one in abouts), max(one.episodes for one in abouts),
        sum(one.steps for one in abouts), round(sum(one.seconds for one in abouts), 3), f"byhand {__version__}",
        spelled=min(one.spelled for one in abouts), tests=any(one.tests for one in abouts),
        members=tuple(checkpoint.Member(one.name, one.version, one.shape, one.heat) for one in abouts),
    )  # fmt: skip


def _weights(place: Path) -> bytes:
    return (place / "weights.pt").read_bytes()


def _traced(home: Path, about: Any) -> None:
    """That it saw what its members saw, so that a forgotten recording leads to it."""
    root, name = dataset_home.root(home), f"{about.name}@v{about.version}"
    members = {f"{one.name}@v{one.version}" for one in about.members}
    own = [one for one in lineage.lines(root) if isinstance(one, Trained) and one.model in members]
    for seen in {(one.name, one.version, one.place) for one in own}:
        lineage.add(root, Trained(name, *seen, int(time.time())))
