"""What a browser calls a drag: both its ends have a name, and the pointer may have moved less than a slip."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.making import Made, ordered, target, where, widened
from byhand.episodes.seen import Seen
from byhand.episodes.types import Action
from byhand.events.time import MS

_AFTER_NS = 500 * MS


def carried(seen: Seen, acts: Sequence[Action]) -> Made:
    """Elements `drag` and `drop` go to the press they were told of."""
    made = list(acts)
    for seq, element in seen.elements:
        if element.why not in ("drag", "drop"):
            continue
        at = next(
            (
                place for place in range(len(made) - 1, -1, -1)
                if made[place].op in ("click", "drag") and made[place].start_ns <= element.mono_ns
            ),
            None,
        )  # fmt: skip
        if at is None or element.mono_ns > made[at].end_ns + _AFTER_NS:
            continue
        act = made[at]
        if element.why == "drag":
            ends = {} if act.op == "drag" else {"to_x": act.x, "to_y": act.y}
            act = widened(act, [seq], op="drag", why="carried.told", target=target(element), **ends, **where(element))
        else:
            act = widened(act, [seq], element.mono_ns, to=target(element))
        made[at] = act
    return ordered(made), []
