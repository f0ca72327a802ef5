"""What went wrong on the way and was put right, and what skills an episode shows. Pure.

Rules of this module: errors and what repaired them stay in, and are named: somebody who learns from them needs both.

    error       a step that was taken back, or that something complained about
    recovery    what took it back: undo, going back, closing what complained
    correction  a field, box or choice that was set once more
    redundant   a setting that a later one replaced, or the same thing done again to no effect
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from byhand.episodes.seen import Placed
from byhand.episodes.types import Action, Step
from byhand.events.kinds import Element

_UNDO = frozenset({("Control", "z"), ("Meta", "z")})
_SENDS = frozenset({("Enter",), ("Control", "Enter"), ("Meta", "Enter"), ("Control", "s"), ("Meta", "s")})
_BACK = frozenset({("Alt", "ArrowLeft"), ("BrowserBack",), ("Meta", "[")})
_BACK_NAMES = frozenset({"back", "go back", "undo", "previous", "zurück", "rückgängig"})
_CLOSES = frozenset({"cancel", "close", "ok", "dismiss", "schließen", "abbrechen"})
_WRONG = re.compile(r"\b(?:error|failed|failure|invalid|wrong|not found|fehler|ungültig)\b", re.IGNORECASE)
_DIALOGS = frozenset({"alert", "dialog", "notification"})
_SETS = frozenset({"type", "select", "check", "uncheck"})
_COPIES = frozenset({("Control", "c"), ("Control", "v"), ("Control", "x"), ("Meta", "c"), ("Meta", "v"), ("Meta", "x")})


def tagged(steps: Sequence[Step], opened: Sequence[Placed[Element]]) -> tuple[Step, ...]:
    """The steps with their tags.

    Args:
        steps: of one episode.
        opened: what opened meanwhile, in the order of places.
    """
    tags: list[set[str]] = [set(step.tags) for step in steps]
    _taken_back(steps, tags)
    _set_again(steps, tags)
    _complaints(steps, opened, tags)
    return tuple(
        replace(step, tags=tuple(sorted(found))) if found else step for step, found in zip(steps, tags, strict=True)
    )


def _taken_back(steps: Sequence[Step], tags: list[set[str]]) -> None:
    for place, step in enumerate(steps):
        act = step.action
        name = act.target.name.casefold() if act.target and act.op == "click" else ""
        if act.keys in _UNDO or act.keys in _BACK or name in _BACK_NAMES:
            tags[place].add("recovery")
            if place:
                tags[place - 1].add("error")


def _set_again(steps: Sequence[Step], tags: list[set[str]]) -> None:
    """A sent form is another form: what is set in it afterwards corrects nothing."""
    last: dict[tuple[object, ...], int] = {}
    for place, step in enumerate(steps):
        act = step.action
        key = _which(act)
        if _sends(act):
            last.clear()
        if act.op not in _SETS or key is None:
            continue
        before = last.get(key)
        if before is not None:
            old = steps[before].action
            tags[before].add("redundant" if (old.op, old.text) == (act.op, act.text) else "error")
            tags[place].add("correction")
        last[key] = place


def _sends(act: Action) -> bool:
    """May it have sent what was filled in? Pressing a button may; to call what came after a slip would be worse."""
    pressed = act.op == "click" and act.target is not None and act.target.role == "push button"
    return pressed or act.op in ("navigate", "tab") or act.keys in _SENDS


def _which(act: Action) -> tuple[object, ...] | None:
    found = act.target
    if found is None or found.role == "radio button":
        return None
    if found.node:
        return (act.tab, act.frame, act.page, found.node)
    return (act.app, found.role, found.name, found.box) if found.name or found.box else None


def _complaints(steps: Sequence[Step], opened: Sequence[Placed[Element]], tags: list[set[str]]) -> None:
    for seq, element in opened:
        if element.role not in _DIALOGS or not (_WRONG.search(element.name) or element.role == "alert"):
            continue
        place = next((at for at in range(len(steps) - 1, -1, -1) if steps[at].action.first < seq), None)
        if place is None:
            continue
        tags[place].add("error")
        if place + 1 < len(steps):
            after = steps[place + 1].action
            name = after.target.name.casefold() if after.target else ""
            if name in _CLOSES or after.keys == ("Escape",):
                tags[place + 1].add("recovery")


def skills(steps: Sequence[Step]) -> tuple[str, ...]:
    """What somebody who learns from it sees done, in the order of the alphabet."""
    found: set[str] = set()
    acts = [step.action for step in steps]
    for act in acts:
        role = act.target.role if act.target else ""
        if act.op == "select":
            date = role == "date editor" or (act.target is not None and act.target.holds in ("date", "time"))
            found.add("date" if date else "slider" if role == "slider" else "dropdown")
        elif act.op in ("check", "uncheck"):
            found.add("checkbox" if role != "radio button" else "radio")
        elif act.op == "hotkey":
            found.add("copy_paste" if act.keys in _COPIES else "shortcut")
        elif act.op in ("drag", "scroll", "hover", "upload", "wait"):
            found.add(act.op)
        elif role in ("menu item", "check menu item", "radio menu item"):
            found.add("menu")
    if sum(act.op in _SETS for act in acts) >= 2:
        found.add("form")
    if len({act.app for act in acts if act.app}) > 1:
        found.add("multi_app")
    if len({act.origin for act in acts if act.origin}) > 1:
        found.add("multi_site")
    if any(act.op == "tab" for act in acts) or len({act.tab for act in acts if act.tab}) > 1:
        found.add("tabs")
    if any(act.op == "key" and act.keys[-1] in ("Tab", "Enter") for act in acts):
        found.add("keyboard")
    if any("recovery" in step.tags or "correction" in step.tags for step in steps):
        found.add("recovery")
    return tuple(sorted(found))
