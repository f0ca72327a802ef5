"""An action as two hands would do it: acts of pointer and keys, for the formats that know nothing else.

Pure. Most actions are one act. A choice in a list is told as press, type, Enter: that works on a native list and needs
nothing that wasn't seen. What hands alone can't do again gives a reason and no act.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from byhand.episodes.types import Action, Target

Do = Literal[
    "click", "double_click", "triple_click", "right_click", "middle_click", "drag", "move", "scroll", "type", "key",
    "wait",
]  # fmt: skip


class Act(msgspec.Struct, frozen=True):
    """x, y, to_x, to_y: device pixels of the desktop. dx, dy: notches, positive is right and down.

    keys: of `key` all keys of the chord; of a pointer's act the modifiers that are held.
    """

    do: Do
    x: int = 0
    y: int = 0
    to_x: int = 0
    to_y: int = 0
    dx: float = 0
    dy: float = 0
    text: str = ""
    keys: tuple[str, ...] = ()
    seconds: float = 0


_PRESSES: dict[str, Do] = {
    "click": "click", "double_click": "double_click", "triple_click": "triple_click", "right_click": "right_click",
    "middle_click": "middle_click", "check": "click", "uncheck": "click", "hover": "move",
}  # fmt: skip
_WHY_NOT = {
    "upload": "choosing files needs their paths, and none is kept",
    "navigate": "an address that nobody typed",
    "tab": "another tab came to the front",
    "window": "another window came to the front",
}


def acts(action: Action) -> tuple[Act, ...] | str:
    """The acts, or why there are none."""
    if action.op in _WHY_NOT:
        return _WHY_NOT[action.op]
    if action.masked and not action.text and action.op in ("type", "select"):
        return "what was typed or chosen is not kept"
    if action.op == "type":
        return (Act("type", text=action.text),) if action.text else "nothing was typed"
    if action.op in ("key", "hotkey"):
        return tuple(Act("key", keys=action.keys) for _ in range(max(action.times, 1))) if action.keys else "no key"
    if action.op == "wait":
        return (Act("wait", seconds=round((action.end_ns - action.start_ns) / 1e9, 1)),)
    if (place := where(action)) is None:
        return "where it was done is not known"
    x, y = place
    if action.op == "select":
        if not action.text:
            return "what was typed or chosen is not kept"
        return Act("click", x, y), Act("type", text=action.text), Act("key", keys=("Enter",))
    if action.op == "drag":
        end = (action.to_x, action.to_y) if action.to_x or action.to_y else middle(action.to)
        if end is None:
            return "where the drag ended is not known"
        return (Act("drag", x, y, *end, keys=action.keys),)
    if action.op == "scroll":
        return (Act("scroll", x, y, dx=action.dx, dy=action.dy, keys=action.keys),)
    return (Act(_PRESSES[action.op], x, y, keys=action.keys),)


def where(action: Action) -> tuple[int, int] | None:
    """Where it was done, in device pixels of the desktop. A place of 0, 0 was not told."""
    return (action.x, action.y) if action.x or action.y else middle(action.target)


def middle(target: Target | None) -> tuple[int, int] | None:
    if target is None or len(target.box) != 4 or not any(target.box):
        return None
    x, y, w, h = target.box
    return x + w // 2, y + h // 2
