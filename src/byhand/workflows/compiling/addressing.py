"""Which row a control is in, and which link is called by a value: told by what differs from record to record. Pure.

A row is told by values that are typed or read anyway, as few as tell it from all others of its table. Where none does,
the column that does becomes a parameter. Where the words of a row were not kept, it's the row of what was searched for.
Names are not unique: where one demonstration addresses a row by a name, the list's other columns may be given too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.naming import NAME_LIKE, passing, searches, tells_apart
from byhand.workflows.compiling.plan import One
from byhand.workflows.compiling.sight import Cell
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.things import ACTIONS, Row
from byhand.workflows.compiling.values import Value

_TWINS, _MOST_COLUMNS = 4, 4
"""So many other rows a search may leave, and so many columns are asked for then."""
_WORDS_OF = frozenset({"text", "number", "date"})


def addressed(slots: Slots, one: One, scope: str, done: Sequence[One]) -> list[Slot]:
    """The slots whose values tell its row; none where it isn't in one.

    Args:
        slots: all so far; one more where none of them tells the row.
        one: the act.
        scope: the list it is done for each of, or "".
        done: acts before it, the newest last.
    """
    rows = {owner: act.thing.row for owner, act in one.acts.items() if act.thing is not None and act.thing.row}
    if not rows or len(rows) < len(one.acts):
        return []
    if (
        len({row.words for row in rows.values()}) == 1
        and len({owner[0] for owner in rows}) >= 3
        and _first(rows)
        and (not _matching(slots, rows, scope))
    ):
        return []  # the page's own row, the same in all demonstrations
    if not any(row.words for row in rows.values()):
        return _by_search(slots, rows, scope, [before for before in done if before.first.here == one.first.here])
    found = _matching(slots, rows, scope)
    for slot in found:
        if _alone(rows, [slot]):
            return [_labelled(slot, rows), *_beside_a_name(slots, rows, scope, slot)]
    chosen: list[Slot] = []
    for slot in found:
        chosen.append(_labelled(slot, rows))
        if _alone(rows, chosen):
            return chosen
    if not chosen and _blank(rows):
        return _by_search(slots, rows, scope, [before for before in done if before.first.here == one.first.here])
    more = _column(slots, rows, scope, chosen)
    if more is None and not chosen:
        # A control in a row is never the page's own, whatever was kept: whoever reads the program sees which row.
        return _by_search(slots, rows, scope, [before for before in done if before.first.here == one.first.here])
    return [*chosen, *([more] if more is not None else [])]


def called(slots: Slots, one: One, scope: str) -> Slot | None:
    """The slot that a link or an item outside of any table is called by; None if its name is its own."""
    things = {owner: act.thing for owner, act in one.acts.items() if act.thing is not None}
    if not things or all(thing.named for thing in things.values()) or any(thing.row for thing in things.values()):
        return None
    vector = {owner: known_name(act) for owner, act in one.acts.items()}
    for slot in slots.visible(scope):
        if all((mine := slot.of(owner)) is not None and values.same(mine, value) for owner, value in vector.items()):
            return slot
    first = next(iter(things.values()))
    return slots.new(vector, "", other=first.role, scope=scope)


def known_name(act: Did) -> Value:
    """What it is called, as a value."""
    name = act.thing.name if act.thing is not None else ""
    return Value(name, bool(name) and not values.masked(name))


def _first(rows: Mapping[Owner, Row]) -> bool:
    return all(row.cells and row.cells[0].text for row in rows.values())


def _matching(slots: Slots, rows: Mapping[Owner, Row], scope: str) -> list[Slot]:
    """Slots whose value stands in the row each time, the one that tells records apart best first."""
    found = [slot for slot in slots.visible(scope) if slot.kind in _WORDS_OF and all(
        (value := slot.of(owner)) is not None and _stands(row.cells, value) for owner, row in rows.items()
    )]  # fmt: skip
    return sorted(found, key=lambda slot: (_tells(slot, rows), slot.kind != "text"))


def _tells(slot: Slot, rows: Mapping[Owner, Row]) -> int:
    head = _head(slot, rows)
    return min(tells_apart(head) if head else 3, tells_apart(slot.label))


def _stands(cells: Sequence[Cell], value: Value) -> bool:
    if not value.known or len(value.text) < 2:
        return any(values.same(Value(cell.text, not values.masked(cell.text)), value) for cell in cells)
    return any(values.holds(cell.text, value.text) or values.same(Value(cell.text), value) for cell in cells)


def _alone(rows: Mapping[Owner, Row], chosen: Sequence[Slot]) -> bool:
    """Do these values stand in no other row of the table?"""
    return all(
        not any(all((value := slot.of(owner)) is not None and _stands(other, value) for slot in chosen)
                for other in row.others)
        for owner, row in rows.items()
    )  # fmt: skip


def _head(slot: Slot, rows: Mapping[Owner, Row]) -> str:
    """The column that its value stands in, the same each time."""
    heads = {
        next((cell.head for cell in row.cells if (value := slot.of(owner)) and _stands((cell,), value)), "")
        for owner, row in rows.items()
    }  # fmt: skip
    return heads.pop() if len(heads) == 1 else ""


def _labelled(slot: Slot, rows: Mapping[Owner, Row]) -> Slot:
    if (head := _head(slot, rows)) and head not in slot.labels:
        slot.labels.append(head)
    return slot


def _column(slots: Slots, rows: Mapping[Owner, Row], scope: str, chosen: Sequence[Slot]) -> Slot | None:
    """A parameter of its own, from the first column that tells the row from the others that are left."""
    heads = dict.fromkeys(cell.head for cell in next(iter(rows.values())).cells)
    for head in heads:
        found: dict[Owner, Value] = {}
        for owner, row in rows.items():
            text = _in(row.cells, head)
            rivals = [other for other in row.others if all(
                (value := slot.of(owner)) is not None and _stands(other, value) for slot in chosen
            )]  # fmt: skip
            if text and not any(values.folded(_in(other, head)) == values.folded(text) for other in rivals):
                found[owner] = Value(text, not values.masked(text))
        if len(found) == len(rows) and not _control(rows, head):
            return slots.new(found, head, scope=scope, other="row")
    return None


def _blank(rows: Mapping[Owner, Row]) -> bool:
    """Was just what tells the record from others not kept? What was, like its status, stands in many rows."""
    ranks: dict[bool, list[int]] = {True: [], False: []}
    for row in rows.values():
        for cell in row.cells:
            if cell.head:
                ranks[bool(cell.text) and not values.masked(cell.text)].append(tells_apart(cell.head))
    return bool(ranks[False]) and (not ranks[True] or min(ranks[False]) < min(ranks[True]))


def _control(rows: Mapping[Owner, Row], head: str) -> bool:
    """Does the pressed control itself stand in that column, under a name of its own?"""
    return not head and any(cell.head for row in rows.values() for cell in row.cells)


def _in(cells: Sequence[Cell], head: str) -> str:
    return next((cell.text for cell in cells if cell.head == head), "")


def _by_search(slots: Slots, rows: Mapping[Owner, Row], scope: str, done: Sequence[One]) -> list[Slot]:
    """Nothing of the row was kept: it's the row of what was searched for on that page."""
    for one in reversed(done):
        act = one.first
        if act.verb == "fill" and act.thing is not None and (searches(act.thing.said) or act.thing.role == "searchbox"):
            found = next((slot for slot in slots.visible(scope) if act in slot.acts), None)
            if found is not None:
                guessed = _guessed(found, rows)
                twins = _between_twins(slots, rows, scope, guessed)
                return [guessed, *(twins or _beside_a_name(slots, rows, scope, guessed))]
    head = next((cell.head for cell in next(iter(rows.values())).cells if cell.head), "")
    known = next(
        (slot for slot in slots.visible(scope) if head and head in slot.labels and slot.kind in _WORDS_OF), None
    )
    if known is not None:
        return [known]
    if not head:
        return []
    return [slots.new({owner: Value("", known=False) for owner in rows}, head, scope=scope, other="row")]


def _between_twins(slots: Slots, rows: Mapping[Owner, Row], scope: str, found: Slot) -> list[Slot]:
    """Where what was searched for left more than one row, any other column may be what tells them apart: whoever runs
    it gives those that do.
    """
    if scope or not all(0 < len(row.others) <= _TWINS and _twins(row) for row in rows.values()):
        return []
    return _others(slots, rows, found)


def _beside_a_name(slots: Slots, rows: Mapping[Owner, Row], scope: str, found: Slot) -> list[Slot]:
    """One demonstration can't show that two may be called the same: other columns may be given for those that are."""
    if scope or slots.demos > 1 or tells_apart(found.label) != NAME_LIKE:
        return []
    return _others(slots, rows, found)


def _others(slots: Slots, rows: Mapping[Owner, Row], found: Slot) -> list[Slot]:
    """Parameters that need not be given, of the list's other columns. What a record's state is, or how much of
    something, tells no record from others.
    """
    heads = dict.fromkeys(cell.head for cell in next(iter(rows.values())).cells if cell.head)
    told = [one for one in heads if one not in found.labels and values.folded(one) not in ACTIONS and not passing(one)]
    return [
        slots.new({owner: Value("", known=False) for owner in rows}, head, other="row", needed=False)
        for head in told[:_MOST_COLUMNS]
    ]


def _twins(row: Row) -> bool:
    """Can none of what was kept tell it from the others?"""
    own = [values.folded(cell.text) for cell in row.cells]
    return any([values.folded(cell.text) for cell in other] == own for other in row.others)


def _guessed(slot: Slot, rows: Mapping[Owner, Row]) -> Slot:
    """What is pressed by a link without a name is called as its column is, and so is a window's cell; of any other
    control's row, as the first column that may tell records apart.
    """
    row = next(iter(rows.values()))
    heads = [cell.head for cell in row.cells]
    pressed = next((one.column for one in rows.values() if not one.cells), "")  # of a row that came since
    column = next((head for head in (row.column, *heads) if head and tells_apart(head) < 3), pressed)
    if column and column not in slot.labels:
        slot.labels.append(column)
    return slot
