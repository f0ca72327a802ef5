"""An act as far as two pictures can tell of it: what, where, how far. Pure.

Rules of this module: to check, to choose and to press twice are presses: which of them it was is not seen. What the
hands had no part in (a page that came by itself, an address, another tab by a key) is none. A place is the middle of
what was acted on, where that is known and no larger than a hand aims at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from byhand.episodes.types import Action, Target
from byhand.models.pictures.changes import Box

OPS: tuple[str, ...] = ("click", "type", "key", "scroll", "hover", "drag", "none")
NONE = OPS.index("none")
DRAG = OPS.index("drag")
PLACED = frozenset({"click", "type", "scroll", "hover", "drag"})
"""Those that are done somewhere."""
LENGTHS = (1, 3, 7, 15)
"""Signs typed: up to so many, or more."""
_OPS: Mapping[str, str] = {
    **dict.fromkeys(
        ("click", "double_click", "triple_click", "right_click", "middle_click", "select", "check", "uncheck"), "click"
    ),
    "type": "type", "key": "key", "hotkey": "key", "scroll": "scroll", "hover": "hover", "drag": "drag",
    **dict.fromkeys(("navigate", "tab", "window", "wait", "upload"), "none"),
}  # fmt: skip
_LARGEST = 240
"""Pixels: of a larger thing a person presses some place, and its middle is nobody's."""

Point = tuple[float, float]


class Act(NamedTuple):
    """op: place in `OPS`. point, to: on the screen, None where there is none. box: of what it was done to, on the
    screen. down: 1 for a scroll down, 0 for up, -1 for none. length: place in `LENGTHS`, or -1.
    """

    op: int
    point: Point | None = None
    to: Point | None = None
    box: Box | None = None
    down: int = -1
    length: int = -1


NOTHING = Act(NONE)


def seen(action: Action) -> Act:
    """What can be seen of it."""
    name = _OPS[action.op]
    op = OPS.index(name)
    if name not in PLACED:
        return Act(op)
    box = _box(action.target)
    point: Point | None = (action.x, action.y) if action.x or action.y else None
    if name == "drag":
        return Act(op, point, (action.to_x, action.to_y), box)
    if box is not None and max(box[2:]) <= _LARGEST:
        point = (box[0] + box[2] / 2, box[1] + box[3] / 2)
    down = -1 if name != "scroll" or not action.dy else int(action.dy > 0)
    length = -1
    if name == "type" and action.text and not action.masked:
        length = sum(len(action.text) > most for most in LENGTHS)
    return Act(op, point, None, box, down, length)


def _box(target: Target | None) -> Box | None:
    if target is None or len(target.box) != 4 or min(target.box[2:]) <= 0:
        return None
    x, y, w, h = target.box
    return x, y, w, h
