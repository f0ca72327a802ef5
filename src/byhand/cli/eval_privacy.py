"""`byhand eval privacy`: the guard measured on data given by path, and the scorecard drawn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli.output import Json, columns, emit, margin, on_terminal, say
from byhand.errors import UsageFault
from byhand.evals.figure import Figure
from byhand.evals.run import SUITES, Scores, run
from byhand.evals.scorecard import amount, page, picture

Data = Annotated[
    Path,
    Parameter(metavar="DIR", help="The folder with the test data: screenleak, pii-nano, cmu-keystroke, and so on."),
]
Only = Annotated[
    list[str] | None,
    Parameter(metavar="NAME...", help=f"Measure only these: {', '.join(SUITES)}.", consume_multiple=True),
]
Canaries = Annotated[int, Parameter(metavar="N", help="How many made-up secrets to plant and look for.")]
Picture = Annotated[Path | None, Parameter(metavar="FILE", help="Draw the scorecard into this SVG.")]
Page = Annotated[
    Path | None,
    Parameter(metavar="FILE", help="Write the scorecard as a page in Markdown; its picture lies beside it."),
]
Machine = Annotated[str, Parameter(metavar="WORDS", help="What the page says it was measured on.")]


def eval_privacy(
    *,
    data: Data,
    only: Only = None,
    canaries: Canaries = 2_000,
    picture_to: Picture = None,
    page_to: Page = None,
    machine: Machine = "an unnamed machine",
    json: Json = False,
) -> None:
    begun = time.monotonic()
    console = margin()

    def told(suite: str) -> None:
        if on_terminal():
            say(Text(f"measuring {suite} ({time.monotonic() - begun:.0f} s so far)", "quiet"), on=console)

    if canaries < 1:
        raise UsageFault("at least one canary must be planted")
    scores = run(data, only or SUITES, canaries_planted=canaries, told=told)
    if picture_to:
        picture_to.write_text(picture(scores.figures), encoding="utf-8")
    if page_to:
        drawn = page_to.with_suffix(".svg")
        drawn.write_text(picture(scores.figures), encoding="utf-8")
        page_to.write_text(page(scores, machine, time.strftime("%d %B %Y"), drawn.name), encoding="utf-8")
    if json:
        emit({"figures": [_as_json(figure) for figure in scores.figures], "missed": scores.missed})
    else:
        _tell(scores)


def _as_json(figure: Figure) -> dict[str, object]:
    return {
        "row": figure.row, "what": figure.what, "value": figure.value, "unit": figure.unit, "n": figure.n,
        "low": figure.low, "high": figure.high, "reach": figure.reach, "better": figure.better,
        "reached": figure.reached, "best_known": figure.best_known, "note": figure.note, "examples": figure.examples,
    }  # fmt: skip


def _tell(scores: Scores) -> None:
    columns(_rows(scores))
    for missed in scores.missed:
        say(Text.assemble(("not measured  ", "warn"), f"{missed.suite}: {missed.why}"))


def _rows(scores: Scores) -> Iterator[tuple[Text, ...]]:
    for figure in scores.figures:
        verdict = Text("") if figure.reach is None else Text(*(("good", "good") if figure.reached else ("miss", "bad")))
        reach = (
            ""
            if figure.reach is None
            else f"{'≥' if figure.better == 'higher' else '≤'} {amount(figure.reach, figure.unit)}"
        )
        between = f"{amount(figure.low, figure.unit)} to {amount(figure.high, figure.unit)}"
        yield (
            verdict, Text(figure.row), Text(amount(figure.value, figure.unit), "name"), Text(reach, "quiet"),
            Text(between, "quiet"), Text(f"n {figure.n:,}", "quiet"),
        )  # fmt: skip
