"""How elements are named: `button "Reply"`. Pure."""

from __future__ import annotations

from byhand.events.kinds import Element
from byhand.ui.words import shown

_ROLES = {
    "push button": "button", "toggle button": "toggle", "check box": "checkbox", "radio button": "option",
    "check menu item": "menu item", "radio menu item": "menu item", "page tab": "tab", "entry": "field",
    "text": "text area", "password text": "password field", "combo box": "dropdown", "list item": "item",
    "spin button": "number field", "table cell": "cell", "table row": "row", "document web": "page",
    "document frame": "page", "drawing area": "canvas", "tree item": "item", "push button menu": "menu button",
    "unknown": "", "filler": "", "panel": "", "section": "",
}  # fmt: skip


def thing(element: Element | None) -> str:
    """`button "Reply"`, or as much of it as is known: a role that says nothing is left out."""
    if element is None:
        return ""
    role = _ROLES.get(element.role, shown(element.role, 40))
    return " ".join(part for part in (role, f'"{shown(element.name)}"' if element.name else "") if part)
