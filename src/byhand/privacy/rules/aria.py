"""What pages may be made of, as the standards define it: roles, tags, and the forms of what a field holds.

Rule of this module: a page could write anything there, and the extension's word for it is not taken. What stands in
none of these lists is not kept. Roles: WAI-ARIA 1.3 and what browsers add to it; tags: the HTML standard, and what of
SVG and MathML can be met.
"""

from __future__ import annotations

import re
from typing import Final

AT_SPI: Final = {
    "alert": "notification", "alertdialog": "dialog", "application": "embedded", "article": "article",
    "banner": "landmark", "blockquote": "block quote", "button": "push button", "caption": "caption",
    "cell": "table cell", "checkbox": "check box", "code": "static", "columnheader": "column header",
    "combobox": "combo box", "comment": "comment", "complementary": "landmark", "contentinfo": "landmark",
    "definition": "description value", "deletion": "content deletion", "dialog": "dialog", "directory": "list",
    "document": "document frame", "emphasis": "static", "feed": "panel", "figure": "panel", "form": "form",
    "generic": "section", "grid": "table", "gridcell": "table cell", "group": "grouping", "heading": "heading",
    "image": "image", "img": "image", "insertion": "content insertion", "label": "label", "legend": "label",
    "link": "link", "list": "list", "listbox": "list box", "listitem": "list item", "log": "log", "main": "landmark",
    "mark": "mark", "marquee": "marquee", "math": "math", "menu": "menu", "menubar": "menu bar",
    "menuitem": "menu item", "menuitemcheckbox": "check menu item", "menuitemradio": "radio menu item",
    "meter": "level bar", "navigation": "landmark", "none": "redundant object", "note": "comment",
    "option": "list item", "paragraph": "paragraph", "presentation": "redundant object",
    "progressbar": "progress bar", "radio": "radio button", "radiogroup": "grouping", "region": "landmark",
    "row": "table row", "rowgroup": "grouping", "rowheader": "row header", "scrollbar": "scroll bar",
    "search": "landmark", "searchbox": "entry", "sectionfooter": "footer", "sectionheader": "header",
    "separator": "separator", "slider": "slider", "spinbutton": "spin button", "status": "status bar",
    "strong": "static", "subscript": "subscript", "suggestion": "suggestion", "superscript": "superscript",
    "switch": "switch", "tab": "page tab", "table": "table", "tablist": "page tab list", "tabpanel": "scroll pane",
    "term": "description term", "text": "static", "textbox": "entry", "time": "static", "timer": "timer",
    "toolbar": "tool bar", "tooltip": "tool tip", "tree": "tree", "treegrid": "tree table", "treeitem": "tree item",
}  # fmt: skip
"""ARIA role -> the AT-SPI role by which the guard's rules know it."""

TAGS: Final = frozenset({
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
    "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data", "datalist",
    "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure",
    "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup",
    "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map",
    "mark", "marquee", "math", "menu", "meta", "meter", "nav", "noscript", "object", "ol", "optgroup", "option",
    "output", "p", "param", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "search",
    "section", "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup",
    "svg", "table", "tbody", "td", "template", "text", "textarea", "tfoot", "th", "thead", "time", "title", "tr",
    "track", "tspan", "tt", "u", "ul", "use", "var", "video", "wbr", "circle", "ellipse", "g", "image", "line",
    "path", "polygon", "polyline", "rect", "symbol", "defs", "foreignobject",
})  # fmt: skip

_HOLDS: Final = re.compile(
    r"empty|\d{1,6} characters?|checked|unchecked|mixed|option \d{1,5} of \d{1,5}|\d{1,5} options?|date|time|colour"
    r"|number|\d{1,4} files?|on|off|(?:text|html|files)(?:,? (?:text|html|files)){0,2}"
)


def at_spi(role: str) -> str:
    """The AT-SPI role of an ARIA role, "unknown" for one that no standard defines."""
    return AT_SPI.get(role, "unknown")


def role(role: str) -> str:
    """The ARIA role, if a standard defines it, else ""."""
    return role if role in AT_SPI else ""


def tag(tag: str) -> str:
    """The tag, if a standard defines it, else "": a page names its own elements."""
    return tag if tag in TAGS else ""


def holds(said: str) -> str:
    """What kind of thing a field holds, if it is said in one of the forms there are for it, else ""."""
    return said if _HOLDS.fullmatch(said) else ""
