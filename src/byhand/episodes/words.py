"""Actions in plain words, for instructions, guides and names of routines. Pure; tells only what an action holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from byhand.episodes.types import Action, Step, Target

_THINGS = {
    "entry": "field", "password text": "field", "spin button": "field", "date editor": "field", "combo box": "list",
    "push button": "button", "toggle button": "button", "check box": "box", "radio button": "option", "page tab": "tab",
    "menu item": "menu item", "link": "link", "list item": "item", "section": "part", "document web": "page",
}  # fmt: skip
_NAMED = frozenset({"push button", "toggle button", "menu item", "link", "page tab", "radio button", "list item"})
_FORM = frozenset({"type", "select", "check", "uncheck", "upload"})
_MOST = 40


class Writer(Protocol):
    """Puts into words what an episode is for; "" leaves it to the template. Ours is `template`; one that asks a model
    is wired in by whoever may.
    """

    by: str

    def instruction(self, steps: Sequence[Step]) -> str: ...


class Template:
    """Words made from the actions alone."""

    by = "template"

    def instruction(self, steps: Sequence[Step]) -> str:
        return instruction([step.action for step in steps])


def instruction(acts: Sequence[Action]) -> str:
    """One sentence of what they do: "fill in the form on invoices.example and choose Save"."""
    told = [act for act in acts if act.op not in ("wait", "scroll", "hover")]
    if not told:
        return "look around"
    if len(told) <= 2:
        return " and ".join(dict.fromkeys(sentence(act) for act in told))
    place = _place(told)
    fills = sum(act.op in _FORM for act in told)
    last = next((act for act in reversed(told) if act.op not in ("tab", "window")), told[-1])
    if fills >= 2:
        ending = "" if last.op in _FORM else f" and {sentence(last)}"
        return f"fill in the form{place}{ending}"
    first = next((act for act in told if act.op not in ("navigate", "tab", "window")), told[0])
    return f"{sentence(first)}{place}, and {len(told) - 2} more, then {sentence(last)}" if first is not last else (
        f"{sentence(first)}{place}"
    )  # fmt: skip


def sentence(act: Action) -> str:
    """One action: "choose Save", "type into Name"."""
    thing = called(act.target)
    match act.op:
        case "click":
            return (
                f"choose {thing}" if act.target and act.target.role in _NAMED and act.target.name else f"click {thing}"
            )
        case "double_click" | "triple_click" | "right_click" | "middle_click":
            return f"{act.op.replace('_', '-')} {thing}"
        case "drag":
            return f"drag {thing}" + (f" to {called(act.to)}" if act.to else "")
        case "type":
            return f"type into {thing}"
        case "key" | "hotkey":
            return f"press {'+'.join(key if key.strip() else 'Space' for key in act.keys)}"
        case "select":
            return f"choose {_short(act.text)} in {thing}" if act.text and not act.masked else f"choose in {thing}"
        case "check" | "uncheck":
            return f"{act.op} {thing}"
        case "upload":
            return f"add a file to {thing}"
        case "navigate":
            return f"go to {_site(act) or 'another page'}"
        case "window":
            return f"go to {act.app or 'another window'}"
        case "tab":
            return "go to another tab"
        case "scroll":
            return "scroll" + (" up" if act.dy < 0 else " down" if act.dy > 0 else "")
        case "hover":
            return f"rest on {thing}"
        case "wait":
            return "wait"


def called(found: Target | None) -> str:
    """What a target is called: by its name, else by what it is."""
    if found is None:
        return "there"
    if found.name:
        return _short(found.name)
    thing = _THINGS.get(found.role, found.role or "part")
    return f"a {thing}" + (f" at {_short(found.near)}" if found.near else "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"


def _site(act: Action) -> str:
    return act.origin.partition("://")[2] or act.origin


def _place(acts: Sequence[Action]) -> str:
    places = list(dict.fromkeys(_site(act) or act.app for act in acts))
    known = [place for place in places if place]
    return f" on {known[0]}" if len(known) == 1 else f" on {known[0]} and {known[1]}" if len(known) == 2 else ""
