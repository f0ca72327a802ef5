"""Are a demonstration's actions true to its pages? For a source that can't be replayed: its instances are gone. Pure.

Two answers for each demonstration, and why not:

explained: every change between two pages follows an event of exactly one action, which can bring it about: what a field
    holds, by typing or choosing there, or by a script after another act; a box, by checking it; everything else by
    whatever was done last. And every action has input of its own, and no input is left over.
values_equal: what an action says was typed, chosen or checked is what the page holds then, and at the end if nothing
    wrote there since.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from byhand.datasets.formats.miniwob_dom import BOXES, PICKED, TYPED, Flat, Node
from byhand.datasets.formats.miniwob_human import Demo
from byhand.episodes.types import Action
from byhand.events.kinds import Button, Key, Scroll

_WRITES = frozenset({"type", "select", "key", "hotkey"})
_NEEDS_NONE = frozenset({"navigate", "wait", "hover"})


@dataclass(frozen=True, slots=True)
class Checked:
    """why_not: one sentence for each thing that is not right, without what a page says. changes: how many it had."""

    name: str
    task: str
    explained: bool
    values_equal: bool
    why_not: tuple[str, ...]
    changes: int


def check(demo: Demo, actions: Sequence[Action]) -> Checked:
    """See the module."""
    owners: dict[int, Action] = {}
    unexplained: list[str] = []
    for act in actions:
        for seq in act.events:
            if seq in owners:
                unexplained.append("an event belongs to two actions")
            owners[seq] = act
    unexplained += _inputs(demo, actions, owners)
    writers: dict[int, Action] = {}
    changes = 0
    for place in range(1, len(demo.flats)):
        before, after = demo.flats[place - 1], demo.flats[place]
        for number in _differ(before, after):
            changes += 1
            if demo.causes[place] < 0:
                continue  # nothing was done yet: the page was still loading
            act = owners.get(demo.causes[place])
            if act is None:
                unexplained.append("the page changed and nothing was done")
                continue
            why = _wrong(act, before.get(number), after.get(number), after)
            if why:
                unexplained.append(why)
            if (node := after.get(number)) and (was := before.get(number)) and node.value != was.value:
                writers[number] = act
    unequal = _values(demo, actions, writers)
    why_not = tuple(dict.fromkeys([*unexplained, *unequal]))
    return Checked(demo.name, demo.task, not unexplained, not unequal, why_not, changes)


def _inputs(demo: Demo, actions: Sequence[Action], owners: dict[int, Action]) -> list[str]:
    """Is all input in an action, and has each action some?"""
    wrong: list[str] = []
    inputs: set[int] = set()
    for one in demo.events:
        event = one.event
        if isinstance(event, Button | Scroll | Key):
            inputs.add(one.seq)
            loose = isinstance(event, Key) and (event.cls == "modifier" or not event.down)
            if one.seq not in owners and not loose:
                wrong.append(f"a {type(event).__name__.lower()} belongs to no action")
    wrong += [
        f"a {act.op} has no input of its own" for act in actions
        if act.op not in _NEEDS_NONE and inputs.isdisjoint(act.events)
    ]  # fmt: skip
    return wrong


def _differ(before: Flat, after: Flat) -> list[int]:
    """Elements that came, went, or hold, say or are something else. Who has the keyboard, and what only lies under the
    pointer, is no change: the source tells no motion.
    """
    found = [number for number in before if number not in after]
    for number, node in after.items():
        was = before.get(number)
        if was is None or (node.value, node.text, _state(node)) != (was.value, was.text, _state(was)):
            found.append(number)
    return found


def _state(node: Node) -> list[str]:
    """What its classes say it is: selected, open, expanded."""
    return [word for word in node.classes.split() if not word.endswith(("hover", "focus"))]


def _wrong(act: Action, was: Node | None, node: Node | None, page: Flat) -> str:
    """Why it can't have brought that about, or ""."""
    if was is None or node is None or node.value == was.value:
        return ""
    about = act.target.node if act.target else 0
    if node.tag in BOXES:
        if act.op in ("check", "uncheck") and about == node.number and (act.op == "check") == bool(node.value):
            return ""
        other = page.get(about)
        if act.op == "check" and other and other.tag == node.tag == "input_radio" and not node.value:
            return ""
        return f"a box changed by a {act.op}"
    if act.op in ("check", "uncheck", "scroll", "wait"):
        return f"a field changed by a {act.op}"
    if node.focused and act.op in _WRITES and about != node.number:
        return f"a field changed by a {act.op} elsewhere"
    return ""


def _values(demo: Demo, actions: Sequence[Action], writers: dict[int, Action]) -> list[str]:
    wrong: list[str] = []
    for act in actions:
        about = act.target.node if act.target else 0
        if act.op not in ("type", "select", "check", "uncheck") or not about:
            continue  # typed where nothing can be written: the page has nothing to compare, and nothing changed
        node = _then(demo, act, about)
        if node is None:
            wrong.append(f"what a {act.op} was done to is not in the page")
        elif not _equal(act, node):
            known = node.value is not None
            wrong.append(
                f"a {act.op} says something else than the page" if known else "the source does not tell the option"
            )
        elif writers.get(about) is act and (last := _last(demo, about)) and last.value != node.value:
            wrong.append("the last page holds something else")
    return wrong


def _equal(act: Action, node: Node) -> bool:
    if act.op in ("check", "uncheck"):
        return node.value is (act.op == "check")
    if node.tag not in TYPED | PICKED:
        return (
            node.value is None and act.op == "type"
        )  # typed where nothing can be written: nothing is what stands there
    return act.text == node.value


def _then(demo: Demo, act: Action, number: int) -> Node | None:
    """The element in the last page that was seen before the next thing was done."""
    end = bisect_left(demo.causes, act.last + 1) - 1
    events = set(act.events)
    while end > 0 and demo.causes[end] not in events:
        end -= 1
    while end >= 0:
        if node := demo.flats[end].get(number):
            return node
        end -= 1
    return None


def _last(demo: Demo, number: int) -> Node | None:
    return next((flat[number] for flat in reversed(demo.flats) if number in flat), None)
