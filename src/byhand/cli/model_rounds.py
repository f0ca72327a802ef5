"""`byhand model rounds`: what each version of a model came to, and whether somebody is needed less with each round.

Rules of this module: how much it does is told by a suite whose tasks judge themselves, never by what a person let
pass; how often somebody is needed by the suite, and by what happened in use (`goals/N/goal.json`), each by itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_look
from byhand.cli import open as opened
from byhand.cli.do_report import FOLDER, PARTS
from byhand.cli.output import Json, columns, emit, say
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.evals.figure import wilson
from byhand.models import rounds
from byhand.models.loading import of_torch
from byhand.models.rounds import Decided, Measured, Played, Used
from byhand.ui.rounds import Figure, Version, page, picture

Name = Annotated[str, Parameter(help="A model: its name.")]
To = Annotated[
    Path | None,
    Parameter(name=("--to", "-o"), metavar="FILE", help="Draw it into this file: a picture (.svg) or a page (.html)."),
]


class _Goal(msgspec.Struct):
    version: str = ""
    acts: int = 0
    asked: int = 0


def model_rounds(name: Name, /, *, to: To = None, json: Json = False) -> None:
    home = opened.home()
    dataset_look.caught_up(home)
    if to is not None and to.suffix not in (".svg", ".html"):
        raise UsageFault(
            "a picture is drawn as .svg, a page as .html",
            hints=("for example: -o rounds.html",),
            fate="nothing was drawn",
        )
    place: Path = of_torch("checkpoint").chosen(home, name.partition("@")[0]).parent
    told = rounds.lines(place)
    decided = {one.version: one for one in told if isinstance(one, Decided)}
    there: list[int] = of_torch("checkpoint").versions(place)
    by_hand = {one.version for one in told if isinstance(one, Used)}
    of_suite = _of_suite([one for one in told if isinstance(one, Measured)])
    in_use = dict(_in_use(home, place.name))
    now = of_torch("current").number(place, there)
    found = [
        _version(
            number, of_suite.get(number), in_use.get(number, []),
            # Of a version from before this was kept nothing else is known.
            used=number in by_hand or number == now or number not in decided or decided[number].promoted,
        )
        for number in there
    ]  # fmt: skip
    said = _said([of_suite[number] for number in there if number in of_suite])
    if to is not None:
        drawn = page(place.name, found, said) if to.suffix == ".html" else picture(place.name, found, said)
        write(to, drawn.encode())
    if json:
        emit([_as_json(one, decided.get(one.number)) for one in found])
        return
    columns(_row(one, decided.get(one.number), current=one.number == now) for one in found)
    if to is not None:
        say(Text(str(to), "quiet"))


def noted(home: Path, who: str, suite: str, tasks: Sequence[str], seeds: int, played: Sequence[Played]) -> None:
    """Keep what a suite found out, if it was of a version that was learned here.

    Args:
        home: BYHAND_HOME.
        who: as a decider is called ("chores v2").
        suite: which.
        tasks: their names.
        seeds: the first.
        played: all of it.
    """
    name, _, number = who.partition(" v")
    place = home / "models" / name
    if number.isdecimal() and (place / f"v{number}" / "model.json").exists():
        rounds.add(place, Measured(int(number), suite, int(time.time()), tuple(played), tuple(tasks), seeds))


def _of_suite(measured: Sequence[Measured]) -> Mapping[int, Measured]:
    """Of each version its last measure, on those tasks that most versions did: others can't be compared."""
    sorts = [(one.suite, one.tasks, one.seeds, len(one.played)) for one in measured]
    usual = max(sorts, key=lambda sort: (sorts.count(sort), sort[3]), default=None)
    return {one.version: one for one, sort in zip(measured, sorts, strict=True) if sort == usual}


def _in_use(home: Path, name: str) -> Iterator[tuple[int, list[Played]]]:
    """What happened where a version worked for a person. A goal from before this was kept is left out."""
    found: dict[int, list[Played]] = {}
    for file in sorted((home / FOLDER).glob(f"*/{PARTS}")):
        try:
            goal = msgspec.json.decode(file.read_bytes(), type=_Goal)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            continue
        called, _, number = goal.version.partition(" v")
        if called == name and number.isdecimal():
            found.setdefault(int(number), []).append(Played(goal.acts, goal.asked))
    yield from found.items()


def _version(number: int, measured: Measured | None, use: Sequence[Played], *, used: bool) -> Version:
    played = measured.played if measured is not None else ()
    judged = [one for one in played if one.right is not None]
    hits = sum(bool(one.right) for one in judged)
    done = Figure(hits / len(judged), *wilson(hits, len(judged)), len(judged)) if judged else None
    return Version(number, used, done, _rate(played), _rate(use))


def _rate(played: Sequence[Played]) -> Figure | None:
    return Figure(*rounds.rate(played), len(played)) if played else None


def _said(measured: Sequence[Measured]) -> str:
    if not measured:
        return "No suite was done by it yet."
    one = measured[-1]
    seeds = f", seeds from {one.seeds:,}" if one.seeds else ""
    return f"Suite {one.suite}, {len(one.tasks)} tasks, {len(one.played)} episodes each time{seeds}."


def _as_json(one: Version, made: Decided | None) -> dict[str, object]:
    figures = {name: figure._asdict() if (figure := getattr(one, name)) else None for name in ("done", "need", "use")}
    more = {name: getattr(made, name) for name in ("parent", "rival", "why")} if made else {}
    return {"version": one.number, "used": one.used, **more, **figures}


def _row(one: Version, made: Decided | None, *, current: bool) -> tuple[Text, ...]:
    def share(figure: Figure | None) -> str:
        return f"{figure.value:.1%} of {figure.n} done ({figure.low:.0%}-{figure.high:.0%})" if figure else ""

    def rate(figure: Figure | None, where: str) -> str:
        return f"{figure.value:.1f} in 100 acts{where} ({figure.low:.1f}-{figure.high:.1f})" if figure else ""

    state = "used" if current else "was used" if one.used else "not used"
    return (
        Text(f"v{one.number}", "name"), Text(state, "quiet" if one.used else "warn"), Text(share(one.done)),
        Text(rate(one.need, "")), Text(rate(one.use, f" in use, of {one.use.n}" if one.use else ""), "quiet"),
        Text("" if one.used or made is None else made.why, "quiet"),
    )  # fmt: skip
