"""Which rows a loop goes over: what all that were acted on hold, and what only they offer. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.naming import searches
from byhand.workflows.compiling.plan import Loop, One, Text
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.things import Row
from byhand.workflows.compiling.values import Value


def rows_of(
    slots: Slots, loop: Loop, inside: Sequence[One], scope: str, done: Sequence[One]
) -> tuple[Text, One | None]:
    """What the rows hold, and the control that only some of those rows offer."""
    one = next(one for one in inside if one.first.thing is not None and one.first.thing.row is not None)
    rows = {
        owner: act.thing.row for owner, act in one.acts.items() if act.thing is not None and act.thing.row is not None
    }
    left = {owner: _left(loop, owner, one) for owner in loop.times}
    given = [slot for slot in slots.visible(scope) if slot.kind in ("text", "choice", "date") and _in_all(slot, rows)]
    if not given and not any(row.words for row in rows.values()):
        given = _searched(slots, [before for before in done if before.first.here == one.first.here]) or [
            slots.new({owner: Value("", known=False) for owner in loop.times}, "which rows", scope=scope)
        ]
    chosen: list[str | Slot] = []
    for slot in given:
        chosen += [", ", slot] if chosen else [slot]
        head = _head(slot, rows)
        if head and head not in slot.labels:
            slot.labels.append(head)
    fixed = False
    for head, texts in _shared(rows, left).items():
        if any(all(_holds(slot, owner, text) for owner, text in texts.items()) for slot in given):
            continue
        if len(set(texts.values())) == 1:
            text = values.braced(next(iter(texts.values())))
            fixed = True
        else:
            text = slots.new({owner: Value(text) for owner, text in texts.items()}, head, scope=scope)
        chosen += [", ", text] if chosen else [text]
    return tuple(chosen), one if not fixed and _some(one) else None


def _holds(slot: Slot, owner: Owner, text: str) -> bool:
    value = slot.of(owner)
    return value is not None and values.holds(text, value.text)


def _in_all(slot: Slot, rows: dict[Owner, Row]) -> bool:
    for owner, row in rows.items():
        value = slot.of(owner)
        if (
            value is None
            or not value.known
            or not any(
                values.same(values.Value(cell.text), value) or values.holds(cell.text, value.text) for cell in row.cells
            )
        ):
            return False
    return True


def _head(slot: Slot, rows: dict[Owner, Row]) -> str:
    for owner, row in rows.items():
        value = slot.of(owner)
        for cell in row.cells:
            if value is not None and values.holds(cell.text, value.text):
                return cell.head
    return ""


def _left(loop: Loop, owner: Owner, one: One) -> list[Row]:
    """Rows of the table that nothing was done to, as they stood when the loop began."""
    acts = [one.acts[(*owner, time)] for time in range(loop.times[owner]) if (*owner, time) in one.acts]
    if not acts:
        return []
    first = acts[0].thing
    if first is None or first.row is None:
        return []
    acted = {act.thing.row.words for act in acts if act.thing is not None and act.thing.row is not None}
    keys = {_key(act) for act in acts}
    found = [Row(cells, (), "", "") for cells in first.row.others]
    return [row for row in found if row.words not in acted and not (row.cells and row.cells[0].text in keys)]


def _key(act: Did) -> str:
    return (
        act.thing.row.cells[0].text
        if act.thing is not None and act.thing.row is not None and act.thing.row.cells
        else ""
    )


def _shared(rows: dict[Owner, Row], left: dict[Owner, list[Row]]) -> dict[str, dict[Owner, str]]:
    """By column: what all rows that a demonstration acted on have there, and some that it left have not."""
    demos = sorted({owner[0] for owner in rows})
    if all(sum(owner[0] == demo for owner in rows) < 2 for demo in demos):
        return {}
    found: list[dict[str, str]] = []
    for demo in demos:
        own = [
            {cell.head: cell.text for cell in row.cells if cell.head} for owner, row in rows.items() if owner[0] == demo
        ]
        rest = [row for owner, others in left.items() if owner[0] == demo for row in others]
        found.append({
            head: text for head, text in own[0].items()
            if text and not values.masked(text) and all(one.get(head) == text for one in own)
            and any(all(cell != (head, text) for cell in row.cells) for row in rest)
        })  # fmt: skip
    heads = [head for head in found[0] if all(head in one for one in found)]
    return {head: {(demo,): one[head] for demo, one in zip(demos, found, strict=True)} for head in heads}


def _some(one: One) -> bool:
    """Are there rows beside, as they stood, that don't offer the control?"""
    for act in one.acts.values():
        if act.before is None or act.thing is None or act.thing.row is None or not act.thing.node:
            continue
        at = act.before.at(act.thing.node)
        row = act.before.row(at) if at >= 0 else -1
        for other in act.before.rows(row) if row >= 0 else ():
            names = {(act.before.roles[each], act.before.names[each]) for each in act.before.inside(other)}
            if (act.thing.role, act.thing.name) not in names:
                return True
    return False


def _searched(slots: Slots, done: Sequence[One]) -> list[Slot]:
    """Nothing of the rows was kept: they are those of what was searched for."""
    for one in reversed(done):
        act = one.first
        if act.verb == "fill" and act.thing is not None and (searches(act.thing.said) or act.thing.role == "searchbox"):
            found = next((slot for slot in slots.all if act in slot.acts), None)
            return [found] if found is not None else []
    return []
