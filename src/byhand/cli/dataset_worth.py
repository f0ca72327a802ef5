"""`byhand dataset worth`: is it worth collecting? Models with and without the data do the same tasks.

Rules of this module: it composes: what is asked about (`worth_of`), two models and tasks in live pages
(`suites.worth`), and the report (`necessity`). The models are gone afterwards.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_home, extension, learn
from byhand.cli import open as opened
from byhand.cli.browsers import for_a_window
from byhand.cli.eval_model import Pages
from byhand.cli.output import Json, columns, emit, margin, on_terminal, say
from byhand.cli.worth_of import in_question
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.evals import necessity_page
from byhand.evals.comparison_page import points
from byhand.evals.miniwob.skills import skill
from byhand.evals.necessity import Case, Part, Report, limits, report
from byhand.evals.seeds import FIRST_TESTED
from byhand.evals.suites import miniwob
from byhand.events.kinds import OBSERVER
from byhand.models.loading import of_torch
from byhand.ui import words

_NOT = "nothing was measured"

Base = Annotated[
    str, Parameter(metavar="DATASET", help="Ask what NAME adds to this one; it may be an earlier version of it.")
]
Of = Annotated[
    list[str],
    Parameter(
        metavar="REC...", consume_multiple=True, show_default=False,
        help="Ask what these recordings of yours add to the rest of NAME.",
    ),
]  # fmt: skip
Suite = Annotated[Literal["miniwob"], Parameter(help="What both are judged on, in live pages.")]
Tasks = Annotated[
    str, Parameter(metavar="A,B", help="Without it all dropdowns, shortcuts and tasks of many steps; that takes hours.")
]
Episodes = Annotated[int, Parameter(metavar="N", help="Of each task, for each of both.")]
SeedFrom = Annotated[int, Parameter(metavar="N", help="The first seed; those below 100,000 are learned from.")]
Pairs = Annotated[int, Parameter(metavar="N", help="Of models: with another seed they learn otherwise.")]
Epochs = Annotated[int, Parameter(help="How often each sees all of its data, at most.")]
Least = Annotated[
    float, Parameter(metavar="POINTS", help="A gain of fewer of 100 tasks is not worth it: you know what it costs.")
]
To = Annotated[Path | None, Parameter(name=("--to", "-o"), metavar="FILE", help="Write the report into this .html.")]


def dataset_worth(
    name: dataset_home.Name,
    /,
    *,
    base: Base = "",
    of: Of = [],  # noqa: B006  cyclopts reads it and nobody changes it
    suite: Suite = "miniwob",
    tasks: Tasks = "",
    episodes: Episodes = 20,
    seed_from: SeedFrom = 2 * FIRST_TESTED,
    seed: learn.Seed = 0,
    pairs: Pairs = 1,
    epochs: Epochs = 40,
    width: learn.Width = 128,
    layers: learn.Layers = 3,
    least: Least = 5.0,
    pages: Pages = None,
    to: To = None,
    json: Json = False,
) -> None:
    del suite  # there is one
    if to is not None and to.suffix != ".html":
        raise UsageFault("the report is a page, .html", hints=("for example: -o worth.html",), fate=_NOT)
    fits = min(episodes, pairs, epochs, layers) >= 1 and width >= 4 and width % 4 == 0 and 0 < least < 100
    if not fits:
        hints = ("to see what each is, run: byhand dataset worth --help",)
        raise UsageFault("a number is out of its range", hints=hints, fate=_NOT)
    if seed_from < FIRST_TESTED:
        hints = (f"for example: --seed-from {2 * FIRST_TESTED}",)
        raise UsageFault(f"seeds below {FIRST_TESTED:,} are learned from", hints=hints, fate=_NOT)
    chosen = miniwob.chosen(tasks)
    if not tasks:
        chosen = tuple(one for one in chosen if skill(one) != "other")
    home = opened.home()
    asked = in_question(home, name, base, of)
    if {asked.before.observer, asked.after.observer} != {OBSERVER}:
        raise UsageFault(
            f"its lists of pages are not those of observer {OBSERVER}, which live pages are told by",
            hints=("ask about recordings that were made by this byhand",), fate=_NOT,
        )  # fmt: skip
    training, network, together = (of_torch(one) for one in ("training", "network", "together"))
    from byhand.evals.suites import worth  # noqa: PLC0415  # torch

    plan = training.Plan(epochs=epochs, shape=network.Shape(width=width, layers=layers))
    asking = worth.Asking(chosen, episodes, seed_from, tuple(range(seed, seed + pairs)))
    told = _Telling(json=json)
    place = pages or Path.cwd() / ".venv" / "pages"
    with together.joined("cpu"), miniwob.playing(place, for_a_window(os.environ).program, extension.folder()) as play:
        cases: list[Case] = []
        for case in worth.measure(asked.before, asked.after, plan, asking, play, told):
            cases.append(case)
            if json:  # hours may be in them, and whoever is cut short has these
                emit(case._asdict())
    told.end()
    found = report(
        asked.about, worth.of(asked.before, asked.without), worth.of(asked.after, asked.given), cases,
        least=least / 100, epochs=epochs,
    )  # fmt: skip
    if to is not None:
        write(to, necessity_page.page(found).encode())
    if json:
        _emit(found)
    else:
        _tell(found, to)


class _Telling:
    """How far it is, where a person watches."""

    def __init__(self, *, json: bool) -> None:
        self._shows = on_terminal() and not json
        self._last = 0.0

    def __call__(self, said: str, share: float) -> None:
        if self._shows and time.monotonic() - self._last > 0.2:
            self._last = time.monotonic()
            margin().print(Text(f"\r{said}: {share:.0%}".ljust(60), "quiet"), end="")

    def end(self) -> None:
        if self._shows:
            margin().print()


def _emit(found: Report) -> None:
    for one in found.parts:
        emit(_as_json(one))
    emit({
        "about": found.about, "verdict": found.whole.verdict, "said": found.whole.said, "least": found.least,
        "learnings": found.learnings, "epochs": found.epochs, "before": found.before._asdict(),
        "after": found.after._asdict(), "does_not_show": limits(found),
    })  # fmt: skip


def _as_json(one: Part) -> dict[str, Any]:
    return {
        "skill": one.name, **one.gain._asdict(), "tasks": one.tasks, "verdict": one.verdict, "needs": one.needs,
        "said": one.said,
    }  # fmt: skip


def _tell(found: Report, to: Path | None) -> None:
    say(Text.assemble((found.about, "name"), (f"  {necessity_page.sentence(found.whole)}", "quiet")))
    columns(_row(one) for one in found.parts)
    say(*(Text(f"  {said}", "quiet") for said in limits(found)))
    if to is not None:
        say(Text(str(to), "quiet"))


def _row(one: Part) -> tuple[Text, ...]:
    gain = one.gain
    style = {"justified": "good", "stop": "bad", "open": "warn"}[one.verdict]
    return (
        Text(one.name, "name"), Text(one.said, style), Text(f"{gain.before:.1%} without, {gain.after:.1%} with"),
        Text(f"{points(gain.value)} ({points(gain.low)} to {points(gain.high)})"),
        Text(f"n {gain.n:,} of {words.many(gain.tasks, 'task')}", "quiet"),
    )  # fmt: skip
