"""A program as plain words, lists and tables, and how they are set as YAML.

Rules of this module: what has its default isn't there. A text stands in quotes where anybody's YAML would read it as
something else. The same program makes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from byhand.workflows.filing.tree import other_type
from byhand.workflows.program import (
    Act,
    Branch,
    Check,
    Condition,
    Effect,
    Evidence,
    Parameter,
    Repeat,
    Statement,
    Workflow,
)
from byhand.workflows.sentences import write_act, write_check, write_condition, write_loop
from byhand.workflows.templates import renamed

Plain = str | int | list["Plain"] | dict[str, "Plain"]
"""bool is an int."""
Table = dict[str, Plain]

WIDTH = 110
_KEY = 900
"""YAML gives up looking for the colon of a longer key."""
_SHORT = frozenset({"text", "flag", "file", "secret"})


class Short(list[Plain]):
    """A list that is set in one line where it fits."""


class Card(dict[str, Plain]):
    """A table that is set in one line where it fits."""


# ---- a program's parts


def plain(workflow: Workflow) -> Table:
    """All of it, in the order of the file.

    Raises:
        ValueError: a part of it can't be said.
    """
    if odd := next((one for one in workflow.targets if len(scalar(one.called)) > _KEY), None):
        raise ValueError(f"a target can't be called by {len(odd.called)} letters")
    whole = _Whole(workflow)
    made: Table = {
        "byhand": f"workflow {workflow.version}",
        "name": workflow.name,
        "about": workflow.about,
        "start": workflow.start,
        "sites": Short(workflow.sites),
        "apps": Short(workflow.apps),
        "parameters": {one.name: parameter(one) for one in workflow.parameters},
        "identity": Short(workflow.identity),
        "steps": whole.block(workflow.steps, ""),
        "effects": [whole.effect(one, f"effect{number}.") for number, one in enumerate(workflow.effects, 1)],
        "asks": list(workflow.asks),
        "targets": {one.called: _evidence(one) for one in workflow.targets},
        "shown": whole.shown,
        "episodes": Short(workflow.episodes),
        "grant": workflow.grant,
        "revision": workflow.revision if workflow.revision != 1 else "",
    }
    return {
        key: value for key, value in made.items() if key in ("byhand", "name", "steps") or value not in ("", [], {})
    }


def parameter(one: Parameter) -> Plain:
    """As `number 1.234,50`, or as a table where that doesn't say it."""
    bare = one.needed and not one.column and not one.fields
    if bare and not one.options and one.kind in ("number", "date") and one.format == " ".join(one.format.split()):
        return f"{one.kind} {one.format}".rstrip()
    if bare and not one.options and not one.format and one.kind in _SHORT:
        return one.kind
    if bare and not one.format and one.kind == "choice" and all(map(_is_simple, one.options)):
        return f"choice of {', '.join(one.options)}" if one.options else "choice"
    made = Card(kind=one.kind)
    for name, value in (("column", one.column), ("options", Short(one.options)), ("format", one.format)):
        if value:
            made[name] = value
    if one.fields:
        made["fields"] = Card({field.name: parameter(field) for field in one.fields})
    if not one.needed:
        made["needed"] = False
    return made


def _is_simple(option: str) -> bool:
    return bool(option) and "," not in option and option == " ".join(option.split()) and option.isprintable()


def _evidence(one: Evidence) -> Plain:
    fields = {
        "role": one.role, "name": one.name, "near": one.near, "label": one.label, "tag": one.tag,
        "above": Short(one.above), "selectors": Short(one.selectors), "box": Short(one.box), "row": one.row,
        "app": one.app, "page": one.page, "frame": Short(one.frame),
    }  # fmt: skip
    return Card({name: value for name, value in fields.items() if value})


def entry(name: str, taken: Iterable[str]) -> str:
    """What an entry of that list is called: `line` of `lines`."""
    one = name[:-1] if len(name) > 2 and name.endswith("s") and not name.endswith("ss") else name
    return name if one in taken or one in ("row", "page") else one


def names_of(workflow: Workflow) -> frozenset[str]:
    """All that a slot may be called by, outside of loops."""
    found = {one.name for one in workflow.parameters}
    waiting: list[Statement] = [*workflow.steps, *(act for one in workflow.effects for act in one.steps)]
    while waiting:
        match waiting.pop():
            case Act(into=into):
                found |= {into} if into else set()
            case Repeat(steps=steps):
                waiting += steps
            case Branch(steps=steps, other=other):
                waiting += [*steps, *other]
    return frozenset(found)


class _Whole:
    """shown: what no step has beside it: where it was shown, by its id."""

    def __init__(self, workflow: Workflow) -> None:
        self.shown: Table = {}
        self._taken = names_of(workflow)

    def block(self, steps: Iterable[Statement], place: str, called: Mapping[str, str] | None = None) -> Plain:
        return [self._statement(one, f"{place}{number}", called or {}) for number, one in enumerate(steps, 1)]

    def effect(self, one: Effect, place: str) -> Plain:
        if one.kind == "view" and (one.at or one.holds):
            raise ValueError("an effect that is viewed takes no address")
        made: Table = {one.kind: self.block(one.steps, place) if one.kind == "view" else one.at}
        if one.steps and one.kind != "view":
            raise ValueError("only an effect that is viewed has steps")
        made |= {"holds": one.holds} if one.holds else {}
        made |= {"check": _checks(one.checks)} if one.checks else {}
        made |= {"before": _checks(one.before)} if one.before else {}
        return made

    def _statement(self, one: Statement, place: str, called: Mapping[str, str]) -> Plain:
        match one:
            case Act():
                return self._act(one, place, called)
            case Repeat():
                name = entry(one.name, self._taken)
                loop: Table = {"each": write_loop(_said(one, called), name), **self._id(one.id, place)}
                inner = {**called, one.name: name} if one.over == "list" else called
                return loop | {"do": self.block(one.steps, f"{place}.", inner)}
            case Branch():
                fork: Table = {"if": write_condition(_said(one.when, called)), **self._id(one.id, place)}
                fork["do"] = self.block(one.steps, f"{place}.", called)
                fork |= {"else": self.block(one.other, f"{place}.else.", called)} if one.other else {}
                fork |= {"unsure": one.unsure} if one.unsure else {}
                return fork | ({"undecided": " to ".join(one.undecided)} if one.undecided else {})

    def _act(self, act: Act, place: str, called: Mapping[str, str]) -> Plain:
        if act.shown:
            self.shown[act.id or place] = Short(act.shown)
        sentence = write_act(_said(act, called))
        beside: Table = self._id(act.id, place)
        beside |= {"risk": act.risk} if act.risk else {}
        beside |= {"agrees": act.agrees} if act.agrees else {}
        beside |= {"then": _checks(_said(check, called) for check in act.then)} if act.then else {}
        if len(scalar(sentence)) > _KEY and beside:
            return {"step": sentence, **beside}
        named: Table = {sentence: beside}
        return named if beside else sentence

    def _id(self, found: str, place: str) -> Table:
        return {"id": found} if found not in ("", place) else {}


def _checks(checks: Iterable[Check]) -> list[Plain]:
    return [write_check(check) for check in checks]


_Said = TypeVar("_Said", Act, Check, Condition, Repeat)


def _said(one: _Said, called: Mapping[str, str]) -> _Said:
    """With the entries of lists called as in the loops around."""
    if not any(name != inner for name, inner in called.items()):
        return one
    parts = {part: getattr(one, part, "") for part in ("text", "row", "left", "right")}
    return replace(one, **{part: renamed(text, called) for part, text in parts.items() if text})


# ---- YAML


def rendered(value: Table, column: int = 0) -> str:
    """A table in lines, set in by `column`; no line end at its end."""
    return "\n".join(_table(value, column))


def rendered_list(value: list[Plain], column: int = 0) -> str:
    """A list in lines, each with its dash at `column`."""
    return "\n".join(_list(value, column))


def scalar(value: str | int, *, flow: bool = False) -> str:
    """As itself if every reader takes it for that text, else in quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not value.isprintable():
        signs = (sign if sign.isprintable() and sign not in '"\\' else _escape(sign) for sign in value)
        return f'"{"".join(signs)}"'
    is_plain = (
        value == value.strip()
        and not other_type(value)
        and value[0] not in "-?:,[]{}#&*!|>'\"%@`"
        and ": " not in value
        and " #" not in value
        and not value.endswith(":")
        and not value.startswith("...")
        and not (flow and any(sign in ",[]{}" for sign in value))
        and not (flow and ":" in value and not value.startswith(("http://", "https://")))
    )
    if is_plain:
        return value
    doubled = value.replace("'", "''")
    return f"'{doubled}'" if '"' in value or "\\" in value else f'"{value}"'


def flowed(value: Plain) -> str:
    """In one line."""
    match value:
        case dict():
            return f"{{{', '.join(f'{scalar(key, flow=True)}: {flowed(one)}' for key, one in value.items())}}}"
        case list():
            return f"[{', '.join(map(flowed, value))}]"
        case _:
            return scalar(value, flow=True)


def _escape(sign: str) -> str:
    known = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
    number = ord(sign)
    return known.get(sign) or (f"\\u{number:04x}" if number < 1 << 16 else f"\\U{number:08x}")


def _table(value: Mapping[str, Plain], column: int) -> list[str]:
    lines: list[str] = []
    for key, one in value.items():
        lead = f"{' ' * column}{scalar(key)}:"
        lines += _after(lead, one, column)
    return lines


def _after(lead: str, one: Plain, column: int) -> list[str]:
    if not isinstance(one, (dict, list)):
        return [f"{lead} {scalar(one)}"]
    in_line = f"{lead} {flowed(one)}"
    if not one or (isinstance(one, (Short, Card)) and len(in_line) <= WIDTH):
        return [in_line]
    return [lead, *(_table(one, column + 2) if isinstance(one, dict) else _list(one, column + 2))]


def _list(value: Iterable[Plain], column: int) -> list[str]:
    lines: list[str] = []
    for one in value:
        if isinstance(one, dict) and one and not isinstance(one, Card):
            inner = _table(one, column + 2)
            lines += [f"{' ' * column}- {inner[0][column + 2 :]}", *inner[1:]]
        else:
            lines.append(f"{' ' * column}- {flowed(one) if isinstance(one, (dict, list)) else scalar(one)}")
    return lines
