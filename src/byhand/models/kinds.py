"""Which kinds of things a goal speaks of, and which of several it means: "the checkbox", "the 3rd text field", a
"radio" in quotation marks. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.arrays import Floats
from byhand.models.placed import ordinals
from byhand.models.words import GOAL, Name, Word

KINDS = 3

_KINDS = {
    "textbox": "text textbox textboxes field fields input inputs", "searchbox": "search searchbox field",
    "listbox": "list listbox", "combobox": "dropdown dropdowns list select combobox", "checkbox": "checkbox checkboxes",
    "button": "button buttons", "radio": "radio radios", "link": "link links", "tab": "tab tabs",
    "img": "image images picture pictures icon icons", "slider": "slider sliders", "spinbutton": "spinner number",
    "menuitem": "menu item items", "option": "option options", "heading": "heading title", "cell": "cell cells",
    "table": "table", "row": "row rows", "listitem": "item items", "textarea": "area areas textareas",
}  # fmt: skip
_SAID = {role: frozenset((role, *said.split())) for role, said in _KINDS.items()}
_KNOWN: frozenset[str] = frozenset[str]().union(*_SAID.values())
_TWO = {
    "radio button": "radio", "text area": "area", "text areas": "area", "check box": "checkbox", "list item": "item",
    "menu item": "menuitem", "drop down": "dropdown",
}  # fmt: skip
_NEAR = 3
"""So many words behind a number the kind is named that it counts: "the 3rd large text field"."""


def _kind(seen: Snapshot, place: int) -> str:
    """Its role; a field of many lines is no "text" field, but an area."""
    return "textarea" if seen.tags[place] == "textarea" else seen.roles[place]


def _called(kind: str) -> frozenset[str]:
    return _SAID.get(kind) or frozenset((kind,))


def kinds_said(goal: Sequence[Word], seen: Snapshot, count: int) -> Floats:
    """[E, KINDS]: the goal says what kind of thing it is; where it first does; of the kinds that are there, it says
    that one first. Of its first `count` elements.
    """
    said = {one.folded for one in goal}
    those = [(seen.tags[place], _kind(seen, place)) for place in range(count)]
    known = {one: one[0] in said or not _called(one[1]).isdisjoint(said) for one in set(those)}
    firsts = {one: _first_said(one[1], goal) for one in known}
    least = min((at for at in firsts.values() if at >= 0), default=-1)
    rows = {
        one: (known[one], firsts[one] / GOAL if firsts[one] >= 0 else 1.0, firsts[one] == least >= 0) for one in known
    }
    return np.array([rows[one] for one in those], np.float32).reshape(count, KINDS)


def _first_said(kind: str, goal: Sequence[Word]) -> int:
    """The first place of a word for it, or -1. "The text in the textarea, into the textbox": "text" speaks of a field
    only where no other word does.
    """
    places = {one.folded: at for at, one in reversed(list(enumerate(goal))) if one.folded in _called(kind)}
    if len(places) > 1:
        places.pop("text", None)
    return min(places.values(), default=-1)


def called_by_kind(goal: Sequence[Word], seen: Snapshot, names: Sequence[Name]) -> dict[int, str]:
    """Elements of a kind that the goal says in quotation marks, as it says a name ('a "radio" widget'), and what it
    calls them; none where something is called so. Mere text on a page is of no kind: who says "text" means a field.
    """
    called = {name.spelled for name in names}
    said = {_TWO.get(" ".join(run), " ".join(run)): " ".join(run) for run in quotations(goal) if run not in called}
    meant = {kind: phrase for kind, phrase in said.items() if kind in _KNOWN}
    if not meant:
        return {}
    found: dict[int, str] = {}
    for place in range(len(names)):
        kind = _kind(seen, place)
        if kind in _SAID:
            word = kind if kind in meant else min((_called(kind) & meant.keys()) - _SAID.keys(), default="")
            if word:
                found[place] = meant[word]
    return found


def quotations(goal: Sequence[Word]) -> set[tuple[str, ...]]:
    """What stands in quotation marks, word by word."""
    found: set[tuple[str, ...]] = set()
    run: list[str] = []
    for one in (*goal, None):
        if one is not None and one.quoted:
            run.append(one.folded)
        elif run:
            found.add(tuple(run))
            run = []
    return found


def bound(goal: Sequence[Word], seen: Snapshot, count: int) -> np.ndarray:
    """[G, E], bool: a word that says which of several, and the elements it fits: of each role that one, or only of the
    kind that is named behind it.
    """
    found = np.zeros((len(goal), count), bool)
    said = {at: number for at in range(len(goal)) if (number := words.place_said(goal, at))}
    if not said:
        return found
    kinds = {at: _kind_behind(goal, at) for at in said}
    all_kinds = [_kind(seen, place) for place in range(count)]
    for place, own in enumerate(ordinals(all_kinds)):
        called = _called(all_kinds[place])
        for at, number in said.items():
            kind = kinds[at]
            found[at, place] = number in own and (not kind or kind in called)
    fits = [bool(row.any()) for row in found]
    for at, number in said.items():  # a kind of which there is none so named: then any
        if kinds[at] and not fits[at]:
            found[at] = [number in own for own in ordinals(seen.roles[:count])]
    return found


def _kind_behind(goal: Sequence[Word], at: int) -> str:
    """The nearest word behind it that names a kind, before another number is said; "" for none."""
    said = [one.folded for one in goal[at + 1 : at + 2 + _NEAR]]
    for place, word in enumerate(said[:_NEAR]):
        if words.place_said(goal, at + 1 + place):
            return ""
        kind = _TWO.get(" ".join(said[place : place + 2]), word)
        if kind in _KNOWN:
            return kind
    return ""
