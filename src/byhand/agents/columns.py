"""Which column holds which parameter, and how its numbers and dates are written. Pure.

Rules of this module: a column is found by its name; case, spaces and umlauts don't matter, and what is missing or there
twice is an error that names it. How numbers and dates are written is decided from all of a column's values, or said in
its head: `amount (1.234,50)`. What two readings remain of is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from byhand.agents.sheets.port import Bad, Raw
from byhand.workflows import dates, numbers
from byhand.workflows.cells import Cell, CellError, read, tidy
from byhand.workflows.program import Parameter

_HEAD = re.compile(r"(.*\S)\s*\(([^()]+)\)", re.DOTALL)
_ORDERS = {"d-mY": "%d/%m/%Y", "m-dY": "%m/%d/%Y", "Y-md": "%y/%m/%d"}
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"}


class Match(NamedTuple):
    """One parameter's column. field: of a list parameter; place: of the column; form: said in its head."""

    parameter: Parameter
    place: int
    head: str
    field: Parameter | None = None
    form: str = ""

    @property
    def called(self) -> str:
        return f"{self.parameter.name}.{self.field.name}" if self.field else self.parameter.name

    @property
    def kind(self) -> Parameter:
        return self.field or self.parameter


class Matched(NamedTuple):
    """faults: a column is missing or there twice. unread: columns of secrets."""

    matches: tuple[Match, ...]
    faults: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def folds(name: str) -> frozenset[str]:
    """What names are compared by: small letters and digits, umlauts as one letter or as two."""
    low = unicodedata.normalize("NFC", name).casefold()
    spelled = "".join(_GERMAN.get(sign, sign) for sign in low)
    return frozenset(_bare(one) for one in (low, spelled))


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if sign.isalnum())


def form_in(head: str) -> tuple[str, str]:
    """A column's name and the format behind it, where it is one."""
    found = _HEAD.fullmatch(head)
    if found and (
        ("%" in found[2] and not dates.fault(found[2])) or (re.search(r"\d", found[2]) and numbers.style(found[2]))
    ):
        return found[1], found[2]
    return head, ""


def count(heads: Sequence[str], parameters: Iterable[Parameter]) -> int:
    """How many of the parameters have a column."""
    return len({match.parameter.name for match in matched(heads, tuple(parameters)).matches})


def matched(heads: Sequence[str], parameters: Sequence[Parameter]) -> Matched:
    """Find each parameter's column."""
    folded = [(place, head, *form_in(head)) for place, head in enumerate(heads)]
    known = [(place, head, folds(name), form) for place, head, name, form in folded]
    matches: list[Match] = []
    faults: list[str] = []
    unread: list[str] = []

    def find(one: Parameter, wanted: Sequence[str], called: str, field: Parameter | None, *, needed: bool) -> None:
        names = frozenset[str]().union(*map(folds, wanted)) - {""}
        found = [(place, head, form) for place, head, have, form in known if have & names]
        if len(found) > 1:
            heads_ = " and ".join(f"{head!r} ({place + 1})" for place, head, _ in found[:4])
            faults.append(f"there is more than one column for {called}: {heads_}")
        elif found and one.kind == "secret":
            unread.append(found[0][1])
        elif found:
            place, head, form = found[0]
            matches.append(Match(one, place, head, field, form))
        elif needed:
            faults.append(
                f"there is no column for {called}" + (f", which is called {one.column!r}" if one.column else "")
            )

    for one in parameters:
        if one.kind != "list":
            find(one, [one.column or one.name], one.name, None, needed=one.needed and one.kind != "secret")
            continue
        before = len(matches), len(faults)
        for field in one.fields:
            named = [f"{head}.{field.column or field.name}" for head in {one.name, one.column or one.name}]
            find(one, named, f"{one.name}.{field.name}", field, needed=False)
        if before != (len(matches), len(faults)):
            have = {match.field.name for match in matches[before[0] :] if match.field}
            faults += [
                f"there is no column for {one.name}.{field.name}"
                for field in one.fields
                if field.needed and field.name not in have
            ]
        else:
            find(one, [one.column or one.name], one.name, None, needed=one.needed)
    return Matched(tuple(matches), tuple(faults), tuple(unread))


# ---- how a column is written


class Survey:
    """Looks at all values of a column of numbers or dates, one after the other."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self._decimals: dict[str, int] = {}
        self._orders: frozenset[str] | None = None
        self._unclear = 0
        self._count = 0

    def see(self, raw: Raw, line: int) -> None:
        if not isinstance(raw, str) or not raw.strip() or self.match.form:
            return
        if self.match.kind.kind == "number":
            ways = numbers.ways(tidy(raw))
            if len(ways) == 1:
                self._decimals.setdefault(next(iter(ways)), line)
            elif len(numbers.readings(tidy(raw))) > 1:
                self._note(line)
        elif self.match.kind.kind == "date":
            found = dates.orders(raw)
            if found and found.keys() <= _ORDERS.keys():
                have = frozenset(found)
                self._orders = have if self._orders is None else self._orders & have
                if len(set(found.values())) > 1:
                    self._note(line)

    def _note(self, line: int) -> None:
        self._unclear = self._unclear or line
        self._count += 1

    def form(self) -> tuple[str, str]:
        """How it is written, as "," or "d-mY"; "" where each value says it by itself. Then what can't be told."""
        if not self._unclear:
            return "", ""
        left = sorted(self._decimals if self.match.kind.kind == "number" else self._orders or ())
        if len(left) == 1:
            return left[0], ""
        more = f" and {self._count - 1} more" if self._count > 1 else ""
        if self.match.kind.kind == "number":
            rows = (
                f", also by lines {' and '.join(str(one) for one in sorted(self._decimals.values()))}" if left else ""
            )
            said = f"line {self._unclear}{more} can be read as two numbers, as 1.234 can{rows}"
            ways = "(1.234,50) or (1,234.50)"
        else:
            said = f"line {self._unclear}{more} can be read as two dates, as 01/02/2026 can"
            ways = "(%d/%m/%Y) or (%m/%d/%Y)"
        return "", f"{self.match.called}: {said}; write in the column's head how it is meant: {self.match.head} {ways}"


# ---- a cell


def typed(raw: Raw, match: Match, form: str) -> Cell:
    """A cell's value by its parameter.

    Args:
        raw: as its source has it.
        match: its column.
        form: of `Survey.form`, or a format that was said.

    Raises:
        CellError: it has none. The error quotes no value.
    """
    one = match.kind
    if isinstance(raw, Bad):
        raise CellError(raw.why)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return read("", one)
    match one.kind:
        case "number":
            return _number(raw, one, form)
        case "date":
            return _date(raw, one, form)
        case "flag":
            return raw if isinstance(raw, bool) else read(_text(raw), one)
        case _:
            return read(_text(raw), one)


def _number(raw: Raw, one: Parameter, form: str) -> Cell:
    if isinstance(raw, Decimal):
        return raw
    if not isinstance(raw, str):
        raise CellError("is no number")
    if form in (".", ","):
        found = numbers.by_decimal(tidy(raw), form) or numbers.readings(tidy(raw))
        if len(found) == 1:
            return next(iter(found))
    return read(raw, _with(one, form if len(form) > 1 else ""))


def _date(raw: Raw, one: Parameter, form: str) -> Cell:
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        raise CellError("is no date")
    if form in _ORDERS:
        found = dates.orders(raw)
        if form in found:
            return found[form]
    return read(raw, _with(one, form if "%" in form else ""))


def _with(one: Parameter, form: str) -> Parameter:
    """How it is typed into the page says nothing about the table."""
    return Parameter(name=one.name, kind=one.kind, format=form, needed=one.needed)


def _text(raw: Raw) -> str:
    match raw:
        case bool():
            return "yes" if raw else "no"
        case Decimal():
            return f"{raw:f}"
        case date():
            return raw.isoformat()
        case _:
            return str(raw)


def texts(cells: Sequence[Raw], heads: Sequence[str], hidden: Iterable[str]) -> tuple[str, ...]:
    """A row's cells as they are written back. hidden: heads of columns that hold secrets."""
    away = frozenset(hidden)
    return tuple(
        "" if head in away or raw is None or isinstance(raw, Bad) else _text(raw)
        for head, raw in zip(heads, (*cells, *[None] * len(heads)), strict=False)
    )
