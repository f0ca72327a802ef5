"""How the time of a dataset build grows with what is built, as a picture: `python -m bench.scaling` draws it again.

Rules of this module: it draws what stands in the row of docs/benchmarks.md and measures nothing, so that page and
picture can't differ. `./run bench datasets` draws it after it has written the row; a quick run changes neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from bench.report import PAGE

PICTURE = PAGE.parent / "assets" / "dataset-scaling.svg"
_ROW = re.compile(r"^\| dataset build, .*$", re.MULTILINE)
_POINT = re.compile(r"([\d.]+) M ([\d.]+) s")
_MEASURED = re.compile(r"^Measured (\d+ \w+ \d+) on (\d+ [^(]*cores)", re.MULTILINE)
_W, _H, _LEFT, _RIGHT, _TOP, _LOW = 720, 360, 64, 40, 84, 48
_STYLE = """
text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2733 }
.title { font-size: 20px; font-weight: 600 } .quiet { fill: #66707f; font-size: 12px }
.value { font-weight: 600; font-variant-numeric: tabular-nums }
.ground { fill: #fff } .axis { stroke: #e3e7ee } .even { stroke: #66707f; stroke-dasharray: 5 5; fill: none }
.way { stroke: #4a6fb5; stroke-width: 2.5; fill: none } .dot { fill: #4a6fb5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ef } .quiet { fill: #98a2b3 } .ground { fill: #14181f } .axis { stroke: #2a313d }
  .even { stroke: #98a2b3 } .way { stroke: #86a8ee } .dot { fill: #86a8ee }
}
"""
Point = tuple[float, float]
"""Million events, seconds."""


def points(page: str) -> list[Point]:
    """What the row of the page says; none where it was never measured."""
    row = _ROW.search(page)
    return sorted((float(size), float(seconds)) for size, seconds in _POINT.findall(row.group(0))) if row else []


def picture(found: Sequence[Point], said: str) -> str:
    """The points, each with its seconds, and a dashed line: as much time for each event as the largest took.

    Args:
        found: at least one.
        said: when and on what it was measured.
    """
    most, longest = max(size for size, _ in found), max(seconds for _, seconds in found)
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000) if longest / one <= 6)
    top = step * (int(longest // step) + 1)

    def at(size: float, seconds: float) -> Point:
        return (
            round(_LEFT + (_W - _LEFT - _RIGHT) * size / most, 1),
            round(_H - _LOW - (_H - _TOP - _LOW) * seconds / top, 1),
        )

    (zero_x, zero_y), (end_x, end_y) = at(0, 0), at(*found[-1])
    lines = [
        f'<path class="axis" d="M{zero_x} {y}H{_W - _RIGHT}"/>'
        f'<text class="quiet" x="{_LEFT - 10}" y="{y + 4}" text-anchor="end">{seconds} s</text>'
        for seconds in range(0, top + 1, step)
        for y in [at(0, seconds)[1]]
    ]
    way = " ".join(f"{x},{y}" for x, y in (at(*one) for one in found))
    dots = [_dot(*at(*one), *one) for one in found]
    told = ", ".join(f"{size:g} million events {seconds:g} s" for size, seconds in found)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_W} {_H}" role="img"\n'
        f' aria-label="{escape(f"Time of a dataset build: {told}")}">\n<style>{_STYLE}</style>\n'
        f'<rect class="ground" width="{_W}" height="{_H}" rx="12"/>\n'
        '<text class="title" x="28" y="36">Building a dataset</text>\n'
        f'<text class="quiet" x="28" y="58">{escape(said)} Dashed: the same time for each event.</text>\n'
        + "\n".join(lines)
        + f'\n<path class="even" d="M{zero_x} {zero_y}L{end_x} {end_y}"/>\n'
        f'<polyline class="way" points="{way}"/>\n' + "\n".join(dots) + "\n</svg>\n"
    )


def _dot(x: float, y: float, size: float, seconds: float) -> str:
    return (
        f'<circle class="dot" cx="{x}" cy="{y}" r="4.5"/>'
        f'<text class="value" x="{x}" y="{y - 12}" text-anchor="middle">{seconds:g} s</text>'
        f'<text class="quiet" x="{x}" y="{_H - _LOW + 22}" text-anchor="middle">{size:g} M</text>'
    )


def draw(page: Path = PAGE, to: Path = PICTURE) -> None:
    """Draw what the page says; nothing where it says nothing."""
    text = page.read_text("utf-8")
    if found := points(text):
        measured = _MEASURED.search(text)
        when = f"Figures of the bench page, {measured[1]}, {measured[2]}." if measured else "Figures of the bench page."
        to.write_text(picture(found, when), "utf-8")


if __name__ == "__main__":
    draw()
