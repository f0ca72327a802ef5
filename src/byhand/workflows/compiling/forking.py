"""Each fork of a plan gets the conditions that fit it, and what in it is a rule's and not the row's. Pure.

A value that only some filled in is asked for by itself: it's given, or it isn't. A choice that was the same for all who
made it is a rule, where something that is known parts them from the rest.
"""

from __future__ import annotations

from byhand.workflows.compiling.conditions import fitting, given
from byhand.workflows.compiling.plan import Fork, Loop, Node, One
from byhand.workflows.compiling.slots import Slot, Slots, settle

_SETS = frozenset({"fill", "choose", "upload"})


def forked(nodes: list[Node], slots: Slots, scope: str = "") -> None:
    """All forks in there, inner ones too. Kinds of slots are settled before."""
    for node in list(nodes):
        if isinstance(node, Loop):
            forked(node.body, slots, node.name if node.over == "list" else scope)
        elif isinstance(node, Fork):
            forked(node.steps, slots, scope)
            forked(node.other, slots, scope)
            _one(node, nodes, slots, scope)


def _one(fork: Fork, nodes: list[Node], slots: Slots, scope: str) -> None:
    found = fitting(slots, fork, scope)
    own = [one for one in fork.steps if isinstance(one, One) and _own(one, fork) is not None]
    fixed = [one for one in own if _same(one)]
    if not fork.other and len(own) == len(fork.steps) and not (fixed and found):
        nodes[nodes.index(fork) : nodes.index(fork) + 1] = [
            Fork([one], [], fork.done, fork.rest, fork.after, [alone]) for one in own
            if (alone := given(slots, Fork([one], [], fork.done, fork.rest))) is not None
        ]  # fmt: skip
        for one in own:
            if (slot := _own(one, fork)) is not None:
                slot.needed = False
        return
    if found:
        for one in (
            *fixed,
            *(one for one in fork.other if isinstance(one, One) and _same(one) and _alone(one, fork, slots)),
        ):
            _literal(one, slots)
    elif (last := given(slots, fork)) is not None:
        found = [last]
    for one in own:
        if (slot := _own(one, fork)) is not None:
            slot.needed = False
    fork.found = found


def _alone(one: One, fork: Fork, slots: Slots) -> bool:
    slot = one.text[0] if len(one.text) == 1 else None
    return isinstance(slot, Slot) and slot in slots.all and all(slot.of(owner) is None for owner in fork.done)


def _own(one: One, fork: Fork) -> Slot | None:
    """The slot that it alone fills in, and only for those who did it."""
    slot = one.text[0] if len(one.text) == 1 and one.first.verb in _SETS else None
    if not isinstance(slot, Slot) or slot.read or any(slot.of(owner) is not None for owner in fork.rest):
        return None
    return slot


def _same(one: One) -> bool:
    """Is it one choice, the same in all who made it?"""
    texts = {act.value.text for act in one.acts.values()}
    return one.first.verb == "choose" and len(texts) == 1 and all(act.value.known for act in one.acts.values())


def _literal(one: One, slots: Slots) -> None:
    slot = one.text[0]
    if isinstance(slot, Slot) and all(act in one.acts.values() for act in slot.acts):
        one.text = (one.first.value.text,)
        if slot in slots.all:
            slots.all.remove(slot)


def settled(slots: Slots) -> None:
    for slot in slots.all:
        settle(slot)
