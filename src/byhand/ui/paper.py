"""What pictures of figures share: paper and ink for light and dark, tones, the frame of an SVG and of a page. Pure.

Rules of this module: a picture stands alone, and is told in words to whoever hears it. A page asks for nothing and runs
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

INK = """
text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2733 }
.title { font-size: 20px; font-weight: 600 } .head { font-weight: 600 } .quiet { fill: #66707f; font-size: 12px }
.value { font-weight: 600; font-variant-numeric: tabular-nums }
.ground { fill: #fff } .axis { stroke: #e3e7ee } .span { stroke-width: 2.5; stroke-linecap: round }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ef } .quiet { fill: #98a2b3 } .ground { fill: #14181f } .axis { stroke: #2a313d }
}
"""
_LOOKS = """
body { margin: 2rem auto; max-width: 1000px; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif;
  background: #f6f7f9; color: #1f2733; color-scheme: light dark }
svg { display: block; width: 100%; height: auto }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.wide { overflow-x: auto } .wide td { white-space: nowrap }
table { border-collapse: collapse; margin-top: 1.5rem; font-variant-numeric: tabular-nums }
h2 + .wide table { margin-top: 0 }
td, th { padding: .35rem .8rem; text-align: right; border-bottom: 1px solid #e3e7ee }
.said td:first-child, .said th:first-child { text-align: left; padding-left: 0 }
.ends td:last-child, .ends th:last-child { text-align: left; white-space: normal; min-width: 15rem }
@media (prefers-color-scheme: dark) {
  body { background: #0d1015; color: #e6e9ef } td, th { border-color: #2a313d }
}
"""
TONES = {
    "blue": ("#4a6fb5", "#86a8ee"), "rust": ("#b5472c", "#f08a6b"), "green": ("#1d7a4f", "#4cc38a"),
    "violet": ("#7a5ba6", "#bda3e6"), "ochre": ("#a87408", "#e2b44f"), "teal": ("#1f8496", "#62c4d6"),
}  # fmt: skip
"""On light and on dark paper, each told from the others by those who see no red or no green too."""


class Figure(NamedTuple):
    """low, high: 95 % interval. n: cases it is of."""

    value: float
    low: float
    high: float
    n: int


def tones(sorts: Mapping[str, str]) -> str:
    """The rules for marks of each sort, by the tone it has."""

    def rules(dark: int) -> str:
        return " ".join(
            f".{sort} {{ stroke: {TONES[tone][dark]} }} circle.{sort} {{ fill: {TONES[tone][dark]} }}"
            for sort, tone in sorts.items()
        )

    return f"{rules(0)}\n@media (prefers-color-scheme: dark) {{ {rules(1)} }}\n"


def svg(wide: int, high: int, heard: str, style: str, parts: Iterable[str]) -> str:
    """A picture on its paper.

    Args:
        wide: its size in units.
        high: its size in units.
        heard: what it says.
        style: besides `INK`.
        parts: what is on it.
    """
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(heard)}">',
        f"<style>{INK}{style}</style>", f'<rect class="ground" width="{wide}" height="{high}" rx="12"/>', *parts,
        "</svg>\n",
    ])  # fmt: skip


def page(title: str, body: str, style: str = "") -> str:
    """A page that stands alone."""
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title>\n<style>{_LOOKS}{style}</style>\n{body}</html>\n"
    )


def table(head: Iterable[str], rows: Iterable[Iterable[str]], sort: str = "") -> str:
    """All cells are texts, and stand there as texts."""
    first = "".join(f"<th>{escape(one)}</th>" for one in head)
    rest = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table class="{sort}"><tr>{first}</tr>{rest}</table></div>'
