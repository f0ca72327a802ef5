"""Which events a partial forgetting takes, and what stands there afterwards. Pure.

Rules of this module: where in doubt, an event goes. Marks that only say when recording started, paused, resumed or
stopped stay, without text; everything else in a forgotten time goes, gaps and tasks too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Event,
    Header,
    Key,
    Mark,
    Page,
    Snapshot,
    Text,
    Window,
    Wireframe,
)
from byhand.privacy.rhythm.told import MOST_BEHIND_S

BY = "mark.forgotten"
FORGOTTEN = "forgotten"
PRESS_REACH_NS = 1_000_000_000
"""A press that brings a window up comes before its focus event, and the element under it is that window's."""

_STRUCTURE = frozenset({"start", "pause", "resume", "stop"})


class Moment(msgspec.Struct, frozen=True):
    """Now, on both clocks. CLOCK_MONOTONIC is only comparable within one boot."""

    boot_id: str
    mono_ns: int
    utc_ns: int


def taken_by_time(header: Header, now: Moment, span_ns: int) -> Callable[[Sequence[AnyEvent]], list[bool]]:
    """What lies in the last `span_ns`. By either clock: a wall clock set forth or back meanwhile spares nothing.

    Where keys are told in drawn time, that may be a little behind the truth: then so much more is taken.
    """
    same_boot = now.boot_id != "" and header.boot_id == now.boot_id
    mono_cut = now.mono_ns - span_ns
    utc_cut = now.utc_ns - span_ns - header.utc_ns + header.mono_ns

    def taken(events: Sequence[AnyEvent]) -> list[bool]:
        drawn = any(isinstance(event, Key) and not event.by.startswith("timing.") for event in events)
        cut = min(utc_cut, mono_cut) if same_boot else utc_cut
        cut -= MOST_BEHIND_S * 1_000_000_000 if drawn else 0
        return [event.mono_ns >= cut for event in events]

    return taken


def taken_by_app(app: str) -> Callable[[Sequence[AnyEvent]], list[bool]]:
    """What happened while a window of that app had the focus, and every word about its windows.

    What a browser told of its pages does not name it: if most of that happened while the app had the focus, all of it
    is taken for the app's, also what was told while another had it.
    """
    wanted = app.casefold()

    def taken(events: Sequence[AnyEvent]) -> list[bool]:
        made = [False] * len(events)
        # Text is told when it is done, which can be after the focus went on: it says itself which window it stood in.
        apps: dict[int, str] = {}
        inside = False
        for place, event in enumerate(events):
            if isinstance(event, Window):
                apps[event.window] = event.app.casefold()
            if isinstance(event, Window) and event.change == "focus":
                entered = event.app.casefold() == wanted
                if entered and not inside:
                    for earlier in _reach(events, place):
                        made[earlier] = True
                inside = entered
            made[place] = inside or (isinstance(event, Window | Text | Wireframe) and apps.get(event.window) == wanted)
        pages = [place for place, event in enumerate(events) if _of_page(event)]
        if 2 * sum(made[place] for place in pages) > len(pages):
            for place in pages:
                made[place] = True
        return made

    return taken


def _of_page(event: AnyEvent) -> bool:
    return isinstance(event, Page | Snapshot) or (isinstance(event, Element) and event.source == "browser")


def _reach(events: Sequence[AnyEvent], focus: int) -> Iterable[int]:
    """The places from the press that may have brought the window up to its focus event."""
    start = focus
    for place in range(focus - 1, -1, -1):
        event = events[place]
        if events[focus].mono_ns - event.mono_ns > PRESS_REACH_NS:
            break
        if (isinstance(event, Button) and event.down) or (isinstance(event, Element) and event.why == "press"):
            start = place
    return range(start, focus)


def cut(events: Sequence[AnyEvent], taken: Sequence[bool], *, by: str = BY, reason: str = FORGOTTEN) -> list[AnyEvent]:
    """The events without the taken ones; one gap mark, with this rule and reason, stands for each unbroken run."""
    made: list[AnyEvent] = []
    first: Event | None = None
    last: Event | None = None
    structure: list[AnyEvent] = []

    def close() -> None:
        nonlocal first, last
        if first is not None and last is not None:
            span_ms = max(0, last.mono_ns - first.mono_ns) // 1_000_000
            made.append(Mark(first.server_ms, first.mono_ns, by, "gap", reason, span_ms, 0, ""))
        made.extend(structure)
        structure.clear()
        first = last = None

    for event, goes in zip(events, taken, strict=True):
        if not goes:
            close()
            made.append(event)
        elif isinstance(event, Mark) and event.what in _STRUCTURE:
            # Inside a run it comes after the gap mark, which bears the stamp of the run's first event.
            (made if first is None else structure).append(msgspec.structs.replace(event, text=""))
        else:
            first = first or event
            last = event
    close()
    return made


class Moved(msgspec.Struct, frozen=True, array_like=True):
    """`count` events that stood from number `old` on stand from `new` on now."""

    old: int
    count: int
    new: int


def moved(before: Sequence[AnyEvent], after: Sequence[AnyEvent]) -> tuple[Moved, ...]:
    """Which events of `before` are still there, and where: those that `cut` handed on as they are."""
    places = {id(event): place for place, event in enumerate(after)}
    runs: list[Moved] = []
    for old, event in enumerate(before):
        new = places.get(id(event))
        if new is None:
            continue
        last = runs[-1] if runs else None
        if last is not None and (last.old + last.count, last.new + last.count) == (old, new):
            runs[-1] = Moved(last.old, last.count + 1, last.new)
        else:
            runs.append(Moved(old, 1, new))
    return tuple(runs)


def is_bare(events: Sequence[AnyEvent]) -> bool:
    """Nothing is left but marks of its frame: then the whole recording may go."""
    return all(
        isinstance(event, Mark) and (event.what in _STRUCTURE or (event.what == "gap" and event.reason == FORGOTTEN))
        for event in events
    )


def counts(events: Sequence[AnyEvent]) -> dict[str, int]:
    """Events by kind, for a summary."""
    made: dict[str, int] = {}
    for event in events:
        name = type(event).__name__.lower()
        made[name] = made.get(name, 0) + 1
    return made
