"""A choice is one act, by whatever way it was made: a list opened and an option pressed, arrows, a date typed in parts.

A browser tells of it once, when it is made (`change`, `file`). The presses, keys and looks that led there become that
one action, which keeps the first press's place. Whatever began only as the choice was told is another act.
"""

from __future__ import annotations

from collections.abc import Sequence

from byhand.episodes.making import Made, action, behind, joined, ordered, same_node, target, walk, where, widened
from byhand.episodes.seen import Seen
from byhand.episodes.types import Action, Op
from byhand.events.kinds import Element
from byhand.events.time import MS

BOXES = frozenset({"check box", "radio button", "toggle button", "switch", "check menu item", "radio menu item"})
_ON = frozenset({"checked", "on", "mixed"})
PICKED = frozenset({"combo box", "list box", "date editor", "slider", "spin button", "color chooser", "menu"})
_PICKED_TAGS = frozenset({"select"})
_PICKED_HOLDS = frozenset({"date", "time", "colour", "number"})
_OPTION = frozenset({"menu item", "list item", "table cell"})
_LATE_NS, _SOON_NS, _UPLOAD_NS = 300 * MS, 1_000 * MS, 600_000 * MS
_POINTED = frozenset({"click", "double_click", "triple_click", "drag"})
_STEPS = frozenset({
    "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Enter", " ", "Backspace",
    "Delete", "Escape", "Alt",
})  # fmt: skip


def choices(seen: Seen, acts: Sequence[Action]) -> Made:
    """`select`, `check`, `uncheck` and `upload`."""
    done: list[Action] = []
    for seq, element in walk(acts, (one for one in seen.elements if one[1].why in ("change", "file")), done):
        if element.why == "file":
            _upload(done, seq, element)
        elif element.role in BOXES or element.holds in ("checked", "unchecked", "mixed"):
            _box(done, seq, element)
        elif element.role in PICKED or element.tag in _PICKED_TAGS or element.holds in _PICKED_HOLDS:
            _pick(done, seq, element)
        elif done and element.mono_ns - done[-1].end_ns <= 2 * _SOON_NS:
            done[-1] = widened(done[-1], [seq])  # a script wrote into a field what was picked: the pick is the act
    return ordered(done), []


def _box(done: list[Action], seq: int, element: Element) -> None:
    op: Op = "check" if element.holds in _ON or "radio" in element.role else "uncheck"
    last = behind(done, element.mono_ns, _LATE_NS, lambda act: _toggles(act, element))
    if last >= 0 and _toggles(done[last], element):
        done[last] = _chosen([done[last]], seq, element, op)
    else:
        done.insert(last + 1, _unseen(seq, element, op))


def _toggles(act: Action, element: Element) -> bool:
    if act.op == "click":
        return same_node(act, element) or (not act.keys and element.mono_ns - act.end_ns <= _SOON_NS)
    return act.op == "key" and act.keys[-1] in _STEPS and element.mono_ns - act.end_ns <= _SOON_NS


def _pick(done: list[Action], seq: int, element: Element) -> None:
    last = behind(done, element.mono_ns, _LATE_NS, lambda act: _leads(act, element))
    first = last + 1
    while first > 0 and _leads(done[first - 1], element):
        first -= 1
    # What only passed by before the field was reached is no part of it.
    while first <= last and not (same_node(done[first], element) or done[first].op != "hover"):
        first += 1
    if first > last:
        done.insert(last + 1, _unseen(seq, element, "select"))
    else:
        done[first : last + 1] = [_chosen(done[first : last + 1], seq, element, "select")]


def _leads(act: Action, element: Element) -> bool:
    """Did it lead to the choice?"""
    found = act.target
    mine = same_node(act, element)
    if act.op in _POINTED:  # an option of a native list lies outside of the page
        return (
            mine
            or (found is None and bool(act.events))
            or (found is not None and found.source == "desktop" and found.role in (*_OPTION, element.role))
        )
    if act.op in ("key", "hotkey"):
        return (mine or found is None or found.source != element.source) and act.keys[-1] in _STEPS
    if act.op in ("type", "scroll"):
        return mine
    return act.op == "select" and mine and not act.text


def _upload(done: list[Action], seq: int, element: Element) -> None:
    """What was done in the window that asks for a file is part of it."""
    first = len(done)
    for place in range(len(done) - 1, -1, -1):
        act = done[place]
        if element.mono_ns - act.start_ns > _UPLOAD_NS:
            break
        if same_node(act, element):
            first = place
            break
        if act.target is not None and act.target.source == "browser":
            if act.op == "click" and place == len(done) - 1:
                first = place  # a button that opens it in a script's name
            break
    known = {"target": target(element), "text": element.value, **where(element)}
    if first == len(done):
        done.append(_unseen(seq, element, "upload"))
    else:
        acts = done[first:]
        done[first:] = [widened(joined(acts, op="upload", why="choice.files", x=acts[0].x, y=acts[0].y, keys=()), [seq],
                                element.mono_ns, **known)]  # fmt: skip


def _chosen(acts: Sequence[Action], seq: int, element: Element, op: Op) -> Action:
    pointed = next((act for act in acts if act.op in _POINTED), acts[0])
    why = "choice.press" if pointed.op in _POINTED else "choice.keys"
    text = element.value if op == "select" else ""
    masked = op == "select" and not text
    made = joined(acts, op=op, why=why, keys=(), times=1, x=pointed.x, y=pointed.y, to=None, to_x=0, to_y=0, path=())
    end_ns = element.mono_ns if element.mono_ns - made.end_ns < _SOON_NS else 0
    return widened(made, [seq], end_ns, target=target(element), text=text, masked=masked, **where(element))


def _unseen(seq: int, element: Element, op: Op) -> Action:
    return action(
        op, seq, element, "choice.unseen", target=target(element), text=element.value, injected=element.injected,
        masked=op == "select" and not element.value, x=element.x + element.w // 2, y=element.y + element.h // 2,
        **where(element),
    )  # fmt: skip
