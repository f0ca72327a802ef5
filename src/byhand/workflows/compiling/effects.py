"""Where the effect of a chore can be read back: the list in which its record stands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.naming import searches
from byhand.workflows.compiling.outcomes import path
from byhand.workflows.compiling.plan import Loop, Node, loops, ones
from byhand.workflows.compiling.sight import Cell, Sight
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.things import Thing
from byhand.workflows.compiling.turning import turned
from byhand.workflows.compiling.values import Value
from byhand.workflows.program import Act, Check, Effect

_ORDER: dict[str, int] = {"text": 0, "number": 1, "choice": 2, "date": 3}


@dataclass(frozen=True, slots=True)
class _List:
    """A page with a table that the record can stand in. fields: slots by the column they stand in."""

    act: Did
    fields: tuple[Slot, ...]


def effect(
    plan: Sequence[Node],
    slots: Slots,
    own: Sequence[Slot],
    name: Callable[[Slot], str],
    known: Callable[[Thing], str],
    number: Callable[[], str],
    *,
    deletes: bool,
) -> Effect | None:
    """How it's read back; None if no page was seen that could tell.

    Args:
        plan: the whole.
        slots: named.
        own: the identity.
        name: a slot as a template.
        known: puts an element among the program's targets, and tells what it's called.
        number: the next act's id.
        deletes: the record is gone afterwards.
    """
    if not own or any(node.over == "rows" and not _of_one(node, own) for node in loops(plan)):
        return None  # no one record tells of what was done to many
    found = _list(plan, slots, own)
    if found is None:
        return None
    sight = found.act.before
    assert sight is not None
    there = found.act.origin + found.act.here if found.act.origin else found.act.app
    steps: list[Act] = [Act(id=number(), verb="open", text=values.braced(there))]
    if (search := _search(plan, sight, found.act, own)) is not None:
        field, button, by = search
        steps.append(Act(id=number(), verb="fill", target=known(field), text=name(by or own[0])))
        if button is not None:
            steps.append(Act(id=number(), verb="press", target=known(button)))
        elif found.act.origin:  # a window's list narrows while it is typed
            steps.append(Act(id=number(), verb="key", target=known(field), text="Enter"))
    row = ", ".join(name(slot) for slot in own)
    if deletes:
        return Effect(kind="view", steps=tuple(steps), checks=(Check(kind="count", row=row, text="0"),))
    rest = [name(slot) for slot in found.fields if slot not in own and slot.needed]
    became = [values.braced(text) for text in _became(plan, own) or turned(plan, own)]
    told = any(_entered(slot) for slot in found.fields if slot not in own and slot.needed)
    if not _made(plan, own) and not told and not became:
        return None  # it was there before as well: that it is there tells nothing
    check = Check(kind="row", row=row, text=", ".join([*rest, *became]))
    before = (Check(kind="count", row=row, text="0"),) if _made(plan, own) else ()
    return Effect(kind="view", steps=tuple(steps), checks=(check,), before=before)


def _of_one(loop: Loop, own: Sequence[Slot]) -> bool:
    """Does it go over the record's own row, as where it's looked for page by page?"""
    return set(own) == {part for part in loop.rows if isinstance(part, Slot)} and all(
        times <= 1 for times in loop.times.values()
    )


def _became(plan: Sequence[Node], own: Sequence[Slot]) -> list[str]:
    """What the record's row holds in the end and did not before, the same in all of several demonstrations."""
    rows: dict[int, list[dict[str, str]]] = {}
    for one in ones(plan):
        for owner, act in one.acts.items():
            for sight in (act.before, act.after):
                if sight is not None and (row := _row(sight, own, owner)):
                    rows.setdefault(owner[0], []).append(row)
    if len(rows) < 2 or any(len(told) < 2 for told in rows.values()):
        return []
    changed = [
        {(head, text) for head, text in told[-1].items() if text and told[0].get(head, text) != text}
        for told in rows.values()
    ]
    return sorted(text for _, text in set[tuple[str, str]].intersection(*changed))


def _stands(cells: Sequence[Cell], value: Value) -> bool:
    return any(values.holds(cell.text, value.text) for cell in cells)


def _row(sight: Sight, own: Sequence[Slot], owner: Owner) -> dict[str, str]:
    """The only row that holds the identity, by its columns."""
    given = [value for slot in own if (value := slot.of(owner)) is not None and value.known]
    if len(given) < len(own):
        return {}
    every = [sight.cells(row) for rows in sight.tables() for row in rows]
    found = [cells for cells in every if all(_stands(cells, value) for value in given)]
    return {cell.head: cell.text for cell in found[0] if cell.head} if len(found) == 1 else {}


def _list(plan: Sequence[Node], slots: Slots, own: Sequence[Slot]) -> _List | None:
    """The page whose table can hold the record: its columns are called as the fields, or its rows hold their values."""
    best: tuple[int, _List] | None = None
    for one in ones(plan):
        for owner, act in one.acts.items():
            sight = act.before
            if sight is None or not (act.origin or act.app) or path(act.here) != act.here:
                continue
            for rows in sight.tables() or []:
                heads = [head for head, _, _ in sight.heads(rows[0])]
                said = {values.folded(head) for head in heads if head}
                fields = [slot for slot in slots.all if not slot.scope and not slot.read and slot.kind in _ORDER
                          and any(values.folded(label) in said for label in slot.labels)]  # fmt: skip
                held = [sight.words(row) for row in rows]
                stands = all(
                    slot in fields
                    or any(
                        (value := slot.of(owner)) is not None and value.known and values.holds(row, value.text)
                        for row in held
                    )
                    for slot in own
                )
                if stands and (best is None or len(fields) > best[0]):
                    best = len(fields), _List(act, tuple(sorted(fields, key=lambda slot: _ORDER[slot.kind])))
    return best[1] if best else None


def _search(
    plan: Sequence[Node], sight: Sight, on: Did, own: Sequence[Slot]
) -> tuple[Thing, Thing | None, Slot | None] | None:
    """The field of that page to look it up by, the button beside it, and what it was looked up by when it was shown:
    not all that tells a record from others is searched in.
    """
    filled = [
        (one, one.first.thing) for one in ones(plan)
        if one.first.verb == "fill" and one.first.here == on.here and one.first.thing is not None
        and _looks(one.first.thing.role, one.first.thing.said)
    ]  # fmt: skip
    used = filled[0][1] if filled else None
    typed = [one.text[0] for one, _ in filled if len(one.text) == 1 and isinstance(one.text[0], Slot)]
    by = next((slot for slot in typed if slot in own), typed[-1] if typed else None)
    pressed: Thing | None = None
    if used is not None:
        acts = [one.first for one in ones(plan)]
        at = next(place for place, act in enumerate(acts) if act.thing is used)
        after = acts[at + 1] if at + 1 < len(acts) else None
        if (
            after is not None
            and after.verb == "press"
            and after.thing is not None
            and after.thing.role == "button"
            and (after.thing.row is None)
        ):
            pressed = after.thing
        return used, pressed, by
    for at, role in enumerate(sight.roles):
        if _looks(role, sight.names[at]):
            field = Thing(role, sight.names[at], above=sight.above(at), page=on.here)
            return field, _beside(sight, at, on.here), None
    return None


def _looks(role: str, name: str) -> bool:
    return role == "searchbox" or (role == "textbox" and searches(name))


def _beside(sight: Sight, at: int, page: str) -> Thing | None:
    """The only button of the form it lies in."""
    for up in sight.up(at):
        if sight.roles[up] not in ("search", "form"):
            continue
        inside = [one for one in sight.inside(up) if sight.roles[one] == "button" and sight.names[one]]
        if len(inside) != 1:
            return None
        return Thing("button", sight.names[inside[0]], above=sight.above(inside[0]), page=page)
    return None


def _entered(slot: Slot) -> bool:
    """Is its value put into the record by the chore, and not only looked for?"""
    return any(
        act.verb in ("fill", "choose", "set") and act.thing is not None and not _looks(act.thing.role, act.thing.said)
        for act in slot.acts
    )


def _made(plan: Sequence[Node], own: Sequence[Slot]) -> bool:
    """Is the record made by the chore? Then what tells it is filled into a form, and not looked up before."""
    for one in ones(plan):
        if any(slot in own for slot in one.row) or any(part in own for part in one.called):
            return False
        on = one.first.thing
        if any(part in own for part in one.text if isinstance(part, Slot)) and one.first.verb == "fill":
            return on is not None and not _looks(on.role, on.said)
    return False
