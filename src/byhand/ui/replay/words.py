"""How untrusted text, keys and times are spelled for a person."""

from __future__ import annotations

import re
import sys
import unicodedata

from byhand.events.kinds import Key

CONTROL, ALT, SUPER, LEVEL3, SHIFT = 4, 8, 64, 128, 1
TYPED = frozenset({"letter", "digit", "symbol", "space"})

_CAPS = {
    "Return": "Enter", "KP_Enter": "Enter", "BackSpace": "Backspace", "Escape": "Esc", "Prior": "Page Up",
    "Page_Up": "Page Up", "Next": "Page Down", "Page_Down": "Page Down", "Left": "←", "Right": "→", "Up": "↑",
    "Down": "↓", "Delete": "Del", "Insert": "Ins", "ISO_Left_Tab": "Tab", "space": "Space", "Control_L": "Ctrl",
    "Control_R": "Ctrl", "Shift_L": "Shift", "Shift_R": "Shift", "Alt_L": "Alt", "Alt_R": "Alt", "Super_L": "Super",
    "Super_R": "Super", "ISO_Level3_Shift": "AltGr",
}  # fmt: skip
_CLASSES = {
    "enter": "Enter", "tab": "Tab", "escape": "Esc", "edit": "edit key", "move": "arrow key", "function": "F key",
    "modifier": "modifier", "other": "key",
}  # fmt: skip
_CHARS = {
    "space": " ", "comma": ",", "period": ".", "minus": "-", "plus": "+", "equal": "=", "slash": "/", "semicolon": ";",
    "colon": ":", "question": "?", "exclam": "!", "at": "@", "underscore": "_", "apostrophe": "'", "quotedbl": '"',
    "parenleft": "(", "parenright": ")", "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
    "asterisk": "*", "less": "<", "greater": ">", "backslash": "\\", "bar": "|", "bracketleft": "[",
    "bracketright": "]", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^", "grave": "`",
}  # fmt: skip


def plain(text: str, limit: int = 160) -> str:
    """One line that can't turn its surroundings around: no control or direction characters, cut at `limit`."""
    # Cutting first keeps a title of 1 MB cheap.
    cut = text[: limit * 2]
    # Cc control, Cf format (holds the bidirectional overrides), Cs surrogates, Co private use, Zl and Zp line ends.
    clean = "".join(" " if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else one for one in cut)
    clean = " ".join(clean.split())
    return clean if len(clean) <= limit and len(text) <= limit * 2 else clean[: limit - 1] + "…"


def is_shortcut(key: Key) -> bool:
    """Ctrl, Alt or Super is held and the key is named. AltGr alone types."""
    return bool(key.mods & (CONTROL | ALT | SUPER)) and bool(key.keysym) and key.cls != "modifier"


def cap(key: Key) -> str:
    """What stands on the key, "Enter", "F5", "S"; the class where the key itself was not kept."""
    if not key.keysym:
        return _CLASSES.get(key.cls, key.cls)
    if key.keysym in _CAPS:
        return _CAPS[key.keysym]
    one = _sign(key.keysym)
    return plain(one.upper() if len(one) == 1 else one, 16)


def caps(key: Key) -> list[str]:
    """The caps of a shortcut in the order they are held: Ctrl, Alt, Super, Shift, then the key."""
    held = [
        name for bit, name in ((CONTROL, "Ctrl"), (ALT, "Alt"), (SUPER, "Super"), (SHIFT, "Shift")) if key.mods & bit
    ]
    return [*held, cap(key)]


def char(key: Key) -> str:
    """The character a kept key typed, or "" where only its class was kept."""
    if not key.keysym:
        return ""
    one = _sign(key.keysym)
    return plain(one, 1) or " " if len(one) == 1 else ""


def _sign(keysym: str) -> str:
    """The sign a keysym stands for, "U00E9" for é among them; else the keysym's own name."""
    if re.fullmatch("U[0-9A-F]{4,6}", keysym) and int(keysym[1:], 16) <= sys.maxunicode:
        return chr(int(keysym[1:], 16))
    return _CHARS.get(keysym, keysym)


def span(ms: int) -> str:
    """A length in one unit or two: "0.4 s", "12 s", "3 min 5 s", "1 h 20 min"."""
    if ms < 10_000:
        return f"{ms / 1000:.1f}".removesuffix(".0") + " s"
    seconds = round(ms / 1000)
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
