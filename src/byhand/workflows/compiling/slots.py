"""What differs gets a name: parameters, and what is read off a page. Values that are equal each time are one. Pure.

Rules of this module: a value is kept only to compare it with others, and never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.naming import amounts, counts, days, free, searches, snake
from byhand.workflows.compiling.values import Value
from byhand.workflows.program import Kind, Parameter

Vector = Mapping[Owner, Value]
_NUMBERS = frozenset({"number", "text"})
_SHORT = 3
_WHOLE = re.compile(r"0|[1-9]\d{0,8}")


@dataclass(slots=True, eq=False)
class Slot:
    """labels: of the fields it goes to, and of the column it stands in, the first the best so far. scope: the list
    parameter it's a field of. read: it's taken off a page, and is no parameter. only: acts that it is only given to.
    """

    values: dict[Owner, Value] = field(repr=False)
    labels: list[str]
    kind: Kind = "text"
    scope: str = ""
    read: bool = False
    acts: list[Did] = field(default_factory=list[Did], repr=False)
    name: str = ""
    needed: bool = True
    other: str = ""

    def of(self, owner: Owner) -> Value | None:
        """Its value for an owner: in a loop, also what holds for all times."""
        for depth in range(len(owner), 0, -1):
            if (found := self.values.get(owner[:depth])) is not None:
                return found
        return None

    @property
    def label(self) -> str:
        return next((one for one in self.labels if one and not searches(one)), self.labels[0] if self.labels else "")


class Slots:
    """All of one program, in the order in which they are met."""

    def __init__(self, demos: int) -> None:
        self.demos = demos
        self.all: list[Slot] = []
        self.lists: dict[str, bool] = {}

    def visible(self, scope: str) -> Iterator[Slot]:
        return (one for one in self.all if one.scope in ("", scope))

    def equal(self, vector: Vector, label: str, kind: Kind, scope: str) -> Slot | None:
        """The one that has these very values."""
        for slot in self.visible(scope):
            if slot.kind in ("flag", "secret", "file") or kind in ("flag", "secret", "file"):
                continue
            own = {owner: slot.of(owner) for owner in vector}
            if all(mine is not None and values.same(mine, vector[owner]) for owner, mine in own.items()) and (
                self._telling(vector, slot, label, kind)
            ):
                return slot
        return None

    def _telling(self, vector: Vector, slot: Slot, label: str, kind: Kind) -> bool:
        """Is it more than chance that they are equal?"""
        if label and label in slot.labels:
            return True
        texts = [one.text for one in vector.values()]
        different = len({values.folded(text) for text in texts})
        long = any(len(text) >= _SHORT for text in texts)
        if "choice" in (kind, slot.kind) and kind != "text" and slot.kind != "text":
            return different > 1 and different == len(texts) and long
        return long and (different > 1 or max(map(len, texts)) > _SHORT)

    def new(self, vector: Vector, label: str, kind: Kind = "text", scope: str = "", **more: object) -> Slot:
        slot = Slot(dict(vector), [label], kind, scope, **more)  # pyright: ignore[reportArgumentType]
        self.all.append(slot)
        return slot

    def named(self) -> None:
        """Give each its name, in order: its best label's."""
        taken: dict[str, set[str]] = {"": set(self.lists)}
        for slot in self.all:
            own = taken.setdefault(slot.scope, set())
            said = snake(slot.label)
            slot.name = free(said, own, slot.other or slot.kind)
            own.add(slot.name)

    def reference(self, slot: Slot) -> str:
        """As a template names it."""
        return f"{slot.scope}.{slot.name}" if slot.scope else slot.name

    def parameters(self) -> tuple[Parameter, ...]:
        found = [parameter(one) for one in self.all if not one.read and not one.scope]
        for name in self.lists:
            fields = tuple(parameter(one) for one in self.all if one.scope == name and not one.read)
            found.append(Parameter(name=name, kind="list", fields=fields))
        return tuple(found)


def settle(slot: Slot) -> None:
    """What kind it is, of all that is known."""
    if slot.kind in ("choice", "flag", "secret", "file", "list"):
        return
    texts = [one.text for one in slot.values.values() if one.known and one.text]
    label = slot.label
    shape = values.date_format(texts)
    if slot.kind == "date" or shape or (not texts and days(label) and slot.kind != "number"):
        slot.kind = "date"
        return
    plain = counts(label) and all(map(_WHOLE.fullmatch, texts))
    sure = bool(texts) and (amounts(label) or values.fractions(texts) or plain)
    if slot.kind == "number" or (sure and values.number_format(texts)) or (not texts and amounts(label)):
        slot.kind = "number"


def parameter(slot: Slot) -> Parameter:
    """As the program says it: how it's typed, and what it could be, but not what it was."""
    texts = [one.text for one in slot.values.values() if one.known and one.text]
    shape = ""
    if slot.kind == "date":
        shape = values.date_format(texts) or "%Y-%m-%d"
    elif slot.kind == "number":
        shape = values.number_format(texts)
    options = _options(slot.acts) if slot.kind == "choice" else ()
    return Parameter(name=slot.name, kind=slot.kind, format=shape, options=options, needed=slot.needed)


def _options(acts: Iterable[Did]) -> tuple[str, ...]:
    """All there are, or (): a cell that is none of them is refused. Of a list that a page draws itself only what can be
    seen of it is listed, which may be a part; the browser's own lists and radio buttons are listed whole.
    """
    things = [act.thing for act in acts if act.thing is not None and act.thing.options]
    return next((one.options for one in things if one.role != "combobox" or one.tag in ("", "select")), ())
