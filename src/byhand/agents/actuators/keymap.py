"""Which keys write a character on the keyboard as it is now, and keys lent to characters that no key has.

Rules of this module: what a person's keys mean is never changed, only keys that mean nothing are lent. They mean the
same until `give_back`: a program asks for the map when it reads the key, which may be long after it was pressed.

Sources: The X Keyboard Extension: Protocol Specification, sections 12 (key types) and 16; X Window System Protocol,
"ChangeKeyboardMapping".
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import pack, unpack_from
from typing import NamedTuple

from byhand.capture.keysyms import NAMED, keysym_of
from byhand.capture.x11.keys import KeySyms, KeyType, parse_map
from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError

_CORE_KEYBOARD = 0x100
_HOLDS = ((0, ()), (1, ("Shift_L",)), (128, ("ISO_Level3_Shift",)), (129, ("Shift_L", "ISO_Level3_Shift")))
"""What may be held for a level, the least first. ISO_Level3_Shift is Mod5 on every PC layout."""
_NAMES = {
    "Enter": "Return", "Backspace": "BackSpace", "ArrowLeft": "Left", "ArrowRight": "Right", "ArrowUp": "Up",
    "ArrowDown": "Down", "PageUp": "Prior", "PageDown": "Next", "Space": "space", " ": "space", "Control": "Control_L",
    "Ctrl": "Control_L", "Shift": "Shift_L", "Alt": "Alt_L", "Meta": "Super_L", "ContextMenu": "Menu",
    "PrintScreen": "Print", "AltGraph": "ISO_Level3_Shift",
}  # fmt: skip
"""`KeyboardEvent.key`, by the keysym's name."""


class Chord(NamedTuple):
    """Keycodes: what is held meanwhile, and what is pressed."""

    held: tuple[int, ...]
    key: int


class Keymap:
    """The core keyboard of one connection.

    Raises:
        CaptureError: the server tells nothing of its keyboard.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lent: dict[int, int] = {}
        """Keysym -> keycode."""
        found = connection.extension("XKEYBOARD")
        if found is None or not connection.ask(found.major, 0, pack("<HH", 1, 0)):
            raise CaptureError("this X server tells nothing of its keyboard", fate="nothing was done")
        self._major = found.major
        self.load()

    def load(self) -> None:
        """Read it anew: what the keys mean, and which modifiers are locked."""
        reply = self._connection.ask(self._major, 8, pack("<HHH18x", _CORE_KEYBOARD, 3, 0))
        if not reply:
            raise CaptureError("this X server tells nothing of its keyboard", fate="nothing was done")
        self._types, self._keys = parse_map(reply)
        state = self._connection.ask(self._major, 4, pack("<Hxx", _CORE_KEYBOARD))
        self._locked, self._group = (state[11], state[12]) if state else (0, 0)

    def chord(self, name: str) -> tuple[Chord, ...]:
        """A key or keys held together, as `Control+Shift+ArrowLeft` says; () where there is no such key."""
        parts = [part or "+" for part in name.replace("++", "+\0").split("+")] if len(name) > 1 else [name]
        parts = ["+" if part == "\0" else part for part in parts]
        codes: list[int] = []
        shifted: tuple[int, ...] = ()
        for place, part in enumerate(parts):
            sym = NAMED.get(_NAMES.get(part, part), (0, 0))[0]
            if not sym and len(part) == 1:
                # A chord's letter is its key, not the capital that stands for it.
                sym = keysym_of(part.lower() if place else part)
            found = self._key(sym) if sym else None
            if found is None:
                return ()
            codes.append(found.key)
            shifted = found.held
        held = (*codes[:-1], *(one for one in shifted if one not in codes))
        return (Chord(held, codes[-1]),)

    def pieces(self, text: str) -> Iterator[tuple[Chord, ...]]:
        """A text as keys, in pieces: before the next one, the program has to have read the one before."""
        piece: list[Chord] = []
        strange: dict[int, None] = {}
        room = len(self._spare()) + len(self._lent)
        for sym in map(keysym_of, text):
            if not sym:
                continue  # a control character is nothing that can be typed
            chord = self._key(sym)
            if chord is None or sym in self._lent:
                if sym not in strange and len(strange) == room:
                    yield tuple(piece)
                    piece, strange = [], {}
                strange[sym] = None
                chord = Chord((), self._lend(sym, strange))
            piece.append(chord)
        if piece:
            yield tuple(piece)

    def give_back(self) -> None:
        """What was lent means nothing again."""
        for code in self._lent.values():
            self._map(code, 0)
        self._lent.clear()

    # ---- looked up

    def _key(self, sym: int) -> Chord | None:
        for hold, names in _HOLDS:
            for code, key in self._keys.items():
                if self._means(key, hold) == sym:
                    return Chord(tuple(found.key for name in names if (found := self._key(NAMED[name][0]))), code)
        return None

    def _means(self, key: KeySyms, hold: int) -> int:
        if not key.groups:
            return 0
        group = self._group if self._group < key.groups else self._group % key.groups
        kind = self._types[key.types[group]] if key.types[group] < len(self._types) else KeyType(0, {})
        level = kind.levels.get((hold | self._locked) & kind.mask, 0)
        at = group * key.width + level
        return key.syms[at] if level < key.width and at < len(key.syms) else 0

    # ---- lent

    def _spare(self) -> list[int]:
        """Keys that mean nothing."""
        low, high = self._connection.setup.min_keycode, self._connection.setup.max_keycode
        taken = {code for code, key in self._keys.items() if any(key.syms)} | set(self._lent.values())
        pressed = _modifiers(self._connection)
        return [code for code in range(high, low - 1, -1) if code not in taken and code not in pressed]

    def _lend(self, sym: int, keep: dict[int, None]) -> int:
        """Raises:
        CaptureError: every key of this keyboard means something.
        """
        if sym in self._lent:
            return self._lent[sym]
        spare = self._spare()
        if not spare:
            old = next((one for one in self._lent if one not in keep), 0)
            if not old:
                raise CaptureError("no key of this keyboard is free to type a foreign character")
            spare = [self._lent.pop(old)]
        self._map(spare[0], sym)
        self._lent[sym] = spare[0]
        return spare[0]

    def _map(self, code: int, sym: int) -> None:
        # Twice, for both levels of the core protocol: so it is the same with Caps Lock on.
        self._connection.send(100, 1, pack("<BBxxII", code, 2, sym, sym))
        self._connection.sync()


def _modifiers(connection: Connection) -> set[int]:
    """Keys that hold a modifier, whatever they write."""
    reply = connection.ask(119)
    return {code for code in unpack_from(f"<{reply[1] * 8}B", reply, 32) if code} if reply else set()
