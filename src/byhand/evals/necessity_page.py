"""The report on whether it is worth collecting, as a picture and as a page. Pure.

Rules of this module: the verdict stands first, in words; what the report does not show stands on the same page, in the
same size. Before and after are drawn beside the difference, since a gain of ten points means another thing at nine
tasks of ten than at one of ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from byhand.evals.comparison_page import points
from byhand.evals.figure import wilson
from byhand.evals.necessity import Case, Learned, Part, Report, limits
from byhand.evals.paired import mean
from byhand.ui import comparison, paper
from byhand.ui.comparison import Panel, Row
from byhand.ui.paper import Figure
from byhand.ui.words import many

_BEFORE, _AFTER = "without it", "with it"


def picture(one: Report) -> str:
    """Before and after, and the difference."""
    said = "Dot: measured. Line: 95 % interval. n: tasks that were done, each with a seed of its own."
    both = Panel(
        "Tasks done, by the page's own judge", "each task counts the same  \N{MIDDLE DOT}  more is better", "share",
        tuple(
            Row(_name(part), (_of(_cases(one, part), after=False), _of(_cases(one, part), after=True)), strong=not at)
            for at, part in enumerate(one.parts)
        ),
    )  # fmt: skip
    grey = f"grey: less than {100 * one.least:g} points, which is not worth it"
    worth = Panel(
        "What it adds", f"points, on the same tasks and seeds  \N{MIDDLE DOT}  {grey}", "gain",
        tuple(
            Row(f"{_name(part)}: {_short(part)}", (_gain(part),), strong=not at) for at, part in enumerate(one.parts)
        ),
        least=one.least, of=(1,),
    )  # fmt: skip
    return comparison.picture("Is it worth collecting?", said, (_BEFORE, _AFTER), (both, worth))


def _name(part: Part) -> str:
    return f"{part.name}, {many(part.gain.tasks, 'task')}" if part.what else part.name


def _what(part: Part) -> str:
    return f"{part.name} ({part.what}): {', '.join(part.tasks)}"


def _short(part: Part) -> str:
    return {"justified": "yes", "stop": "no", "open": "not shown"}[part.verdict]


def _cases(one: Report, part: Part) -> list[Case]:
    return [case for case in one.cases if case.task in part.tasks]


def _of(cases: list[Case], *, after: bool) -> Figure:
    found: dict[str, tuple[int, int]] = {}
    for case in cases:
        hits, n = found.get(case.task, (0, 0))
        found[case.task] = (hits + (case.after if after else case.before), n + 1)
    return Figure(*mean(found), len(cases))


def _gain(part: Part) -> Figure:
    return Figure(part.gain.value, part.gain.low, part.gain.high, part.gain.n)


def page(one: Report) -> str:
    """A page that stands alone."""
    head = ("", _BEFORE, _AFTER, "difference", "95 %", "n", "tasks", "verdict")
    whole = one.whole
    body = [
        f"<h1>{escape(f'Is it worth collecting? {one.about}')}</h1>",
        f"<p><strong>{escape(whole.said[:1].upper() + whole.said[1:])}.</strong> {escape(sentence(whole))}</p>",
        picture(one),
        "<h2>By skill</h2>", paper.table(head, map(_cells, one.parts), "said ends"),
        "<ul>", *(f"<li>{escape(_what(part))}</li>" for part in one.parts if part.what), "</ul>",
        "<h2>By task</h2>",
        paper.table(("task", _BEFORE, "95 %", _AFTER, "95 %", "only with", "only without"), _tasks(one), "said"),
        "<h2>The two models</h2>",
        paper.table(("", "learned from", "episodes", "acts", "epochs at most"), (
            _model(_BEFORE, one.before, one.epochs), _model(_AFTER, one.after, one.epochs),
        ), "said"),
        "<h2>What this does not show</h2>", "<ul>", *(f"<li>{escape(said)}</li>" for said in limits(one)), "</ul>",
    ]  # fmt: skip
    return paper.page(f"Is it worth collecting? {one.about}", "\n".join(body))


def sentence(part: Part) -> str:
    """The figures of a verdict."""
    one = part.gain
    return (
        f"{one.after:.1%} of the tasks are done with it, {one.before:.1%} without: {points(one.value)} points, between "
        f"{points(one.low)} and {points(one.high)} (95 %), of {many(one.n, 'case')} of {many(one.tasks, 'task')}."
    )


def _cells(part: Part) -> tuple[str, ...]:
    one = part.gain
    return (
        part.name, f"{one.before:.1%}", f"{one.after:.1%}", points(one.value),
        f"{points(one.low)} to {points(one.high)}", f"{one.n}", f"{one.tasks}", part.said,
    )  # fmt: skip


def _tasks(one: Report) -> Iterator[tuple[str, ...]]:
    for task in sorted({case.task for case in one.cases}):
        own = [case for case in one.cases if case.task == task]
        cells: list[str] = []
        for hits in (sum(case.before for case in own), sum(case.after for case in own)):
            low, high = wilson(hits, len(own))
            cells += [f"{hits} of {len(own)}", f"{low:.0%} to {high:.0%}"]
        only = [sum(case.after > case.before for case in own), sum(case.before > case.after for case in own)]
        yield (task, *cells, *map(str, only))


def _model(name: str, one: Learned, epochs: int) -> tuple[str, ...]:
    return name, ", ".join(one.sources), f"{one.episodes:,}", f"{one.acts:,}", f"{epochs}"
