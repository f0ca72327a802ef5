"""What is typed into a field as it is now: in the program's format, or in the one that the field asks for. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from byhand.workflows.program import Act
from byhand.workflows.targets import Scope
from byhand.workflows.templates import only_slot
from byhand.workflows.view import Seen

_DAYS = re.compile(r"\b([yjadmt]{1,4})([-./ ])([mtd]{1,4})\2([yjadt]{1,4})\b", re.IGNORECASE)
_LETTERS = {"y": "%Y", "j": "%Y", "a": "%Y", "m": "%m", "d": "%d", "t": "%d"}


def typed(act: Act, one: Seen | None, scope: Scope) -> str:
    """The words of an act.

    Args:
        act: what is done.
        one: the field, as it was looked at; None where there is none.
        scope: what its slots stand for.

    Raises:
        TemplateError: a slot has no value.
        CellError: a value can't be typed.
    """
    name = only_slot(act.text)
    cell = scope.values.get(name) if name else None
    if act.verb == "fill" and one is not None and isinstance(cell, date):
        form = "%Y-%m-%d" if one.kind == "date" else asked(one.hint)
        return cell.strftime(form) if form else scope.filled(act.text)
    if act.verb == "fill" and one is not None and one.kind == "number" and isinstance(cell, Decimal):
        return format(cell, "f")
    return scope.filled(act.text)


def asked(hint: str) -> str:
    """The date format that a hint asks for, as "YYYY-MM-DD" or "Tag.Monat.Jahr" does; "" where it asks for none."""
    plain = re.sub(r"year|jahr", "yyyy", re.sub(r"month|monat", "mm", re.sub(r"day|tag", "dd", hint.lower())))
    found = _DAYS.search(plain)
    if found is None:
        return ""
    first, sign, middle, last = found.groups()
    parts = [_LETTERS.get(part[0], "") for part in (first, middle, last)]
    return sign.join(parts) if sorted(parts) == ["%Y", "%d", "%m"] else ""
