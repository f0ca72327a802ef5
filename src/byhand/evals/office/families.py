"""What a task is: its rows, how a person does it, what it must have changed, and the verdict on what it did change.

Rules of this module: values only, no clock, no socket. A hand is a template: `{column}` stands for a value of the row.
It never names an id, a class or a place, as a person doesn't either.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Value = str | int | bool | list[dict[str, str | int]]
"""Amounts are whole cents, dates are ISO; a list holds the lines of a record."""
Record = dict[str, Value]
Tables = dict[str, dict[str, Record]]
"""Table -> id -> record. What an app holds, and all a checker looks at."""
AppName = Literal["invoices", "moderation", "tickets", "expenses"]
Verdict = Literal["right", "nothing", "wrong", "duplicated"]
Do = Literal["press", "fill", "choose", "date", "check", "uncheck", "key", "read"]


class Row(NamedTuple):
    """One row of the table a task is done for.

    Args:
        number: from 0.
        values: column -> text, as it stands in the table: amounts in a locale's format, dates ISO.
        lines: rows of the table within, for a record with lines; most tasks have none.
    """

    number: int
    values: dict[str, str]
    lines: tuple[dict[str, str], ...] = ()


class Act(NamedTuple):
    """One thing a person does on a page or in a window. All texts are templates.

    Args:
        do: `press` the control of this role and name; `fill` a text into the field of this label; `choose` the option
            of this name; enter a `date` (ISO); `check` or `uncheck` a box; press a `key`; `read` the value that stands
            beside this label, and call it `value` from here on.
        name: a control's name, or a field's label.
        value: what is filled in or chosen; for `read` the name it gets.
        role: of what is pressed.
        row: texts that the row it is in holds, all of them; () for anywhere.
    """

    do: Do
    name: str
    value: str = ""
    role: str = "button"
    row: tuple[str, ...] = ()


class When(NamedTuple):
    """A branch: the amount or number in `column` (of the row, or `read` before) is above `above` hundredths."""

    column: str
    above: int
    then: tuple[Step, ...]
    otherwise: tuple[Step, ...] = ()


class EachLine(NamedTuple):
    """A loop over the row's lines; their columns are added to the row's."""

    acts: tuple[Step, ...]


class EachShown(NamedTuple):
    """A loop over the rows of a shown list that hold all of `row` and still offer `first`; then over the next pages.

    Args:
        row: texts that a row must hold.
        first: what is pressed in the row to begin with; it's no longer there once the row is done.
        role: of `first`.
        then: what follows for each.
        next: the control that leads to the next page; "" for a list of one page.
    """

    row: tuple[str, ...]
    first: str
    role: str = "button"
    then: tuple[Step, ...] = ()
    next: str = ""


Step = Act | When | EachLine | EachShown
Hand = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a row must change, and nothing else.

    Args:
        added: (table, whole record), one for each new one.
        changed: (table, id) -> the fields with their new values; one that is as it was need not stand here.
        removed: (table, id).
    """

    added: tuple[tuple[str, Record], ...] = ()
    changed: tuple[tuple[str, str, Record], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of task.

    Args:
        name: `app-task`, for commands and reports.
        app: where it is done.
        says: the instruction, a template over the row's columns.
        shape: what is to be inferred: any of `parameters`, `loop`, `branch`, `pages`, `lines`, `row`, `copy`, `twins`.
        draw: rows for the records that an app begins with; given a random source and a count.
        hand: how a person does it, from the app's first page on.
        effect: what a row must change, from the records before it.
        untouched: drifts that don't make this task impossible though they do others, because they don't reach it.
        risky: it sends, pays or deletes something: a runner asks before.
    """

    name: str
    app: AppName
    says: str
    shape: tuple[str, ...]
    draw: Callable[[Tables, random.Random, int], list[Row]]
    hand: Hand
    effect: Callable[[Tables, Row], Effect]
    untouched: frozenset[str] = frozenset()
    risky: bool = False

    def expected(self, before: Tables, row: Row) -> Effect:
        """What this row must change."""
        return self.effect(before, row)

    def verdict(self, before: Tables, after: Tables, row: Row) -> Verdict:
        """What a row that was done, or not, has come to."""
        return verdict(before, after, self.effect(before, row))


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with the row's values in it. A column it doesn't have is an error of the family."""
    return template.format_map(values)


def spoken(hand: Hand, say: Callable[[str], str]) -> Hand:
    """The same hand on a page that says other words; what comes from the row stays."""
    told: list[Step] = []
    for step in hand:
        match step:
            case Act():
                told.append(step._replace(name=say(step.name)))
            case When():
                told.append(step._replace(then=spoken(step.then, say), otherwise=spoken(step.otherwise, say)))
            case EachLine():
                told.append(step._replace(acts=spoken(step.acts, say)))
            case EachShown():
                then = spoken(step.then, say)
                told.append(step._replace(first=say(step.first), next=say(step.next), then=then))
    return tuple(told)


def difference(before: Tables, after: Tables) -> Effect:
    """What changed from one state to another."""
    added: list[tuple[str, Record]] = []
    changed: list[tuple[str, str, Record]] = []
    removed: list[tuple[str, str]] = []
    for table in sorted(before.keys() | after.keys()):
        old, new = before.get(table, {}), after.get(table, {})
        added += [(table, new[key]) for key in new if key not in old]
        removed += [(table, key) for key in old if key not in new]
        for key in old.keys() & new.keys():
            fields = _changed(old[key], new[key])
            if fields:
                changed.append((table, key, fields))
    return Effect(tuple(added), tuple(sorted(changed, key=lambda one: one[:2])), tuple(removed))


def verdict(before: Tables, after: Tables, effect: Effect) -> Verdict:
    """What was done, against what should have been.

    Returns:
        `right`: exactly the effect. `nothing`: no record was touched. `duplicated`: the effect, and some of what it
        adds once more. `wrong`: anything else.
    """
    done = difference(before, after)
    if done == Effect():
        return "right" if _needless(before, effect) else "nothing"
    wanted = {
        (table, key): fields
        for table, key, record in effect.changed
        if (fields := _changed(before.get(table, {}).get(key, {}), before.get(table, {}).get(key, {}) | record))
    }
    rest = {(table, key): fields for table, key, fields in done.changed} == wanted and sorted(done.removed) == sorted(
        effect.removed
    )
    should, did = _counted(effect.added), _counted(done.added)
    if rest and should == did:
        return "right"
    doubled = rest and should.keys() == did.keys() and all(did[one] >= times for one, times in should.items())
    return "duplicated" if doubled else "wrong"


def _changed(old: Record, new: Record) -> Record:
    """Fields that differ; one that went away is told as ""."""
    return {name: new.get(name, "") for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def _counted(added: tuple[tuple[str, Record], ...]) -> Counter[str]:
    return Counter(repr((table, sorted(record.items()))) for table, record in added)


def _needless(before: Tables, effect: Effect) -> bool:
    """Nothing was to be done: all that it changes is so already."""
    return not effect.added and not effect.removed and all(
        not _changed(before.get(table, {}).get(key, {}), before.get(table, {}).get(key, {}) | record)
        for table, key, record in effect.changed
    )  # fmt: skip
