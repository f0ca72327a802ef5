"""Parameters, and what things are known by: the parts of a file that are no steps."""

from __future__ import annotations

from typing import cast, get_args

from byhand.workflows import dates, numbers
from byhand.workflows.filing.faults import Faults
from byhand.workflows.filing.tree import Node
from byhand.workflows.program import Evidence, Kind, Parameter
from byhand.workflows.quoting import nearest
from byhand.workflows.templates import TemplateError, slots

KINDS: tuple[Kind, ...] = get_args(Kind)
RESERVED = frozenset({"row"})
"""A loop over rows calls its row so."""
PARAMETER = ("kind", "column", "options", "format", "fields", "needed")
EVIDENCE = (
    "role", "name", "near", "label", "tag", "above", "selectors", "box", "row", "app", "page", "frame",
)  # fmt: skip
_SHORT_HINT = "write one of: text, number 1.234,50, date %d.%m.%Y, choice of EUR, USD, flag, file, secret"


def is_name(text: str) -> bool:
    """Can a slot be called so?"""
    return text.isidentifier() and text not in RESERVED


def parameters(node: Node, faults: Faults, what: str = "parameters") -> tuple[Parameter, ...]:
    """All that can be read of them."""
    found: list[Parameter] = []
    for key, value in faults.pairs(node, what):
        name = faults.text(key, "a parameter's name")
        if name and not is_name(name):
            why = "is what a loop calls its row" if name in RESERVED else "is no good name for a parameter"
            faults.say(key, f"{name[:60]!r} {why}", "use letters, digits and _, and no digit first")
        elif name:
            found.append(_parameter(name, value, faults, is_field=what != "parameters"))
    return tuple(found)


def _parameter(name: str, node: Node, faults: Faults, *, is_field: bool) -> Parameter:
    if node.kind == "text":
        found = _short(name, faults.text(node, f"the kind of {name}"), node, faults)
    else:
        found = _long(name, node, faults)
    form = found.format
    if found.kind == "list" and is_field:
        faults.say(node, f"{name} is a list inside of a list", "a list has plain fields only")
    elif found.kind == "list" and not found.fields:
        faults.say(node, f"{name} is a list without fields", "write fields: {article: text, price: number 1.50}")
    elif found.kind != "list" and found.fields:
        faults.say(node, f"{name} has fields, and is no list", "write kind: list")
    elif found.kind != "choice" and found.options:
        faults.say(node, f"{name} has options, and is no choice", "write kind: choice")
    if len(set(found.options)) < len(found.options):
        faults.say(node, f"an option of {name} stands there twice")
    if found.kind == "number" and numbers.style(form) is None:
        hint = "write an example that can be read in one way, like 1.234,00 or 1234.50"
        faults.say(node, f"the format of {name} is no number, or can be read in two ways", hint)
    elif found.kind == "date" and form and (fault := dates.fault(form)):
        faults.say(node, f"the format of {name} {fault}", "write a format like %d.%m.%Y")
    elif found.kind not in ("number", "date") and form:
        faults.say(node, f"{name} has a format, and is neither a number nor a date", "take the format away")
    return found


def _short(name: str, said: str, node: Node, faults: Faults) -> Parameter:
    kind, _, rest = said.partition(" ")
    rest = rest.strip()
    if kind not in KINDS:
        if said:
            faults.say(node, f"{kind[:60]!r} is no kind of parameter", nearest(kind, KINDS) or _SHORT_HINT)
        return Parameter(name=name)
    if kind == "choice" and rest:
        options = tuple(one.strip() for one in rest.removeprefix("of ").split(","))
        if not rest.startswith("of ") or not all(options):
            faults.say(node, f"the options of {name} can't be read", "write: choice of EUR, USD, GBP")
        return Parameter(name=name, kind=kind, options=options)
    if kind in ("number", "date"):
        return Parameter(name=name, kind=kind, format=rest)
    if rest:
        hint = f"write {kind} alone, or {{kind: {kind}, ...}}"
        faults.say(node, f"{name} has more than its kind: {rest[:60]!r}", hint)
    return Parameter(name=name, kind=kind)


def _long(name: str, node: Node, faults: Faults) -> Parameter:
    part = faults.table(node, "a parameter", PARAMETER)
    if node.kind == "map" and "kind" not in part:
        faults.say(node, f"{name} has no kind", f"add kind: with one of {', '.join(KINDS)}")
    kind = faults.choice(part["kind"], f"the kind of {name}", KINDS) if "kind" in part else ""
    options = faults.texts(part["options"], f"the options of {name}") if "options" in part else ()
    return Parameter(
        name=name,
        kind=cast("Kind", kind or "text"),
        column=faults.text(part["column"], f"the column of {name}") if "column" in part else "",
        options=options,
        format=faults.text(part["format"], f"the format of {name}") if "format" in part else "",
        fields=parameters(part["fields"], faults, f"the fields of {name}") if "fields" in part else (),
        needed=faults.flag(part["needed"], f"needed of {name}", True) if "needed" in part else True,
    )


def targets(node: Node, faults: Faults) -> tuple[Evidence, ...]:
    """What sentences call by a name, and what it is known by."""
    found: list[Evidence] = []
    for key, value in faults.pairs(node, "targets"):
        called = faults.text(key, "what a target is called")
        part = faults.table(value, f"the target {called!r}", EVIDENCE)
        texts = {one: faults.text(part[one], f"its {one}") for one in EVIDENCE if one in part and one not in _LISTS}
        lists = {one: faults.texts(part[one], f"its {one}") for one in _LISTS if one in part and one != "box"}
        if row := texts.get("row", ""):
            try:
                slots(row)
            except TemplateError as error:
                faults.say(part["row"], f"its row {error}")
        if called:
            box = _box(part["box"], faults) if "box" in part else ()
            found.append(Evidence(called=called, box=box, **texts, **lists))  # pyright: ignore[reportArgumentType]  # by their names
    return tuple(found)


_LISTS = ("above", "selectors", "box", "frame")


def _box(node: Node, faults: Faults) -> tuple[int, ...]:
    found = tuple(faults.number(one, "a side of its box", 0) for one in faults.items(node, "its box"))
    if node.kind == "list" and len(found) not in (0, 4):
        faults.say(node, "a box has four numbers", "write [x, y, width, height]")
    return found
