"""Each fork of a plan gets the conditions that fit it, and what in it is a rule's and not the row's. Pure.

A value that only some filled in is asked for by itself: it's given, or it isn't. A choice that was the same for all who
made it is a rule, where something that is known parts them from the rest.
"""

from __future__ import annotations

from byhand.workflows.compiling.conditions import fitting, given, parting
from byhand.workflows.compiling.plan import Fork, Found, Loop, Node, One, ones
from byhand.workflows.compiling.reading import columns, labelled, read
from byhand.workflows.compiling.slots import Slot, Slots, settle
from byhand.workflows.compiling.values import Value

_SETS = frozenset({"fill", "choose", "upload", "set"})


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
    own = [one for one in fork.steps if isinstance(one, One) and _own(one, fork) is not None]
    fixed = [one for one in own if _same(one)]
    alone = not fork.other and len(own) == len(fork.steps)
    found = fitting(slots, fork, scope)
    if not found and (fixed or not alone):
        found = _read(fork, nodes, slots)
    if alone and not (fixed and found):
        nodes[nodes.index(fork) : nodes.index(fork) + 1] = [
            Fork([one], [], fork.done, fork.rest, fork.after, [told]) for one in own
            if (told := given(Fork([one], [], fork.done, fork.rest))) is not None
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
    else:
        found = [given(fork) or _asked(fork, slots, scope)]
    for owners, nodes_of in ((fork.rest, fork.steps), (fork.done, fork.other)):
        for one in ones(nodes_of):
            for slot in one.text:
                if isinstance(slot, Slot) and not slot.read and all(slot.of(owner) is None for owner in owners):
                    slot.needed = False
    fork.found = found


def _read(fork: Fork, nodes: list[Node], slots: Slots) -> list[Found]:
    """A value that stood on the page, and that nobody typed: it's read, and asked."""
    first = next((node for node in fork.steps if isinstance(node, One)), None)
    if first is None:
        return []
    other = next((node for node in fork.other if isinstance(node, One)), None)
    acts = dict(first.acts)
    for owner in fork.rest:
        act = other.acts.get(owner) if other is not None else fork.after.get(owner)
        if act is None:
            return []
        acts[owner] = act
    for one in (*labelled(acts), *columns(slots, acts)):
        slot = Slot(one.values, [one.label], read=True)
        settle(slot)
        found = parting(slot, fork)
        if found is not None:
            slots.all.append(slot)
            nodes.insert(nodes.index(fork), read(acts, one, slot))
            return [found]
    return []


def _asked(fork: Fork, slots: Slots, scope: str) -> Found:
    """Nothing that is known parts them: whether it's done is for each row to say."""
    first = next(iter(ones(fork.steps)), None)
    on = first.first.thing if first is not None else None
    vector = dict.fromkeys(fork.done, Value("on")) | dict.fromkeys(fork.rest, Value("off"))
    slot = slots.new(vector, on.said if on is not None else "", "flag", scope, other="also")
    return Found("is", slot, "on", asked=True)


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
    return one.first.verb in ("choose", "set") and len(texts) == 1 and all(act.value.known for act in one.acts.values())


def _literal(one: One, slots: Slots) -> None:
    slot = one.text[0]
    if isinstance(slot, Slot) and all(act in one.acts.values() for act in slot.acts):
        one.text = (one.first.value.text,)
        if slot in slots.all:
            slots.all.remove(slot)


def settled(slots: Slots) -> None:
    for slot in slots.all:
        settle(slot)
