"""Names that are not the control's own: of links called by the record, and of buttons of which one is taken. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from byhand.workflows.compiling.doing import Did
from byhand.workflows.compiling.things import Thing
from byhand.workflows.compiling.values import folded, template

_SHORT = 3
_VALUED = frozenset({"link", "listitem", "option", "treeitem", "cell", "gridcell", "text", "heading", "article", "row"})


def by_value(demo: Sequence[Did]) -> list[Did]:
    """A link that is called as something that was typed is called by that value; a name may also have one in it."""
    typed = {act.value.text for act in demo if act.verb == "fill" and act.value.known and len(act.value.text) >= _SHORT}
    known = {folded(text) for text in typed}
    return [_by_value(act, known, typed) for act in demo]


def _by_value(act: Did, known: set[str], typed: set[str]) -> Did:
    on = act.thing
    if on is None or not on.named or len(on.name) < _SHORT:
        return act
    if on.role in _VALUED and folded(on.name) in known:
        return replace(act, thing=replace(on, named=False))
    said = template(on.name, [(text, "value") for text in typed if len(text) > _SHORT])
    stem = " ".join(said.replace("{value}", " ").split())
    return replace(act, thing=replace(on, stem=stem)) if "{value}" in said and stem else act


def alternatives(demos: Sequence[Sequence[Did]]) -> list[list[Did]]:
    """Of several buttons that each row offers, one is taken in each row: which one is a choice.

    So it is where different ones were pressed, and never two in one row.
    """
    taken: dict[tuple[str, str], dict[tuple[int, str], set[str]]] = {}
    for number, demo in enumerate(demos):
        for act in demo:
            on = act.thing
            if _offered(act) and on is not None and on.row is not None:
                rows = taken.setdefault((on.row.table, on.row.column), {})
                rows.setdefault((number, on.row.words), set()).add(on.name)
    choices = {
        place: tuple(dict.fromkeys(name for names in rows.values() for name in names))
        for place, rows in taken.items()
        if all(len(names) == 1 for names in rows.values()) and len(set[str]().union(*rows.values())) > 1
    }
    return [[_chosen(act, choices) for act in demo] for demo in demos]


def _offered(act: Did) -> bool:
    on = act.thing
    return (
        act.verb == "press"
        and on is not None
        and on.role == "button"
        and on.row is not None
        and bool(on.row.cells)
        and (on.named)
    )


def _chosen(act: Did, choices: dict[tuple[str, str], tuple[str, ...]]) -> Did:
    on = act.thing
    if not _offered(act) or on is None or on.row is None or (on.row.table, on.row.column) not in choices:
        return act
    known = choices[on.row.table, on.row.column]
    around = tuple(name for name in (on.options or known))
    chosen: Thing = replace(on, named=False, options=around, one_of=True)
    return replace(act, thing=chosen)
