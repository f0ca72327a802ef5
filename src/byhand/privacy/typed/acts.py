"""What a key does to the text in the field, by the conventions that GTK, Qt and browsers share on Linux.

Rules of this module: where they differ the act is one that can't be followed. In a terminal the shell edits the line:
there no chord is known but copy and paste.
"""

from __future__ import annotations

from enum import Enum, auto

from byhand.privacy.rules import keys
from byhand.privacy.typed.where import Where


class Act(Enum):
    """What it does."""

    WRITE = auto()
    BACK = auto()
    DELETE = auto()
    BACK_WORD = auto()
    LEFT = auto()
    RIGHT = auto()
    WORD_LEFT = auto()
    HOME = auto()
    END = auto()
    SELECT_LEFT = auto()
    SELECT_RIGHT = auto()
    SELECT_WORD_LEFT = auto()
    SELECT_HOME = auto()
    SELECT_END = auto()
    SELECT_ALL = auto()
    CUT = auto()
    CHANGE = auto()  # the text changes, the keys do not tell how
    PASTE = auto()
    RETURN = auto()
    HARMLESS = auto()  # text and caret stay: save, copy, another window
    GO = auto()  # the person goes elsewhere: Tab, Escape
    LEAVE = auto()  # the caret goes where the run is not
    UNKNOWN = auto()  # it may have written something
    NOTHING = auto()


_MOVING = {
    0xFF50: Act.HOME, 0xFF51: Act.LEFT, 0xFF53: Act.RIGHT, 0xFF57: Act.END,
    0xFF95: Act.HOME, 0xFF96: Act.LEFT, 0xFF98: Act.RIGHT, 0xFF9C: Act.END,
}  # fmt: skip
_SELECTING = {
    Act.HOME: Act.SELECT_HOME, Act.LEFT: Act.SELECT_LEFT, Act.RIGHT: Act.SELECT_RIGHT, Act.END: Act.SELECT_END,
}  # fmt: skip
_BACKSPACE, _DELETE = 0xFF08, (0xFFFF, 0xFF9F)
_INSERT = (0xFF63, 0xFF9E)
_EDITING = {0x1008FF57: Act.HARMLESS, 0x1008FF58: Act.CUT, 0x1008FF6D: Act.PASTE}
_HARMLESS = frozenset("bcfinopst")
"""Bold, copy, find, italic, new, open, print, save, tab: they leave the text and the caret alone."""


def act(keysym: int, mods: int, stroke: keys.Stroke, where: Where) -> Act:
    """What a key that went down does, `mods` being the modifiers held."""
    held = mods & (keys.CONTROL | keys.ALT | keys.SUPER)
    if stroke.text:
        return _plain(keysym, mods, held)
    match stroke.cls:
        case "enter":
            return Act.RETURN
        case "tab" if held:
            return Act.HARMLESS if held & (keys.ALT | keys.SUPER) else Act.GO
        case "tab":
            return Act.PASTE if where.lines else Act.GO  # a completion, an indent, or the next field
        case "escape":
            return Act.GO
        case "move":
            return _move(keysym, mods, held, where)
        case "edit":
            return _edit(keysym, mods, held, where)
        case "function":
            return Act.LEAVE
        case "other":
            return Act.NOTHING  # keys of the machine: louder, brighter
        case _:
            return _chord(stroke.name, mods, held, where)


def _plain(keysym: int, mods: int, held: int) -> Act:
    if keysym == _BACKSPACE:
        return Act.BACK
    if keysym in _DELETE:
        return Act.CUT if mods & keys.SHIFT else Act.DELETE
    if held and not mods & keys.LEVEL3:
        return Act.UNKNOWN  # a shortcut on a layout of another script, or a character
    return Act.WRITE


def _move(keysym: int, mods: int, held: int, where: Where) -> Act:
    moves = _MOVING.get(keysym)
    if moves is None or held & ~keys.CONTROL or (held and where.terminal):
        return Act.LEAVE
    if held:
        if moves is not Act.LEFT:
            return Act.LEAVE
        return Act.SELECT_WORD_LEFT if mods & keys.SHIFT else Act.WORD_LEFT
    return _SELECTING[moves] if mods & keys.SHIFT else moves


def _edit(keysym: int, mods: int, held: int, where: Where) -> Act:
    if keysym == _BACKSPACE:
        return Act.BACK_WORD if held == keys.CONTROL and not mods & keys.SHIFT and not where.terminal else Act.CHANGE
    if keysym in _INSERT:
        if mods & keys.SHIFT:
            return Act.PASTE
        return Act.HARMLESS if held == keys.CONTROL else Act.LEAVE
    return _EDITING.get(keysym, Act.CHANGE)


def _chord(name: str, mods: int, held: int, where: Where) -> Act:
    if held & keys.SUPER:
        return Act.HARMLESS  # the desktop's own
    key, shift = name.lower(), bool(mods & keys.SHIFT)
    if held == keys.CONTROL and key == "v":
        return Act.PASTE
    if where.terminal:
        return Act.HARMLESS if held == keys.CONTROL and shift and key == "c" else Act.CHANGE
    if held != keys.CONTROL:
        return Act.LEAVE  # Alt: a menu
    if key in ("z", "y"):
        return Act.CHANGE
    if shift:
        return Act.UNKNOWN  # Ctrl+Shift+U writes a character by its number
    if key in _HARMLESS:
        return Act.HARMLESS
    return {"a": Act.SELECT_ALL, "x": Act.CUT}.get(key, Act.LEAVE)
