"""One recording in which a chore was done several times is as many demonstrations of it. Pure.

So it is where all that was done begins again and again with the same act on the same page, and each time is alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from byhand.workflows.compiling.doing import Did
from byhand.workflows.compiling.repeats import alike

_LEAST = 3
"""So many acts are a chore, and not a part of one."""


def split(demo: Sequence[Did]) -> list[list[Did]]:
    """The demonstration in parts, or as it is."""
    start, *rest = demo if demo and demo[0].verb == "open" else (None, *demo)
    if not rest:
        return [list(demo)]
    begins = [at for at, act in enumerate(rest) if act.key == rest[0].key and act.here == rest[0].here]
    parts = [rest[a:b] for a, b in zip(begins, [*begins[1:], len(rest)], strict=True)]
    keys = [tuple(act.key for act in _without_opens(part)) for part in parts]
    if len(parts) < 2 or any(len(one) < _LEAST for one in keys) or any(alike(one, keys[0]) < 0.6 for one in keys[1:]):
        return [list(demo)]
    ended = [_without_opens(part) for part in parts]
    whole = [*([start] if start is not None else []), *ended[0]]
    return [whole, *ended[1:]]


def _without_opens(part: Sequence[Did]) -> list[Did]:
    """Without the way back to where the next one begins."""
    found = list(part)
    while found and found[-1].verb == "open":
        found.pop()
    return found
