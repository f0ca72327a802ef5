"""What a page calls a key (`KeyboardEvent`), as X names and numbers it.

Source: UI Events KeyboardEvent key and code values, W3C 2023; keycodes are evdev's plus 8, as in `capture.keysyms`.
"""

from __future__ import annotations

from byhand.capture.keysyms import NAMED, US, keysym_of

_ROW_CODES = {
    "Minus": "-", "Equal": "=", "BracketLeft": "[", "BracketRight": "]", "Backslash": "\\", "Semicolon": ";",
    "Quote": "'", "Backquote": "`", "Comma": ",", "Period": ".", "Slash": "/", "Space": " ",
}  # fmt: skip
_PAD = dict(zip("7894561230", (79, 80, 81, 83, 84, 85, 87, 88, 89, 90), strict=True))
_PAD_SIGNS = {
    "NumpadMultiply": (63, 0xFFAA), "NumpadSubtract": (82, 0xFFAD), "NumpadAdd": (86, 0xFFAB),
    "NumpadDecimal": (91, 0xFFAE), "NumpadDivide": (106, 0xFFAF), "NumpadEqual": (125, 0xFFBD),
    "NumpadComma": (129, 0xFFAC),
}  # fmt: skip

# KeyboardEvent.code -> X name, where `code` says more than `key`: which of the two it is.
_SIDES = {
    "ShiftLeft": "Shift_L", "ShiftRight": "Shift_R", "ControlLeft": "Control_L", "ControlRight": "Control_R",
    "AltLeft": "Alt_L", "AltRight": "Alt_R", "MetaLeft": "Super_L", "MetaRight": "Super_R", "NumpadEnter": "KP_Enter",
}  # fmt: skip
# KeyboardEvent.key -> X name.
_KEYS = {
    "Enter": "Return", "Backspace": "BackSpace", "Tab": "Tab", "Escape": "Escape", "Delete": "Delete",
    "Insert": "Insert", "Home": "Home", "End": "End", "PageUp": "Prior", "PageDown": "Next", "ArrowLeft": "Left",
    "ArrowRight": "Right", "ArrowUp": "Up", "ArrowDown": "Down", "CapsLock": "Caps_Lock", "NumLock": "Num_Lock",
    "ScrollLock": "Scroll_Lock", "ContextMenu": "Menu", "PrintScreen": "Print", "Pause": "Pause", "Shift": "Shift_L",
    "Control": "Control_L", "Alt": "Alt_L", "Meta": "Super_L", "AltGraph": "ISO_Level3_Shift", "Compose": "Multi_key",
    **{f"F{n}": f"F{n}" for n in range(1, 13)},
}  # fmt: skip
_CODES: dict[str, int] = (
    {f"Key{letter.upper()}": US[letter][0] for letter in "abcdefghijklmnopqrstuvwxyz"}
    | {f"Digit{digit}": US[digit][0] for digit in "0123456789"}
    | {code: US[sign][0] for code, sign in _ROW_CODES.items()}
    | {code: NAMED[name][1] for code, name in _SIDES.items()}
    | {code: NAMED[name][1] for code, name in _KEYS.items() if code not in ("Shift", "Control", "Alt", "Meta")}
    | {f"Numpad{digit}": code for digit, code in _PAD.items()}
    | {code: number for code, (number, _) in _PAD_SIGNS.items()}
    | {"IntlBackslash": 94, "IntlRo": 97, "IntlYen": 132}
)
_HELD = {"Shift": 1, "Control": 4, "Alt": 8, "Meta": 64}
_KNOWN = 1 | 4 | 8 | 64 | 128


def keycode(code: str) -> int:
    """The key's place on the board; 0 for one we don't know."""
    return _CODES.get(code, 0)


def keysym(key: str, code: str) -> int:
    """What the key means; 0 where that is unknown, or was not told."""
    if not key:
        return 0
    if code in _PAD_SIGNS and len(key) == 1:
        return _PAD_SIGNS[code][1]
    if code.startswith("Numpad") and len(key) == 1 and key in "0123456789":
        return 0xFFB0 + int(key)
    side = _SIDES.get(code, "")
    if side and (key in ("Shift", "Control", "Alt", "Meta", "Enter")):
        return NAMED[side][0]
    named = _KEYS.get(key, "")
    if named:
        return NAMED[named][0]
    return keysym_of(key) if len(key) == 1 else 0


def mods(mask: int, key: str, *, down: bool) -> int:
    """The X modifier mask before the event. A page's mask is the one after it."""
    own = _HELD.get(key, 0)
    mask &= _KNOWN
    return mask & ~own if down else mask | own
