"""Where the pointer was at each motion of a batch.

Raw motion carries what the device said, not where the pointer went: one kind of device tells positions, another tells
steps, a tablet its own grid. One question to the server per batch (where is it now?) decides which; what lies in
between is then known. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from byhand.capture.x11.devices import Axis

Point = tuple[float | None, float | None]
"""What one motion said of x and y; None where it said nothing."""

Place = tuple[int, int]


class Field(NamedTuple):
    """Where the pointer may be: the whole desktop."""

    w: int
    h: int


def places(
    said: Sequence[Point], start: Place, end: Place, axes: tuple[Axis, Axis], field: Field, last: str
) -> tuple[list[Place], str]:
    """The place of each motion, and which reading was right ("positions", "steps", "grid" or "").

    Args:
        said: the motions of one batch, oldest first; not empty.
        start: where the pointer was before.
        end: where it is now, asked of the server.
        axes: ranges of the device's axes.
        field: the desktop.
        last: the reading that was right in the batch before; tried first.
    """
    readings: dict[str, tuple[Callable[[], list[tuple[float, float]]], float]] = {
        "positions": (lambda: _positions(said, start), 1.0),
        "steps": (lambda: _steps(said, start, field), 2.0),
        "grid": (lambda: _grid(said, start, axes, field), 2.0),
    }
    if not all(axis.high > axis.low for axis in axes):
        del readings["grid"]
    for name in sorted(readings, key=lambda reading: reading != last):
        read, tolerance = readings[name]
        path = read()
        if abs(path[-1][0] - end[0]) <= tolerance and abs(path[-1][1] - end[1]) <= tolerance:
            right, bottom = field.w - 1, field.h - 1
            found = [(min(max(int(x), 0), right), min(max(int(y), 0), bottom)) for x, y in path]
            found[-1] = end
            return found, name
    # A program moved the pointer in between, or it is confined: only the end is known.
    return [end] * len(said), last


def _positions(said: Sequence[Point], start: Place) -> list[tuple[float, float]]:
    x: float
    y: float
    x, y = start
    path: list[tuple[float, float]] = []
    for to_x, to_y in said:
        x = x if to_x is None else to_x
        y = y if to_y is None else to_y
        path.append((x, y))
    return path


def _steps(said: Sequence[Point], start: Place, field: Field) -> list[tuple[float, float]]:
    x: float
    y: float
    x, y = start
    right, bottom = field.w - 1, field.h - 1
    path: list[tuple[float, float]] = []
    for by_x, by_y in said:
        x = min(max(x + (by_x or 0.0), 0), right)
        y = min(max(y + (by_y or 0.0), 0), bottom)
        path.append((x, y))
    return path


def _grid(said: Sequence[Point], start: Place, axes: tuple[Axis, Axis], field: Field) -> list[tuple[float, float]]:
    across, down = axes
    scaled: list[Point] = [
        (
            None if x is None else (x - across.low) / (across.high - across.low) * field.w,
            None if y is None else (y - down.low) / (down.high - down.low) * field.h,
        )
        for x, y in said
    ]
    return _positions(scaled, start)
