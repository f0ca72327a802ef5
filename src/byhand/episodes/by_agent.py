"""What a model did before a person took over, read back from the recording of its run. Pure.

A correction goes on from there: whoever learns from it is told what was done before it as the model was told then, as
far as the guard kept it. Of each act there is what a history needs: its kind, its element by role and name, its text
and keys; of when and where it was done, nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from byhand.episodes.types import Action, Op, Target
from byhand.events.kinds import AnyEvent, Element, Snapshot

_OPS: dict[str, Op] = {
    "press": "click", "press twice": "double_click", "press right": "right_click", "hover": "hover", "drag": "drag",
    "fill": "type", "choose": "select", "key": "key", "scroll": "scroll",
}  # fmt: skip


def acts(events: Iterable[AnyEvent]) -> tuple[Action, ...]:
    """The acts of an agent, oldest first.

    Args:
        events: of a run's recording, in order; of a person's there are none.
    """
    found: list[Action] = []
    seen: Snapshot | None = None
    for event in events:
        if isinstance(event, Snapshot):
            seen = event if event.frame <= 1 else seen
        elif isinstance(event, Element) and event.actor == "agent" and event.why != "drop":
            did = _act(event, seen)
            found += [did] if did is not None else []
    return tuple(found)


def told(op: Op, node: int, role: str, name: str, text: str, keys: Iterable[str]) -> Action:
    """An act of which no more is known."""
    target = Target(aria=role, name=name, node=node) if node or role or name else None
    return Action(op, 0, 0, 0, 0, target=target, text=text, keys=tuple(keys))


def _act(event: Element, seen: Snapshot | None) -> Action | None:
    verb, _, keys = event.verb.partition(" ") if event.verb.startswith("key") else (event.verb, "", "")
    op = ("check" if event.holds == "checked" else "uncheck") if verb == "set" else _OPS.get(verb)
    if op is None:
        return None
    at = seen.nodes.index(event.node) if seen is not None and event.node in seen.nodes else -1
    role, name = (seen.roles[at], seen.names[at]) if seen is not None and at >= 0 else (event.aria, event.name)
    text = event.value if op in ("type", "select") else ""
    return told(op, event.node, role, name, text, keys.split("+") if keys else ())
