"""Whole strokes in, told strokes out: for typing that was written down elsewhere, a table of strokes for instance.

Rules of this module: it is `Rhythm` and nothing else. There is no pointer, no window and no clock beside the keys, so
told time need not come back to the truth, and it does not.
"""

from __future__ import annotations

import unicodedata

from byhand.events.kinds import KeyClass
from byhand.privacy.rhythm.drawn import Rhythm
from byhand.privacy.rhythm.population import LONGEST_MS

_SECOND_MS = 1_000
_APART_MS = 15  # one key can't go down again before it was let go


class Strokes:
    """The strokes of one person, one after the other.

    Args:
        seed: secret, and new for each person and each table.
    """

    def __init__(self, seed: bytes) -> None:
        self._rhythm = Rhythm(seed)
        self._true_ms = 0.0
        self._told_ms = 0
        self._up_ms = 0
        self._key = ""
        self._cls: KeyClass | None = None

    def told(self, key: str, down_ms: float) -> tuple[int, int]:
        """When a key is said to have gone down and up, ms.

        The first one is told at the beginning of its second. So is one that went down 2 s or more before the one
        before it: then something else begins, or the clock was set.
        """
        cls, gap_ms = key_class(key), down_ms - self._true_ms
        if self._cls is None or gap_ms <= -LONGEST_MS:
            told_ms = int(down_ms // _SECOND_MS) * _SECOND_MS
        else:
            told_ms = self._told_ms + self._rhythm.flight(self._cls, cls, gap_ms)
            if key == self._key:
                told_ms = max(told_ms, self._up_ms + _APART_MS)
        self._key, self._cls, self._true_ms, self._told_ms = key, cls, down_ms, told_ms
        self._up_ms = told_ms + self._rhythm.hold(cls)
        return told_ms, self._up_ms


def key_class(key: str) -> KeyClass:
    """What a key is, by the character it bears or the name that tables give it ("space", "BKSP", "Shift.r")."""
    if len(key) == 1:
        return _CONTROLS.get(key) or _KINDS.get(unicodedata.category(key)[0], "other")
    name = key.strip().lower()
    if name.startswith("shift.") and len(name) == 7:  # the letter struck with Shift held, as CMU's tables have it
        return key_class(name[-1])
    name = "".join(character for character in name if character.isalnum()).replace("arrow", "")
    if name[:1] == "f" and name[1:].isdigit():
        return "function"
    for prefix in ("", "key", "digit", "numpad", "kp"):
        short = name.removeprefix(prefix)
        if len(short) == 1:
            return key_class(short)
        for suffix in ("", "left", "right", "l", "r"):
            if found := _NAMES.get(short.removesuffix(suffix)):
                return found
    return "other"


_KINDS: dict[str, KeyClass] = {"L": "letter", "M": "letter", "N": "digit", "P": "symbol", "S": "symbol", "Z": "space"}
_CONTROLS: dict[str, KeyClass] = {
    " ": "space", "\t": "tab", "\r": "enter", "\n": "enter", "\b": "edit", "\x7f": "edit", "\x1b": "escape",
}  # fmt: skip
_WORDS: dict[KeyClass, str] = {
    "space": "space spacebar",
    "enter": "enter return linefeed",
    "tab": "tab isolefttab",
    "escape": "escape esc",
    "edit": "backspace bksp back delete del insert ins clear",
    "move": "home end pageup pagedown prior next up down left right arwup arwdown arwleft arwright pgup pgdn",
    "modifier": "shift lshift rshift leftshift rightshift control ctrl lctrl rctrl alt lalt ralt altgr altgraph meta "
                "super win windows cmd command option opt os capslock caps numlock numlk scrolllock hyper fn "
                "isolevel3shift",
    "digit": "zero one two three four five six seven eight nine",
    "symbol": "period dot comma minus plus slash backslash semicolon colon apostrophe quote quotedbl grave backquote "
              "equal equals bracketleft bracketright parenleft parenright exclam question at numbersign dollar "
              "percent ampersand asterisk multiply add subtract divide decimal underscore less greater bar braceleft "
              "braceright asciitilde asciicircum hyphen",
    "function": "menu contextmenu print printscreen prtsc pause break help",
}  # fmt: skip
_NAMES: dict[str, KeyClass] = {name: cls for cls, names in _WORDS.items() for name in names.split()}
