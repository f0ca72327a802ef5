"""Cells: typed values of a row, how they are typed into a page, and whether what a page shows is the same value.

Rules of this module: the same is decided by value, not by spelling: `1.234,50 EUR` is 1234.5. What can be read in two
ways (01/02/2026, 1.234) is the same as nothing, unless the parameter's format says which. Nothing is rounded or
guessed. No error quotes a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar

from byhand.workflows import dates, numbers
from byhand.workflows.program import Parameter
from byhand.workflows.templates import fill, only_slot, slots

Cell = str | Decimal | date | bool | tuple["Mapping[str, Cell]", ...]
"""One value of a row; a tuple is a list parameter's."""
Values = Mapping[str, Cell]

MASK = "••••"
"""Stands for a secret wherever a sentence is told."""
_YES_WORDS = "yes y true t 1 on x ja j wahr oui vrai si sí verdadero vero sim ✓ ✔ ☑ ✅ checked ticked"
_NO_WORDS = "no n false f 0 off nein falsch non faux falso não ✗ ✘ ☐ ❌ - unchecked unticked"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_JOINTS = r"[-/._:+@&#]"


class CellError(ValueError):
    """Why a text is not such a value, as it follows a name: "amount" + "is no number"."""


class Likeness(NamedTuple):
    """why: what keeps it from being the same, where that is not simply another value."""

    holds: bool
    why: str = ""


# ---- typed


def words(values: Values, parameters: Iterable[Parameter] = (), *, told: bool = False) -> dict[str, str]:
    """What is typed for each slot, for `templates.fill`. Lists have none; their fields do, inside of their loop, as
    `lines.article`.

    Args:
        values: of the row, with what was read and, inside of a loop, the entry's fields.
        parameters: how they are typed.
        told: for a person to read: secrets are masked.
    """
    known = by_name(parameters)
    return {
        name: MASK
        if told and name in known and known[name].kind == "secret" and cell != ""
        else written(cell, known[name].format if name in known else "")
        for name, cell in values.items()
        if not isinstance(cell, tuple)
    }


def by_name(parameters: Iterable[Parameter]) -> dict[str, Parameter]:
    """All of them by what slots call them; a list's fields as `lines.article`."""
    found: dict[str, Parameter] = {}
    for one in parameters:
        found[one.name] = one
        found |= {f"{one.name}.{field.name}": field for field in one.fields}
    return found


def written(cell: Cell, form: str = "") -> str:
    """As it is typed: numbers and dates in the parameter's format, a flag as "on" or "off".

    Raises:
        CellError: it is a list, or the format is none.
    """
    match cell:
        case bool():
            return "on" if cell else "off"
        case Decimal():
            if (style := numbers.style(form)) is None:
                raise CellError("has a format that is no number, or could be read in two ways")
            return numbers.written(cell, style)
        case date():
            if form and (fault := dates.fault(form)):
                raise CellError(f"has a format that {fault}")
            return dates.written(cell, form)
        case str():
            return cell
        case _:
            raise CellError("is a list, and a list can't be typed")


def resolved(template: str, values: Values, parameters: Iterable[Parameter] = ()) -> Cell:
    """A template's value: the cell itself where it is one slot, else a text.

    Raises:
        TemplateError: it is none, or a slot has no value.
    """
    name = only_slot(template)
    if name in values:
        return values[name]
    wanted = {one: values[one] for one in slots(template) if one in values}
    return fill(template, words(wanted, parameters))


def read(text: str, parameter: Parameter) -> Cell:
    """A cell of a table, or what somebody answers when asked for it. "" is an empty cell of any kind but a flag.

    Raises:
        CellError: it is no such value, or can be read in two ways.
    """
    bare = tidy(text)
    if not bare and not parameter.needed:
        return ""
    if not bare:
        raise CellError("is empty")
    match parameter.kind:
        case "number":
            return _read(numbers_of(bare, parameter.format), "number")
        case "date":
            return _read(dates_of(bare, parameter.format), "date")
        case "flag":
            if (flag := flag_of(bare)) is None:
                raise CellError("is neither yes nor no")
            return flag
        case "choice":
            return choice_of(bare, parameter.options)
        case "list":
            raise CellError("is a list")
        case "secret":
            return text
        case _:
            return bare


_Value = TypeVar("_Value", Decimal, date)


def _read(found: frozenset[_Value], what: str) -> _Value:
    if len(found) == 1:
        return next(iter(found))
    raise CellError(f"can be read as more than one {what}" if found else f"is no {what}")


def numbers_of(text: str, form: str = "") -> frozenset[Decimal]:
    """All numbers it can be; the format decides where it fits."""
    style = numbers.style(form) if form else None
    known = numbers.by_style(text, style) if style else None
    return numbers.readings(text) if known is None else frozenset({known})


def dates_of(text: str, form: str = "") -> frozenset[date]:
    """All dates it can be; the format decides where it fits."""
    known = dates.by_format(text, form) if form else None
    return dates.readings(text) if known is None else frozenset({known})


def flag_of(text: str) -> bool | None:
    """Yes or no, in some languages; None where it is neither."""
    said = tidy(text).casefold()
    return True if said in _YES else False if said in _NO else None


def choice_of(text: str, options: tuple[str, ...]) -> str:
    """The option of that label; case and space don't matter where only one fits.

    Raises:
        CellError: there are options, and it is none of them.
    """
    if not options or text in options:
        return text
    fits = [one for one in options if tidy(one).casefold() == text.casefold()]
    if len(fits) != 1:
        raise CellError(f"is none of the options, which are {', '.join(options[:8])}{', …' if options[8:] else ''}")
    return fits[0]


def tidy(text: str) -> str:
    """In one line, composed, without odd spaces: what two texts are compared by."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# ---- shown


def same(cell: Cell, shown: str, form: str = "") -> bool:
    """Is what a page shows (or a field holds) this value?"""
    return likeness(cell, shown, form).holds


def likeness(cell: Cell, shown: str, form: str = "") -> Likeness:
    """The same, with the reason where it can't be told.

    Args:
        cell: what it should be.
        shown: the text of an element or what stands in a field.
        form: the parameter's format, where there is one.
    """
    match cell:
        case bool():
            return Likeness(flag_of(shown) is cell)
        case Decimal():
            return _like(numbers_of(shown, form), cell, "numbers")
        case date():
            return _like(dates_of(shown, form), cell, "dates")
        case str():
            return Likeness(tidy(cell) == tidy(shown))
        case _:
            return Likeness(holds=False, why="a list is never shown as one text")


def _like(found: frozenset[_Value], cell: _Value, what: str) -> Likeness:
    if len(found) > 1 and cell in found:
        return Likeness(holds=False, why=f"it can be read as two {what}, and no format says which")
    return Likeness(len(found) == 1 and cell in found)


def within(cell: Cell, texts: Iterable[str], form: str = "") -> Literal["", "part", "whole"]:
    """Is this value among the words of a row?

    Args:
        cell: the value.
        texts: of the row's elements, one each.
        form: the parameter's format.

    Returns:
        "whole": one of the texts is that value. "part": it stands amid other words; `INV-1` does not stand in
        `INV-12` or `INV-1-b`.
    """
    all_texts = [one for text in texts if (one := tidy(text))]
    if any(likeness(cell, text, form).holds for text in all_texts):
        return "whole"
    match cell:
        case bool():
            return ""
        case Decimal():
            runs = (run for text in all_texts for found in numbers.RUN.findall(text) for run in _runs(found))
            return "part" if any(likeness(cell, run, form).holds for run in runs) else ""
        case date():
            runs = (run for text in all_texts for run in dates.RUN.findall(text))
            return "part" if any(likeness(cell, run, form).holds for run in runs) else ""
        case str() if tidy(cell):
            ahead, behind = rf"(?<!\w)(?<!\w{_JOINTS})", rf"(?!\w)(?!{_JOINTS}\w)"
            return "part" if re.search(ahead + re.escape(tidy(cell)) + behind, " ".join(all_texts)) else ""
        case _:
            return ""


def _runs(found: str) -> Iterable[str]:
    """A run of digits and spaces may be one number or some beside each other."""
    parts = found.split(" ")[:6]
    return (" ".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1))
