"""What others call a key. Ours are those of `KeyboardEvent.key` (W3C UI Events), as in `Action.keys`.

Each table lists only where a vocabulary departs from its rule: a name that isn't in it is put in lower case, or stays.
"""

from __future__ import annotations

MODIFIERS = frozenset({"Control", "Shift", "Alt", "Meta", "AltGraph"})

_PYAUTOGUI = {
    "Control": "ctrl", "Meta": "win", "AltGraph": "altright", "Escape": "esc", " ": "space", "ArrowLeft": "left",
    "ArrowRight": "right", "ArrowUp": "up", "ArrowDown": "down", "ContextMenu": "apps",
}  # fmt: skip
_XDOTOOL = {
    "Control": "ctrl", "Shift": "shift", "Alt": "alt", "Meta": "super", "AltGraph": "ISO_Level3_Shift",
    "Enter": "Return", "Backspace": "BackSpace", " ": "space", "ArrowLeft": "Left", "ArrowRight": "Right",
    "ArrowUp": "Up", "ArrowDown": "Down", "PageUp": "Page_Up", "PageDown": "Page_Down", "ContextMenu": "Menu",
    "PrintScreen": "Print", "CapsLock": "Caps_Lock", "+": "plus", "-": "minus", "/": "slash",
    "\\": "backslash", ".": "period", ",": "comma",
}  # fmt: skip
_OPENAI = {
    "Control": "CTRL", "Escape": "ESC", " ": "SPACE", "Meta": "META", "AltGraph": "ALT",
}  # fmt: skip


def pyautogui(key: str) -> str:
    return _PYAUTOGUI.get(key) or key.lower()


_FROM_PYAUTOGUI = {theirs: ours for ours, theirs in _PYAUTOGUI.items()} | {
    "enter": "Enter", "return": "Enter", "tab": "Tab", "backspace": "Backspace", "delete": "Delete", "del": "Delete",
    "insert": "Insert", "home": "Home", "end": "End", "pageup": "PageUp", "pgup": "PageUp", "pagedown": "PageDown",
    "pgdn": "PageDown", "shift": "Shift", "alt": "Alt", "command": "Meta", "cmd": "Meta", "winleft": "Meta",
    "super": "Meta", "option": "Alt", "control": "Control", "ctrlleft": "Control", "ctrlright": "Control",
    "shiftleft": "Shift", "shiftright": "Shift", "altleft": "Alt", "escape": "Escape", "capslock": "CapsLock",
    "printscreen": "PrintScreen", "numlock": "NumLock", "scrolllock": "ScrollLock", "pause": "Pause",
} | {f"f{n}": f"F{n}" for n in range(1, 25)}  # fmt: skip


def from_pyautogui(key: str) -> str:
    """Ours for theirs; one that nobody knows stays what it is."""
    return _FROM_PYAUTOGUI.get(key.lower(), key)


def xdotool(key: str) -> str:
    return _XDOTOOL.get(key) or key


def openai(key: str) -> str:
    return _OPENAI.get(key) or key.upper()


def chord(keys: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The modifiers that are held and the key that is struck, "" if there is none."""
    held = tuple(key for key in keys if key in MODIFIERS)
    struck = [key for key in keys if key not in MODIFIERS]
    return (held, struck[-1]) if struck else (held[:-1], held[-1] if held else "")
