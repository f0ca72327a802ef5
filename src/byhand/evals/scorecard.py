"""The scorecard: every figure with its interval and what it had to reach, as a picture and as a page.

Rules of this module: pure. A figure that missed its mark stays, in the same size; what still leaks is said in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from byhand.evals.figure import Figure
from byhand.evals.run import Scores
from byhand.ui.paper import svg, tones

_WIDE, _TOP, _ROW = 960, 92, 46
_LEFT, _AXIS = 400, 330  # where the axis begins, and how long it is
_PLAIN = """\
In plain words: a firm made only of words that programs use ("Green Cloud"), a name that is an ordinary word at the
beginning of a sentence, and a password of plain words without a word such as "password" near it can come through where
text was granted. What you write about yourself in ordinary words ("I have cancer") is ordinary words to the guard: the
review page is there for it. Over many sentences your mean speed shows a little. The rules were written by people who
had seen these sets' kinds of cases; other data will do a little worse.
"""
_STYLE = (
    tones({"yes": "green", "no": "rust", "free": "blue"})
    + """
.axis { stroke-width: 6; stroke-linecap: round } .goal { fill: #d9ebe1 }
@media (prefers-color-scheme: dark) { .goal { fill: #1d3a2c } }
"""
)


def picture(figures: Sequence[Figure], title: str = "Privacy scorecard") -> str:
    """The figures that had something to reach, as one SVG, for light and dark pages."""
    figures = [figure for figure in figures if figure.reach is not None]
    high = _TOP + _ROW * len(figures) + 24
    reached = sum(figure.reached for figure in figures)
    parts = [
        f'<text class="title" x="28" y="42">{escape(title)}</text>',
        f'<text class="quiet" x="28" y="64">{reached} of {len(figures)} where they had to be. Dot: measured. '
        "Line: 95 % interval. Green ground: where it has to be.</text>",
    ]
    for number, figure in enumerate(figures):
        parts += _row(figure, _TOP + _ROW * number)
    heard = f"{title}: {reached} of {len(figures)} figures reached"
    return svg(_WIDE, high, heard, _STYLE, parts)


def _row(figure: Figure, y: int) -> list[str]:
    end = _end(figure)
    sort = "free" if figure.reach is None else "yes" if figure.reached else "no"

    def at(value: float) -> float:
        return round(_LEFT + _AXIS * min(1.0, max(0.0, value / end)), 1)

    parts: list[str] = []
    if figure.reach is not None:
        x0, x1 = (at(figure.reach), at(end)) if figure.better == "higher" else (at(0), at(figure.reach))
        parts.append(f'<rect class="goal" x="{x0}" y="{y + 6}" width="{max(4.0, x1 - x0):.1f}" height="20" rx="3"/>')
    middle = y + 16
    parts += [
        f'<text x="28" y="{y + 15}">{escape(_short(figure.row, 52))}</text>',
        f'<text class="quiet" x="28" y="{y + 32}">n = {figure.n:,}'
        f"{f'; best known {escape(_short(figure.best_known, 44))}' if figure.best_known else ''}</text>",
        f'<line class="axis" x1="{_LEFT}" x2="{_LEFT + _AXIS}" y1="{middle}" y2="{middle}" opacity=".6"/>',
        f'<line class="span {sort}" x1="{at(figure.low)}" x2="{at(figure.high)}" y1="{middle}" y2="{middle}"/>',
        f'<circle class="{sort}" cx="{at(figure.value)}" cy="{middle}" r="5.5"/>',
        f'<text class="value" x="{_LEFT + _AXIS + 24}" y="{y + 15}">{amount(figure.value, figure.unit)}</text>',
    ]
    if figure.reach is not None:
        sign = "≥" if figure.better == "higher" else "≤"
        verdict = "reached" if figure.reached else "not reached"
        parts.append(
            f'<text class="quiet" x="{_LEFT + _AXIS + 24}" y="{y + 32}">'
            f"{sign} {amount(figure.reach, figure.unit)}: {verdict}</text>"
        )
    return parts


def page(scores: Scores, machine: str, day: str, picture_at: str) -> str:
    """The scorecard as a page in Markdown: the picture, the table, and in plain words what still leaks."""
    lines = [
        "---", "hide: [toc]", "---", "",  # the table is wide
        "# Privacy scorecard", "",
        f"Measured {day} on {machine} with `byhand eval privacy`. n is how many cases; the interval is that of 95 %.",
        "The data are public test sets and made-up texts; other data of the same kind may give other figures.", "",
        f"![The figures below as a picture]({picture_at})", "",
        "| | what was counted | reach | measured | 95 % interval | best known | n | reached |",
        "|---|---|---|---|---|---|---|---|",
        *(_line(figure) for figure in scores.figures), "",
    ]  # fmt: skip
    if scores.missed:
        lines += ["Not measured this time: " + "; ".join(f"{one.suite} ({one.why})" for one in scores.missed) + ".", ""]
    lines += ["## What still leaks, and what the figures do not show", "", _PLAIN]
    notes: dict[str, list[str]] = {}
    for figure in scores.figures:
        said = ". ".join(part for part in (figure.note, _examples(figure)) if part)
        if said:
            notes.setdefault(said, []).append(figure.row)
    lines += [f"- **{'; '.join(rows)}**: {said}." for said, rows in notes.items()]
    return "\n".join([*lines, ""])


def _line(figure: Figure) -> str:
    sign = "≥" if figure.better == "higher" else "≤"
    reach = "" if figure.reach is None else f"{sign} {amount(figure.reach, figure.unit)}"
    reached = "" if figure.reach is None else "yes" if figure.reached else "**no**"
    between = f"{amount(figure.low, figure.unit)} to {amount(figure.high, figure.unit)}"
    measured = f"**{amount(figure.value, figure.unit)}**"
    cells = (figure.row, figure.what, reach, measured, between, figure.best_known, f"{figure.n:,}", reached)
    return f"| {' | '.join(cells)} |"


def _examples(figure: Figure) -> str:
    if not figure.examples:
        return ""
    return "for example: " + ", ".join(figure.examples[:8])


def amount(value: float, unit: str) -> str:
    """A value with its unit, as people write it."""
    match unit:
        case "share":
            return f"{value * 100:.1f} %"
        case "%":
            return f"{value:.1f} %"
        case "count":
            return f"{value:,.0f}"
        case _:
            return f"{value:.1f} {unit}" if value >= 1 else f"{value:.2f} {unit}"


def _end(figure: Figure) -> float:
    """Where a row's axis ends."""
    match figure.unit:
        case "share":
            return 1.0 if max(figure.value, figure.reach or 0) > 0.25 else 0.25
        case "%":
            return 100.0 if max(figure.value, figure.reach or 0) > 25 else 25.0
        case _:
            return 1.3 * max(figure.high, figure.reach or 0, 1e-9)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
