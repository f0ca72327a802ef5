"""A button that goes down and up is one click, with the element under it; far apart, a drag.

Never browsers' own `click`: they make a second one for a label's control. Of two who saw the element under a press,
the browser's extension is believed before the desktop's accessibility: it knows what it is and how to find it again.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from byhand.episodes.making import Made, action, ordered, target, where, widened
from byhand.episodes.seen import STILL_PX, Placed, Seen
from byhand.episodes.types import Action, Op
from byhand.errors import Problem
from byhand.events.kinds import Button, Element, Mark
from byhand.events.time import MS

_BESIDE_NS = 150 * MS  # two clocks, and a browser that was busy: so far apart one press is told twice
_OPS: dict[int, Op] = {1: "click", 2: "middle_click", 3: "right_click"}
_SIDE = {8: "BrowserBack", 9: "BrowserForward"}
BREAKS = frozenset({"gap", "pause", "resume", "stop", "start"})


@dataclass(slots=True)
class _Press:
    seq: int
    down: Button
    up: Placed[Button] | None = None
    broken: bool = False
    again: bool = False
    told: list[Placed[Element]] = field(default_factory=list[Placed[Element]])


def presses(seen: Seen, acts: Sequence[Action]) -> Made:
    """Clicks and drags."""
    found, problems = _pairs(seen)
    alone = _elements(seen, found)
    made = [_made(seen, press) for press in found]
    made += [_unseen(seq, element) for seq, element in alone]
    return ordered([*acts, *made]), problems


def _pairs(seen: Seen) -> tuple[list[_Press], list[Problem]]:
    found: list[_Press] = []
    problems: list[Problem] = []
    held: dict[int, _Press] = {}
    breaks = [one for one in seen.marks if one[1].what in BREAKS]
    for seq, event in heapq.merge(seen.buttons, breaks, key=lambda one: one[0]):
        if isinstance(event, Mark):
            for press in held.values():
                press.broken = True
        elif event.down:
            if event.button in held:
                held[event.button].again = True
            held[event.button] = press = _Press(seq, event)
            found.append(press)
        elif press := held.pop(event.button, None):
            press.up = seq, event
        else:
            problems.append(Problem(f"event {seq}", "a button went up that never went down"))
    return found, problems


def _elements(seen: Seen, found: list[_Press]) -> list[Placed[Element]]:
    """Give each press its elements; what is left was told by a browser of a press that nobody else saw."""
    alone: list[Placed[Element]] = []
    begin = 0
    for seq, element in seen.elements:
        if element.why != "press":
            continue
        ns = element.mono_ns
        while begin < len(found) and found[begin].down.mono_ns < ns - 2 * _BESIDE_NS:
            begin += 1
        best, least = None, _BESIDE_NS + 1
        for place in range(begin, len(found)):
            press = found[place]
            off = abs(press.down.mono_ns - ns)
            if press.down.mono_ns > ns + _BESIDE_NS:
                break
            if off < least and (not off or element.source == "browser") and _free(press, element):
                best, least = press, off
        if best is not None:
            best.told.append((seq, element))
        elif element.source == "browser":
            alone.append((seq, element))
    return alone


def _free(press: _Press, element: Element) -> bool:
    return all(one.source != element.source for _, one in press.told)


def _made(seen: Seen, press: _Press) -> Action:
    down, up = press.down, press.up
    told = sorted(press.told, key=lambda one: one[1].source)  # "browser" comes before "desktop"
    seqs = [press.seq, *(seq for seq, _ in told), *([up[0]] if up else [])]
    end_ns = up[1].mono_ns if up else down.mono_ns
    op, keys = _OPS.get(down.button, "key"), (_SIDE.get(down.button, "Unidentified"),)
    act = action(op, press.seq, down, _why(seen, press), x=down.x, y=down.y, injected=down.injected)
    if op == "key":
        return widened(act, seqs, end_ns, keys=keys)
    if told:
        act = widened(act, (), target=target(told[0][1]), **where(told[0][1]))
    act = widened(act, seqs, end_ns)
    if up and op == "click" and _far(seen, down, up[1]):
        why = "press.moved" if act.why == "press.released" else act.why
        path = seen.path(press.seq, up[0], down.mono_ns)
        act = widened(act, (), op="drag", why=why, to_x=up[1].x, to_y=up[1].y, path=path)
    return act


def _why(seen: Seen, press: _Press) -> str:
    if press.broken:
        return "press.gap"
    if press.up is None:
        return "press.no_release" if press.again or press.seq < seen.buttons[-1][0] else "press.cut_off"
    return "press.released" if press.told else "press.nothing_there"


def _far(seen: Seen, down: Button, up: Button) -> bool:
    most = STILL_PX * seen.scale(down.x, down.y)
    return (down.x - up.x) ** 2 + (down.y - up.y) ** 2 > most * most


def _unseen(seq: int, element: Element) -> Action:
    x, y = element.x + element.w // 2, element.y + element.h // 2
    return action(
        "click", seq, element, "press.element_only", target=target(element), x=x, y=y, injected=element.injected,
        **where(element),
    )  # fmt: skip
