"""What was done in a desktop program, told as it would be of a page. Pure.

A list of a window tells nothing of what was chosen in it: only that it was pressed, and then an option in a menu of its
own. An option that lies where the list itself does is told as a second press of the list, or with the first as a double
one; a press that nobody answered for is not told at all. Then something was chosen, and what is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from byhand.workflows.compiling.doing import Did
from byhand.workflows.compiling.things import Thing, same
from byhand.workflows.compiling.values import Value, masked
from byhand.workflows.program import Evidence

_PRESSES = frozenset({"press", "press twice"})
_OPTIONS = frozenset({"menuitem", "option", "listitem", "menuitemradio"})


def chosen(acts: Sequence[Did]) -> list[Did]:
    """With choices in the lists of windows; all else as it is."""
    found: list[Did] = []
    place = 0
    while place < len(acts):
        act = acts[place]
        opened = _list(act)
        place += 1
        if opened is None:
            found.append(act)
            continue
        after = acts[place] if place < len(acts) and act.verb == "press" else None
        value = Value("", known=False)
        if after is not None and after.verb == "press" and after.thing is not None and after.app == act.app:
            if after.thing.role in _OPTIONS:
                name = after.thing.name
                value = Value(name, bool(name) and not masked(name))
                act, place = after, place + 1
            elif same(after.thing, opened):
                act, place = after, place + 1
        found.append(replace(act, verb="choose", thing=opened, value=value, kind="choice"))
    return found


def _list(act: Did) -> Thing | None:
    on = act.thing
    return on if on is not None and on.app and act.verb in _PRESSES and on.role == "combobox" else None


def nameless(targets: Sequence[Evidence]) -> list[str]:
    """A sentence for each that can't be found again by what was kept of it: a person has to say what it is called."""
    return [
        f'what "{one.called}" is called was not kept: write its name into targets'
        for one in targets
        if one.app and not (one.name or one.label or one.near or one.row)
    ]
