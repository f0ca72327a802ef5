"""What an element is: a secret field, a control whose name may be kept, or neither.

Rules of this module: roles and states are kept only where AT-SPI defines them, because a program could write anything
there. A name is kept only of a control, and only if `text.cleaner` clears it. Whatever has been a secret field once
stays one: a page that shows the password turns it into a plain entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from byhand.events.kinds import Element
from byhand.events.raw import RawElement
from byhand.privacy.text.addresses import Page
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.lists import parts_of
from byhand.privacy.text.normal import normal
from byhand.privacy.text.screen import OPTIONS
from byhand.privacy.text.types import At

PASSWORD = "password field"  # noqa: S105  # a reason, not a secret
NO_TREE = "no accessibility tree"

CONTROLS = frozenset({
    "push button", "button", "toggle button", "push button menu", "check box", "radio button", "switch", "menu",
    "menu item", "check menu item", "radio menu item", "tearoff menu item", "page tab", "link", "slider", "scroll bar",
    "icon", "table column header", "column header", "accelerator label",
})  # fmt: skip
"""Roles a person acts on, whose name says what the act is."""

INPUTS = frozenset({
    "entry", "text", "combo box", "spin button", "date editor", "autocomplete", "editbar", "password text", "terminal",
})  # fmt: skip
"""Roles one types into. Their name is their label, never their value."""

NAMED = CONTROLS | INPUTS - {"terminal"} | OPTIONS
"""Roles whose name may be kept."""

_ROLES = NAMED | frozenset({
    "alert", "animation", "application", "arrow", "article", "audio", "block quote", "calendar", "canvas", "caption",
    "chart", "color chooser", "comment", "content deletion", "content insertion", "definition", "description list",
    "description term", "description value", "desktop frame", "desktop icon", "dial", "dialog", "directory pane",
    "document email", "document frame", "document presentation", "document spreadsheet", "document text",
    "document web", "drawing area", "embedded", "extended", "file chooser", "filler", "focus traversable",
    "font chooser", "footer", "footnote", "form", "frame", "glass pane", "grouping", "header", "heading",
    "html container", "image", "image map", "info bar", "input method window", "internal frame", "landmark",
    "layered pane", "level bar", "list", "list box", "log", "mark", "marquee", "math", "math fraction", "math root",
    "menu bar", "notification", "option pane", "page", "page tab list", "panel", "paragraph", "popup menu",
    "progress bar", "rating", "redundant object", "root pane", "row header", "ruler", "scroll pane", "section",
    "separator", "split pane", "status bar", "subscript", "suggestion", "superscript", "table", "table cell",
    "table row", "table row header", "terminal", "timer", "title bar", "tool bar", "tool tip", "tree", "tree table",
    "video", "viewport", "window",
})  # fmt: skip

_STATES = frozenset({
    "active", "armed", "busy", "checked", "collapsed", "disabled", "editable", "enabled", "expandable", "expanded",
    "focusable", "focused", "has popup", "has tooltip", "horizontal", "iconified", "indeterminate", "invalid entry",
    "is default", "modal", "multi line", "multiselectable", "opaque", "pressed", "read only", "required",
    "resizable", "selectable", "selectable text", "selected", "sensitive", "showing", "single line", "stale",
    "supports autocompletion", "transient", "truncated", "vertical", "visible", "visited", "checkable", "unnamed",
})  # fmt: skip

_MOST_NAME = 200  # a label longer than this is no label; what is looked at must stay small
_MOST_PATH = 40

Place = tuple[int, str, tuple[int, ...]]


def secret(element: RawElement) -> bool:
    """Is this a field whose content is a secret? Judged by its role and its label."""
    role = element.role
    if "password" in role.casefold() or (element.dom is not None and element.dom.secret):
        return True
    typed = role in INPUTS or "editable" in element.states or role not in _ROLES
    return typed and names_a_secret(element.name)


def names_a_secret(label: str) -> bool:
    """Is this what a field for a secret is called?"""
    # Only the start counts: a label of a megabyte must not cost a second.
    return _secret_labels().search(_folded(label[:_MOST_NAME])) is not None


def place(element: RawElement) -> Place:
    """What makes two looks at an element looks at the same one. Not its role: a password that is shown changes that."""
    return element.window, element.url.partition("#")[0][:2000], tuple(index for _, index in element.path[:_MOST_PATH])


def leaves_on_tab(element: RawElement) -> bool:
    """Does Tab move the focus away from it? Not where it may be a character of the text."""
    return "multi line" not in element.states and "multi-line" not in element.states and element.role not in (
        "terminal", "paragraph", "section",
    )  # fmt: skip


def chosen(element: RawElement) -> bool:
    """Is it a field of a page whose value is one of its options, and nothing one types?"""
    tag = element.dom.tag if element.dom is not None else ""
    return tag == "select" or (element.role in ("combo box", "list box") and tag not in ("input", "textarea"))


def states(given: Sequence[str]) -> tuple[str, ...]:
    """Those that AT-SPI defines, and the observer's own."""
    return tuple(state for state in given if state in _STATES)


def known_role(role: str) -> bool:
    """Does AT-SPI define it? A program could write anything there."""
    return role in _ROLES


def kept(element: RawElement, page: Page, words: Cleaner, *, is_secret: bool, others: bool) -> Element:
    """The element as it may be written.

    Args:
        element: of a listed program.
        page: where it lies, already a listed site or none.
        words: what clears its name.
        is_secret: by `secret`, or because it once was.
        others: what it says is other people's words (`rules.others`); never where `words` are public.
    """
    role = element.role if element.role in _ROLES else "unknown"
    name, by = "", "actions.element"
    if is_secret:
        by = "actions.element.secret"
    elif others and element.name:
        by = "actions.element.others"
    elif element.name:
        if (words.public or role in NAMED) and words.clears(element.name, At("element", role=role)):
            name = words.shown(element.name)
            by = "actions.element.public" if words.public else by
        else:
            by = "actions.element.masked"
    return Element(
        element.server_ms,
        element.mono_ns,
        by,
        element.why,
        role,
        name,
        states(element.states),
        element.x,
        element.y,
        element.w,
        element.h,
        "/".join(f"{part if part in _ROLES else 'unknown'}[{index}]" for part, index in element.path[-_MOST_PATH:]),
        page.origin,
        page.path,
    )


@cache
def _secret_labels() -> re.Pattern[str]:
    lists = parts_of((files("byhand.privacy.rules") / "secret_labels.txt").read_text(encoding="utf-8"))
    whole = "|".join(re.escape(_folded(entry)).replace("\\ ", " ?") for entry in lists["words"])
    inside = "|".join(re.escape(_folded(entry)) for entry in lists["anywhere"])
    return re.compile(rf"\b(?:{whole})s?\b|{inside}")


def _folded(label: str) -> str:
    """Lower case without accents, signs turned to spaces: "E-Mail-Paßwort:" -> "e mail passwort"."""
    # camelCase and snake_case come from pages whose only label is a field's own name.
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", normal(label).text)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", spaced.casefold().replace("ı", "i"))
        if not unicodedata.combining(letter)
    )
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())
