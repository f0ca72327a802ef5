"""A step in plain words: `Choose "Germany" in the dropdown "Country"`. Pure.

Rules of this module: a reader is told what to do, not what was done. Words come in pieces, so that a page can set
names, texts and keys apart. What was not kept is asked of the reader by its kind, and never shown.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from byhand.datasets.formats.masked import PLACEHOLDER, is_masked, option_place
from byhand.episodes.types import Action, Target
from byhand.ui.words import shown

Kind = Literal["plain", "name", "text", "key", "yours"]


class Piece(NamedTuple):
    """kind: `name` of something on the screen, `text` to type, a `key`, or `yours`: what only the reader knows."""

    kind: Kind
    text: str


_ROLES = {
    "push button": "button", "toggle button": "button", "check box": "checkbox", "radio button": "option",
    "check menu item": "menu item", "radio menu item": "menu item", "page tab": "tab", "entry": "field",
    "text": "text area", "password text": "password field", "combo box": "dropdown", "list box": "list",
    "list item": "item", "spin button": "number field", "date editor": "date field", "table cell": "cell",
    "table row": "row", "document web": "page", "document frame": "page", "drawing area": "drawing",
    "tree item": "item",     "push button menu": "menu button",
    "editbar": "field", "document text": "text", "color chooser": "colour field",
    "unknown": "", "filler": "", "panel": "", "section": "", "static": "text", "label": "text", "paragraph": "text",
}  # fmt: skip
_YOURS = {
    "EMAIL": "an email address", "NAME": "a name", "CARD": "a card number", "PHONE": "a phone number",
    "NUMBER": "a number", "ADDRESS": "an address", "DATE": "a date", "IBAN": "an account number",
    "URL": "a web address",     "PASSWORD": "your password", "SECRET": "your secret",
    "PART": "your text", "ACCOUNT": "an account number",
}  # fmt: skip
_CAPS = {
    "Control": "Ctrl", "Meta": "Super", " ": "Space", "ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←",
    "ArrowRight": "→", "Escape": "Esc", "PageUp": "Page Up", "PageDown": "Page Down", "AltGraph": "AltGr",
    "BrowserBack": "Back", "BrowserForward": "Forward",
}  # fmt: skip
_CLICKS = {
    "click": "Click", "double_click": "Double-click", "triple_click": "Triple-click", "right_click": "Right-click",
    "middle_click": "Middle-click",
}  # fmt: skip
_MOST_TEXT = 300


def tell(action: Action) -> tuple[Piece, ...]:
    """What to do, as a sentence without a full stop."""
    match action.op:
        case "type":
            return (plain("Type "), *_typed(action), *_at(" in ", action.target))
        case "select":
            return _selected(action)
        case "check" | "uncheck":
            if action.target is not None and action.target.role == "radio button":
                return (plain("Choose "), *thing(action.target))
            return (plain("Tick " if action.op == "check" else "Untick "), *thing(action.target))
        case "key" | "hotkey":
            if action.op == "hotkey" and action.text:
                return (plain("Paste "), *_typed(action), *_at(" in ", action.target))
            return (
                plain("Press "),
                *keys(action.keys),
                *([plain(f" {action.times} times")] if action.times > 1 else []),
            )
        case "drag":
            return (
                plain("Drag "),
                *thing(action.target),
                *(_at(" onto ", action.to) or [plain(" as the picture shows")]),
            )
        case "scroll":
            way = ("down" if action.dy > 0 else "up") if action.dy else ("right" if action.dx > 0 else "left")
            return (plain(f"Scroll {way}"),)
        case "hover":
            return (plain("Rest the pointer on "), *thing(action.target))
        case "upload":
            return (plain("Choose a file"), *_at(" in ", action.target))
        case "navigate":
            return (plain("Go to "), Piece("name", _address(action)))
        case "tab":
            return (plain("Go to the other tab of the browser"),)
        case "window":
            return (plain("Go to "), Piece("name", shown(action.app)) if action.app else plain("the other window"))
        case "wait":
            return (plain("Wait until the page is ready"),)
        case _:
            held = [piece for key in action.keys for piece in (Piece("key", _CAPS.get(key, key)), plain(" and "))]
            start = [plain("Hold "), *held[:-1], plain(" and click ")] if held else [plain(f"{_CLICKS[action.op]} ")]
            return (*start, *thing(action.target))


def plain(text: str) -> Piece:
    return Piece("plain", text)


def words(pieces: tuple[Piece, ...]) -> str:
    """As one text, for a label."""
    return "".join(f'"{text}"' if kind in ("name", "text") else text for kind, text in pieces)


def keys(names: tuple[str, ...]) -> list[Piece]:
    found: list[Piece] = []
    for name in names or ("a key",):
        cap = _CAPS.get(name) or (name.upper() if len(name) == 1 else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
        found += ([plain("+")] if found else []) + [Piece("key", shown(cap, 24))]
    return found


def role(target: Target) -> str:
    known = _ROLES.get(target.role, shown(target.role, 40))
    if target.tag == "a" or target.aria == "link":
        return "link"
    return known or {"textbox": "field", "img": "picture"}.get(target.aria, shown(target.aria, 40))


def thing(target: Target | None) -> list[Piece]:
    """`the button "Save"`, or as much of it as is known."""
    if target is None:
        return [plain("the place where you need it")]
    what = role(target)
    beside = [plain(" at "), Piece("name", shown(target.near))] if target.near else []
    if target.name:
        return [plain(f"the {what} " if what else ""), Piece("name", shown(target.name)), *beside]
    return [plain(f"the {what}" if what else "what is ringed in the picture"), *beside]


def _at(joined: str, target: Target | None) -> list[Piece]:
    return [plain(joined), *thing(target)] if target is not None else []


def _typed(action: Action) -> list[Piece]:
    """The text, with what was not kept as something of the reader's own."""
    if action.target is not None and action.target.role == "password text":
        return [Piece("yours", "your password")]
    if not action.text:
        return [Piece("yours", "your text")] if action.masked else [plain("nothing: leave it empty")]
    kinds = PLACEHOLDER.findall(action.text)
    if kinds and not PLACEHOLDER.sub("", action.text).strip():
        return [Piece("yours", _yours(kinds[0]) if len(kinds) == 1 else "your text")]
    found: list[Piece] = []
    at = 0
    for hidden in PLACEHOLDER.finditer(action.text[:_MOST_TEXT]):
        if before := shown(action.text[at : hidden.start()], _MOST_TEXT):
            found.append(Piece("text", before))
        found.append(Piece("yours", _yours(hidden[1])))
        at = hidden.end()
    if rest := shown(action.text[at:], _MOST_TEXT):
        found.append(Piece("text", rest))
    spaced: list[Piece] = []
    for one in found:
        spaced += ([plain(" ")] if spaced else []) + [one]
    return spaced


def _selected(action: Action) -> tuple[Piece, ...]:
    target = action.target
    is_date = target is not None and (target.role in ("date editor", "slider") or target.holds in ("date", "time"))
    if action.text and not is_masked(action):
        chosen = Piece("text", shown(action.text, _MOST_TEXT))
        if is_date:
            return (plain("Set "), *thing(target), plain(" to "), chosen)
        return (plain("Choose "), chosen, *_at(" in ", target))
    if is_date:
        return (plain("Set "), *thing(target), plain(" to "), Piece("yours", "the one you need"))
    option = option_place(action)
    what = Piece("yours", "the one you need") if option is None else plain(f"option {option + 1}")
    return (plain("Choose "), what, *_at(" in ", target))


def _yours(kind: str) -> str:
    return _YOURS.get(kind, f"your {kind.lower()}" if kind.isalpha() else "your text")


def _address(action: Action) -> str:
    whole = (action.origin + action.page).partition("://")[2]
    return shown(re.sub(r"\{\w+\}", "…", whole).rstrip("/"), 80) or "the page"
