"""Keys as browsers of 2017 told them (`keyCode`, `charCode`), as kept events. Pure.

Source: UI Events, appendix on legacy key attributes. As our guard does, a key that writes has no name.
"""

from __future__ import annotations

from byhand.datasets.formats.miniwob_dom import Deed
from byhand.events.kinds import Key, KeyClass

_NAMED: dict[int, tuple[KeyClass, str]] = {
    8: ("edit", "BackSpace"), 9: ("tab", "Tab"), 13: ("enter", "Return"), 16: ("modifier", "Shift_L"),
    17: ("modifier", "Control_L"), 18: ("modifier", "Alt_L"), 20: ("modifier", "Caps_Lock"), 27: ("escape", "Escape"),
    33: ("move", "Prior"), 34: ("move", "Next"), 35: ("move", "End"), 36: ("move", "Home"), 37: ("move", "Left"),
    38: ("move", "Up"), 39: ("move", "Right"), 40: ("move", "Down"), 45: ("edit", "Insert"), 46: ("edit", "Delete"),
    91: ("modifier", "Super_L"), 92: ("modifier", "Super_R"), 93: ("modifier", "Super_R"),
    144: ("modifier", "Num_Lock"),
    224: ("modifier", "Super_L"), **{111 + number: ("function", f"F{number}") for number in range(1, 13)},
}  # fmt: skip
_MASKS = {16: 1, 17: 4, 18: 8, 91: 64, 92: 64, 93: 64, 224: 64}


class Keyboard:
    """Knows which keys are down.

    Args:
        named: keys that write keep their sign as a name.
    """

    def __init__(self, *, named: bool) -> None:
        self._named = named
        self._down: dict[int, tuple[KeyClass, str]] = {}

    def key(self, stamps: tuple[int, int, str], deed: Deed, char: int, *, down: bool) -> Key:
        """A key that went down or up.

        Args:
            stamps: of the event.
            deed: the source's own.
            char: the character it wrote, 0 for none.
            down: which of the two.
        """
        code = deed.code
        repeat = down and code in self._down
        mods = 0
        for held in self._down:
            if held != code:
                mods |= _MASKS.get(held, 0)
        if down:
            cls, name = self._what(code, char, mods)
            self._down[code] = cls, name
        else:
            cls, name = self._down.pop(code, None) or self._what(code, 0, mods)
        number = code if name else 0
        return Key(*stamps, down, cls, number, name, mods if name else 0, repeat, injected=False)

    def _what(self, code: int, char: int, mods: int) -> tuple[KeyClass, str]:
        if code in _NAMED and not (char and code in (46, 39, 37, 38, 40)):  # old Firefox: '.' and arrows share numbers
            return _NAMED[code]
        cls = _class(char) if char else _class(code) if 48 <= code <= 90 or code == 32 else "other"
        if mods & (4 | 64) and not char and cls != "other":
            return cls, chr(code).lower()
        return cls, chr(char) if self._named and char else ""


def _class(char: int) -> KeyClass:
    sign = chr(char)
    return "space" if sign == " " else "letter" if sign.isalpha() else "digit" if sign.isdigit() else "symbol"
