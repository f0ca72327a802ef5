"""One told event becomes raw events. Pure.

Whatever is told may be a lie: numbers are clamped to what a desktop can have, texts are bounded by the wire types.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byhand.capture.browser import roles
from byhand.events.browser import Box, DocumentEvent, ElementTold, Happened, NodeTold, PageTold, Press, Seen, TabTold
from byhand.events.kinds import ElementWhy
from byhand.events.raw import RawDom, RawElement, RawNode, RawPage, RawSnapshot
from byhand.events.time import MS

_FAR = 1 << 20  # px; no desktop is larger
_MOST_COUNT = 1_000_000
_MOST_NODES = 20_000
_SHIFT = 32
_ABOVE = 40
_MOST_FRAMES, _MOST_DEEP = 999, 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies. peer: number of its browser, from 1. app: the browser's window class."""

    peer: int
    app: str
    window: int
    tab: int
    frame: int
    url: str
    top: str

    @property
    def raw_window(self) -> int:
        """One number for each window of each browser, never 0."""
        return unique(self.peer, self.window)

    @property
    def raw_tab(self) -> int:
        return unique(self.peer, self.tab)


@dataclass(frozen=True, slots=True)
class Deed:
    """A told event, with where and when. document: its id, "" for what tells of a tab or a window."""

    mono_ns: int
    place: Place
    document: str
    told: DocumentEvent | TabTold


def unique(peer: int, number: int) -> int:
    """A browser's own number, made different from all others."""
    return peer << _SHIFT | number & (1 << _SHIFT) - 1


def element(
    place: Place, mono_ns: int, why: ElementWhy, told: ElementTold, *, trusted: bool, alone: bool, value: str = "",
    times: int = 0,
) -> RawElement:  # fmt: skip
    """An element, as accessibility would tell of it, with what only the page knows in `dom`."""
    role = roles.role(told.role, kind=told.kind, tag=told.tag, above=told.above, states=told.states)
    node = _count(told.node)
    above = tuple((roles.role(one), 0) for one in told.above[-_ABOVE:])
    x, y, w, h = box(told.screen)
    return RawElement(
        mono_ns // MS, mono_ns, why, True, place.raw_window if alone else 0, 0, role, "" if told.masked else told.name,
        roles.states(told.states[:_ABOVE], role), x, y, w, h, (*above, (role, node)), place.url, "",
        RawDom(
            mono_ns // MS, mono_ns, place.app, place.top, place.raw_tab, place.frame, node, told.role, told.tag,
            told.selectors[:16], box(told.area), "" if told.secret or told.masked else value,
            "" if told.secret else told.holds, _count(times), told.secret or told.kind == "password", told.masked,
            trusted, alone, tuple(min(max(one, 0), _MOST_FRAMES) for one in told.frames[:_MOST_DEEP]),
        ),
    )  # fmt: skip


def pressed(place: Place, mono_ns: int, told: Press, *, alone: bool) -> RawElement | None:
    """The element under a press. Where none is, a press that nobody else tells is one on the page itself."""
    if told.element is not None:
        return element(
            place, mono_ns, "press", told.element, trusted=told.trusted, alone=alone, times=min(max(told.times, 1), 99)
        )
    return document(place, mono_ns, "press") if alone else None


def document(place: Place, mono_ns: int, why: ElementWhy) -> RawElement:
    """The page itself: it has the keyboard where no element of it has."""
    return element(
        place, mono_ns, why,
        ElementTold(node=0, role="document", name="", tag="html", states=(), screen=(0, 0, 0, 0), area=(0, 0, 0, 0)),
        trusted=True, alone=True,
    )  # fmt: skip


def happened(place: Place, mono_ns: int, told: Happened, *, alone: bool) -> RawElement:
    return element(
        place, mono_ns, told.why, told.element, trusted=told.trusted, alone=alone, value=told.value
    )  # fmt: skip


def page(place: Place, mono_ns: int, told: PageTold) -> RawPage:
    return RawPage(
        mono_ns // MS, mono_ns, told.what, place.app, place.raw_tab, place.frame, place.url, place.top, told.title
    )


def tab(place: Place, mono_ns: int, told: TabTold) -> RawPage:
    """Of a page whose site is not listed the extension tells neither address nor title."""
    title = told.title if told.url else ""
    return RawPage(mono_ns // MS, mono_ns, told.what, place.app, place.raw_tab, 0, told.url, told.url, title)


def snapshot(place: Place, mono_ns: int, told: Seen) -> RawSnapshot:
    """The observer's list. A node whose parent does not stand before it is nobody's child."""
    nodes = told.nodes[:_MOST_NODES]
    parents = [one.parent if 0 <= one.parent < number else -1 for number, one in enumerate(nodes)]
    above = _above(nodes, parents)
    x, y, w, h = box((told.x, told.y, told.w, told.h))
    return RawSnapshot(
        mono_ns // MS, mono_ns, told.why, place.app, place.raw_tab, place.frame, place.url, place.top,
        _count(told.observer), x, y, w, h, min(max(told.scale, 0.05), 20.0),
        tuple(
            _node(mono_ns, one, parent, lies_in)
            for one, parent, lies_in in zip(nodes, parents, above, strict=True)
        ),
        _count(told.more) + len(told.nodes) - len(nodes),
    )  # fmt: skip


def _node(mono_ns: int, told: NodeTold, parent: int, above: tuple[str, ...]) -> RawNode:
    return RawNode(
        mono_ns // MS, mono_ns, _count(told.node), parent, told.role, told.tag, "" if told.masked else told.name,
        told.states[:_ABOVE], "" if told.secret else told.holds, *box(told.box), told.secret, told.masked, above,
    )  # fmt: skip


def _above(nodes: Sequence[NodeTold], parents: Sequence[int]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for parent in parents:
        found.append((*found[parent], nodes[parent].role)[-_ABOVE:] if parent >= 0 else ())
    return found


def box(told: Box) -> tuple[int, int, int, int]:
    """x, y, w, h where a desktop can have them."""
    x, y, w, h = told
    return far(x), far(y), max(0, far(w)), max(0, far(h))


def far(number: float) -> int:
    return int(min(max(number, -_FAR), _FAR))


def _count(number: int) -> int:
    return min(max(number, 0), _MOST_COUNT)
