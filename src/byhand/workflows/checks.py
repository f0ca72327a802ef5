"""Whether a check holds in a view, and if not, why: in one sentence that tells names and counts, no values. Pure.

Rules of this module: a value is compared as what it is, not as it is spelled. What is to be seen may say the same in
other words. Whoever asks waits: a check that doesn't hold yet may hold when the page has changed.
"""

from __future__ import annotations

from typing import Literal

from byhand.workflows import rows
from byhand.workflows.around import BOXES, FIELDS, Around
from byhand.workflows.cells import Cell, by_name, flag_of, resolved, same
from byhand.workflows.meanings import alike, tidy
from byhand.workflows.program import Check, Condition, Evidence
from byhand.workflows.targets import Ambiguous, Found, Missing, Scope, fits, resolve
from byhand.workflows.templates import only_slot
from byhand.workflows.view import Seen

_LIVE = frozenset({"status", "alert", "log"})
TWICE, OTHERWISE = "rows could be it", "its row does not hold all that it should"
"""Why a record is not as it should be, though something of it is there."""
_ENTERED = FIELDS | BOXES | {"group", "radiogroup", "button"}
_ON = frozenset({"checked", "pressed", "selected", "on"})


def judge(check: Check, around: Around, scope: Scope) -> str:
    """Why it does not hold (yet), or "".

    Raises:
        TemplateError: a slot has no value.
    """
    match check.kind:
        case "holds" | "set":
            return _target(check, around, scope)
        case "see":
            return "" if seen(around, scope.filled(check.text), check.role) else f'there is no "{_said(check)}"'
        case "gone":
            there = seen(around, scope.filled(check.text), check.role, exact=True)
            return f'"{_said(check)}" is still there' if there else ""
        case "page":
            return "" if fits(_path(check.text, scope), around.view.address) else "the page is another one"
        case "row":
            return _row(check, around, scope)
        case "count":
            found = len(rows.holding(around, rows.wanted(check.row, scope.values, scope.parameters)))
            wanted = tidy(scope.filled(check.text))
            return "" if str(found) == wanted else f"there are {found} such rows, not {wanted}"


def _said(check: Check) -> str:
    """Its words, with the names of slots instead of values."""
    return check.text


def _path(template: str, scope: Scope) -> str:
    """A path may have holes of its own, which no value is for."""
    name = only_slot(template) if "{" in template else ""
    return scope.filled(template) if name and name in scope.values else template


def seen(around: Around, text: str, role: str = "", *, exact: bool = False) -> bool:
    """Is there an element called so? What a live region says is a text in it: the region has no name of its own."""

    def is_one(at: int) -> bool:
        return not role or around[at].role == role or (role in _LIVE and around.role(at, frozenset({role})) >= 0)

    if any(map(is_one, around.by_name.get(tidy(text), ()))):
        return True
    if exact:
        return False
    return any(one.name and alike(one.name, text) and is_one(at) for at, one in enumerate(around.all))


def _target(check: Check, around: Around, scope: Scope) -> str:
    evidence = scope.targets.get(check.target)
    if evidence is None:
        return f'nothing is known of "{check.target}"'
    found = resolve(evidence, around, scope, check.row)
    match found:
        case Missing():
            return _told(check, evidence, around, scope)
        case Ambiguous():
            return f'"{check.target}" is there more than once'
        case Found(place):
            if check.kind == "set":
                wanted = scope.filled(check.text) == "on"
                return "" if state(around[place]) is wanted else f'"{check.target}" is not {_on(wanted)}'
            return "" if holds(around, place, check.text, scope) else f'"{check.target}" holds something else'


def _on(wanted: bool) -> str:
    return "on" if wanted else "off"


def state(one: Seen) -> bool:
    """Is it on?"""
    return bool(_ON & set(one.states))


def _told(check: Check, field: Evidence, around: Around, scope: Scope) -> str:
    """Of a field that is not on the page, which may say beside a label of the same name what was put into it."""
    said = around.beside(scope.filled(field.name) or field.label) if field.role in _ENTERED else []
    if not said:
        return f'"{check.target}" is not there'
    if len(said) > 1:
        return f'"{check.target}" is there more than once'
    shown = " ".join(dict.fromkeys(around.texts(said[0])))
    if check.kind == "set" and check.text in ("on", "off"):
        return "" if flag_of(shown) is (check.text == "on") else f'"{check.target}" says something else'
    cell, form = value(check.text, scope)
    return "" if same(cell, shown, form) or (cell == "" and not shown) else f'"{check.target}" says something else'


def holds(around: Around, place: int, template: str, scope: Scope) -> bool:
    """Does the value of that template stand in it? In a group of radio buttons: is that one on?"""
    cell, form = value(template, scope)
    one = around[place]
    if "secret" in one.states:
        return True  # nobody is told
    if one.role in ("group", "radiogroup") or (one.role == "radio" and not one.value):
        return any(around[at].name and same(cell, around[at].name, form) and state(around[at])
                   for at in (place, *around.inside(place)))  # fmt: skip
    now = one.value or ("" if one.role in ("textbox", "searchbox", "combobox", "spinbutton") else one.name)
    if now == "" and cell == "":
        return True
    return same(cell, now, form)


def value(template: str, scope: Scope) -> tuple[Cell, str]:
    """What a template stands for, and how it is typed."""
    known = by_name(scope.parameters)
    name = only_slot(template)
    return resolved(template, scope.values, scope.parameters), known[name].format if name in known else ""


def _row(check: Check, around: Around, scope: Scope) -> str:
    wanted = rows.wanted(check.row, scope.values, scope.parameters)
    found = rows.holding(around, wanted)
    if not found:
        return "its row is not there"
    more = rows.wanted(check.text, scope.values, scope.parameters) if check.text else ()
    if len(found) > 1:
        return f"{len(found)} {TWICE}"
    if more and found[0] not in rows.holding(around, [*wanted, *more]):
        return OTHERWISE
    return ""


def sees(when: Condition, around: Around, scope: Scope) -> Literal["yes", "no", "many"]:
    """Of a condition that asks whether something is there."""
    evidence = scope.targets.get(when.right)
    if evidence is None:
        return "yes" if seen(around, scope.filled(when.right)) else "no"
    found = resolve(evidence, around, scope)
    return "yes" if isinstance(found, Found) else "many" if isinstance(found, Ambiguous) else "no"
