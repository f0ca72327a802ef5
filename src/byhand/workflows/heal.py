"""A target that was moved, renamed or drawn by another widget, found again by what else is known of it. Pure.

Rules of this module: it heals only where exactly one element fits, by two independent kinds of evidence or more, one of
which says what it is and not only where. Whatever may mean something else now is no candidate: another verb, another
unit, another kind of thing. What can't be undone is only found by a name that says the same. A model's word is one
kind of evidence like any other: with nothing beside it, or against what speaks for another, it heals nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from byhand.workflows import frames
from byhand.workflows.around import BOXES, FIELDS, Around
from byhand.workflows.meanings import alike, does, tidy, units, verbs
from byhand.workflows.program import Evidence, Risk
from byhand.workflows.targets import (
    Ambiguous,
    Kind,
    Missing,
    Scope,
    family,
    fits,
    in_row,
    kinds,
)
from byhand.workflows.view import Seen

_LEAST = 2
_UNSAID = 2
"""One of the options may be none: "Choose" stands in a list until something is chosen, and has no button."""
_HOLE = re.compile(r"[*}]$|\.\.\.$")
"""A path that ends so is any record's, and no page of its own; in a record's row it is that record's."""
_STRONG: frozenset[Kind] = frozenset({"selector", "name", "words", "label", "options", "only", "leads", "model"})
_ALONE: frozenset[Kind] = frozenset({"only"})
"""Says of what is there that it is all there is, which a better one elsewhere outdoes."""
_LED: frozenset[Kind] = frozenset({"leads"})
_MODEL: frozenset[Kind] = frozenset({"model"})
_SAID: frozenset[Kind] = frozenset({"name", "words"})
_CHOSEN = frozenset({"combobox", "listbox", "radiogroup", "group"})


class Healing(NamedTuple):
    """evidence: with which it is found from now on. was, now: what it was called and what it is called."""

    place: int
    by: frozenset[Kind]
    evidence: Evidence
    was: str
    now: str


def heal(
    evidence: Evidence,
    around: Around,
    scope: Scope,
    *,
    risk: Risk = "",
    row: str = "",
    options: tuple[str, ...] = (),
    leads: str = "",
    least: int = _LEAST,
    said: int = -1,
) -> Healing | str:
    """The one element that fits, or in a few words why there is none.

    Args:
        evidence: of what is missing.
        around: the view.
        scope: the program's other targets, which are none of the candidates.
        risk: of what is to be done to it.
        row: template of the row it is in.
        options: what could be chosen in it when it was shown, or at least what is to be chosen.
        leads: path template of the page that followed when it was pressed.
        least: so many kinds of evidence; one is enough for what does nothing but show more.
        said: place of what a model means by it; -1 where none was asked, or it can't tell.

    Raises:
        TemplateError: a slot has no value.
    """
    frame = frames.number(evidence, around, fits)
    if frame < 0:
        return "its frame is not there"
    inside = in_row(evidence, around, scope, row)
    if isinstance(inside, Missing | Ambiguous):
        return "its row is not there" if isinstance(inside, Missing) else "its row is there more than once"
    was = scope.filled(evidence.name) or evidence.label
    others = {
        (one.role, tidy(one.name))
        for one in scope.targets.values()
        if one.called != evidence.called
        and one.name
        and one.frame == evidence.frame
        and (not one.page or one.frame or fits(one.page, around.view.address))
    }
    fitting: dict[int, frozenset[Kind]] = {}
    why = "nothing like it is there"
    for place, one in enumerate(around.all):
        if (
            one.frame != frame
            or one.role not in family(evidence.role)
            or (inside >= 0 and inside not in around.up(place))
        ):
            continue
        if (one.role, tidy(one.name)) in others or (one.role == "group" and evidence.name and not one.name):
            continue  # what has no name of its own is there for the looks of it
        by = _speaks(evidence, around, scope, place, was, options, inside)
        if leads and one.leads and (inside >= 0 or not _HOLE.search(leads)) and fits(leads, one.leads):
            by = by.union(_LED)
        if place == said:
            by = by.union(_MODEL)
        if len(by) < least or not by & _STRONG or ((risk or least < _LEAST) and not by & _SAID):
            continue
        if fault := other_meaning(evidence, one, around, place, was, risk, led="leads" in by):
            why = fault
            continue
        fitting[place] = by
    best = [
        place for place, by in fitting.items()
        if all(other == place or by & _STRONG > each & (_STRONG - _ALONE) for other, each in fitting.items())
    ]  # fmt: skip
    if len(best) != 1:
        return "more than one could be it now" if fitting else why
    (place,) = best
    one = around[place]
    named = bool(evidence.name)
    now = one.name if named else around.label(place)
    healed = replace(
        evidence, role=one.role, name=_template(one.name) if named and "{" not in evidence.name else evidence.name,
        label=evidence.label if named or not now else now,
    )  # fmt: skip
    return Healing(place, fitting[place], healed, was, now or one.role)


def told_apart(
    evidence: Evidence, around: Around, scope: Scope, places: Sequence[int], said: int
) -> Healing | str:  # fmt: skip
    """Of several that fit alike the one that a model means, or in a few words why it is none.

    Args:
        evidence: of what is meant.
        around: the view.
        scope: the program's other targets.
        places: of those that fit.
        said: as for `heal`.

    Raises:
        TemplateError: a slot has no value.
    """
    if said not in places:
        return "more than one could be it"
    by = {place: kinds(evidence, around, scope, place) for place in places}
    if not by[said] or any(others - by[said] for others in by.values()):
        return "something else speaks for another one"
    was = scope.filled(evidence.name) or evidence.label
    return Healing(said, by[said] | _MODEL, evidence, was, around[said].name or around.label(said) or was)


def _template(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _speaks(
    evidence: Evidence, around: Around, scope: Scope, place: int, was: str, options: tuple[str, ...], inside: int
) -> frozenset[Kind]:
    """The kinds of evidence that speak for it, as far as they can be independent of each other."""
    one = around[place]
    found = set(kinds(evidence, around, scope, place, in_a_row=inside >= 0)) - {"name"}
    if was and evidence.name and tidy(one.name) == tidy(was):
        found.add("name")
    elif evidence.name and alike(one.name, was):
        found.add("words")
    if evidence.label and alike(around.label(place), evidence.label):
        found.add("label")
    if evidence.near and any(alike(name, scope.filled(evidence.near)) for name in around.sections(place)):
        found.add("near")
    offered = around.options(place) if options and one.role in _CHOSEN else ()
    if offered and len({tidy(each) for each in options} - {tidy(each) for each in offered}) < min(
        len(options), _UNSAID
    ):
        found.add("options")
    if found & {"company", "row"} and _alone(around, place, inside):
        found.add("only")
    return frozenset(found)


def _alone(around: Around, place: int, inside: int) -> bool:
    """Is there no other of its kind in its row or form?"""
    within = inside if inside >= 0 else around.form(place)
    alike_roles = family(around[place].role)
    return within >= 0 and sum(around[at].role in alike_roles for at in around.inside(within)) == 1


def other_meaning(
    evidence: Evidence, one: Seen, around: Around, place: int, was: str, risk: Risk = "", *, led: bool = False
) -> str:
    """In a few words what speaks against it being the same thing, though it is where that was; or "". led: it is a
    link to the same page, and what a link is called changes nothing about that.
    """
    if one.role not in FIELDS | BOXES and not (led and not risk):
        old, new = verbs(was), verbs(one.name)
        if old and new and not old & new:
            return "what is there now does something else"
        if does(one.name) != does(was) and (does(one.name) or risk):
            return "what is there now does something else"
    return other_unit(evidence, one, around.label(place))


def other_unit(evidence: Evidence, one: Seen, label: str = "") -> str:
    """Has "Amount (EUR)" become "Amount (USD)", or does the page say now that it is in cents?"""
    if one.role not in FIELDS:
        return ""
    before = units(f"{evidence.name} {evidence.label}")
    return "its unit is another one now" if units(f"{one.name} {one.hint} {label}") - before else ""
