"""A value that was typed and stood on a page before, beside a label or in a known row: it's read there. Pure.

Only where it was so in each of several demonstrations: once may be chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.plan import Node, One
from byhand.workflows.compiling.sight import Cell, Pair, Sight
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.things import Row, Thing
from byhand.workflows.compiling.values import Value

_SHORT = 3
_Things = dict[Owner, Thing]


class Stood(NamedTuple):
    """What stood in one place for all: beside that label, or in that column of the row that `key` tells."""

    label: str
    values: dict[Owner, Value]
    things: _Things
    key: Slot | None = None


def read_before(slots: Slots, vector: dict[Owner, Value], steps: list[Node], at: One) -> Slot | None:
    """The slot of it, with the act that reads it put among the steps; None where it wasn't there before.

    Args:
        slots: all so far.
        vector: what was typed.
        steps: of the outermost level; one is put in.
        at: the act that it was typed by.
    """
    if len(vector) < 2 or any(not one.known or len(one.text) < _SHORT for one in vector.values()):
        return None
    if len({values.folded(one.text) for one in vector.values()}) < 2 or at not in steps:
        return None
    for place in range(steps.index(at), -1, -1):
        one = steps[place]
        if not isinstance(one, One) or not one.acts.keys() >= vector.keys():
            continue
        acts = {owner: one.acts[owner] for owner in vector}
        stood = _same(slots, vector, acts)
        if stood is not None:
            slot = slots.new(vector, stood.label, read=True)
            steps.insert(place, read(acts, stood, slot))
            return slot
    return None


def _same(slots: Slots, vector: dict[Owner, Value], acts: dict[Owner, Did]) -> Stood | None:
    """Where those values stood, in the same place each time."""
    for one in (*labelled(acts), *columns(slots, acts)):
        if all(values.same(one.values[owner], value) for owner, value in vector.items()):
            return one
    return None


def labelled(acts: dict[Owner, Did]) -> Iterator[Stood]:
    """What stood beside the same label for all of them, just before those acts."""
    said = {owner: _pairs(act) for owner, act in acts.items()}
    for label in next(iter(said.values()), dict[str, Pair]()):
        if all(label in one for one in said.values()):
            vector = {
                owner: Value(one[label].text, bool(one[label].text) and not values.masked(one[label].text))
                for owner, one in said.items()
            }
            things = {owner: _thing(acts[owner], one[label].place, label) for owner, one in said.items()}
            yield Stood(label, vector, things)


def _pairs(act: Did) -> dict[str, Pair]:
    return {one.label: one for one in act.before.pairs()} if act.before is not None else {}


def _thing(act: Did, at: int, label: str) -> Thing:
    assert act.before is not None
    above = tuple(act.before.roles[up] for up in reversed(list(act.before.up(at))))
    return Thing(act.before.roles[at], "", label=label, page=act.here, above=above)


def read(acts: dict[Owner, Did], stood: Stood, slot: Slot) -> One:
    """The act that reads it, where those acts were done."""
    made = {owner: replace(did, verb="read", thing=stood.things[owner], value=Value("")) for owner, did in acts.items()}
    return One(made, into=slot, row=(stood.key,) if stood.key is not None else ())


def columns(slots: Slots, acts: dict[Owner, Did]) -> Iterator[Stood]:
    """What stood in the same column of the one row that a known value tells, just before those acts."""
    for slot in list(slots.visible("")):
        if slot.kind in ("flag", "choice", "secret"):
            continue
        rows = {owner: _rows(act.before, slot.of(owner)) for owner, act in acts.items()}
        if any(len(found) != 1 for found in rows.values()):
            continue
        cells = {owner: {cell.head: cell.text for cell in found[0] if cell.head} for owner, found in rows.items()}
        for head in next(iter(cells.values()), dict[str, str]()):
            if all(head in one for one in cells.values()):
                row = Row((), (), head)
                things = {owner: Thing("cell", "", label=head, page=act.here, row=row) for owner, act in acts.items()}
                vector = {owner: Value(one[head], bool(one[head])) for owner, one in cells.items()}
                yield Stood(head, vector, things, slot)


def _rows(sight: Sight | None, key: Value | None) -> list[tuple[Cell, ...]]:
    """Rows that hold that value in a cell of their own."""
    if sight is None or key is None or not key.known or len(key.text) < _SHORT:
        return []
    found = [sight.cells(row) for rows in sight.tables() for row in rows]
    return [cells for cells in found if any(values.same(Value(cell.text), key) for cell in cells)]
