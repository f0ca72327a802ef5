"""Makes docs/states.md from the recorder's table of states: `python -m scripts.states_page`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from byhand.recorder.states import TABLE

PAGE = Path(__file__).parent.parent / "docs" / "states.md"

# "idle" stands twice, so that no arrow has to run backwards.
PLACES = {
    "idle": (70, 150), "recording": (270, 60), "paused": (270, 240), "stopping": (560, 60), "withdrawn": (560, 240),
    "idle again": (750, 150),
}  # fmt: skip
W, H = 112, 40
HEAD = """\
# What a recorder can be doing

Generated from the table in `src/byhand/recorder/states.py`. A signal that is not in the table changes nothing: pausing
twice is no error. The hooks that observe the desktop are installed in `recording` and in no other state.

"""


def _edge(a: tuple[int, int], b: tuple[int, int], bow: float) -> tuple[str, float, float]:
    (x0, y0), (x1, y1) = a, b
    dx, dy = x1 - x0, y1 - y0
    length = (dx * dx + dy * dy) ** 0.5
    ux, uy = dx / length, dy / length

    def leave(x: float, y: float, sx: float, sy: float) -> tuple[float, float]:
        reach = min((W / 2 + 4) / abs(sx) if sx else 1e9, (H / 2 + 4) / abs(sy) if sy else 1e9)
        return x + sx * reach, y + sy * reach

    (sx, sy), (ex, ey) = leave(x0, y0, ux, uy), leave(x1, y1, -ux, -uy)
    sx, sy, ex, ey = sx - uy * bow * 0.35, sy + ux * bow * 0.35, ex - uy * bow * 0.35, ey + ux * bow * 0.35
    mx, my = (sx + ex) / 2 - uy * bow, (sy + ey) / 2 + ux * bow
    return (
        f"M{sx:.0f} {sy:.0f} Q{mx:.0f} {my:.0f} {ex:.0f} {ey:.0f}",
        sx * 0.42 + mx * 0.36 + ex * 0.22,
        sy * 0.42 + my * 0.36 + ey * 0.22,
    )


def _picture() -> str:
    edges: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, signal), move in TABLE.items():
        edges[state, "idle again" if move.to == "idle" else move.to].append(signal)
    parts = [
        '<svg viewBox="0 0 820 300" role="img" aria-label="States of the recorder" '
        'style="max-width:820px;width:100%;font:12px sans-serif">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z" fill="#8a93a6"/></marker></defs>',
    ]
    for (start, end), signals in edges.items():
        bow = 34 if {start, end} == {"recording", "paused"} else 0
        path, x, y = _edge(PLACES[start], PLACES[end], bow)
        parts += [
            f'<path d="{path}" fill="none" stroke="#8a93a6" stroke-width="1.4" marker-end="url(#tip)"/>',
            f'<text x="{x:.0f}" y="{y - 3:.0f}" text-anchor="middle" fill="currentColor" stroke-width="4" '
            f'stroke="var(--md-default-bg-color,#fff)" paint-order="stroke">{", ".join(signals)}</text>',
        ]
    for name, (x, y) in PLACES.items():
        colour = {"recording": "#d6383c", "paused": "#b0760a", "idle": "#5b6478", "idle again": "#8a93a6"}.get(
            name, "#3c4356"
        )
        parts += [
            f'<rect x="{x - W / 2:.0f}" y="{y - H / 2:.0f}" width="{W}" height="{H}" rx="20" fill="{colour}"/>',
            f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="#fff" font-size="14">{name.split()[0]}</text>',
        ]
    return "\n".join((*parts, "</svg>"))


def page() -> str:
    """The whole page."""
    lines = ["| in state | on | goes to | and does, in order |", "|---|---|---|---|"]
    lines += [
        f"| {state} | {signal} | {move.to} | {', '.join(move.effects) or 'nothing'} |"
        for (state, signal), move in TABLE.items()
    ]
    return HEAD + _picture() + "\n\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
