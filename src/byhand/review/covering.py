"""Names and boxes under a painted rectangle: of wireframes and of elements. Pure.

Rules of this module: in the painted time (for a wireframe: while it was the newest one) a box that lies under the
rectangle goes, one that only touches it loses its name. A name lost that way is lost in every box of the same place,
earlier and later: the same words in the same place are what was painted.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from byhand.events.kinds import AnyEvent, Element, Wireframe
from byhand.review.painting import BY, FOREVER, Span

_Box = tuple[int, int, int, int]
_Named = tuple[str, _Box]


def cover(events: Sequence[AnyEvent | None], spans: Sequence[Span]) -> list[AnyEvent | None]:
    """The events, with nothing told that stood under a painted rectangle."""
    if not spans:
        return list(events)
    until = _until(events)
    lost: set[_Named] = set()
    for place, event in enumerate(events):
        if isinstance(event, Element | Wireframe):
            now = [span for span in spans if span.during(event.mono_ns, until[place])]
            lost |= {(name, box) for name, box in _named(event) if any(span.touches(*box) for span in now)}
    return [
        event if not isinstance(event, Element | Wireframe)
        else _covered(event, [span for span in spans if span.during(event.mono_ns, until[place])], lost)
        for place, event in enumerate(events)
    ]  # fmt: skip


def _until(events: Sequence[AnyEvent | None]) -> list[int]:
    """Until when each event holds: a wireframe until the next one, all else for its moment."""
    made = [event.mono_ns if event is not None else 0 for event in events]
    next_ns = FOREVER
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if isinstance(event, Wireframe):
            made[place], next_ns = next_ns, event.mono_ns
    return made


def _boxes(wires: Wireframe) -> list[_Box]:
    at = wires.places
    return [(at[n], at[n + 1], at[n + 2], at[n + 3]) for n in range(0, len(at) - len(at) % 4, 4)]


def _named(event: Element | Wireframe) -> list[_Named]:
    if isinstance(event, Element):
        return [(event.name, (event.x, event.y, event.w, event.h))] if event.name else []
    return [(name, box) for name, box in zip(event.names, _boxes(event), strict=False) if name]


def _covered(event: Element | Wireframe, now: Sequence[Span], lost: set[_Named]) -> AnyEvent:
    if isinstance(event, Element):
        return msgspec.structs.replace(event, name="", by=BY) if set(_named(event)) & lost else event
    kept: list[tuple[str, str, _Box]] = []
    for role, name, box in zip(event.roles, event.names, _boxes(event), strict=False):
        if not any(span.holds(*box) for span in now):
            hidden = (name, box) in lost or any(span.touches(*box) for span in now)
            kept.append((role, "" if hidden else name, box))
    names = tuple(name for _, name, _ in kept)
    if names == event.names:
        return event
    return msgspec.structs.replace(
        event, by=BY, roles=tuple(role for role, _, _ in kept), names=names,
        places=tuple(edge for *_, box in kept for edge in box),
    )  # fmt: skip
