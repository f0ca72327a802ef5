"""How acts are named. Pure.

What was recorded can hold anything a program put on a screen, so it passes `shown` before it is printed: a window title
must not be able to steer the terminal it is read in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LONGEST = 60

_ROLES = {
    "push button": "button", "toggle button": "toggle", "check box": "checkbox", "radio button": "option",
    "check menu item": "menu item", "radio menu item": "menu item", "page tab": "tab", "entry": "field",
    "text": "text area", "password text": "password field", "combo box": "dropdown", "list item": "item",
    "spin button": "number field", "table cell": "cell", "table row": "row", "document web": "page",
    "document frame": "page", "drawing area": "canvas", "tree item": "item", "push button menu": "menu button",
    "slider": "slider", "unknown": "", "filler": "", "panel": "", "section": "",
}  # fmt: skip

_KEYS = {
    "Return": "Enter", "KP_Enter": "Enter", "ISO_Enter": "Enter", "Prior": "Page Up", "Next": "Page Down",
    "BackSpace": "Backspace", "ISO_Left_Tab": "Shift+Tab", "space": "Space", "Left": "Left", "Right": "Right",
    "Up": "Up", "Down": "Down",
}  # fmt: skip

_CLASSES = {
    "enter": "Enter", "tab": "Tab", "escape": "Escape", "edit": "Backspace or Delete", "move": "a movement key",
    "function": "a function key", "space": "Space", "letter": "a letter", "digit": "a digit", "symbol": "a symbol",
    "other": "a key",
}  # fmt: skip

# Keysyms of printable characters go by name in X; the rest of Latin-1 and Unicode is not spelled out here.
_CHARACTERS = {
    "space": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#", "dollar": "$", "percent": "%",
    "ampersand": "&", "apostrophe": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+",
    "comma": ",", "minus": "-", "period": ".", "slash": "/", "colon": ":", "semicolon": ";", "less": "<",
    "equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\",
    "bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|",
    "braceright": "}", "asciitilde": "~", "adiaeresis": "ä", "odiaeresis": "ö", "udiaeresis": "ü",
    "Adiaeresis": "Ä", "Odiaeresis": "Ö", "Udiaeresis": "Ü", "ssharp": "ß", "eacute": "é", "egrave": "è",
    "agrave": "à", "ccedilla": "ç", "ntilde": "ñ", "EuroSign": "€",
}  # fmt: skip

_MODIFIERS = ((64, "Super"), (4, "Ctrl"), (8, "Alt"), (1, "Shift"))
COMMANDING = 4 | 8 | 64
"""The modifiers that make a shortcut of a key; Shift alone makes another character."""


def shown(text: str, limit: int = LONGEST) -> str:
    """The text on one line, fit for a terminal: nothing that moves the cursor, hides or turns around what follows."""
    kept = "".join(" " if c.isspace() else c if _visible(c) else "\N{REPLACEMENT CHARACTER}" for c in text[: 4 * limit])
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def role(name: str) -> str:
    """An AT-SPI role in a person's words; "" where the role says nothing."""
    return _ROLES.get(name, shown(name))


def thing(role_name: str, name: str) -> str:
    """`button "Reply"`, or as much of it as is known."""
    parts = [role(role_name), f'"{shown(name)}"' if name else ""]
    return " ".join(part for part in parts if part)


def key(keysym: str, cls: str, mods: int) -> str:
    """A key or shortcut: "Ctrl+S", "Enter", "Page Down"; its class where its name is withheld."""
    if not keysym:
        plain = _CLASSES.get(cls, "a key")
    else:
        character = _CHARACTERS.get(keysym, keysym)
        plain = _KEYS.get(keysym) or (character.upper() if len(character) == 1 else shown(keysym))
    held = [word for bit, word in _MODIFIERS if mods & bit] if keysym else []
    return "+".join((*held, plain)) if plain != "Shift+Tab" else plain


def character(keysym: str) -> str:
    """What a key typed; "" if it is withheld or no character."""
    if len(keysym) == 1:
        return keysym
    if keysym.startswith("U") and len(keysym) in {5, 6, 7}:
        try:
            return chr(int(keysym[1:], 16))
        except ValueError:
            return ""
    return _CHARACTERS.get(keysym, "")


def many(count: int, one: str, more: str = "") -> str:
    """`1 letter`, `7 letters`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def keys(classes: Mapping[str, int]) -> str:
    """`7 letters`, `4 digits`, or `11 keys` for a mixture."""
    present = [name for name, count in classes.items() if count]
    total = sum(classes.values())
    if present in (["letter"], ["digit"], ["symbol"]):
        return many(total, present[0])
    return many(total, "key")


def span(seconds: float) -> str:
    """`0.4 s`, `12 s`, `1 min 5 s`, `2 h 3 min`."""
    if seconds < 1:
        return f"{max(seconds, 0.1):.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return many(round(hours / 24), "day")


def size(count: float) -> str:
    """Bytes in a person's words: `812 B`, `41 kB`, `3.2 MB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit in {"B", "kB"} or count >= 100 else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError
