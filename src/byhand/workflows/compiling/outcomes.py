"""What could be seen after a step, as checks: what stands in the field, where it led, what the page then said. Pure.

Rules of this module: only what all demonstrations showed is a check. What is seen is taken over only as far as it's the
page's own words: values in it become slots, and what has figures, or words that stand in a record, is no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from byhand.workflows.compiling import values
from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.naming import searches, tells_apart
from byhand.workflows.compiling.plan import One
from byhand.workflows.compiling.sight import Sight
from byhand.workflows.compiling.slots import Slot, Slots
from byhand.workflows.program import Check

_LEADS = frozenset({"press", "press twice", "key", "open", "turn"})
_CHARACTERS = re.compile(r"(\d+) characters?")
_HOLES = re.compile(r"\{[a-z]+\}|\.\.\.")
_WORD = re.compile(r"\w{3,}")
_HELD = frozenset({"cell", "gridcell", "definition", "option"})
_LONGEST = 80


def path(page: str) -> str:
    """A path template in which what differs is a `*`."""
    return _HOLES.sub("*", page)


class Outcomes:
    """Of one program. slots: with their names. data: words that stand in records anywhere in the demonstrations."""

    def __init__(self, slots: Slots, acts: Iterable[Did]) -> None:
        self._slots = slots
        self._data: set[str] = set()
        for act in acts:
            for sight in (act.before, act.after):
                if sight is not None:
                    self._data |= _records(sight)

    def records(self, text: str) -> bool:
        """Does it have words that stand in records?"""
        return bool({word.casefold() for word in _WORD.findall(text)} & self._data)

    def of(self, one: One, target: str, text: str, scope: str) -> tuple[Check, ...]:
        """The checks after an act. target, text: as the program calls them."""
        act = one.first
        if act.verb in ("fill", "choose", "set"):
            return _set(one, target, text)
        if act.verb not in _LEADS:
            return ()
        found: list[Check] = []
        there = {path(one_act.there) for one_act in one.acts.values()}
        if len(there) == 1 and there != {""} and all(path(did.here) not in there for did in one.acts.values()):
            found.append(Check(kind="page", text=values.braced(there.pop())))
        found += (Check(kind="see", text=said, role=role) for role, said in self._said(one, scope))
        return tuple(found[:3])

    def _said(self, one: One, scope: str) -> list[tuple[str, str]]:
        """What all pages said after it, and did not say before."""
        each: list[dict[tuple[str, str], None]] = []
        for owner, act in one.acts.items():
            if act.after is None:
                return []
            before = (
                {said for _, said in act.before.told()}
                if act.before is not None and act.here == act.there
                else set[str]()
            )
            each.append(dict.fromkeys(
                (role, self._worded(said, owner, scope)) for role, said in act.after.told() if said not in before
            ))  # fmt: skip
        common = [told for told in each[0] if all(told in other for other in each[1:])]
        demos = len({owner[0] for owner in one.acts})
        return [(role, said) for role, said in common if self._ours(role, said, one, demos)]

    def _worded(self, said: str, owner: Owner, scope: str) -> str:
        known = [
            (value.text, self._slots.reference(slot)) for slot in self._slots.visible(scope)
            if slot.kind not in ("flag", "choice", "secret") and (value := slot.of(owner)) is not None and value.known
        ]  # fmt: skip
        return values.template(said, known)

    def _ours(self, role: str, said: str, one: One, demos: int) -> bool:
        """Are these the page's own words, as far as can be told?"""
        plain = re.sub(r"\{[^{}]*\}", " ", said)
        if len(said) > _LONGEST or re.search(r"\d", plain) or values.masked(said):
            return False
        if self.records(plain):
            return False
        if role == "heading" and demos == 1:
            # Seen once, a heading may be a record's.
            name = one.first.thing.name if one.first.thing is not None else ""
            return not plain.strip() or said == name
        return bool(said.strip())


def _set(one: One, target: str, text: str) -> tuple[Check, ...]:
    act = one.first
    if not text or act.kind in ("secret", "file") or act.thing is None:
        return ()
    if act.verb == "set":
        return (Check(kind="set", target=target, text=text),)
    if act.thing.role in ("radiogroup", "group"):
        return ()
    return (Check(kind="holds", target=target, text=text),) if all(map(_stood, one.acts.values())) else ()


def _stood(act: Did) -> bool:
    """Does the list after it not gainsay that the field held just that?"""
    at = (
        act.after.at(act.thing.node)
        if act.after is not None and act.thing is not None and act.here == act.there
        else -1
    )
    held = act.after.holds[at] if act.after is not None and at >= 0 else ""
    found = _CHARACTERS.fullmatch(held)
    if held == "empty" and act.value.text:
        return False
    return found is None or not act.value.known or int(found[1]) == len(act.value.text)


def _records(sight: Sight) -> set[str]:
    """Words of values: of cells and definitions, but for those that are controls' names or columns' heads."""
    own = {word.casefold() for at, role in enumerate(sight.roles) if role in ("columnheader", "button", "term")
           for word in _WORD.findall(sight.names[at])}  # fmt: skip
    held = {word.casefold() for at, role in enumerate(sight.roles) if role in _HELD - {"option"}
            for word in _WORD.findall(sight.names[at])}  # fmt: skip
    return held - own


def identity(slots: Slots, acts: Sequence[One]) -> tuple[Slot, ...]:
    """What tells a record from all others: what its row was found by; else the field that sounds most like it."""
    for one in acts:
        if one.row and all(not slot.read and not slot.scope for slot in one.row):
            return one.row
    given = [slot for slot in slots.all if not slot.read and not slot.scope and slot.kind in ("text", "number")]
    best = min(given, key=lambda slot: tells_apart(slot.label), default=None)
    if best is None or (tells_apart(best.label) == 3 and not searches(best.label) and len(given) > 1):
        return (given[0],) if given else ()
    return (best,)
