"""Keys by the names pages know (`KeyboardEvent.key`), and the signs they write. Pure.

Kept keys bear the names of X's keysymdef.h on every platform; demonstrations are played where nobody knows those.
"""

from __future__ import annotations

import re
import sys

from byhand.events.kinds import Key

SHIFT, CONTROL, ALT, SUPER = 1, 4, 8, 64
_HELD = ((CONTROL, "Control"), (ALT, "Alt"), (SUPER, "Meta"), (SHIFT, "Shift"))
PRINTED = frozenset({"letter", "digit", "symbol", "space"})

_KEYS = {
    "Return": "Enter", "KP_Enter": "Enter", "Linefeed": "Enter", "ISO_Enter": "Enter", "BackSpace": "Backspace",
    "KP_Delete": "Delete", "KP_Insert": "Insert", "ISO_Left_Tab": "Tab", "KP_Tab": "Tab", "Prior": "PageUp",
    "Next": "PageDown", "Page_Up": "PageUp", "Page_Down": "PageDown", "Left": "ArrowLeft", "Right": "ArrowRight",
    "Up": "ArrowUp", "Down": "ArrowDown", "Menu": "ContextMenu", "Print": "PrintScreen", "Sys_Req": "PrintScreen",
    "Caps_Lock": "CapsLock", "Num_Lock": "NumLock", "Scroll_Lock": "ScrollLock", "XF86Copy": "Copy",
    "XF86Cut": "Cut", "XF86Paste": "Paste", "Multi_key": "Compose",
    **{f"KP_{name}": key for name, key in {
        "Home": "Home", "End": "End", "Left": "ArrowLeft", "Right": "ArrowRight", "Up": "ArrowUp", "Down": "ArrowDown",
        "Prior": "PageUp", "Next": "PageDown", "Begin": "Clear",
    }.items()},
    **{f"{name}_{side}": key for name, key in {
        "Control": "Control", "Shift": "Shift", "Alt": "Alt", "Meta": "Meta", "Super": "Meta", "Hyper": "Hyper",
    }.items() for side in "LR"},
}  # fmt: skip
_CLASSES = {"enter": "Enter", "tab": "Tab", "escape": "Escape", "space": " "}
_NAMES = (
    "space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma "
    "minus period slash colon semicolon less equal greater question at bracketleft backslash bracketright asciicircum "
    "underscore grave braceleft bar braceright asciitilde"
)
_SIGNS = dict(zip(_NAMES.split(), " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", strict=True)) | {
    **{f"KP_{digit}": digit for digit in "0123456789"},
    "KP_Space": " ", "KP_Equal": "=", "KP_Multiply": "*", "KP_Add": "+", "KP_Subtract": "-", "KP_Decimal": ".",
    "KP_Divide": "/", "KP_Separator": ",",
}  # fmt: skip


def sign(key: Key) -> str:
    """The character a key wrote, "" where only its class was kept or it wrote none."""
    name = key.keysym
    if len(name) == 1:
        return name
    found = _SIGNS.get(name, "")
    if not found and re.fullmatch("U[0-9A-Fa-f]{4,6}", name) and int(name[1:], 16) <= sys.maxunicode:
        return chr(int(name[1:], 16))
    return found


def name(key: Key) -> str:
    """What pages call the key; "Unidentified" for one of which nothing is known."""
    return sign(key) or _KEYS.get(key.keysym) or key.keysym or _CLASSES.get(key.cls, "Unidentified")


def held(mods: int) -> tuple[str, ...]:
    return tuple(word for bit, word in _HELD if mods & bit)


def commands(key: Key) -> bool:
    """Did Ctrl, Alt or Super make a shortcut of it?"""
    return bool(key.mods & (CONTROL | ALT | SUPER))
