"""What a role means for the look of a box: may it hold other people's words, does it only hold others?

Roles are AT-SPI's names, and a few of our own for what no tree tells. A role in none of these counts as a text field:
what is not known is the worst.
"""

from __future__ import annotations

from typing import Final

COVERED: Final = "covered"
"""Another program's window over the focused one (`capture.x11.camera` adds them)."""
POPUP: Final = "popup"
"""The same for a menu or list that the focused program itself has opened over its window."""

LOOKED: Final = "looked through"
"""An area that `vision` has looked through: what it did not find there is plain. Without it nothing is proven plain."""
FOUND = {"text": "text found", "picture": "picture found", "code": "code found", "face": "face found"}
"""What `vision` calls its finds -> the role of their boxes."""

SECRETS = frozenset({"password text"})
PICTURES = frozenset({"image", "icon", "canvas", "video", "animation", "drawing area", "image map", "chart"})
LABELS = frozenset({"static", "label"})
TEXTS = LABELS | {
    "paragraph", "heading", "caption", "block quote", "description term", "description value", "footnote", "list item",
    "table cell", "table column header", "table row header", "column header", "row header", "table row", "tree item",
    "tool tip", "status bar", "notification", "info bar", "log", "marquee", "timer", "math", "comment", "mark",
    "content deletion", "content insertion", "suggestion", "definition", "subscript", "superscript",
}  # fmt: skip
PROSE = frozenset({
    "paragraph", "block quote", "comment", "document text", "document email", "terminal", "log", "footnote",
})  # fmt: skip
"""What people write to each other. No word in it is a label."""
MENU_ITEMS = frozenset({"menu item", "check menu item", "radio menu item", "tearoff menu item"})
# Roles that may ever show. Not here: combo boxes and spin buttons, whose pixels hold a value besides the name.
SHOWABLE = MENU_ITEMS | {
    "push button", "button", "toggle button", "check box", "radio button", "menu", "page tab", "switch",
    "push button menu", "link",
}  # fmt: skip
QUOTABLE = LABELS | {
    "heading", "list item", "tree item", "table cell", "table column header", "column header", "row header",
    "table row header",
}  # fmt: skip
"""Texts that may show where their words were cleared and they lie in no prose."""
CONTROLS = SHOWABLE | {"slider", "scroll bar", "progress bar", "level bar", "rating", "arrow", "dial", "separator"}
BARS = frozenset({"tool bar", "menu bar", "page tab list", "title bar", "header", "footer"})
PAGES = frozenset({
    "document web", "document frame", "document email", "list", "list box", "table", "tree", "tree table", "dialog",
    "alert", "file chooser",
})  # fmt: skip
HOLDERS = frozenset({
    "frame", "window", "panel", "filler", "section", "form", "grouping", "scroll pane", "split pane", "viewport",
    "layered pane", "root pane", "glass pane", "option pane", "internal frame", "application", "landmark", "article",
    "redundant object", "directory pane", "desktop frame", "embedded", "html container", "description list", "page",
    "figure",
})  # fmt: skip
BARE = HOLDERS | BARS | PAGES
"""Roles without words of their own."""
