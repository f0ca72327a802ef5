"""`byhand model list`, `show`, `promote`, `rollback`: which models there are, what they learned from, whether that is
still there, and which version of one is used.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_home, dataset_look
from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit, say
from byhand.datasets import lineage
from byhand.datasets.lineage import Erased
from byhand.errors import ByhandError, UsageFault
from byhand.models import rounds
from byhand.models.loading import of_torch
from byhand.ui import words

Name = Annotated[str, Parameter(help="A model: its name, or NAME@v2 for one version.")]

Version = Annotated[str, Parameter(metavar="NAME@vN", help="A version of a model.")]
_NOT = "nothing was changed"


def model_list(*, json: Json = False) -> None:
    home = opened.home()
    dataset_look.caught_up(home)
    checkpoint = of_torch("checkpoint")
    found: list[tuple[Any, list[str], bool]] = []
    for name in checkpoint.names(home):
        place = checkpoint.folder(home, name)
        there = checkpoint.versions(place)
        used = of_torch("current").number(place, there)
        abouts = [checkpoint.read(place / f"v{number}") for number in there]
        found += [(about, erased(home, about), about.version == used) for about in abouts]
    if json:
        emit([{**_told(about, gone), "current": used} for about, gone, used in found])
    elif not found:
        say("no models yet", Text("to make one, run: byhand learn DATASET --as NAME", "quiet"))
    else:
        columns(_row(about, gone, used=used) for about, gone, used in found)


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


def model_promote(name: Version, /, *, json: Json = False) -> None:
    home = opened.home()
    called, _, version = name.partition("@")
    if not version.removeprefix("v").isdecimal():
        raise UsageFault("say which version", hints=(f"for example: byhand model promote {called}@v2",), fate=_NOT)
    _use(home, called, int(version.removeprefix("v")), json=json)


def model_rollback(name: Name, /, *, json: Json = False) -> None:
    home = opened.home()
    if "@" in name:
        called = name.partition("@")[0]
        hints = (f"the one before: byhand model rollback {called}", f"a certain one: byhand model promote {name}")
        raise UsageFault("going back is to the version that was used before", hints=hints, fate=_NOT)
    _use(home, name, None, json=json)


def _use(home: Path, name: str, version: int | None, *, json: bool) -> None:
    """version: None is the one that was used before."""
    dataset_look.caught_up(home)
    checkpoint, current = of_torch("checkpoint"), of_torch("current")
    now = checkpoint.chosen(home, name)
    place, there = now.parent, checkpoint.versions(now.parent)
    to: int = current.before(place, there) if version is None else version
    current.use(place, there, to)
    if now.name != f"v{to}":
        rounds.add(place, rounds.Used(to, int(time.time())))
    gone = erased(home, checkpoint.read(place / f"v{to}"))
    if json:
        emit({"model": name, "current": to, "before": int(now.name[1:]), "erased": gone})
        return
    if now.name == f"v{to}":
        say(f"{name} v{to} was used already")
    else:
        say(Text.assemble((f"{name} v{to}", "name"), (f" is used from here on; {now.name} was before", "quiet")))
    for one in gone:
        say(Text(one, "warn"))


def erased(home: Path, about: Any) -> list[str]:
    """What of the data it saw, or what it was begun from saw, was erased since: one sentence each."""
    gone = [one for one in lineage.lines(dataset_home.root(home)) if isinstance(one, Erased)]
    found: list[str] = []
    members = {(one.name, one.version) for one in about.members}
    for one in _line_of(home, about):
        if (one.name, one.version) in members:
            continue  # what it learned from is among its own
        who = "it" if one is about else f"it was begun from {one.name} v{one.version}, which"
        for source in one.sources:
            if lost := _lost(gone, source):
                said = f"{who} saw {words.many(lost, 'recording')} of {source.dataset} that were erased since"
                found.append(f"{said}: learn anew from its next version, or with --without")
    return found


def _lost(gone: list[Erased], source: Any) -> int:
    """So many recordings of that version of a dataset were erased."""
    said = [one for one in gone if (one.name, one.version) == (source.dataset, source.version)]
    return len({recording for one in said for recording in one.recordings if recording in source.recordings})


def _line_of(home: Path, about: Any) -> Iterator[Any]:
    """It, what it was begun from or is made of, and so on; as far as they are still there."""
    checkpoint = of_torch("checkpoint")
    yield about
    seen: set[str] = set()
    waiting = _before(about)
    while waiting:
        called = waiting.pop(0)
        name, _, version = called.partition(" ")
        if not name or called in seen:
            continue
        seen.add(called)
        try:
            one = checkpoint.read(checkpoint.folder(home, name) / version)
        except ByhandError:
            continue
        yield one
        waiting += _before(one)


def _before(about: Any) -> list[str]:
    return [about.parent, *(f"{one.name} v{one.version}" for one in about.members)]


def _told(about: Any, gone: list[str]) -> dict[str, object]:
    return {
        "model": about.name, "version": about.version, "examples": about.examples, "episodes": about.episodes,
        "seed": about.seed, "figures": about.figures, "parent": about.parent, "erased": gone,
        "sources": [{"dataset": one.dataset, "version": one.version} for one in about.sources],
    }  # fmt: skip


def _row(about: Any, gone: list[str], *, used: bool) -> tuple[Text, ...]:
    right = about.figures.get("right")
    return (
        Text(about.name, "name"), Text(f"v{about.version}"), Text("used" if used else "", "quiet"),
        Text(", ".join(f"{one.dataset} {one.version}" for one in about.sources), "quiet"),
        Text(words.many(about.episodes, "episode"), "quiet"),
        Text(
            f"{len(about.members)} that decide together" if about.members
            else "nothing held back" if right is None else f"right {right:.1%} of acts held back", "quiet",
        ),
        Text("saw what was erased since" if gone else "", "warn"),
    )  # fmt: skip
