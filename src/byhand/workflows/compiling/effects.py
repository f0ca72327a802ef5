"""Where the effect of a chore can be read back: the list in which its record stands, or the page that tells of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did
from byhand.workflows.compiling.naming import searches
from byhand.workflows.compiling.outcomes import path
from byhand.workflows.compiling.plan import Node, ones
from byhand.workflows.compiling.sight import Sight
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.things import Thing
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
) -> Effect | None:
    """How it's read back; None if no page was seen that could tell.

    Args:
        plan: the whole.
        slots: named.
        own: the identity.
        name: a slot as a template.
        known: puts an element among the program's targets, and tells what it's called.
        number: the next act's id.
    """
    if not own:
        return None
    found = _list(plan, slots, own)
    if found is None:
        return None
    sight = found.act.before
    assert sight is not None
    steps: list[Act] = [Act(id=number(), verb="open", text=values.braced(found.act.origin + found.act.here))]
    if (search := _search(plan, sight, found.act)) is not None:
        field, button = search
        steps.append(Act(id=number(), verb="fill", target=known(field), text=name(own[0])))
        if button is not None:
            steps.append(Act(id=number(), verb="press", target=known(button)))
        else:
            steps.append(Act(id=number(), verb="key", target=known(field), text="Enter"))
    row = ", ".join(name(slot) for slot in own)
    rest = [slot for slot in found.fields if slot not in own and slot.needed]
    check = Check(kind="row", row=row, text=", ".join(name(slot) for slot in rest))
    before = (Check(kind="count", row=row, text="0"),) if _made(plan, own) else ()
    return Effect(kind="view", steps=tuple(steps), checks=(check,), before=before)


def _list(plan: Sequence[Node], slots: Slots, own: Sequence[Slot]) -> _List | None:
    """The page whose table can hold the record: its columns are called as the fields, or its rows hold their values."""
    best: tuple[int, _List] | None = None
    for one in ones(plan):
        for owner, act in one.acts.items():
            sight = act.before
            if sight is None or not act.origin or path(act.here) != act.here:
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


def _search(plan: Sequence[Node], sight: Sight, on: Did) -> tuple[Thing, Thing | None] | None:
    """The field of that page to look it up by, and the button beside it."""
    used = next((one.first.thing for one in ones(plan) if one.first.verb == "fill" and one.first.here == on.here
                 and one.first.thing is not None and _looks(one.first.thing.role, one.first.thing.said)), None)  # fmt: skip
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
        return used, pressed
    for at, role in enumerate(sight.roles):
        if _looks(role, sight.names[at]):
            return Thing(role, sight.names[at], page=on.here, tag=""), _beside(sight, at, on.here)
    return None


def _looks(role: str, name: str) -> bool:
    return role == "searchbox" or (role == "textbox" and searches(name))


def _beside(sight: Sight, at: int, page: str) -> Thing | None:
    """The only button of the form it lies in."""
    for up in sight.up(at):
        if sight.roles[up] not in ("search", "form"):
            continue
        inside = [one for one in sight.inside(up) if sight.roles[one] == "button" and sight.names[one]]
        return Thing("button", sight.names[inside[0]], page=page) if len(inside) == 1 else None
    return None


def _made(plan: Sequence[Node], own: Sequence[Slot]) -> bool:
    """Is the record made by the chore? Then what tells it is filled into a form, and not looked up or found in a row."""
    for one in ones(plan):
        if any(slot in own for slot in one.row) or (one.called in own):
            return False
        on = one.first.thing
        if any(part in own for part in one.text if isinstance(part, Slot)) and one.first.verb == "fill":
            return on is not None and not _looks(on.role, on.said)
    return False
