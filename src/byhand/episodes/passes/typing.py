"""What stood in the field when somebody was done, from whoever knows it best.

First a browser's `input`: it has seen the field. Then the texts the guard rebuilt from keys. Then the names of keys, as
`strokes` put them together. Goes of typing into one field with nothing done between them are one action.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from typing import Any

from byhand.episodes.making import Made, action, behind, joined, ordered, same_node, target, walk, where, widened
from byhand.episodes.passes.strokes import ERASES
from byhand.episodes.seen import Seen
from byhand.episodes.types import Action
from byhand.events.kinds import Element, Text
from byhand.events.time import MS

_LATE_NS = 300 * MS
_PLACEHOLDER = re.compile(r"<[A-Z]+(?:-\d+)?>")
_WITHIN = frozenset({
    "ArrowLeft", "ArrowRight", "Home", "End", "ArrowUp", "ArrowDown", "PageUp", "PageDown",
})  # fmt: skip
"""Keys that move in a text, or choose among what is suggested for it."""
_EDITING = frozenset({"v", "x", "z", "y", "V", "Z", "Insert", "Delete", "Backspace"})
_WHOLE = frozenset({"input", "textarea"})


def typing(seen: Seen, acts: Sequence[Action]) -> Made:
    """See the module."""
    done: list[Action] = []
    said: set[int] = set()  # first places of acts whose text is from the guard
    inputs = [one for one in seen.elements if one[1].why == "input"]
    for seq, told in walk(acts, heapq.merge(inputs, seen.texts, key=lambda one: one[0]), done):
        if isinstance(told, Element):
            _input(done, seq, told)
        else:
            _text(done, seq, told, said)
    return ordered(done), []


def _input(done: list[Action], seq: int, element: Element) -> None:
    last = behind(done, element.mono_ns, _LATE_NS, lambda act: (_writes(act) or _within(act)) and _may(act, element))
    masked = bool(_PLACEHOLDER.search(element.value)) or (not element.value and element.holds != "empty")
    known: dict[str, Any] = {"target": target(element), "text": element.value, "masked": masked, **where(element)}
    first = _first(done, last, element)
    if first > last:
        act = action("type", seq, element, "typing.unseen", injected=element.injected, **known)
        done.insert(last + 1, act)
    elif done[last].op == "hotkey" and first == last:
        done[last] = widened(done[last], [seq], **known)
    else:
        acts = done[first : last + 1]
        why = next(act.why for act in reversed(acts) if _writes(act))
        done[first : last + 1] = [widened(joined(acts, op="type", keys=(), times=1, why=why), [seq], **known)]


def _first(done: list[Action], last: int, element: Element) -> int:
    """Where the typing began that ended with `last`; behind it where there was none."""
    first = last + 1
    for place in range(last, -1, -1):
        act = done[place]
        if not _may(act, element) or not (_writes(act) or _within(act)):
            break
        if act.op == "hotkey":  # it stands for itself, unless nothing was typed after it
            return place if first > last and place == last else first
        if _writes(act):
            first = place
    return first


def _writes(act: Action) -> bool:
    """May it have changed a text?"""
    match act.op:
        case "type":
            return True
        case "key":
            return act.keys[-1] in ERASES
        case "hotkey":
            return act.keys[-1] in _EDITING and "Alt" not in act.keys
        case _:
            return False


def _within(act: Action) -> bool:
    return act.op == "key" and act.keys[-1] in _WITHIN


def _may(act: Action, element: Element) -> bool:
    """May it have gone to that field?"""
    found = act.target
    if found is None or found.source != element.source or not found.node or same_node(act, element):
        return True
    # What can be written in as a whole has parts of its own, and one of those was pressed.
    return (
        (act.tab, act.frame) == (element.tab, element.frame) and element.tag not in _WHOLE and found.tag not in _WHOLE
    )


def _text(done: list[Action], seq: int, text: Text, said: set[int]) -> None:
    if text.how == "pasted":
        last = behind(done, text.mono_ns, 0, lambda _: True)
        if last >= 0 and done[last].op == "hotkey" and done[last].keys[-1] in ("v", "V", "Insert"):
            done[last] = widened(done[last], [seq], text=text.text, masked=bool(_PLACEHOLDER.search(text.text)))
            return
    place = next((at for at in range(len(done) - 1, max(-1, len(done) - 6), -1) if done[at].op == "type"), None)
    if place is None or text.how == "pasted":
        known = {"text": text.text, "masked": bool(_PLACEHOLDER.search(text.text))}
        if text.how != "value":
            done.append(action("type", seq, text, "typing.text_only", **known))
            said.add(seq)
        return
    act = done[place]
    if text.how == "value" and not act.masked:
        return
    whole = act.text + text.text if act.first in said else text.text
    said.add(act.first)
    done[place] = widened(act, [seq], text=whole, masked=bool(_PLACEHOLDER.search(whole)))
