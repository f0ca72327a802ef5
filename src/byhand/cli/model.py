"""`byhand model list`, `show`: which models there are, what they learned from, and whether that still is there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_home, dataset_look
from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit, say
from byhand.datasets import lineage
from byhand.datasets.lineage import Erased
from byhand.models.loading import of_torch
from byhand.ui import words

Name = Annotated[str, Parameter(help="A model: its name, or NAME@v2 for one version.")]


def model_list(*, json: Json = False) -> None:
    home = opened.home()
    dataset_look.caught_up(home)
    checkpoint = of_torch("checkpoint")
    found: list[tuple[Any, list[str]]] = []
    for name in checkpoint.names(home):
        place = checkpoint.folder(home, name)
        abouts = [checkpoint.read(place / f"v{number}") for number in checkpoint.versions(place)]
        found += [(about, erased(home, about)) for about in abouts]
    if json:
        emit([_told(about, gone) for about, gone in found])
    elif not found:
        say("no models yet", Text("to make one, run: byhand learn DATASET --as NAME", "quiet"))
    else:
        columns(_row(about, gone) for about, gone in found)


def model_show(name: Name, /, *, json: Json = False) -> None:
    home = opened.home()
    dataset_look.caught_up(home)
    checkpoint = of_torch("checkpoint")
    place = checkpoint.chosen(home, name)
    about = checkpoint.read(place)
    gone = erased(home, about)
    if json:
        emit({**_told(about, gone), "left": about.left, "place": str(place)})
        return
    say(*of_torch("card").card(about).decode().rstrip().split("\n"))
    for one in gone:
        say(Text(one, "warn"))
    say(Text(str(place), "quiet"))


def erased(home: Path, about: Any) -> list[str]:
    """What of the data it saw was erased since: one sentence each."""
    gone = [one for one in lineage.lines(dataset_home.root(home)) if isinstance(one, Erased)]
    found: list[str] = []
    for source in about.sources:
        lost = {
            recording for one in gone if (one.name, one.version) == (source.dataset, source.version)
            for recording in one.recordings if recording in source.recordings
        }  # fmt: skip
        if lost:
            said = f"it saw {words.many(len(lost), 'recording')} of {source.dataset} that were erased since"
            found.append(f"{said}: learn anew from its next version, or with --without")
    return found


def _told(about: Any, gone: list[str]) -> dict[str, object]:
    return {
        "model": about.name, "version": about.version, "examples": about.examples, "episodes": about.episodes,
        "seed": about.seed, "figures": about.figures, "parent": about.parent, "erased": gone,
        "sources": [{"dataset": one.dataset, "version": one.version} for one in about.sources],
    }  # fmt: skip


def _row(about: Any, gone: list[str]) -> tuple[Text, ...]:
    right = about.figures.get("right")
    return (
        Text(about.name, "name"), Text(f"v{about.version}"),
        Text(", ".join(f"{one.dataset} {one.version}" for one in about.sources), "quiet"),
        Text(words.many(about.episodes, "episode"), "quiet"),
        Text("nothing held back" if right is None else f"right {right:.1%} of acts held back", "quiet"),
        Text("saw what was erased since" if gone else "", "warn"),
    )  # fmt: skip
