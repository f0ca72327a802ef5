"""Each thing that differs in a plan gets its slot, from the first act to the last. Pure.

typed text        a parameter; what is the same in three demonstrations or more stays as it is, but for dates
choice, box       the same; from one or two demonstrations always a parameter
a secret          always a parameter, whose value is nowhere
pasted            what was copied last
equal each time   one slot
"""

from __future__ import annotations

from collections.abc import Sequence

from byhand.workflows.compiling import values
from byhand.workflows.compiling.addressing import addressed, called, known_name
from byhand.workflows.compiling.doing import Owner
from byhand.workflows.compiling.naming import leads_on, list_name, searches
from byhand.workflows.compiling.plan import Fork, Loop, Node, One, Text, ones
from byhand.workflows.compiling.reading import read_before
from byhand.workflows.compiling.rowing import rows_of
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.compiling.values import Value
from byhand.workflows.program import Kind

_SETS = frozenset({"fill", "choose", "set", "upload"})
_LONG = 4
"""A value of so many signs is not in a name by chance."""
SURE = 3
"""So many demonstrations must agree before a value is no parameter."""


class Assigning:
    """One plan's. demos: how many demonstrations there are."""

    def __init__(self, plan: list[Node], demos: int) -> None:
        self.plan, self.demos = plan, demos
        self.slots = Slots(demos)
        self.asks: list[str] = []
        self._done: list[One] = []
        self._rows: list[Loop] = []
        self._some = False

    def all(self) -> Slots:
        self._nodes(self.plan, "")
        for one in ones(self.plan):
            self._holds_values(one)
        self._no_new_value_tells_a_row()
        return self.slots

    def _no_new_value_tells_a_row(self) -> None:
        """A column that may tell twins apart is none if the demonstration fills it in: a table has its new value."""
        given = {values.folded(label) for slot in self.slots.all if slot.needed for label in slot.labels}
        gone = [slot for slot in self.slots.all if not slot.needed and values.folded(slot.label) in given]
        self.slots.all = [slot for slot in self.slots.all if slot not in gone]
        for one in ones(self.plan):
            one.row = tuple(slot for slot in one.row if slot not in gone)

    def _holds_values(self, one: One) -> None:
        """A name that has a value in it, as "Delete R-1003" has, is made of that value."""
        things = [act.thing for act in one.acts.values() if act.thing is not None]
        if one.called or len(things) < len(one.acts) or not all(thing.named and thing.name for thing in things):
            return
        long = [slot for slot in self.slots.visible("") if slot.kind in ("text", "number") and all(
            (value := slot.of(owner)) is not None and value.known and len(value.text) >= _LONG for owner in one.acts
        )]  # fmt: skip
        made = self._made_of({owner: known_name(act) for owner, act in one.acts.items()}, "", long)
        if made is not None:
            one.called = made

    def _nodes(self, nodes: list[Node], scope: str) -> None:
        for node in list(nodes):
            if isinstance(node, One):
                self._one(node, scope)
                self._done.append(node)
            elif isinstance(node, Loop):
                self._loop(node, nodes, scope)
            elif not self._flag(node, nodes, scope):
                outer, self._some = self._some, True
                self._nodes(node.steps, scope)
                self._nodes(node.other, scope)
                self._some = outer

    # ---- acts

    def _one(self, one: One, scope: str) -> None:
        if one.into is not None:
            return
        act = one.first
        if act.verb == "read":
            one.into = self.slots.new(
                {owner: Value("", known=False) for owner in one.acts}, _label(one), scope=scope, read=True
            )
        elif act.verb in _SETS:
            one.text = self._value(one, scope)
        else:
            one.text = (act.value.text,) if act.value.text else ()
        if act.thing is None or act.verb in ("open", "key", "read", "turn"):
            return
        if act.thing.one_of:
            self._taken(one, scope)
        if self._rows and act.thing.row is not None:
            one.of_row = True
            return
        one.row = one.row or tuple(addressed(self.slots, one, scope, self._done))
        if not one.row and not one.called and not all(act.thing.named for act in one.acts.values() if act.thing):
            names = {owner: known_name(act) for owner, act in one.acts.items()}
            made = self._made_of(names, scope)
            slot = called(self.slots, one, scope) if made is None else None
            one.called = made or ((slot,) if slot is not None else ())

    def _taken(self, one: One, scope: str) -> None:
        """Which of several buttons is pressed is a choice."""
        vector = {owner: Value(act.thing.name) for owner, act in one.acts.items() if act.thing is not None}
        column = one.first.thing.row.column if one.first.thing is not None and one.first.thing.row is not None else ""
        slot = self.slots.new(vector, column.removesuffix("s"), "choice", scope, other="action")
        slot.acts += one.acts.values()
        one.called = (slot,)

    def _value(self, one: One, scope: str) -> Text:
        vector = {owner: act.value for owner, act in one.acts.items()}
        kind, label = one.first.kind, _label(one)
        if kind not in ("secret", "file"):
            if any(act.copied for act in one.acts.values()) and (taken := self._copied()) is not None:
                taken.acts += one.acts.values()
                taken.values.update({owner: value for owner, value in vector.items() if value.known})
                return (taken,)
            if self._always(vector, kind):
                return (one.first.value.text,)
            known = self.slots.equal(vector, label, kind, scope)
            if known is not None:
                return (self._used(known, one, label, kind),)
            if (made := self._made_of(vector, scope)) is not None:
                return made
            if kind == "text" and (taken := read_before(self.slots, vector, self.plan, one)) is not None:
                return (taken,)
        slot = self.slots.new(vector, label, kind, scope)
        slot.acts += one.acts.values()
        return (slot,)

    def _used(self, slot: Slot, one: One, label: str, kind: Kind) -> Slot:
        slot.acts += one.acts.values()
        if label not in slot.labels:
            slot.labels.append(label)
        if kind in ("date", "number") and slot.kind == "text":
            slot.kind = kind
        return slot

    def _always(self, vector: dict[Owner, Value], kind: Kind) -> bool:
        """Is it the same each time, often enough?"""
        texts = {one.text for one in vector.values()}
        if len(texts) > 1 or any(not one.known for one in vector.values()):
            return False
        if self.demos < SURE or not next(iter(texts)):
            return False
        if kind == "date" or (kind == "text" and values.date_format(list(texts))):
            return False
        # What only some did is the same in all of them soon: whether it stays as it is, is for its condition to say.
        return not self._some or len({owner[0] for owner in vector}) >= SURE

    def _made_of(self, vector: dict[Owner, Value], scope: str, among: Sequence[Slot] = ()) -> Text | None:
        """A text that is other values with the same words between them: "Invoice {number} checked"."""
        if (self.demos < 2 and not among) or any(not one.known for one in vector.values()):
            return None
        slots = list(among) or [slot for slot in self.slots.visible(scope) if slot.kind in ("text", "number", "date")]
        made: set[str] = set()
        for owner, told in vector.items():
            own = [(value.text, str(at)) for at, slot in enumerate(slots) if (value := slot.of(owner)) and value.known]
            made.add(values.template(told.text, own))
        text = made.pop()
        if made or "{" not in text.replace("{{", ""):
            return None
        return _pieces(text, slots)

    def _copied(self) -> Slot | None:
        return next(
            (one.into for one in reversed(self._done) if one.into is not None and one.first.verb == "read"), None
        )

    # ---- forks that are none

    def _flag(self, fork: Fork, nodes: list[Node], scope: str) -> bool:
        """A box that only some set is a box that each sets, on or off."""
        if len(fork.steps) != 1 or fork.other or not isinstance(one := fork.steps[0], One) or one.first.verb != "set":
            return False
        there = one.first.value.text
        if any(act.value.text != there for act in one.acts.values()):
            return False
        slot = self.slots.new({owner: act.value for owner, act in one.acts.items()}, _label(one), "flag", scope)
        slot.values.update(dict.fromkeys(fork.rest, Value("off" if there == "on" else "on")))
        slot.acts += one.acts.values()
        one.text = (slot,)
        nodes[nodes.index(fork)] = one
        self._done.append(one)
        return True

    # ---- loops

    def _loop(self, loop: Loop, nodes: list[Node], scope: str) -> None:
        inside = list(ones(loop.body))
        turn = next((one for one in inside if one.first.verb == "press" and one.first.thing is not None
                     and leads_on(one.first.thing.name)), None)  # fmt: skip
        if turn is not None:
            self._pages(loop, turn, nodes, scope)
        elif _given(inside) or not any(one.first.thing is not None and one.first.thing.row for one in inside):
            loop.over, loop.name = "list", self._list_name(inside)
            self.slots.lists[loop.name] = True
            self._nodes(loop.body, loop.name)
        else:
            loop.over = "rows"
            loop.rows, loop.offered = rows_of(self.slots, loop, inside, scope, self._done)
            self._rows.append(loop)
            self._nodes(loop.body, scope)
            self._rows.pop()

    def _pages(self, loop: Loop, turn: One, nodes: list[Node], scope: str) -> None:
        loop.over, loop.target = "pages", turn
        _without(loop.body, turn)
        if not loop.body:
            # Turned until the row was there: what is done to that row belongs on each page.
            place = nodes.index(loop)
            follows = nodes[place + 1] if place + 1 < len(nodes) else None
            if isinstance(follows, One) and follows.first.thing is not None and follows.first.thing.row is not None:
                self._one(follows, scope)
                nodes.remove(follows)
                within = Loop([follows], dict.fromkeys(follows.acts, 1), "rows", rows=_joined(follows.row))
                follows.row, follows.of_row = (), True
                loop.body = [within]
                self._done.append(follows)
            return
        self._nodes(loop.body, scope)

    def _list_name(self, inside: Sequence[One]) -> str:
        adds = next((one.first.thing.name for one in inside if one.first.verb == "press" and one.first.thing), "")
        things = [one.first.thing for one in inside if one.first.thing is not None]
        tables = [thing.row.table for thing in things if thing.row is not None and thing.row.table]
        section = next(iter(tables), "") or next((thing.near for thing in things if thing.near), "")
        name = list_name(adds, section)
        number, found = 1, name
        while found in self.slots.lists:
            number += 1
            found = f"{name}_{number}"
        return found


def _given(inside: Sequence[One]) -> bool:
    """Does each time have values of its own, that somebody must know?"""
    for one in inside:
        if one.first.thing is not None and one.first.thing.one_of:
            return True
        if one.first.verb in ("fill", "choose", "upload") and len({act.value.text for act in one.acts.values()}) > 1:
            return True
    return False


def _without(nodes: list[Node], turn: One) -> None:
    for node in list(nodes):
        if node is turn:
            nodes.remove(node)
        elif isinstance(node, Fork):
            _without(node.steps, turn)
            _without(node.other, turn)
            if not node.steps and not node.other:
                nodes.remove(node)


def _joined(row: Sequence[Slot]) -> Text:
    found: list[str | Slot] = []
    for slot in row:
        found += [", ", slot] if found else [slot]
    return tuple(found)


def _pieces(text: str, slots: Sequence[Slot]) -> Text:
    """A template by numbers, as words and slots. Doubled braces stay as they are: they are a template's."""
    found: list[str | Slot] = []
    rest = text
    while rest:
        at = next(
            (
                at
                for at in range(len(rest))
                if rest[at] == "{" and rest[at : at + 2] != "{{" and rest[at - 1 : at] != "{"
            ),
            -1,
        )
        if at < 0:
            found.append(rest)
            break
        if at:
            found.append(rest[:at])
        number, _, rest = rest[at + 1 :].partition("}")
        found.append(slots[int(number)])
    return tuple(found)


def _label(one: One) -> str:
    said = [act.thing.said for act in one.acts.values() if act.thing is not None]
    return next((name for name in said if name and not searches(name)), said[0] if said else "")
