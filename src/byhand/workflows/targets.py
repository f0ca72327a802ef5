"""Which element is meant, by all that is known of it: the first of the kinds of evidence that finds one, and all agree.

Rules of this module: cheapest first: stable selectors, role and name, label and neighbourhood, structure. Two elements
that fit are no element: ambiguity is an answer, not a choice. In a row, the row is found first, by the record's values.
What was kept of an element's path or place alone finds nothing; it only bears out what something better found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from byhand.workflows import frames, rows
from byhand.workflows.around import BOXES, DIALOGS, FIELDS, FORMS, Around, told
from byhand.workflows.cells import Values, words
from byhand.workflows.meanings import tidy
from byhand.workflows.program import Evidence, Parameter
from byhand.workflows.templates import fill, slots

Kind = Literal[
    "selector", "name", "words", "label", "near", "place", "row", "company", "options", "only", "leads", "model",
]  # fmt: skip
"""selector: an id, a test id or a field's name leads to it alone. name: it has that role and name. words: its name says
the same. label: the words beside it. near: what it lies in, or under which heading. place: its path, or what it lies in
on the same page. row: it is in the record's row. company: it is in one form with others that were found. options: it
offers the same. only: there is no other of its role there. leads: it is a link to the page that followed. model: a
model that was asked means it by the step's sentence (`agents.voice`).
"""
_STABLE = re.compile(r"(?:pierce/.* >>> )?(?:#[^\s>:]+|\w*\[(?:data-[\w-]+|name)=\"[^\"]*\"\])")
_SPLIT = re.compile(r"\{[^{}]*\}|\*")
_ALIKE = (FIELDS - {"listbox"}, frozenset({"combobox", "listbox", "radiogroup", "group"}), BOXES,
          frozenset({"button", "link", "menuitem", "tab"}))  # fmt: skip


class Found(NamedTuple):
    """by: the kinds of evidence that agree."""

    place: int
    by: frozenset[Kind]


class Ambiguous(NamedTuple):
    """what: "control" or "row"."""

    places: tuple[int, ...]
    what: str = "control"


class Missing(NamedTuple):
    """what: "control" or "row"."""

    what: str = "control"


class Scope(NamedTuple):
    """What names and slots stand for: the program's evidence by what sentences call it, and the row's values.

    around: other targets that were found in this view, for company.
    """

    targets: Mapping[str, Evidence]
    values: Values
    parameters: tuple[Parameter, ...] = ()

    def filled(self, template: str) -> str:
        """Raises:
        TemplateError: a slot has no value.
        """
        if "{" not in template and "}" not in template:
            return template
        return fill(template, words({name: self.values[name] for name in slots(template) if name in self.values},
                                    self.parameters))  # fmt: skip


def resolve(evidence: Evidence, around: Around, scope: Scope, row: str = "") -> Found | Ambiguous | Missing:
    """The element that is meant.

    Args:
        evidence: what is known of it.
        around: the view.
        scope: what its templates stand for.
        row: template of the row it is in; wins over the evidence's own.

    Raises:
        TemplateError: a slot has no value.
    """
    frame = frames.number(evidence, around, fits)
    inside = in_row(evidence, around, scope, row)
    if isinstance(inside, Ambiguous | Missing):
        return inside
    name = tidy(scope.filled(evidence.name))
    pool = [place for place, one in enumerate(around.all) if one.frame == frame and _may(around, place, inside)]
    stable = _selected(evidence, around, pool)
    if name:
        named = [place for place in pool if around[place].role == evidence.role and tidy(around[place].name) == name]
        named = _front(around, named)
        if len(named) > 1:
            named = narrowed(evidence, around, scope, named, stable)
    else:
        named = _nameless(evidence, around, scope, pool, stable, inside)
    if len(named) > 1:
        return Ambiguous(tuple(named))
    if not named:
        return Missing()
    (place,) = named
    if len(stable) == 1 and stable[0] != place and around[stable[0]].role == around[place].role:
        return Ambiguous((place, stable[0]))
    return Found(place, kinds(evidence, around, scope, place, in_a_row=inside >= 0))


def in_row(evidence: Evidence, around: Around, scope: Scope, row: str) -> int | Ambiguous | Missing:
    """The row it is in; -1 where it is in none."""
    template = row or evidence.row
    if not template:
        return -1
    frame = frames.number(evidence, around, fits)
    held = rows.holding(around, rows.wanted(template, scope.values, scope.parameters))
    found = _front(around, [place for place in held if around[place].frame == frame])
    if not found:
        return Missing("row")
    return found[0] if len(found) == 1 else Ambiguous(tuple(found), "row")


def _may(around: Around, place: int, inside: int) -> bool:
    return inside < 0 or place == inside or inside in around.up(place)


def _front(around: Around, places: list[int]) -> list[int]:
    """What lies in the dialog in front is meant, where any does."""
    for dialog in reversed(around.dialogs):
        if inner := [place for place in places if dialog in around.up(place)]:
            return inner
    return places


def stable(selector: str) -> bool:
    """Does it stand for the element itself, and not for the way to it?"""
    return bool(_STABLE.fullmatch(selector))


def _selected(evidence: Evidence, around: Around, pool: Collection[int]) -> list[int]:
    """Where its stable selectors lead, all of them together."""
    found: dict[int, None] = {}
    for selector in evidence.selectors:
        if stable(selector):
            hits = [place for place in around.view.hits.get(selector, ()) if place in pool]
            found |= dict.fromkeys(hits) if len(hits) == 1 else {}
    return list(found)


def narrowed(
    evidence: Evidence, around: Around, scope: Scope, places: list[int], selected: Collection[int]
) -> list[int]:
    """Of several that fit, those that one more kind of evidence tells from the others."""
    tests: tuple[Callable[[int], bool], ...] = (
        lambda place: bool(evidence.near) and _near(evidence, around, scope, place),
        lambda place: bool(evidence.label) and tidy(around.label(place)) == tidy(evidence.label),
        lambda place: place in selected,
    )
    for test in tests:
        if len(left := [place for place in places if test(place)]) == 1:
            return left
        places = left or places
    return places


def _nameless(
    evidence: Evidence, around: Around, scope: Scope, pool: list[int], selected: list[int], inside: int
) -> list[int]:
    """It has no name of its own, or one that differs from record to record: found by the words beside it."""
    roles = [place for place in pool if around[place].role == evidence.role and place != inside]
    if evidence.label:
        named = [place for place in roles if tidy(around.label(place)) == tidy(evidence.label)]
        if len(named) > 1:
            named = narrowed(evidence, around, scope, named, selected)
        if named:
            return _front(around, named)
    if len(selected) == 1:
        return selected
    if inside >= 0 and len(roles) == 1 and not evidence.label:
        return roles
    if evidence.near and len(near := [place for place in roles if _near(evidence, around, scope, place)]) == 1:
        return near
    if inside >= 0 and not evidence.label and not evidence.near:
        return [] if not roles else _first_link(around, roles, evidence)
    return []


def _first_link(around: Around, roles: list[int], evidence: Evidence) -> list[int]:
    """A record is opened by its own name: the only link of its row that is no deed of its own."""
    return roles if evidence.role != "link" else [at for at in roles if around[at].name] or roles


def kinds(evidence: Evidence, around: Around, scope: Scope, place: int, *, in_a_row: bool = False) -> frozenset[Kind]:
    """All that speaks for it being that one."""
    one = around[place]
    found: set[Kind] = set()
    if place in _selected(evidence, around, range(len(around.all))):
        found.add("selector")
    name = tidy(scope.filled(evidence.name))
    if name and one.role == evidence.role and tidy(one.name) == name:
        found.add("name")
    if evidence.label and tidy(around.label(place)) == tidy(evidence.label):
        found.add("label")
    if evidence.near and _near(evidence, around, scope, place):
        found.add("near")
    if in_a_row:
        found.add("row")
    if _path(evidence, around, place) or _placed(evidence, around, place):
        found.add("place")
    if company(around, scope, evidence, place):
        found.add("company")
    return frozenset(found)


def company(around: Around, scope: Scope, evidence: Evidence, place: int) -> bool:
    """Does another target of the program, with a name of its own, lie in the same form, as when it was shown?"""
    form = around.form(place)
    # Boxes of a window are all that is kept of it, and they tell of no form: it is one.
    if form < 0 or (evidence.above and not evidence.app and not FORMS & set(evidence.above)):
        return False
    inside = {(around[at].role, tidy(around[at].name)) for at in around.inside(form) if around[at].name and at != place}
    return any(
        (other.role, tidy(other.name)) in inside
        for other in scope.targets.values()
        if other.called != evidence.called and other.name and "{" not in other.name and other.frame == evidence.frame
    )


def _near(evidence: Evidence, around: Around, scope: Scope, place: int) -> bool:
    wanted = tidy(scope.filled(evidence.near))
    return any(tidy(name) == wanted for name in around.sections(place))


def _path(evidence: Evidence, around: Around, place: int) -> bool:
    return any(
        around.view.hits.get(selector) == (place,) for selector in evidence.selectors if not stable(selector)
    )  # fmt: skip


def _placed(evidence: Evidence, around: Around, place: int) -> bool:
    """The same page, where it was on one alone, and there in the same kind of surroundings. A window has no address:
    there at the same place, as high as it was; how wide it is depends on what stands beside it.
    """
    if evidence.app:
        (x, y, _, h), was = around[place].box, evidence.box
        return evidence.app == around.view.address and (x, y, h) == (*was[:2], *was[3:])
    return (
        bool(evidence.above)
        and (not evidence.page or fits(evidence.page, frames.address(around, place)))
        and told(evidence.above) == _above(around, place)
    )


def _above(around: Around, place: int) -> tuple[str, ...]:
    """In its own frame."""
    frame = around[place].frame
    return told(tuple(around[up].role for up in around.up(place) if around[up].frame == frame)[::-1])


def fits(template: str, address: str) -> bool:
    """Is the address' path as the template says? A hole, `{id}` or `*`, is one part; `...` at its end the rest."""
    at = urlsplit(address)
    path = at.path or "/"
    wanted = urlsplit(template).path if "://" in template else template.split("?", maxsplit=1)[0]
    parts = [re.escape(text) for text in _SPLIT.split(wanted.removesuffix("..."))]
    pattern = "[^/]+".join(parts) + (".*" if wanted.endswith("...") else "")
    return re.fullmatch(pattern.removesuffix("/") + "/?", path) is not None


def family(role: str) -> frozenset[str]:
    """Roles that the same thing can have when it is drawn by another widget."""
    return frozenset({role}).union(*(one for one in _ALIKE if role in one))


def dialog_of(around: Around, place: int) -> int:
    """The dialog it lies in; -1 for none."""
    return around.role(place, DIALOGS)
