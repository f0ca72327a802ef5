"""The rows of a view, and which of them a record is: the one whose words hold its values. Pure.

Rules of this module: a row is a table's row, a list's item, a card: the innermost that holds all the values. Values are
compared as such, not by spelling. Two rows are two records; which one is meant is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from byhand.workflows.around import Around
from byhand.workflows.cells import Cell, Values, by_name, tidy, within
from byhand.workflows.meanings import alike
from byhand.workflows.program import Parameter
from byhand.workflows.templates import TemplateError, literals, slots

ROWS = frozenset({"row", "listitem", "article", "treeitem", "option", "definition"})


class Want(NamedTuple):
    """A value that a row has to hold. form: its parameter's. said: it stands in the program, so a page may say it in
    other words.
    """

    cell: Cell
    form: str = ""
    said: bool = False


Wanted = Sequence[Want]


def wanted(template: str, values: Values, parameters: Iterable[Parameter]) -> Wanted:
    """What a row has to hold: each slot's value, and what the template says by itself. Of a parameter that need not be
    given, nothing if it is not.

    Raises:
        TemplateError: a slot has no value.
    """
    known = by_name(parameters)
    found = [Want(text, said=True) for text in literals(template)]
    for name in slots(template):
        if name not in values:
            if name in known and not known[name].needed:
                continue
            raise TemplateError(f"has a slot that nothing is known for: {name!r}")
        if values[name] == "" and name in known and not known[name].needed:
            continue  # what tells it from a twin, where there is one
        found.append(Want(values[name], known[name].format if name in known else ""))
    return found


def holding(around: Around, values: Wanted, inside: int = -1) -> list[int]:
    """Places of the rows that hold all of them. Where a row holds each as a text of its own, those that only have them
    amid other words are none.

    Args:
        around: the view.
        values: see `wanted`; without any there is no such row.
        inside: only those in it.
    """
    if not values:
        return []
    whole: list[int] = []
    part: list[int] = []
    for place in range(len(around.all)):
        if not is_row(around, place) or (inside >= 0 and inside not in around.up(place)):
            continue
        # What is typed into a form's line makes no record of it.
        texts = around.texts(place, fields=around[place].role != "group")
        held = {_held(want, texts) for want in values}
        if "" not in held:
            (whole if held == {"whole"} else part).append(place)
    found = whole or part
    return [place for place in found if not any(place in around.up(other) for other in found if other != place)]


def unlike(template: str, values: Values, parameters: Sequence[Parameter], around: Around) -> tuple[str, ...]:
    """Which of the values that need not be given keep it from being a row that is there; () if it's not those alone.

    Raises:
        TemplateError: a slot has no value.
    """
    known = by_name(parameters)
    given = [name for name in slots(template) if name in known and not known[name].needed and values.get(name)]
    without = dict(values) | dict.fromkeys(given, "")
    if not given or not holding(around, wanted(template, without, parameters)):
        return ()
    each = (without | {name: values[name]} for name in given)
    alone = [
        name for name, one in zip(given, each, strict=True) if not holding(around, wanted(template, one, parameters))
    ]
    return tuple(alone or given)


def _held(want: Want, texts: Sequence[str]) -> str:
    """As `within` says it."""
    found = within(want.cell, texts, want.form)
    if not found and want.said and any(alike(text, str(want.cell)) for text in texts):
        return "whole"
    return found


def is_row(around: Around, place: int) -> bool:
    """Is it one of several of its kind? A head of columns is none."""
    one = around[place]
    if one.role in ROWS:
        return one.role != "row" or not _heads(around, place)
    if one.role != "group" or one.name or not around.kids[place]:
        return False
    siblings = around.kids[one.parent] if one.parent >= 0 else around.tops
    return sum(around[at].role == "group" and around[at].tag == one.tag for at in siblings) > 1


def _heads(around: Around, row: int) -> bool:
    cells = [around[at].role for at in around.kids[row]]
    return bool(cells) and all(role == "columnheader" for role in cells)


def among(around: Around, target: int, values: Wanted) -> list[int]:
    """The rows of a table or list, in order; those alone that hold the values, where there are any.

    Args:
        around: the view.
        target: the table or list; -1 is the whole page.
        values: see `wanted`.
    """
    if values:
        return holding(around, values, target)
    inside = [at for at in (around.inside(target) if target >= 0 else range(len(around.all))) if is_row(around, at)]
    return [at for at in inside if around[at].role != "group" and not any(up in inside for up in around.up(at))]


def beside(around: Around, places: Sequence[int]) -> list[int]:
    """All rows of the tables and lists that these are in."""
    lists = {around[at].parent for at in places}
    return [at for at in range(len(around.all)) if around[at].parent in lists and is_row(around, at)]


def identity(around: Around, row: int, others: Sequence[int]) -> str:
    """Words by which it is known again among the others: as few of its first texts as tell it from all of them. ""
    where nothing does.
    """
    texts = [tidy(text) for text in _readable(around, row)]
    rivals = [" ".join(tidy(text) for text in around.texts(at)) for at in others if at != row]
    for many in range(1, len(texts) + 1):
        said = " ".join(texts[:many])
        if said and not any(within(said, [rival]) for rival in rivals):
            return said
    return ""


def _readable(around: Around, row: int) -> list[str]:
    """Its words without those of controls that every row has; a link is mostly what it is called by."""
    buttons = frozenset({"button", "checkbox", "radio", "switch", "combobox"})
    return [
        around[at].name for at in (row, *around.inside(row))
        if around[at].name and around[at].role not in buttons and around[at].tag != "option"
    ]  # fmt: skip
