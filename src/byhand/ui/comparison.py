"""Several models beside each other, as a picture: each figure a row, each model a line of it with dot, interval and n.
Pure.

Rules of this module: models stand in the same order and tone everywhere, and have a letter too. What was not measured
is an empty line of the same height. Which way is better stands at each panel.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import Literal, NamedTuple

from byhand.ui import paper
from byhand.ui.paper import TONES, Figure, tones

MOST = len(TONES)
"""More models than that can't be told apart."""
Unit = Literal["share", "bits", "gain"]
_W, _LEFT, _WIDE = 960, 262, 480
_LINE, _ROW, _HEAD, _FOOT = 19, 15, 56, 46
_KEYS, _KEY_WIDE = 3, 300
_STYLE = """
.grid { stroke-width: 1 } .zero { stroke: #66707f } .least { fill: #eef0f4 } .letter { font-size: 11px }
.strong { font-weight: 600 }
@media (prefers-color-scheme: dark) { .zero { stroke: #98a2b3 } .least { fill: #1d232d } }
"""


class Row(NamedTuple):
    """figures: of each model, None where it was not measured. strong: it says the whole of the others."""

    name: str
    figures: tuple[Figure | None, ...]
    strong: bool = False


class Panel(NamedTuple):
    """Figures on one axis. more: what they are, and which way is better. unit: "gain" is a difference of two shares.

    least: of a gain, what would be worth it. of: numbers of the models its lines are of, all if empty.
    """

    head: str
    more: str
    unit: Unit
    rows: tuple[Row, ...]
    least: float = 0.0
    of: tuple[int, ...] = ()


def picture(title: str, said: str, models: Sequence[str], panels: Sequence[Panel]) -> str:
    """All panels, one below the other.

    Args:
        title: in the head.
        said: below it, a sentence.
        models: their names, `MOST` at most.
        panels: at least one.
    """
    parts = [
        f'<text class="title" x="28" y="40">{escape(title)}</text>',
        f'<text class="quiet" x="28" y="62">{escape(said)}</text>',
        *_legend(models),
    ]
    y = 84 + 22 * math.ceil(len(models) / _KEYS)
    for panel in panels:
        parts += _panel(panel, y, models)
        y += _high(panel, models) + _HEAD + _FOOT
    return paper.svg(_W, y, _heard(title, models, panels), _style(models), parts)


def _style(models: Sequence[str]) -> str:
    return tones({f"m{at}": tone for (at, _), tone in zip(enumerate(models), TONES, strict=False)}) + _STYLE


def _letter(at: int) -> str:
    return chr(ord("A") + at)


def _legend(models: Sequence[str]) -> Iterator[str]:
    for at, name in enumerate(models):
        x, y = 28 + _KEY_WIDE * (at % _KEYS), 90 + 22 * (at // _KEYS)
        yield f'<circle class="m{at}" cx="{x + 5}" cy="{y - 4}" r="5"/>'
        yield f'<text x="{x + 18}" y="{y}"><tspan class="quiet">{_letter(at)}</tspan> {escape(_short(name, 36))}</text>'


def _high(panel: Panel, models: Sequence[str]) -> int:
    return len(panel.rows) * (_ROW + _LINE * (len(panel.of) or len(models)))


def _panel(panel: Panel, top: int, models: Sequence[str]) -> Iterator[str]:
    low, high, marks = _axis(panel)
    first, under = top + _HEAD, top + _HEAD + _high(panel, models)

    def at(value: float) -> float:
        return round(_LEFT + _WIDE * (min(high, max(low, value)) - low) / (high - low), 1)

    yield f'<text class="head" x="28" y="{top + 20}">{escape(panel.head)}</text>'
    yield f'<text class="quiet" x="28" y="{top + 38}">{escape(panel.more)}</text>'
    if panel.unit == "gain" and panel.least:
        wide = at(panel.least) - at(0)
        yield f'<rect class="least" x="{at(0)}" y="{first}" width="{wide:.1f}" height="{under - first}"/>'
    for mark in marks:
        sort = "zero" if panel.unit == "gain" and not mark else "axis grid"
        yield f'<path class="{sort}" d="M{at(mark)} {first}V{under}"/>'
        said = _amount(mark, panel.unit, short=True)
        yield f'<text class="quiet" x="{at(mark)}" y="{under + 18}" text-anchor="middle">{said}</text>'
    y = first
    lines = panel.of or tuple(range(len(models)))
    for row in panel.rows:
        middle = y + (_ROW + _LINE * len(lines)) / 2
        strong = ' class="strong"' if row.strong else ""
        yield f'<text{strong} x="28" y="{middle + 4:.1f}">{escape(_short(row.name, 34))}</text>'
        for place, (model, figure) in enumerate(zip(lines, row.figures, strict=True)):
            line = round(y + _ROW / 2 + _LINE * (place + 0.5), 1)
            if len(lines) > 1:
                yield f'<text class="quiet letter" x="{_LEFT - 22}" y="{line + 4}">{_letter(model)}</text>'
            if figure is not None:
                ends = f'x1="{at(figure.low)}" x2="{at(figure.high)}"'
                yield (
                    f'<line class="span m{model}" {ends} y1="{line}" y2="{line}"/>'
                    f'<circle class="m{model}" cx="{at(figure.value)}" cy="{line}" r="5"/>'
                    f'<text class="value" x="{_LEFT + _WIDE + 88}" y="{line + 4}" text-anchor="end">'
                    f"{_amount(figure.value, panel.unit)}</text>"
                    f'<text class="quiet" x="{_LEFT + _WIDE + 106}" y="{line + 4}">n {figure.n:,}</text>'
                )
        y += _ROW + _LINE * len(lines)


def _axis(panel: Panel) -> tuple[float, float, list[float]]:
    """Where it begins and ends, and its marks."""
    if panel.unit == "share":
        return 0.0, 1.0, [0.0, 0.25, 0.5, 0.75, 1.0]
    figures = [one for row in panel.rows for one in row.figures if one is not None]
    most = max((abs(edge) for one in figures for edge in (one.low, one.value, one.high)), default=0.0)
    if panel.unit == "gain":
        end = next((step for step in (0.1, 0.2, 0.5) if max(most, panel.least) <= step), 1.0)
        return -end, end, [-end, -end / 2, 0.0, end / 2, end]
    end = 4.0 * max(1, math.ceil(most / 4))
    return 0.0, end, [end * at / 4 for at in range(5)]


def _amount(value: float, unit: Unit, *, short: bool = False) -> str:
    match unit:
        case "share":
            return f"{100 * value:.0f} %" if short else f"{100 * value:.1f} %"
        case "gain":
            said = f"{100 * value:+.0f}" if short else f"{100 * value:+.1f}"
            return ("0" if short and not value else said).replace("-", "\N{MINUS SIGN}") + ("" if short else " pts")
        case "bits":
            return f"{value:g}" if short else f"{value:.1f} bits"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _heard(title: str, models: Sequence[str], panels: Sequence[Panel]) -> str:
    def one(panel: Panel, row: Row) -> str:
        lines = panel.of or range(len(models))
        told = [
            f"{models[model]} {_amount(figure.value, panel.unit)}"
            for model, figure in zip(lines, row.figures, strict=True)
            if figure is not None
        ]
        return f"{row.name}: {', '.join(told) or 'not measured'}"

    return " ".join([
        f"{title}.", *(f"{panel.head}. {'; '.join(one(panel, row) for row in panel.rows)}." for panel in panels)
    ])  # fmt: skip
