"""What was done before, told the same way whether a person did it (a dataset's steps) or a model (its decisions). Pure.

A model that learned from one telling and is shown another fails, and nobody sees why; so both are told here.
"""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.types import Action
from byhand.events.kinds import Snapshot
from byhand.models.decision import Decision, Did, Op

_OPS: dict[str, Op] = {
    "click": "click", "middle_click": "click", "double_click": "double_click", "triple_click": "double_click",
    "right_click": "right_click", "hover": "hover", "drag": "drag", "type": "type", "key": "key", "hotkey": "key",
    "select": "select", "check": "check", "uncheck": "uncheck", "scroll": "scroll",
}  # fmt: skip
"""What a model can do too. An upload, another tab or window, an address that was typed: of these it learns nothing."""


def op_of(action: Action) -> Op | None:
    """The model's word for an act of a person; None where it has none."""
    return _OPS.get(action.op)


def place(seen: Snapshot | None, node: int) -> int:
    """Where an element of that number stands in the list, or -1."""
    if seen is None or node <= 0:
        return -1
    try:
        return seen.nodes.index(node)
    except ValueError:
        return -1


def by_person(action: Action, seen: Snapshot | None) -> Did | None:
    """An act of an episode, with the list that was there before it; None for what a model has no word for."""
    op = op_of(action)
    if op is None:
        return None
    node = action.target.node if action.target is not None else 0
    at = place(seen, node)
    text = action.text if op in ("type", "select") and not action.masked else _way(op, action.dy)
    keys = action.keys if op == "key" else ()
    if seen is None or at < 0:
        role, name = (action.target.aria, action.target.name) if action.target is not None else ("", "")
        return Did(op, node, role, name, text, keys)
    return Did(op, node, seen.roles[at], seen.names[at], text, keys)


def _way(op: Op, dy: float) -> str:
    """Which way a wheel was turned: whoever seeks something has to know where it was sought."""
    return ("down" if dy > 0 else "up") if op == "scroll" and dy else ""


def by_model(decision: Decision, seen: Snapshot, before: Sequence[Did] = ()) -> Did:
    """What was decided and done, with the list it was decided on. The text of a secret field is never a model's, so
    that there is none to tell.

    Args:
        decision: which act.
        seen: the page before it.
        before: what was done before, in order. Keys go to what has the keyboard, and a recording knows what that is; a
            model presses them and names nothing. So here they are told of what was acted on last.
    """
    node = decision.node
    if decision.op == "key" and not node and before:
        node = before[-1].node
    at = place(seen, node)
    role, name = (seen.roles[at], seen.names[at]) if at >= 0 else ("", "")
    text = decision.text if decision.op in ("type", "select") else _way(decision.op, decision.dy)
    return Did(
        decision.op, node if at >= 0 else decision.node, role, name, text, decision.keys if decision.op == "key" else ()
    )
