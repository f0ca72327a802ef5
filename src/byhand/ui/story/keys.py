"""How keys are named: "Ctrl+S", "Page Down"; by their class where the guard did not name them. Pure.

Keysyms are X's names of signs, on every platform (`events.raw`).
"""

from __future__ import annotations

import re
import sys

from byhand.events.kinds import Key
from byhand.ui.words import shown

_TYPED = frozenset({"letter", "digit", "symbol", "space"})
_MODIFIERS = ((4, "Ctrl"), (8, "Alt"), (64, "Super"), (1, "Shift"))
# Shift alone makes another sign, and so does AltGr.
_COMMANDING = 4 | 8 | 64

_CAPS = {
    "Return": "Enter", "KP_Enter": "Enter", "ISO_Enter": "Enter", "Prior": "Page Up", "Page_Up": "Page Up",
    "Next": "Page Down", "Page_Down": "Page Down", "BackSpace": "Backspace", "ISO_Left_Tab": "Tab", "space": "Space",
    "KP_Delete": "Delete",
}  # fmt: skip

_CLASSES = {
    "enter": "Enter", "tab": "Tab", "escape": "Escape", "space": "Space", "edit": "editing key", "move": "movement key",
    "function": "function key", "letter": "letter", "digit": "digit", "symbol": "symbol",
}  # fmt: skip

# The rest of Latin-1 is not spelled out here; Unicode has names like U00E9.
_SIGNS = {
    "space": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#", "dollar": "$", "percent": "%",
    "ampersand": "&", "apostrophe": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+",
    "comma": ",", "minus": "-", "period": ".", "slash": "/", "colon": ":", "semicolon": ";", "less": "<",
    "equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\",
    "bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|",
    "braceright": "}", "asciitilde": "~", "adiaeresis": "ä", "odiaeresis": "ö", "udiaeresis": "ü",
    "Adiaeresis": "Ä", "Odiaeresis": "Ö", "Udiaeresis": "Ü", "ssharp": "ß", "eacute": "é", "egrave": "è",
    "agrave": "à", "ccedilla": "ç", "ntilde": "ñ", "EuroSign": "€",
}  # fmt: skip


def commands(key: Key) -> bool:
    """Whether Ctrl, Alt or Super made a shortcut of the key."""
    return bool(key.mods & _COMMANDING)


def types(key: Key) -> bool:
    """Whether the key wrote a sign, as far as is known."""
    return key.cls in _TYPED and not commands(key)


def character(key: Key) -> str:
    """The sign a key wrote, or "" where only its class was kept."""
    sign = _sign(key.keysym)
    return sign if len(sign) == 1 else ""


def caps(key: Key) -> list[str]:
    """What stands on the keys, in the order they are held: Ctrl, Alt, Super, Shift, then the key itself."""
    if not key.keysym:
        return [_CLASSES.get(key.cls, "key")]
    sign = _sign(key.keysym)
    cap = _CAPS.get(key.keysym) or shown(sign.upper() if len(sign) == 1 else sign, 24)
    return [*(name for bit, name in _MODIFIERS if key.mods & bit), cap]


def name(key: Key) -> str:
    """A key or shortcut in a sentence: "Ctrl+S", "Enter", "a movement key"."""
    said = "+".join(caps(key))
    return said if key.keysym or said[0].isupper() else f"{'an' if said[0] in 'aeiou' else 'a'} {said}"


def _sign(keysym: str) -> str:
    """The sign a keysym stands for, else the keysym itself."""
    if re.fullmatch("U[0-9A-Fa-f]{4,6}", keysym) and int(keysym[1:], 16) <= sys.maxunicode:
        return chr(int(keysym[1:], 16))
    return _SIGNS.get(keysym, keysym)
