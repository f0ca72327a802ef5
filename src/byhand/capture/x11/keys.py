"""Keycodes to keysyms, by the server's own XKB map, and what is held down.

Nothing here polls: the server tells when modifiers, group or the map change, in the same stream as the keys themselves.
XKB sends the state *after* a key; between two keys of the stream ours is therefore the state before the next one.

Found out (X.Org 21.1, tests/capture/test_x11_input.py): a key held down repeats for programs, but raw events are not
repeated. A press of a key that is already down comes only from a device that repeats by itself; it is marked `repeat`.

Source: The X Keyboard Extension: Protocol Specification, sections 12 (key types), 16 and appendix D (encoding).
"""

from __future__ import annotations

from struct import pack, unpack_from
from typing import NamedTuple

from byhand.capture.x11.wire import Connection

_CORE_KEYBOARD = 0x100
_STATE, _MAP, _NEW_KEYBOARD = 2, 1, 0
_MAPPING_NOTIFY = 34


class KeyType(NamedTuple):
    """How many levels a kind of key has, and which modifiers choose one."""

    mask: int
    levels: dict[int, int]


class KeySyms(NamedTuple):
    types: tuple[int, int, int, int]
    groups: int
    width: int
    syms: tuple[int, ...]


class Keyboard:
    """The core keyboard of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.mods = 0
        self._group = 0
        self._types: list[KeyType] = []
        self._keys: dict[int, KeySyms] = {}
        self._stale = True
        self._down: set[int] = set()
        xkb = connection.extension("XKEYBOARD")
        self._major = xkb.major if xkb else 0
        self.event = xkb.first_event if xkb else -1
        if xkb:
            connection.ask(xkb.major, 0, pack("<HH", 1, 0))

    def start(self) -> None:
        """Ask to be told of changes, and take what holds now."""
        if self._major:
            which = 1 << _STATE | 1 << _MAP | 1 << _NEW_KEYBOARD
            # "Select all" needs no details; the map part (what of it changed) has fields of its own.
            self._connection.send(self._major, 1, pack("<HHHHHH", _CORE_KEYBOARD, which, 0, which, 0xFFFF, 0xFFFF))
            state = self._connection.ask(self._major, 4, pack("<Hxx", _CORE_KEYBOARD))
            if state:
                self.mods, self._group = state[8], state[12]
        held = self._connection.ask(44)
        self._down = {i for i in range(256) if held and held[8 + i // 8] >> (i % 8) & 1}
        self._stale = True

    def feed(self, event: bytes) -> bool:
        """Take a keyboard notice. False when the event is none."""
        code = event[0] & 0x7F
        if code == self.event:
            if event[1] == _STATE:
                self.mods, self._group = event[9], event[13]
            else:
                self._stale = True
            return True
        if code == _MAPPING_NOTIFY:
            self._stale = True
            return True
        return False

    def press(self, keycode: int) -> bool:
        """Note that a key went down; True when it was down already."""
        if keycode in self._down:
            return True
        self._down.add(keycode)
        return False

    def release(self, keycode: int) -> None:
        self._down.discard(keycode)

    def keysym(self, keycode: int) -> int:
        """The keysym that the key means in the current group and level, 0 for none."""
        if self._stale:
            self._load()
        key = self._keys.get(keycode)
        if key is None or not key.groups:
            return 0
        group = self._group if self._group < key.groups else self._group % key.groups
        kind = self._types[key.types[group]] if key.types[group] < len(self._types) else KeyType(0, {})
        level = kind.levels.get(self.mods & kind.mask, 0)
        at = group * key.width + level
        return key.syms[at] if level < key.width and at < len(key.syms) else 0

    def keycode(self, keysym: int) -> int:
        """The first key that has this keysym on any level, 0 for none."""
        if self._stale:
            self._load()
        return next((keycode for keycode, key in self._keys.items() if keysym in key.syms), 0)

    def _load(self) -> None:
        self._stale = False
        if not self._major:
            self._load_core()
            return
        # Full key types (1) and key symbols (2), nothing else.
        reply = self._connection.ask(self._major, 8, pack("<HHH18x", _CORE_KEYBOARD, 3, 0))
        if reply:
            self._types, self._keys = parse_map(reply)

    def _load_core(self) -> None:
        """Without XKB: two groups of two levels, shift chooses."""
        low, high = self._connection.setup.min_keycode, self._connection.setup.max_keycode
        reply = self._connection.ask(101, 0, pack("<BBxx", low, high - low + 1))
        if not reply:
            return
        width = reply[1]
        syms: tuple[int, ...] = unpack_from(f"<{(high - low + 1) * width}I", reply, 32)
        self._types = [KeyType(1, {1: 1})]
        self._keys = {
            low + i: KeySyms((0, 0, 0, 0), 1, min(2, width), syms[i * width : i * width + 2])
            for i in range(high - low + 1)
        }


def parse_map(reply: bytes) -> tuple[list[KeyType], dict[int, KeySyms]]:
    """Key types and key symbols of an XkbGetMap answer that holds exactly these two."""
    types_count = reply[15]
    first, keys_count = reply[17], reply[20]
    at = 40
    types: list[KeyType] = []
    for _ in range(types_count):
        mask, entries, preserve = reply[at], reply[at + 5], reply[at + 6]
        at += 8
        levels: dict[int, int] = {}
        for _ in range(entries):
            active, mods, level = reply[at], reply[at + 1], reply[at + 2]
            if active:
                levels[mods] = level
            at += 8
        if preserve:
            at += 4 * entries
        types.append(KeyType(mask, levels))
    keys: dict[int, KeySyms] = {}
    for keycode in range(first, first + keys_count):
        a, b, c, d, group_info, width, count = unpack_from("<BBBBBBH", reply, at)
        keys[keycode] = KeySyms((a, b, c, d), group_info & 0x0F, width, unpack_from(f"<{count}I", reply, at + 8))
        at += 8 + 4 * count
    return types, keys
