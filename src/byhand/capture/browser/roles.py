"""What ARIA calls an element, as AT-SPI calls it on the desktop, so that one list of roles judges both.

Source: W3C Core Accessibility API Mappings 1.2, the ATK column, and what Chromium's own AT-SPI tree shows for the same
elements. A role that is not here is "unknown": the guard then assumes the worst.
"""

from __future__ import annotations

from collections.abc import Sequence

_ROLES: dict[str, str] = {
    "alert": "notification", "alertdialog": "alert", "application": "embedded", "article": "article",
    "banner": "landmark", "blockquote": "block quote", "button": "push button", "caption": "caption",
    "cell": "table cell", "checkbox": "check box", "code": "static", "columnheader": "column header",
    "combobox": "combo box", "comment": "comment", "complementary": "landmark", "contentinfo": "landmark",
    "definition": "description value", "deletion": "content deletion", "dialog": "dialog", "directory": "list",
    "document": "document web", "emphasis": "static", "feed": "panel", "figure": "panel", "form": "form",
    "generic": "section", "grid": "table", "gridcell": "table cell", "group": "panel", "heading": "heading",
    "iframe": "internal frame", "image": "image", "img": "image", "insertion": "content insertion", "label": "label",
    "labeltext": "label", "link": "link", "list": "list", "listbox": "list box", "listitem": "list item", "log": "log",
    "main": "landmark", "mark": "mark", "marquee": "marquee", "math": "math", "menu": "menu", "menubar": "menu bar",
    "menuitem": "menu item", "menuitemcheckbox": "check menu item", "menuitemradio": "radio menu item",
    "meter": "level bar", "navigation": "landmark", "none": "section", "note": "comment", "option": "list item",
    "paragraph": "paragraph", "presentation": "section", "progressbar": "progress bar", "radio": "radio button",
    "radiogroup": "panel", "region": "landmark", "row": "table row", "rowgroup": "panel", "rowheader": "row header",
    "scrollbar": "scroll bar", "search": "landmark", "searchbox": "entry", "separator": "separator",
    "slider": "slider", "spinbutton": "spin button", "status": "status bar", "strong": "static",
    "subscript": "subscript", "suggestion": "suggestion", "superscript": "superscript", "switch": "switch",
    "tab": "page tab", "table": "table", "tablist": "page tab list", "tabpanel": "scroll pane",
    "term": "description term", "textbox": "entry", "time": "static", "timer": "timer", "toolbar": "tool bar",
    "tooltip": "tool tip", "tree": "tree", "treegrid": "tree table", "treeitem": "tree item",
    "rootwebarea": "document web", "video": "video", "audio": "audio", "canvas": "canvas",
}  # fmt: skip
_IN_A_MENU = frozenset({"combobox", "menu", "menubar"})
_DATES = frozenset({"date", "datetime-local", "month", "time", "week"})

_STATES: dict[str, str] = {
    "multiline": "multi line", "multi-line": "multi line", "multiselectable": "multiselectable",
    "readonly": "read only", "read-only": "read only", "haspopup": "has popup", "has-popup": "has popup",
    "mixed": "indeterminate", "invalid": "invalid entry", "current": "active", "autocomplete":
    "supports autocompletion", "default": "is default",
}  # fmt: skip
_NO_FIELD = frozenset({"read only", "disabled"})


def role(aria: str, *, kind: str = "", tag: str = "", above: Sequence[str] = (), states: Sequence[str] = ()) -> str:
    """The AT-SPI name of a role.

    Args:
        aria: the ARIA role.
        kind: `type` of an input.
        tag: HTML tag in lower case.
        above: ARIA roles of what it lies in, outermost first.
        states: as told, ARIA's names.
    """
    if kind == "password":
        return "password text"
    if kind in _DATES and tag == "input":
        return "date editor"
    if aria == "option" and above and above[-1] in _IN_A_MENU:
        return "menu item"  # Chromium: the options of a closed <select> are those of its menu
    if aria == "button" and "pressed" in states and tag != "summary":
        return "toggle button"
    return _ROLES.get(aria, "unknown")


def states(told: Sequence[str], role: str) -> tuple[str, ...]:
    """States in AT-SPI's words. What can be typed into is "editable", what is not disabled is "enabled"."""
    found = dict.fromkeys(_STATES.get(one, one) for one in told)
    if role in ("entry", "password text", "spin button", "date editor") and not _NO_FIELD & found.keys():
        found["editable"] = None
    if found.pop("disabled", "") == "":
        found["enabled"] = found["sensitive"] = None
    return tuple(found)
