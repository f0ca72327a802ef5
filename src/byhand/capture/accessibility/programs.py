"""Programs on the accessibility bus, their windows, and what shows in these."""

from __future__ import annotations

from dataclasses import dataclass

from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Bus, Node
from byhand.capture.accessibility.roles import ACTIVE, FOCUSED, SHOWING
from byhand.capture.accessibility.tree import Box, soon

_MOST_TOPS = 24
_MOST_LEVELS = 40


@dataclass(frozen=True, slots=True)
class Top:
    """A window, a dialog, an open menu. `box` is in the program's own pixels (see `scale_of`)."""

    node: Node
    role: str
    name: str
    box: Box
    showing: bool
    active: bool


class Programs:
    """Which programs are on the accessibility bus, by process id."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._pids: dict[str, int] = {}  # a unique name is never given twice

    def of(self, pid: int, until: float) -> list[Node]:
        """The roots of a process's programs (nearly always one or none).

        Raises:
            NoAnswer, BusGone: see `bus`.
        """
        roots = tree.as_nodes(self._bus.call(tree.children(tree.DESKTOP), soon(until)))
        if fresh := [root.to for root in roots if root.to not in self._pids]:
            asked = self._bus.gather([tree.process(to) for to in fresh], soon(until))
            self._pids.update({to: tree.as_number(answer) for to, answer in zip(fresh, asked, strict=True)})
        for gone in self._pids.keys() - {root.to for root in roots}:
            del self._pids[gone]
        return [root for root in roots if self._pids[root.to] == pid]


def tops(bus: Bus, root: Node, until: float) -> list[Top]:
    """A program's top-level accessibles.

    Raises:
        NoAnswer, BusGone: see `bus`.
    """
    nodes = tree.as_nodes(bus.call(tree.children(root), soon(until)))[:_MOST_TOPS]
    asks = (tree.role, tree.name, tree.extents, tree.states)
    answers = bus.gather([ask(node) for node in nodes for ask in asks], soon(until))
    found: list[Top] = []
    for place, node in enumerate(nodes):
        role, name, box, states = answers[place * 4 : place * 4 + 4]
        shows, active = tree.has(states, SHOWING), tree.has(states, ACTIVE)
        found.append(Top(node, tree.as_role(role), tree.as_text(name), tree.as_box(box), shows, active))
    return found


def scale_of(top: Box, window: Box) -> float:
    """Device pixels per pixel of the program, 1.0 unless the window is plainly larger than the program says.

    GTK 3 tells positions in its own logical pixels (with GDK_SCALE=2, half of the screen's).
    """
    if not top[2] or not top[3]:
        return 1.0
    wide, high = window[2] / top[2], window[3] / top[3]
    for scale in (1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0):
        if abs(wide / scale - 1) < 0.04 and abs(high / scale - 1) < 0.04:
            return scale
    return 1.0


def main_top(found: list[Top], window: Box | None, title: str) -> Top | None:
    """The top-level accessible of a desktop window: by place and size, then by name, then by being active.

    Chromium keeps nameless frames for its pop-ups, which claim to show all the time: they come last.
    """

    def misfit(top: Top) -> tuple[bool, bool, int]:
        off = 0
        if window:
            scale = scale_of(top.box, window)
            off = sum(abs(round(a * scale) - b) for a, b in zip(top.box, window, strict=True))
        named = bool(top.name) and (not title or top.name == title)
        return (not top.name, not (named or top.active), off)

    shown = [top for top in found if top.showing]
    return min(shown, key=misfit, default=None)


def showing(bus: Bus, top: Node, until: float, most: int) -> list[Node]:
    """What shows in a window. More than `most` of it is returned as `most` + 1 nodes.

    Raises:
        NoAnswer, BusGone: see `bus`.
    """
    return _in_state(bus, top, SHOWING, until, most + 1)


def focused(bus: Bus, top: Node, until: float) -> Node | None:
    """The innermost element in focus, if any.

    Raises:
        NoAnswer, BusGone: see `bus`.
    """
    found = _in_state(bus, top, FOCUSED, until, 8)
    return found[-1] if found else None


def _in_state(bus: Bus, top: Node, state: int, until: float, most: int) -> list[Node]:
    answer = bus.call(tree.with_state(top, state, most), soon(until))
    if answer is not None:
        return tree.as_nodes(answer)
    # Qt 5 and GTK 4 can't be asked so: walk what shows, one level in one turn.
    found: list[Node] = []
    level, seen = [top], {top}
    for _ in range(_MOST_LEVELS):
        below = [n for a in bus.gather([tree.children(n) for n in level], soon(until)) for n in tree.as_nodes(a)]
        fresh = [node for node in below if node not in seen][: most - len(found)]
        if not fresh:
            break
        seen.update(fresh)
        asked = bus.gather([tree.states(node) for node in fresh], soon(until))
        level = [node for node, answer in zip(fresh, asked, strict=True) if tree.has(answer, SHOWING)]
        found += [node for node, answer in zip(fresh, asked, strict=True) if tree.has(answer, state)]
        if len(seen) > most:
            break
    return found[:most]
