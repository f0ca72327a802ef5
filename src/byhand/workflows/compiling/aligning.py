"""Several demonstrations beside each other: what all did, what only some did, what was done again and again. Pure.

They are laid side by side one after the other, each against all before it, by the fewest acts that stand alone. What
some did and others did not is a fork; where those did something else in its place, that is its other side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from byhand.workflows.compiling.calling import alternatives, by_value
from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.plan import Fork, Loop, Node, One
from byhand.workflows.compiling.repeats import Again, Part, repeated
from byhand.workflows.compiling.things import Thing, recordlike

_NEVER = 9.0
_GAP = 1.0
_CALLED = frozenset({"link", "listitem", "option", "treeitem", "cell", "gridcell", "text", "heading", "article", "row"})
_Column = dict[Owner, Part]


def planned(demos: Sequence[Sequence[Did]]) -> list[Node]:
    """One plan of all demonstrations; of one alone, its acts in a row."""
    if len(demos) == 1:
        return [One({(0,): act}) for act in by_value(demos[0])]
    parts = repeated(alternatives([by_value(demo) for demo in demos]))
    return _nodes({(number,): row for number, row in enumerate(parts)})


def _nodes(rows: Mapping[Owner, Sequence[Part]]) -> list[Node]:
    columns = _aligned(rows)
    owners = frozenset(rows)
    found: list[Node] = []
    at = 0
    while at < len(columns):
        here = frozenset(columns[at])
        if here == owners:
            found.append(_node(columns[at]))
            at += 1
            continue
        end = at
        while end < len(columns) and frozenset(columns[end]) == here:
            end += 1
        other = end
        while other < len(columns) and frozenset(columns[other]) == owners - here:
            other += 1
        after = {owner: act for column in columns[other:] for owner, act in reversed(column.items())
                 if isinstance(act, Did)} if other < len(columns) else {}  # fmt: skip
        if end == at + 1 and other == end and isinstance(loop := _node(columns[at]), Loop):
            found.append(Loop(loop.body, {**loop.times, **dict.fromkeys(owners - here, 0)}))
            at = other
            continue
        found.append(Fork(
            [_node(one) for one in columns[at:end]], [_node(one) for one in columns[end:other]], here, owners - here,
            after=_next(rows, columns, other) or after,
        ))  # fmt: skip
        at = other
    return found


def _next(rows: Mapping[Owner, Sequence[Part]], columns: Sequence[_Column], at: int) -> dict[Owner, Did]:
    """What each did right after that place."""
    found: dict[Owner, Did] = {}
    for owner in rows:
        part = next((column[owner] for column in columns[at:] if owner in column), None)
        while isinstance(part, Again):
            part = part.each[0][0]
        if part is not None:
            found[owner] = part
    return found


def _node(column: _Column) -> Node:
    first = next(iter(column.values()))
    if isinstance(first, Did):
        acts = {owner: part for owner, part in column.items() if isinstance(part, Did)}
        return One(_unnamed(acts))
    again = {owner: part for owner, part in column.items() if isinstance(part, Again)}
    rows = {(*owner, time): row for owner, part in again.items() for time, row in enumerate(part.each)}
    return Loop(_nodes(rows), {owner: len(part.each) for owner, part in again.items()})


def _unnamed(acts: dict[Owner, Did]) -> dict[Owner, Did]:
    """A name that differs from one to the other is the record's."""
    names = {act.thing.name for act in acts.values() if act.thing is not None}
    if len(names) <= 1:
        return acts
    return {owner: replace(act, thing=replace(act.thing, named=False)) if act.thing else act
            for owner, act in acts.items()}  # fmt: skip


# ---- laying side by side


def _aligned(rows: Mapping[Owner, Sequence[Part]]) -> list[_Column]:
    # The longest first: what is missing elsewhere then shows as missing, and not as another order.
    order = sorted(rows, key=lambda owner: (-len(rows[owner]), owner))
    columns: list[_Column] = []
    for owner in order:
        columns = _with(columns, owner, rows[owner])
    return [{owner: column[owner] for owner in rows if owner in column} for column in columns]


def _with(columns: list[_Column], owner: Owner, row: Sequence[Part]) -> list[_Column]:
    wide, high = len(columns), len(row)
    costs = [[0.0] * (high + 1) for _ in range(wide + 1)]
    for at in range(1, wide + 1):
        costs[at][0] = at * _GAP
    for at in range(1, high + 1):
        costs[0][at] = at * _GAP
    for a in range(1, wide + 1):
        for b in range(1, high + 1):
            costs[a][b] = min(
                costs[a - 1][b - 1] + _cost(columns[a - 1], row[b - 1]), costs[a - 1][b] + _GAP, costs[a][b - 1] + _GAP,
            )  # fmt: skip
    found: list[_Column] = []
    a, b = wide, high
    while a or b:
        if a and b and costs[a][b] == costs[a - 1][b - 1] + _cost(columns[a - 1], row[b - 1]):
            a, b = a - 1, b - 1
            found.append({**columns[a], owner: row[b]})
        elif b and costs[a][b] == costs[a][b - 1] + _GAP:
            b -= 1
            found.append({owner: row[b]})
        else:
            a -= 1
            found.append(columns[a])
    return found[::-1]


def _cost(column: _Column, part: Part) -> float:
    return min(_apart(one, part) for one in column.values())


def _apart(one: Part, other: Part) -> float:
    if isinstance(one, Again) or isinstance(other, Again):
        alike = isinstance(one, Again) and isinstance(other, Again) and one.key == other.key
        return 0.0 if alike else _NEVER
    if one.verb != other.verb or (one.verb in ("key", "open", "turn") and one.value.text != other.value.text):
        return _NEVER
    if one.thing is None or other.thing is None:
        return 0.0 if one.thing is other.thing else _NEVER
    return _between(one.thing, other.thing) + (0.1 if one.here != other.here else 0.0)


def _between(one: Thing, other: Thing) -> float:
    if one.role != other.role:
        return _NEVER
    if one.key == other.key:
        return 0.0 if one.near == other.near else 0.3
    if one.role not in _CALLED or (one.row is None) != (other.row is None):
        return _NEVER
    # Two links of one kind, each called by its record.
    return 0.6 if recordlike(one.name) and recordlike(other.name) else _NEVER
