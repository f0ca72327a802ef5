"""What a key is: text that must stay unnamed, or an act that may be named.

Rules of this module: whoever is not known to be harmless is text. A printable key is an act only with Ctrl, Alt or
Super held, and not where a keyboard layout uses those to reach more characters (AltGr; Ctrl+Alt on Windows; Option on
a Mac; Alt with the keypad). Keysym numbers and names are those of X11's keysymdef.h.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from byhand.events.kinds import Key, KeyClass
from byhand.events.raw import RawKey

SHIFT, CONTROL, ALT, SUPER, LEVEL3 = 1, 4, 8, 64, 128
_MEANT = SHIFT | CONTROL | ALT | SUPER  # modifiers that say something about an act; the locks do not
_PRINTED = frozenset({"letter", "digit", "symbol", "space"})


class Stroke(NamedTuple):
    """What may be told of a key that went down.

    name: the keysym's name, "" where only the class may be kept. text: it bears text, so it is judged late. stays: it
    is kept even in a secret field, because it says nothing about what is in it.
    """

    cls: KeyClass
    name: str
    text: bool
    stays: bool


@lru_cache(maxsize=4096)
def stroke(keysym: int, mods: int) -> Stroke:
    """What a key is that went down with these modifiers held."""
    named = _NAMED.get(keysym)
    if named is not None:
        cls, name = named
        text = cls == "modifier" and name not in ACT_MODIFIERS
        if cls == "edit" and name in ("BackSpace", "Delete", "KP_Delete"):
            text = not mods & (CONTROL | ALT | SUPER)
        stays = cls in ("tab", "enter", "escape", "function") or name in ACT_MODIFIERS
        return Stroke(cls, name, text, stays)
    if 0x1008FF00 <= keysym <= 0x1008FFFF:  # volume, brightness, "open mail": keys of the machine, not of a text
        return Stroke("other", f"XF86_{keysym - 0x10080000:04X}", text=False, stays=True)
    cls = _printable(keysym)
    if cls != "other" and _is_act(keysym, mods):
        # Ctrl+Shift+digits enters a character by its number in GTK: such a shortcut does not stay in a secret field.
        stays = not (mods & CONTROL and mods & (SHIFT | ALT))
        return Stroke(cls, _printable_name(keysym), text=False, stays=stays)
    return Stroke(cls, "", text=True, stays=False)


def stricter(first: Stroke, now: Stroke) -> Stroke:
    """A key that repeats stays what it was when it went down, unless it has become text since."""
    return first if first.text else now


def kept(raw: RawKey, struck: Stroke, *, timing: bool) -> Key:
    """The key as its stroke allows: named with its modifiers, or only its class.

    `by` says whether its true time may be told: `rhythm.told` draws another for all that is not "timing.".
    """
    by = "timing." if timing else "actions."
    if not struck.name:
        return Key(raw.server_ms, raw.mono_ns, by + "class", raw.down, struck.cls, 0, "", 0, raw.repeat, raw.injected)
    by += "shortcut" if struck.cls in _PRINTED else "modifier" if struck.cls == "modifier" else "key"
    mods = raw.mods & _MEANT
    return Key(
        raw.server_ms, raw.mono_ns, by, raw.down, struck.cls, raw.keycode, struck.name, mods, raw.repeat, raw.injected
    )  # fmt: skip


def _is_act(keysym: int, mods: int) -> bool:
    if mods & LEVEL3 or not mods & (CONTROL | ALT | SUPER):
        return False
    if mods & ALT and (keysym in _KEYPAD or not 0x20 <= keysym <= 0x7E):
        return False
    both = mods & CONTROL and mods & ALT
    return not both or (0x61 <= keysym | 0x20 <= 0x7A) or 0x30 <= keysym <= 0x39


def _printable(keysym: int) -> KeyClass:
    if keysym in _KEYPAD:
        return "digit" if 0xFFB0 <= keysym <= 0xFFB9 else "space" if keysym == 0xFF80 else "symbol"
    if keysym in (0x20, 0xA0):
        return "space"
    if 0xFE50 <= keysym <= 0xFE93:  # dead keys
        return "symbol"
    if 0x100 <= keysym <= 0x20FF:  # the alphabets from before Unicode; their few signs are not worth a table
        return "letter"
    code = keysym if keysym < 0x100 else keysym - 0x1000000
    if not 0x20 < code <= 0x10FFFF:
        return "other"
    kind = unicodedata.category(chr(code))[0]
    return {"L": "letter", "M": "letter", "N": "digit", "P": "symbol", "S": "symbol", "Z": "space"}.get(kind, "other")  # type: ignore[return-value]


def _printable_name(keysym: int) -> str:
    if 0x20 <= keysym <= 0x7E:
        character = chr(keysym)
        return character if character.isalnum() else _SIGNS[character]
    return _KEYPAD.get(keysym) or (f"U{keysym - 0x1000000:04X}" if keysym >= 0x1000000 else f"0x{keysym:x}")


_SIGN_NAMES = (
    "space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma "
    "minus period slash colon semicolon less equal greater question at bracketleft backslash bracketright asciicircum "
    "underscore grave braceleft bar braceright asciitilde"
)
_SIGNS = dict(zip(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", _SIGN_NAMES.split(), strict=True))
_KEYPAD_NAMES = "Multiply Add Separator Subtract Decimal Divide 0 1 2 3 4 5 6 7 8 9"
_KEYPAD = {0xFF80: "KP_Space", 0xFFBD: "KP_Equal"} | {
    0xFFAA + place: f"KP_{name}" for place, name in enumerate(_KEYPAD_NAMES.split())
}
ACT_MODIFIERS = frozenset({"Control_L", "Control_R", "Meta_L", "Meta_R", "Alt_L", "Alt_R", "Super_L", "Super_R"})
"""Modifiers that make an act of what is struck with them; all others only choose a character."""


def _row(cls: KeyClass, first: int, names: str) -> dict[int, tuple[KeyClass, str]]:
    return {first + place: (cls, name) for place, name in enumerate(names.split()) if name != "-"}


_NAMED: dict[int, tuple[KeyClass, str]] = {
    **_row("edit", 0xFF08, "BackSpace"), **_row("edit", 0xFF0B, "Clear"), **_row("edit", 0xFFFF, "Delete"),
    **_row("edit", 0xFF63, "Insert - Undo Redo"), **_row("edit", 0xFF9E, "KP_Insert KP_Delete"),
    **_row("edit", 0x1008FF57, "XF86Copy XF86Cut"), **_row("edit", 0x1008FF6D, "XF86Paste"),
    **_row("move", 0xFF50, "Home Left Up Right Down Prior Next End Begin"),
    **_row("move", 0xFF95, "KP_Home KP_Left KP_Up KP_Right KP_Down KP_Prior KP_Next KP_End KP_Begin"),
    **_row("enter", 0xFF0D, "Return"), **_row("enter", 0xFF8D, "KP_Enter"), **_row("enter", 0xFF0A, "Linefeed"),
    **_row("tab", 0xFF09, "Tab"), **_row("tab", 0xFE20, "ISO_Left_Tab"), **_row("tab", 0xFF89, "KP_Tab"),
    **_row("escape", 0xFF1B, "Escape"),
    **_row("function", 0xFFBE, " ".join(f"F{n}" for n in range(1, 36))),
    **_row("function", 0xFF91, "KP_F1 KP_F2 KP_F3 KP_F4"),
    **_row("function", 0xFF60, "Select Print Execute"), **_row("function", 0xFF67, "Menu Find Cancel Help Break"),
    **_row("function", 0xFF13, "Pause"), **_row("function", 0xFF15, "Sys_Req"),
    **_row("modifier", 0xFFE1, "Shift_L Shift_R Control_L Control_R Caps_Lock Shift_Lock Meta_L Meta_R Alt_L Alt_R "
                               "Super_L Super_R Hyper_L Hyper_R"),
    **_row("modifier", 0xFE01, "ISO_Lock ISO_Level2_Latch ISO_Level3_Shift ISO_Level3_Latch ISO_Level3_Lock "
                               "ISO_Group_Latch ISO_Group_Lock ISO_Next_Group ISO_Next_Group_Lock ISO_Prev_Group "
                               "ISO_Prev_Group_Lock ISO_First_Group ISO_First_Group_Lock ISO_Last_Group "
                               "ISO_Last_Group_Lock"),
    **_row("modifier", 0xFE11, "ISO_Level5_Shift ISO_Level5_Latch ISO_Level5_Lock"),
    **_row("modifier", 0xFF7E, "Mode_switch Num_Lock"), **_row("modifier", 0xFF14, "Scroll_Lock"),
}  # fmt: skip
