"""Which kinds of things a goal speaks of, and which of several it means: "the checkbox", "the 3rd text field". Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from byhand.events.kinds import Snapshot
from byhand.models import words
from byhand.models.arrays import Floats
from byhand.models.placed import ordinals
from byhand.models.words import Word

_KINDS = {
    "textbox": "text textbox textboxes field fields input inputs", "searchbox": "search searchbox field",
    "listbox": "list listbox", "combobox": "dropdown dropdowns list select combobox", "checkbox": "checkbox checkboxes",
    "button": "button buttons", "radio": "radio radios", "link": "link links", "tab": "tab tabs",
    "img": "image images picture pictures icon icons", "slider": "slider sliders", "spinbutton": "spinner number",
    "menuitem": "menu item items", "option": "option options", "heading": "heading title", "cell": "cell cells",
    "table": "table", "row": "row rows", "listitem": "item items",
}  # fmt: skip
_SAID = {role: frozenset((role, *said.split())) for role, said in _KINDS.items()}
_KNOWN: frozenset[str] = frozenset[str]().union(*_SAID.values())
_NEAR = 3
"""So many words behind a number the kind is named that it counts: "the 3rd large text field"."""


def _called(role: str, tag: str) -> frozenset[str]:
    """A field of many lines is no "text" field."""
    return frozenset((tag, "area", "areas")) if tag == "textarea" else _SAID.get(role, frozenset((role,)))


def kinds_said(goal: Sequence[Word], seen: Snapshot, count: int) -> Floats:
    """[E, 1]: the goal says what kind of thing it is. Of its first `count` elements."""
    said = {one.folded for one in goal}
    found = np.zeros((count, 1), np.float32)
    for place, (role, tag) in enumerate(zip(seen.roles[:count], seen.tags[:count], strict=False)):
        found[place] = tag in said or not _called(role, tag).isdisjoint(said)
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
    for place, own in enumerate(ordinals(seen.roles[:count])):
        called = _called(seen.roles[place], seen.tags[place])
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
    for place in range(at + 1, min(at + 1 + _NEAR, len(goal))):
        if words.place_said(goal, place):
            return ""
        if goal[place].folded in _KNOWN:
            return goal[place].folded
    return ""
