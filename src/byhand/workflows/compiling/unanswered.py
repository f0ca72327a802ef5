"""A press in a window that no element was told for, since the machine was busy: known by what was drawn there. Pure.

Rules of this module: only where the window's boxes before it show a control at that place, and nothing was open that
could have lain over it. What is typed next went into that field, also where another one is told to have the keyboard.
"""

from __future__ import annotations

from msgspec.structs import replace

from byhand.episodes.types import Action, Target
from byhand.workflows.compiling.sight import Sight

_CONTROLS = frozenset({
    "push button", "toggle button", "text", "entry", "password text", "check box", "radio button", "combo box",
    "spin button", "page tab", "table cell", "list item", "link", "switch",
})  # fmt: skip
_FIELDS = frozenset({"text", "entry", "password text", "spin button"})
_OPENS = frozenset({"combo box", "menu", "menu bar", "push button menu"})
_PRESSES = frozenset({"click", "double_click", "triple_click"})
_TYPES = frozenset({"type", "key", "hotkey"})


class Unanswered:
    """One demonstration's presses, in order."""

    def __init__(self) -> None:
        self._last: Target | None = None
        self._field: Target | None = None

    def filled(self, action: Action, before: Sight | None) -> Action:
        """The act, with the target it must have had."""
        if action.origin or not action.app:
            self._last = self._field = None
            return action
        if action.op in _TYPES:
            field = self._field
            told = action.target
            return action if field is None or (told and told.box == field.box) else replace(action, target=field)
        if action.op not in _PRESSES:
            return action
        self._field = None
        if action.target is None and before is not None and (self._last is None or self._last.role not in _OPENS):
            found = before.beneath(action.x, action.y)
            if found is not None and found.role in _CONTROLS:
                self._field = found if found.role in _FIELDS else None
                action = replace(action, target=found)
        self._last = action.target
        return action
