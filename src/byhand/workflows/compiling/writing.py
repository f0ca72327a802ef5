"""From a plan whose slots have names to the statements of a program. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from msgspec.structs import replace

from byhand.workflows import risk
from byhand.workflows.compiling import values
from byhand.workflows.compiling.conditions import sentence, to_show
from byhand.workflows.compiling.outcomes import Outcomes, path
from byhand.workflows.compiling.plan import Fork, Found, Loop, Node, One, Text
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.targets import Targets
from byhand.workflows.compiling.things import Thing
from byhand.workflows.program import Act, Branch, Condition, Evidence, Relation, Repeat, Statement

_TURNED: dict[Relation, Relation] = {"at most": "over", "under": "at least", "is not": "is"}


class Writing:
    """One program's. names: of the demonstrations' episodes."""

    def __init__(self, slots: Slots, targets: Targets, outcomes: Outcomes, names: Sequence[str]) -> None:
        self._slots, self._targets, self._outcomes, self._names = slots, targets, outcomes, names
        self._numbers = count(1)
        self.asks: list[str] = []

    def id(self) -> str:
        return f"s{next(self._numbers)}"

    def known(self, thing: Thing) -> str:
        return self._targets.called([thing])

    def statements(self, nodes: Sequence[Node], scope: str = "") -> tuple[Statement, ...]:
        return tuple(self._node(node, scope) for node in nodes)

    def slot(self, slot: Slot) -> str:
        return "{" + self._slots.reference(slot) + "}"

    def _node(self, node: Node, scope: str) -> Statement:
        if isinstance(node, One):
            return self._act(node, scope)
        return self._loop(node, scope) if isinstance(node, Loop) else self._fork(node, scope)

    # ---- acts

    def _act(self, one: One, scope: str) -> Act:
        act = one.first
        number = self.id()
        target = self._target(one)
        text = self._open(one) if act.verb == "open" else self._text(one.text)
        row = "{row}" if one.of_row else ", ".join(map(self.slot, one.row))
        to = (
            self._targets.called([did.to for did in one.acts.values() if did.to is not None])
            if act.to is not None
            else ""
        )
        return Act(
            id=number, verb=act.verb, target=target, to=to, text=text, row=row,
            into=self._slots.reference(one.into) if one.into is not None else "",
            then=self._outcomes.of(one, target, text, scope),
            shown=tuple(f"{self._names[owner[0]]}#{did.at + 1}" for owner, did in one.acts.items()),
        )  # fmt: skip

    def _target(self, one: One) -> str:
        things = [act.thing for act in one.acts.values() if act.thing is not None]
        if not things:
            return ""
        return self._targets.called(things, self._text(one.called) if one.called else "")

    def _open(self, one: One) -> str:
        address = one.first.value.text
        page = path(one.first.here)
        if "*" in page:
            self.asks.append(
                f"the address of a page that is opened, {page}, is not known whole: show how to get there by pressing"
            )
        return values.braced(address)

    def _text(self, text: Text) -> str:
        if len(text) == 1 and isinstance(text[0], str):
            return values.braced(text[0])
        return "".join(self.slot(part) if isinstance(part, Slot) else part for part in text)

    # ---- loops and branches

    def _loop(self, loop: Loop, scope: str) -> Repeat:
        number = self.id()
        body = self.statements(loop.body, loop.name if loop.over == "list" else scope)
        if loop.offered is not None:
            target = self._target(loop.offered)
            self._targets.in_row(target)
            body = (Branch(id=self.id(), when=Condition(relation="sees", right=target), steps=body),)
        target = self._target(loop.target) if loop.target is not None else ""
        if loop.over == "rows":
            target = self._table(loop)
        return Repeat(
            id=number, over=loop.over or "list", name=loop.name, target=target, row=self._text(loop.rows), steps=body,
        )  # fmt: skip

    def _table(self, loop: Loop) -> str:
        """What the rows stand in, among the targets; "" where it has no name and the rows are told by their words."""
        one = next((node for node in loop.body if isinstance(node, One) and node.row_of() is not None), loop.offered)
        row = one.row_of() if one is not None else None
        if one is None or row is None or (not row.table and loop.rows):
            return ""
        return self._targets.called(
            [Thing("table", row.table, near="" if row.table else row.section, page=one.first.here)]
        )

    def _fork(self, fork: Fork, scope: str) -> Branch:
        number = self.id()
        best = fork.found[0] if fork.found else None
        steps, other = self.statements(fork.steps, scope), self.statements(fork.other, scope)
        assert best is not None, "every fork has a condition"
        if best.turned and other and best.relation in _TURNED:
            steps, other = other, steps
            when = self._condition(best, _TURNED[best.relation])
        else:
            when = self._condition(best, best.relation)
        rivals = fork.found[1:]
        unsure = (
            "it may also be because " + " or ".join(sentence(one, self._slots) for one in rivals[:3]) if rivals else ""
        )
        if not unsure and best.open[0] and best.left is not None:
            low, high = best.open
            unsure = f"nothing was shown with {self._slots.reference(best.left)} between {low} and {high}"
        if best.asked and best.left is not None:
            name = self._slots.reference(best.left)
            unsure = f"nothing that was typed, chosen or read parts those who did it from the rest: {name} must say it"
            self.asks.append(f"what {name} hangs on is not known: show one more of each, in which little else differs")
        elif best.relation not in ("given", "sees"):
            self.asks += to_show(fork.found, self._slots)
        undecided = best.open if all(best.open) and not best.asked else ()
        return Branch(id=number, when=when, steps=steps, other=other, unsure=unsure, undecided=undecided)

    def _condition(self, found: Found, relation: Relation) -> Condition:
        if found.relation == "sees":
            return Condition(relation="sees", right=self._target(found.target) if found.target is not None else "")
        left = self.slot(found.left) if found.left is not None else ""
        return Condition(left=left, relation=relation, right=values.braced(found.right))


def risked(steps: Sequence[Statement], targets: Mapping[str, Evidence]) -> tuple[Statement, ...]:
    """With what each act may do that can't be undone."""
    found: list[Statement] = []
    for one in steps:
        if isinstance(one, Act):
            found.append(replace(one, risk=risk.of(targets.get(one.target), one.verb, one.text)))
        elif isinstance(one, Repeat):
            found.append(replace(one, steps=risked(one.steps, targets)))
        else:
            found.append(replace(one, steps=risked(one.steps, targets), other=risked(one.other, targets)))
    return tuple(found)


def risks(steps: Sequence[Statement]) -> list[str]:
    """What all acts may do, in order; what does nothing is left out."""
    found: list[str] = []
    for one in steps:
        if isinstance(one, Act):
            found += [one.risk] if one.risk else []
        else:
            found += risks((*one.steps, *one.other) if isinstance(one, Branch) else one.steps)
    return found
