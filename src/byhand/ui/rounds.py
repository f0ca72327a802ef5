"""How a model got better round by round, as a picture: how much it does, and how often somebody is needed. Pure.

Rules of this module: a version that was not used stands beside the line, in the same size; every mark has its interval
and its n. Readable on light and dark paper, and by whoever hears it instead of seeing it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from byhand.ui import paper
from byhand.ui.paper import Figure, tones

_W, _LEFT, _RIGHT, _TOP, _HIGH, _GAP, _LOW = 960, 84, 216, 92, 190, 62, 92
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_STEPS = (0.5, 1, 2, 2.5, 5, 7.5, 10, 12.5, 15, 20, 25, 50, 75, 100, 200, 500, 1_000)
_BESIDE = {"done": (-11, -8, "end"), "need": (11, -8, "start"), "use": (-11, 18, "end")}
"""Where the words of a mark are: off a line that goes up, or down, as it should."""
_KEY = "Dot: measured. Line: 95 % interval. Ring: was not used."
_STYLE = (
    tones({"done": "blue", "need": "rust", "use": "violet"})
    + """
.third { stroke: #66707f; stroke-dasharray: 5 5 } .way { fill: none; stroke-width: 2.5; stroke-linejoin: round }
.span.not { opacity: .55 } circle.not { fill: #fff; stroke-width: 2.5 }
@media (prefers-color-scheme: dark) { .third { stroke: #98a2b3 } circle.not { fill: #14181f } }
"""
)


class Version(NamedTuple):
    """A round. used: it was used from then on. done: share of the suite's tasks; need: so often somebody was needed in
    100 acts of them; use: the same where it worked for a person. None where it was not measured.
    """

    number: int
    used: bool
    done: Figure | None = None
    need: Figure | None = None
    use: Figure | None = None


def picture(name: str, versions: Sequence[Version], said: str) -> str:
    """Both as one SVG.

    Args:
        name: of the model.
        versions: oldest first; at least one.
        said: what it was measured on; a sentence.
    """
    high = _TOP + 2 * _HIGH + _GAP + _LOW
    second = _TOP + _HIGH + _GAP
    top = _top([one for each in versions for one in (each.need, each.use) if one is not None])
    first = next((one.need for one in versions if one.need is not None), None)
    parts = [
        f'<text class="title" x="28" y="40">{escape(name)}, version by version</text>',
        f'<text class="quiet" x="28" y="62">{escape(f"{said} {_KEY}")}</text>',
        *_axis(_TOP, [(share, f"{share:.0%}".replace("%", " %")) for share in _SHARES], 1.0),
        *_axis(second, [(at * top / 4, f"{at * top / 4:g}") for at in range(5)], top),
        *_beside(_TOP, "done", "Tasks done", "by the page's own judge"),
        *_beside(second, "need", "Somebody was needed", "in 100 acts of those tasks"),
    ]  # fmt: skip
    if any(one.use is not None for one in versions):
        parts += _beside(second + 52, "use", "the same in use", "in 100 acts for a person")
    if first is not None and first.value:
        y = _at(second, first.value / 3, top)
        parts += [
            f'<path class="third" d="M{_LEFT} {y}H{_W - _RIGHT}"/>',
            f'<text class="quiet" x="{_W - _RIGHT + 12}" y="{y + 4}">a third of the first</text>',
        ]
    for sort, panel, most in (("done", _TOP, 1.0), ("need", second, top), ("use", second, top)):
        parts += _way(sort, panel, most, versions)
    parts += _below(second + _HIGH, versions)
    return paper.svg(_W, high, _heard(name, versions), _STYLE, parts)


def _top(figures: Sequence[Figure]) -> float:
    most = max((one.value for one in figures if math.isfinite(one.value)), default=1.0)
    most = max([most, *(min(one.high, 1.5 * most) for one in figures if math.isfinite(one.high))])
    return 4.0 * next((step for step in _STEPS if most <= 4 * step), _STEPS[-1])


def _axis(panel: int, marks: Sequence[tuple[float, str]], most: float) -> list[str]:
    return [
        f'<path class="axis" d="M{_LEFT} {y}H{_W - _RIGHT}"/>'
        f'<text class="quiet" x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{said}</text>'
        for value, said in marks
        for y in [_at(panel, value, most)]
    ]


def _beside(y: int, sort: str, head: str, more: str) -> list[str]:
    x = _W - _RIGHT + 12
    return [
        f'<circle class="{sort}" cx="{x + 5}" cy="{y + 4}" r="5"/>',
        f'<text class="head" x="{x + 18}" y="{y + 8}">{head}</text>',
        f'<text class="quiet" x="{x + 18}" y="{y + 26}">{more}</text>',
    ]  # fmt: skip


def _at(panel: int, value: float, most: float) -> float:
    return round(panel + _HIGH * (1 - min(1.0, max(0.0, value / most))), 1)


def _x(place: int, many: int) -> float:
    wide = _W - _LEFT - _RIGHT
    return round(_LEFT + wide * (place + 0.5) / many, 1)


def _way(sort: str, panel: int, most: float, versions: Sequence[Version]) -> list[str]:
    """One measure: a line through what was used, and a mark for each version. Use lies a little beside."""
    beside = -14.0 if sort == "use" else 0.0
    found = [
        (round(_x(place, len(versions)) + beside, 1), one.used, figure)
        for place, one in enumerate(versions)
        if (figure := getattr(one, sort)) is not None
    ]
    points = " ".join(f"{x},{_at(panel, figure.value, most)}" for x, used, figure in found if used)
    parts = [f'<polyline class="way {sort}" points="{points}"/>'] if " " in points else []
    for x, used, figure in found:
        kept, y = ("" if used else " not"), _at(panel, figure.value, most)
        said = f"{figure.value:.0%}".replace("%", " %") if sort == "done" else _amount(figure.value)
        spans = f'y1="{_at(panel, figure.low, most)}" y2="{_at(panel, figure.high, most)}"'
        side, up, anchor = _BESIDE[sort] if used else (11, 18 if sort == "done" else -8, "start")
        parts += [
            f'<line class="span {sort}{kept}" x1="{x}" x2="{x}" {spans}/>',
            f'<circle class="{sort}{kept}" cx="{x}" cy="{y}" r="5.5"/>',
            f'<text class="value" x="{x + side}" y="{max(y + up, panel + 12)}" text-anchor="{anchor}">{said}</text>',
        ]
    return parts


def _below(y: int, versions: Sequence[Version]) -> list[str]:
    parts: list[str] = []
    for place, one in enumerate(versions):
        x = _x(place, len(versions))
        figure, kept = one.done or one.need, "used" if one.used else "not used"
        n = ", ".join(f"{figure.n} {word}" for figure, word in ((figure, "tasks"), (one.use, "in use")) if figure)
        parts += [
            f'<text class="head" x="{x}" y="{y + 28}" text-anchor="middle">v{one.number}</text>',
            f'<text class="quiet" x="{x}" y="{y + 46}" text-anchor="middle">{kept}</text>',
            f'<text class="quiet" x="{x}" y="{y + 64}" text-anchor="middle">{n or "not measured"}</text>',
        ]
    return parts


def _amount(value: float) -> str:
    return "no act" if not math.isfinite(value) else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _heard(name: str, versions: Sequence[Version]) -> str:
    def one(version: Version) -> str:
        said = [f"version {version.number}{'' if version.used else ', not used'}"]
        if version.done is not None:
            said.append(f"{version.done.value:.0%} of {version.done.n} tasks done")
        if version.need is not None:
            said.append(f"somebody needed {_amount(version.need.value)} times in 100 acts")
        if version.use is not None:
            said.append(f"in use {_amount(version.use.value)} times")
        return ": ".join([said[0], ", ".join(said[1:]) or "not measured"])

    return f"{name}: {'; '.join(map(one, versions))}"


def page(name: str, versions: Sequence[Version], said: str) -> str:
    """A page that stands alone: the picture, and its figures as a table."""
    head = ("version", "used", "tasks done", "95 %", "n", "needed", "95 %", "in use", "95 %", "n")
    return paper.page(
        f"{name}, version by version", picture(name, versions, said) + paper.table(head, map(_cells, versions))
    )


def _cells(one: Version) -> tuple[str, ...]:
    def told(figure: Figure | None, *, share: bool = False) -> tuple[str, str, str]:
        if figure is None:
            return "", "", ""
        if share:
            return f"{figure.value:.1%}", f"{figure.low:.1%} to {figure.high:.1%}", f"{figure.n}"
        return _amount(figure.value), f"{_amount(figure.low)} to {_amount(figure.high)}", f"{figure.n}"

    need = told(one.need)
    return (f"v{one.number}", "yes" if one.used else "no", *told(one.done, share=True), *need[:2], *told(one.use))
