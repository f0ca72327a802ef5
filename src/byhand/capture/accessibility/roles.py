"""AT-SPI's numbers for roles and states, and which roles we treat alike.

Numbers, not names, are asked of a program: names differ between versions of the same toolkit ("push button", "button").
The order is that of `AtspiRole` and `AtspiStateType` in at-spi2-core's atspi-constants.h, which only ever grows.
"""

from __future__ import annotations

ROLES: tuple[str, ...] = (
    "invalid", "accelerator label", "alert", "animation", "arrow", "calendar", "canvas", "check box",
    "check menu item", "color chooser", "column header", "combo box", "date editor", "desktop icon",
    "desktop frame", "dial", "dialog", "directory pane", "drawing area", "file chooser", "filler",
    "focus traversable", "font chooser", "frame", "glass pane", "html container", "icon", "image", "internal frame",
    "label", "layered pane", "list", "list item", "menu", "menu bar", "menu item", "option pane", "page tab",
    "page tab list", "panel", "password text", "popup menu", "progress bar", "push button", "radio button",
    "radio menu item", "root pane", "row header", "scroll bar", "scroll pane", "separator", "slider", "spin button",
    "split pane", "status bar", "table", "table cell", "table column header", "table row header",
    "tearoff menu item", "terminal", "text", "toggle button", "tool bar", "tool tip", "tree", "tree table",
    "unknown", "viewport", "window", "extended", "header", "footer", "paragraph", "ruler", "application",
    "autocomplete", "editbar", "embedded", "entry", "chart", "caption", "document frame", "heading", "page",
    "section", "redundant object", "form", "link", "input method window", "table row", "tree item",
    "document spreadsheet", "document presentation", "document text", "document web", "document email", "comment",
    "list box", "grouping", "image map", "notification", "info bar", "level bar", "title bar", "block quote",
    "audio", "video", "definition", "article", "landmark", "log", "marquee", "math", "rating", "timer", "static",
    "math fraction", "math root", "subscript", "superscript", "description list", "description term",
    "description value", "footnote", "content deletion", "content insertion", "mark", "suggestion",
    "push button menu", "switch",
)  # fmt: skip

STATES: tuple[str, ...] = (
    "invalid", "active", "armed", "busy", "checked", "collapsed", "defunct", "editable", "enabled", "expandable",
    "expanded", "focusable", "focused", "has tooltip", "horizontal", "iconified", "modal", "multi line",
    "multiselectable", "opaque", "pressed", "resizable", "selectable", "selected", "sensitive", "showing",
    "single line", "stale", "transient", "vertical", "visible", "manages descendants", "indeterminate", "required",
    "truncated", "animated", "invalid entry", "supports autocompletion", "selectable text", "is default", "visited",
    "checkable", "has popup", "read only",
)  # fmt: skip

FOCUSED = STATES.index("focused")
SHOWING = STATES.index("showing")
ACTIVE = STATES.index("active")

PASSWORD = "password text"  # noqa: S105  # a role, not a secret
LABELLED_BY = 2  # AtspiRelationType

INPUTS = frozenset(
    {"entry", "text", PASSWORD, "combo box", "spin button", "date editor", "autocomplete", "editbar", "slider"}
)
"""Roles whose own name may be empty and whose label is another element."""

MENU_ITEMS = frozenset({"menu", "menu item", "check menu item", "radio menu item", "tearoff menu item"})

ACTS = INPUTS | {
    "check box", "check menu item", "link", "list item", "menu", "menu item", "page tab", "push button",
    "push button menu", "radio button", "radio menu item", "switch", "toggle button", "tree item", "icon",
}  # fmt: skip
"""Roles a person means when they press. A press on a text or picture inside one of these is a press on it."""

PAGES = frozenset(role for role in ROLES if role.startswith("document "))
"""Roles that have an address."""

LAYOUT = PAGES | {
    "application", "filler", "form", "frame", "glass pane", "grouping", "internal frame", "landmark",
    "layered pane", "list", "menu bar", "page tab list", "panel", "redundant object", "root pane", "scroll pane",
    "section", "split pane", "table", "table row", "tool bar", "tree", "tree table", "unknown", "viewport",
    "window",
}  # fmt: skip
"""Roles that only hold others: when a hit test ends in one of these, it may have stopped too early."""


def role_name(number: int) -> str:
    """A role by its number; one that is newer than this list is "unknown"."""
    return ROLES[number] if 0 <= number < len(ROLES) else "unknown"


def state_names(words: tuple[int, ...]) -> tuple[str, ...]:
    """States from the two 32-bit words AT-SPI packs them in."""
    bits = sum(word << 32 * place for place, word in enumerate(words[:2]))
    return tuple(name for place, name in enumerate(STATES) if bits >> place & 1)
