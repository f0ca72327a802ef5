"""How passes make actions: targets of elements, ranges of events, two acts made one. Pure.

Rules of this module: an action is never changed, another one is made. Whatever is added to it widens its range.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from byhand.episodes.seen import Seen
from byhand.episodes.types import Action, Op, Target
from byhand.errors import Problem
from byhand.events.kinds import Element, Event

T = TypeVar("T")
Made = tuple[list[Action], list[Problem]]
Pass = Callable[[Seen, Sequence[Action]], Made]
"""A pass takes the recording and the actions so far, in order; it gives all actions, in order, and what was wrong."""

FIELDS = frozenset({"entry", "password text", "spin button", "date editor", "editbar", "terminal", "document text"})
TEXT_ROLES = frozenset({"textbox", "searchbox", "spinbutton", "combobox"})
TEXT_TAGS = frozenset({"input", "textarea"})
PRESSABLE = frozenset({
    "push button", "toggle button", "check box", "radio button", "link", "menu item", "check menu item",
    "radio menu item", "page tab", "combo box", "list item", "list box", "switch", "tree item",
})  # fmt: skip
"""Roles on which Space is an act and no text."""


def target(element: Element) -> Target:
    """The element as an action keeps it."""
    known = (element.x, element.y, element.w, element.h)
    return Target(
        element.role, element.name, element.states, known if any(known) else (), element.area, element.aria,
        element.tag, element.selectors, element.holds, element.source, element.node,
        frames=element.frames,
    )  # fmt: skip


def where(element: Element) -> dict[str, Any]:
    """The page it lies in, as fields of an action."""
    return {"origin": element.origin, "page": element.page, "tab": element.tab, "frame": element.frame}


def action(op: Op, seq: int, event: Event, why: str, **more: Any) -> Action:
    """A new one, made of one event."""
    return Action(op, event.mono_ns, event.mono_ns, seq, seq, (seq,), why, **more)


def widened(act: Action, seqs: Iterable[int], end_ns: int = 0, **more: Any) -> Action:
    """With more events."""
    events = tuple(sorted({*act.events, *seqs}))
    return replace(
        act, events=events, first=min(act.first, *events), last=max(act.last, *events),
        end_ns=max(act.end_ns, end_ns), **more,
    )  # fmt: skip


def joined(acts: Sequence[Action], **more: Any) -> Action:
    """Several as one, which is what the last one is unless said otherwise."""
    events = tuple(sorted({seq for act in acts for seq in act.events}))
    return replace(
        acts[-1], events=events, first=min(act.first for act in acts), last=max(act.last for act in acts),
        start_ns=min(act.start_ns for act in acts), end_ns=max(act.end_ns for act in acts), **more,
    )  # fmt: skip


def ordered(acts: Iterable[Action]) -> list[Action]:
    """By where they begin. A recording has one order, and this is it."""
    return sorted(acts, key=lambda act: (act.events[0] if act.events else act.first, act.last))


def is_field(found: Target | None) -> bool:
    """Can be typed into?"""
    if found is None:
        return False
    return found.role in FIELDS or "editable" in found.states or found.aria in TEXT_ROLES or found.tag == "textarea"


def same_node(act: Action, element: Element) -> bool:
    """Is it surely about that element? Nodes are numbered by document."""
    found = act.target
    return (
        found is not None and found.source == element.source and found.node == element.node and bool(found.node)
        and (act.tab, act.frame) == (element.tab, element.frame)
        and found.role == element.role  # the next page counts from one again
    )  # fmt: skip


def walk(acts: Sequence[Action], told: Iterable[tuple[int, T]], done: list[Action]) -> Iterator[tuple[int, T]]:
    """Each told event in turn, when `done` holds the acts that began before it; whoever takes it may change that list.
    In the end it holds all.
    """
    rest = deque(acts)
    for seq, event in told:
        while rest and rest[0].first <= seq:
            done.append(rest.popleft())
        yield seq, event
    done.extend(rest)


def behind(done: Sequence[Action], mono_ns: int, late_ns: int, stays: Callable[[Action], bool]) -> int:
    """The place of the act that an event is about: the last one, but for those that had just begun when it was told.

    A field is told as done with when the next thing begins, and two clocks may put that first.
    """
    place = len(done) - 1
    while place >= 0 and done[place].start_ns >= mono_ns - late_ns and not stays(done[place]):
        place -= 1
    return place
