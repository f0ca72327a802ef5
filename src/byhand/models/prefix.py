"""What a model did before a person took over, read back from the recording of its run. Pure.

A correction goes on from there: who learns from it is told what was done before it exactly as the model was told then
(`history.by_model`), as far as the guard kept it.
"""

from __future__ import annotations

from collections.abc import Iterable

from byhand.events.kinds import AnyEvent, Element, Snapshot
from byhand.models.decision import Did, Op
from byhand.models.history import place

_OPS: dict[str, Op] = {
    "press": "click", "press twice": "double_click", "press right": "right_click", "hover": "hover", "drag": "drag",
    "fill": "type", "choose": "select", "key": "key", "scroll": "scroll",
}  # fmt: skip


def of_run(events: Iterable[AnyEvent]) -> tuple[Did, ...]:
    """The acts of an agent, oldest first.

    Args:
        events: of a run's recording, in order; of a person's there are none.
    """
    found: list[Did] = []
    seen: Snapshot | None = None
    for event in events:
        if isinstance(event, Snapshot):
            seen = event if event.frame <= 1 else seen
        elif isinstance(event, Element) and event.actor == "agent" and event.why != "drop":
            did = _did(event, seen)
            found += [did] if did is not None else []
    return tuple(found)


def _did(event: Element, seen: Snapshot | None) -> Did | None:
    verb, _, keys = event.verb.partition(" ") if event.verb.startswith("key") else (event.verb, "", "")
    op = ("check" if event.holds == "checked" else "uncheck") if verb == "set" else _OPS.get(verb)
    if op is None:
        return None
    at = place(seen, event.node)
    role, name = (seen.roles[at], seen.names[at]) if seen is not None and at >= 0 else (event.aria, event.name)
    text = event.value if op in ("type", "select") else ""
    return Did(op, event.node, role, name, text, tuple(keys.split("+")) if keys else ())
