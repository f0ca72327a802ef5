"""The few X keysyms that drivers without an X server need by name, and where the US layout has them.

Numbers are those of X11's keysymdef.h; keycodes are evdev's plus 8, as an X server with a PC keyboard reports them.
"""

from __future__ import annotations

import unicodedata

NAMED: dict[str, tuple[int, int]] = {
    "Escape": (0xFF1B, 9), "BackSpace": (0xFF08, 22), "Tab": (0xFF09, 23), "Return": (0xFF0D, 36), "space": (0x20, 65),
    "Control_L": (0xFFE3, 37), "Control_R": (0xFFE4, 105), "Shift_L": (0xFFE1, 50), "Shift_R": (0xFFE2, 62),
    "Alt_L": (0xFFE9, 64), "Alt_R": (0xFFEA, 108), "ISO_Level3_Shift": (0xFE03, 108), "Super_L": (0xFFEB, 133),
    "Super_R": (0xFFEC, 134), "Caps_Lock": (0xFFE5, 66), "Num_Lock": (0xFF7F, 77), "Scroll_Lock": (0xFF14, 78),
    "Home": (0xFF50, 110), "Left": (0xFF51, 113), "Up": (0xFF52, 111), "Right": (0xFF53, 114), "Down": (0xFF54, 116),
    "Prior": (0xFF55, 112), "Next": (0xFF56, 117), "End": (0xFF57, 115), "Insert": (0xFF63, 118),
    "Delete": (0xFFFF, 119), "KP_Enter": (0xFF8D, 104), "Menu": (0xFF67, 135), "Print": (0xFF61, 107),
    "Pause": (0xFF13, 127),
    **{f"F{n}": (0xFFBD + n, 66 + n if n < 11 else 84 + n) for n in range(1, 13)},
    "Multi_key": (0xFF20, 108), "dead_grave": (0xFE50, 49), "dead_acute": (0xFE51, 48), "dead_circumflex": (0xFE52, 49),
    "dead_tilde": (0xFE53, 49), "dead_diaeresis": (0xFE57, 48), "dead_caron": (0xFE5A, 49),
    "dead_cedilla": (0xFE5B, 48),
}  # fmt: skip
"""Keysym name -> (keysym, keycode)."""

MODIFIERS = {
    "Shift_L": 1, "Shift_R": 1, "Control_L": 4, "Control_R": 4, "Alt_L": 8, "Alt_R": 8, "Super_L": 64, "Super_R": 64,
    "ISO_Level3_Shift": 128,
}  # fmt: skip
"""Keysym name -> its bit in the X modifier mask, for the keys that hold one while they are down."""

_ROWS = (
    (10, "1234567890-=", "!@#$%^&*()_+"),
    (24, "qwertyuiop[]", "QWERTYUIOP{}"),
    (38, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
US: dict[str, tuple[int, bool]] = {
    character: (first + place, shifted)
    for first, plain, upper in _ROWS
    for shifted, row in ((False, plain), (True, upper))
    for place, character in enumerate(row)
} | {" ": (65, False), "\n": (36, False), "\t": (23, False)}
"""Character -> (keycode, with shift)."""

OFF_LAYOUT = 247
"""A keycode no PC key has: stands for a character that the US layout can't type."""


def keysym_of(character: str) -> int:
    """The keysym of one character: in Latin-1 its code, else its code plus 0x1000000 (the X protocol's rule)."""
    if character == "\n":
        return NAMED["Return"][0]
    if character == "\t":
        return NAMED["Tab"][0]
    code = ord(character)
    if unicodedata.category(character) == "Cc":
        return 0
    return code if code < 0x100 else 0x1000000 + code
