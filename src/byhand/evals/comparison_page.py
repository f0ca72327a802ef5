"""Models beside each other as a picture and as a page: each suite with its dots, all figures, all differences. Pure.

Rules of this module: nothing that was measured is left out of the page; where smaller is better it is said at the
panel and in the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from byhand.evals.comparing import Apart, Compared, Told
from byhand.ui import comparison, paper
from byhand.ui.comparison import Panel, Row
from byhand.ui.paper import Figure

_TITLE = "Models, beside each other"
_KEY = "Dot: measured. Line: 95 % interval. n: cases."
_WAY = {"higher": "more is better", "lower": "SMALLER IS BETTER"}
_HEADS = {
    "injection": "injection: hostile text on pages",
    "memory": "memory: what models like it remember of what they learned from",
    "miniwob": "miniwob: tasks done, by the page's own judge",
    "office": "office: tasks done, by the app's own records",
    "offline": "offline: would it have done what the person did",
}
_PLAIN = (
    "Means are over tasks that all of the models here did, each counting the same. Intervals of means draw tasks and "
    "their cases again, those of shares are Wilson's. Many figures stand here: of twenty differences that are none, "
    "one will look like one. Another seed of learning makes another model, which no interval here tells."
)


def picture(found: Compared) -> str:
    """One SVG."""
    return comparison.picture(_TITLE, _KEY, found.models, list(panels(found)))


def panels(found: Compared) -> Iterator[Panel]:
    """Of each suite one for each kind of axis."""
    for suite, said in found.suites.items():
        own = [one for one in found.told if one.suite == suite and one.drawn]
        of = tuple(at for at, model in enumerate(found.models) if any(one.model == model for one in own))
        for unit, better in dict.fromkeys((one.unit, one.better) for one in own):
            those = [one for one in own if (one.unit, one.better) == (unit, better)]
            rows = tuple(_row(name, those, [found.models[at] for at in of]) for name in _names(those))
            head = _HEADS.get(suite.partition(",")[0], suite)
            if suite.startswith("office,"):
                head += suite.removeprefix("office")
            yield Panel(
                head, f"{said}  \N{MIDDLE DOT}  {_WAY[better]}", "bits" if unit == "bits" else "share", rows, of=of
            )


def _names(those: Sequence[Told]) -> list[str]:
    return list(dict.fromkeys(one.figure for one in those))


def _row(name: str, those: Sequence[Told], models: Sequence[str]) -> Row:
    own = {one.model: one for one in those if one.figure == name}
    figures = tuple(
        Figure(own[model].value, own[model].low, own[model].high, own[model].n) if model in own else None
        for model in models
    )
    return Row(name, figures, strong=any(one.whole for one in own.values()))


def page(found: Compared) -> str:
    """The picture, and below it every figure."""
    body = [picture(found)]
    for suite, said in found.suites.items():
        own = [one for one in found.told if one.suite == suite]
        models = [model for model in found.models if any(one.model == model for one in own)]
        head = ("figure", "better is", *models)
        body += [f"<h2>{escape(suite)}</h2><p>{escape(said)}</p>", paper.table(head, _cells(own, models), "said")]
    if found.apart:
        head = ("suite and figure", "between", "difference", "95 %", "n", "tasks", "better")
        body += ["<h2>On the same tasks and seeds</h2>", paper.table(head, map(_apart, found.apart), "said")]
    else:
        body.append("<p>No two of them did the same tasks with the same seeds, so no difference is told.</p>")
    body += [f"<p>{escape(said)}</p>" for said in (*(f"{one}." for one in found.unlike), _PLAIN)]
    return paper.page(_TITLE, "\n".join(body))


def _cells(own: Sequence[Told], models: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for name in _names(own):
        row = {one.model: one for one in own if one.figure == name}
        better = next(iter(row.values())).better
        yield (
            name, "more" if better == "higher" else "smaller",
            *(said(row[model]) if model in row else "" for model in models),
        )  # fmt: skip


def said(one: Told) -> str:
    """A figure with its interval and n."""
    if one.unit == "bits":
        return f"{one.value:.1f} bits ({one.low:.1f} to {one.high:.1f}), n {one.n:,}"
    return f"{one.value:.1%} ({one.low:.1%} to {one.high:.1%}), n {one.n:,}"


def _apart(one: Apart) -> tuple[str, ...]:
    return (
        f"{one.suite}: {one.figure}", f"{one.second} less {one.first}", points(one.value),
        f"{points(one.low)} to {points(one.high)}", f"{one.n:,}", f"{one.tasks}", one.better_one or "can't be told",
    )  # fmt: skip


def points(value: float) -> str:
    """A difference of two shares."""
    return f"{100 * value:+.1f}".replace("-", "\N{MINUS SIGN}")
