"""Does a condition of a branch hold for these values?

Rules of this module: numbers and dates are compared as such, texts as they are read. What can't be told is an error and
never "no": the wrong branch would be done. A literal stands in the program: its numbers are plain, its dates ISO.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from byhand.workflows import numbers
from byhand.workflows.cells import (
    Cell,
    CellError,
    Values,
    by_name,
    dates_of,
    flag_of,
    numbers_of,
    resolved,
    tidy,
    written,
)
from byhand.workflows.program import Branch, Condition, Parameter, Relation
from byhand.workflows.templates import only_slot, slots

_WITHIN: tuple[Relation, Relation] = ("at least", "at most")
ORDERED = frozenset({"over", "at least", "under", "at most"})


def undecided(one: Branch, values: Values, parameters: Iterable[Parameter] = ()) -> bool:
    """Does the value lie where nothing was shown, so that either side of the branch would be a guess?

    Raises:
        CellError: it can't be told.
        TemplateError: a slot has no value.
    """
    if not one.undecided:
        return False
    low, high = (replace(one.when, relation=relation, right=end)
                 for relation, end in zip(_WITHIN, one.undecided, strict=True))  # fmt: skip
    return meets(low, values, parameters) and meets(high, values, parameters)


def meets(when: Condition, values: Values, parameters: Iterable[Parameter] = ()) -> bool:
    """Does the condition hold? Not for `sees`, which is asked of a view.

    Args:
        when: the condition.
        values: of the row, with what was read so far and, inside of a loop, the entry's fields.
        parameters: by their formats the other side is read.

    Raises:
        CellError: it can't be told: a text that is no number is to be over 1000.
        TemplateError: a slot has no value.
    """
    if when.relation == "sees":
        raise ValueError("what is seen is asked of a view")
    known = by_name(parameters)
    left = _side(when.left, values, known)
    if when.relation == "given":
        return left.cell not in ("", ())
    right = _side(when.right, values, known)
    if isinstance(left.cell, tuple) or isinstance(right.cell, tuple):
        raise CellError("is a list, which can only be asked whether it is given")
    if when.relation == "holds":
        return tidy(written(right.cell, right.form)) in tidy(written(left.cell, left.form))
    if when.relation in ORDERED:
        return _in_order(left, when.relation, right)
    return _equal(left, right) is (when.relation == "is")


class _Side(NamedTuple):
    cell: Cell
    form: str
    literal: bool

    def numbers(self, form: str) -> frozenset[Decimal]:
        """All numbers it can be."""
        if isinstance(self.cell, str):
            known = numbers.plain(tidy(self.cell)) if self.literal else None
            return numbers_of(tidy(self.cell), self.form or form) if known is None else frozenset({known})
        return frozenset({self.cell}) if isinstance(self.cell, Decimal) else frozenset()

    def days(self, form: str) -> frozenset[Decimal]:
        """All dates it can be, as days since the year 1, to be compared like numbers."""
        if isinstance(self.cell, str):
            return frozenset(Decimal(day.toordinal()) for day in dates_of(tidy(self.cell), self.form or form))
        return frozenset({Decimal(self.cell.toordinal())}) if isinstance(self.cell, date) else frozenset()


def _side(template: str, values: Values, known: dict[str, Parameter]) -> _Side:
    name = only_slot(template)
    form = known[name].format if name in known else ""
    return _Side(resolved(template, values, known.values()), form, not slots(template))


def _in_order(left: _Side, relation: str, right: _Side) -> bool:
    if "" in (left.cell, right.cell):
        raise CellError("is empty, and nothing is over or under that")
    is_date = isinstance(left.cell, date) or isinstance(right.cell, date)
    pair = (left.numbers(right.form), right.numbers(left.form))
    if is_date or not all(pair):
        pair = (left.days(right.form), right.days(left.form))
    if any(len(found) != 1 for found in pair):
        raise CellError("can't be compared: it is no number and no date, or can be read in two ways")
    (one,), (other,) = pair
    return {"over": one > other, "at least": one >= other, "under": one < other, "at most": one <= other}[relation]


def _equal(left: _Side, right: _Side) -> bool:
    one, other = left.cell, right.cell
    if isinstance(one, bool) or isinstance(other, bool):
        return _flag(one) is _flag(other)
    if isinstance(one, str) and isinstance(other, str):
        return tidy(one) == tidy(other)
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        pair = (left.numbers(right.form), right.numbers(left.form))
    else:
        pair = (left.days(right.form), right.days(left.form))
    if pair[0] & pair[1] and pair[0] != pair[1]:
        raise CellError("can be read in two ways")
    return bool(pair[0]) and pair[0] == pair[1]


def _flag(cell: Cell) -> bool | None:
    return cell if isinstance(cell, bool) else flag_of(cell) if isinstance(cell, str) else None
