"""Names and boxes under a painted rectangle: of wireframes, of pages and of elements. Pure.

Rules of this module: in the painted time (for a wireframe or a page's snapshot: while it was the newest one) a box that
lies under the rectangle goes, one that only touches it loses its name, and what it holds. What lies under it in a
snapshot stays as an empty place, because others name it as their parent. A name lost that way is lost in every box of
the same place, earlier and later: the same words in the same place are what was painted.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from byhand.events.kinds import AnyEvent, Element, Snapshot, Wireframe
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
        if isinstance(event, Element | Snapshot | Wireframe):
            now = [span for span in spans if span.during(event.mono_ns, until[place])]
            lost |= {(name, box) for name, box in _named(event) if any(span.touches(*box) for span in now)}
    return [
        event if not isinstance(event, Element | Snapshot | Wireframe)
        else _covered(event, [span for span in spans if span.during(event.mono_ns, until[place])], lost)
        for place, event in enumerate(events)
    ]  # fmt: skip


def _until(events: Sequence[AnyEvent | None]) -> list[int]:
    """Until when each event holds: a wireframe or a page's snapshot until the next one, all else for its moment."""
    made = [event.mono_ns if event is not None else 0 for event in events]
    next_ns: dict[object, int] = {}
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if isinstance(event, Wireframe | Snapshot):
            of = (event.tab, event.frame) if isinstance(event, Snapshot) else None
            made[place], next_ns[of] = next_ns.get(of, FOREVER), event.mono_ns
    return made


def _boxes(event: Wireframe | Snapshot) -> list[_Box]:
    """On the desktop, in its pixels."""
    at = event.places
    boxes = [(at[n], at[n + 1], at[n + 2], at[n + 3]) for n in range(0, len(at) - len(at) % 4, 4)]
    if isinstance(event, Wireframe):
        return boxes
    scaled = [tuple(round(edge * event.scale) for edge in box) for box in boxes]
    return [(x + event.x, y + event.y, w, h) for x, y, w, h in scaled]


def _named(event: Element | Snapshot | Wireframe) -> list[_Named]:
    if isinstance(event, Element):
        said = event.name or event.value or event.holds or " ".join(event.selectors)
        return [(said, (event.x, event.y, event.w, event.h))] if said else []
    return [(name, box) for name, box in zip(event.names, _boxes(event), strict=False) if name]


def _covered(event: Element | Snapshot | Wireframe, now: Sequence[Span], lost: set[_Named]) -> AnyEvent:
    if isinstance(event, Element):
        if not set(_named(event)) & lost:
            return event
        return msgspec.structs.replace(event, name="", value="", holds="", selectors=(), by=BY)
    if isinstance(event, Snapshot):
        return _covered_page(event, now, lost)
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


def _covered_page(page: Snapshot, now: Sequence[Span], lost: set[_Named]) -> AnyEvent:
    under: set[int] = set()
    hidden: set[int] = set()
    for place, (name, box) in enumerate(zip(page.names, _boxes(page), strict=False)):
        if any(span.holds(*box) for span in now):
            under.add(place)
        elif (name, box) in lost or any(span.touches(*box) for span in now):
            hidden.add(place)
    said = {place for place in hidden if page.names[place] or page.holds[place]}
    if not under and not said:
        return page

    def without(column: tuple[str, ...], places: set[int]) -> tuple[str, ...]:
        return tuple("" if place in places else value for place, value in enumerate(column))

    return msgspec.structs.replace(
        page, by=BY, names=without(page.names, under | hidden), holds=without(page.holds, under | hidden),
        roles=without(page.roles, under), tags=without(page.tags, under), states=without(page.states, under),
        places=tuple(0 if at // 4 in under else edge for at, edge in enumerate(page.places)),
    )  # fmt: skip
