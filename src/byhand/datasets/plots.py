"""Bars as SVG, by hand: a data card needs no more. Pure.

Rules of this module: readable on light and dark paper, and by whoever hears it instead of seeing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH = 640
_ROW, _LEFT, _RIGHT, _TOP = 26, 190, 70, 8
_LONG = 26


def bars(title: str, counted: Sequence[tuple[str, int]]) -> str:
    """One bar for each count, longest first or as given."""
    most = max((number for _, number in counted), default=1)
    height = _TOP * 2 + _ROW * len(counted)
    told = ", ".join(f"{name} {number:,}" for name, number in counted)
    rows = [_row(place, name, number, most) for place, (name, number) in enumerate(counted)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(f"{title}: {told}")}">'
        "<style>text{font:13px system-ui,sans-serif;fill:#5d6068}.b{fill:#3557a5}.t{fill:#8d8a82;opacity:.16}"
        "@media(prefers-color-scheme:dark){text{fill:#a8abb3}.b{fill:#9db4f5}}</style>"
        f"{''.join(rows)}</svg>\n"
    )


def _row(place: int, name: str, number: int, most: int) -> str:
    y = _TOP + place * _ROW
    room = WIDTH - _LEFT - _RIGHT
    long = max(round(room * number / most, 1), 1.5)
    shown = name if len(name) <= _LONG else name[: _LONG - 1] + "…"
    return (
        f'<text x="{_LEFT - 10}" y="{y + 17}" text-anchor="end">{escape(shown)}</text>'
        f'<rect class="t" x="{_LEFT}" y="{y + 5}" width="{room}" height="16" rx="3"/>'
        f'<rect class="b" x="{_LEFT}" y="{y + 5}" width="{long}" height="16" rx="3"/>'
        f'<text x="{_LEFT + room + 8}" y="{y + 17}">{number:,}</text>'
    )
