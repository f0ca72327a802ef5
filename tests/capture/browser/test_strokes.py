"""A page's words for keys and roles become the desktop's."""

from __future__ import annotations

import pytest

from byhand.capture.accessibility.roles import ROLES, STATES
from byhand.capture.browser import roles, strokes
from byhand.privacy.rules import fields


@pytest.mark.parametrize(
    ("key", "code", "keysym", "keycode"),
    [
        ("a", "KeyA", 0x61, 38), ("A", "KeyA", 0x41, 38), ("ä", "Quote", 0xE4, 48), ("€", "KeyE", 0x10020AC, 26),
        ("Enter", "Enter", 0xFF0D, 36), ("Enter", "NumpadEnter", 0xFF8D, 104), ("5", "Numpad5", 0xFFB5, 84),
        ("End", "Numpad1", 0xFF57, 87), ("Control", "ControlRight", 0xFFE4, 105), ("Shift", "", 0xFFE1, 0),
        (" ", "Space", 0x20, 65), ("F12", "F12", 0xFFC9, 96), ("", "", 0, 0), ("Dead", "Quote", 0, 48),
        ("Process", "KeyA", 0, 38), ("AltGraph", "AltRight", 0xFE03, 108), ("+", "NumpadAdd", 0xFFAB, 86),
    ],
)  # fmt: skip
def test_a_key_is_named_as_x_names_it(key: str, code: str, keysym: int, keycode: int) -> None:
    assert strokes.keysym(key, code) == keysym
    assert strokes.keycode(code) == keycode


def test_modifiers_are_those_before_the_stroke() -> None:
    """A page's mask has the key itself in it as it goes down, and not any more as it comes up; X's is the other way."""
    assert strokes.mods(1, "Shift", down=True) == 0
    assert strokes.mods(0, "Shift", down=False) == 1
    assert strokes.mods(5, "S", down=True) == 5
    assert strokes.mods(2**40, "a", down=True) == 0


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ({"aria": "textbox"}, "entry"), ({"aria": "textbox", "kind": "password"}, "password text"),
        ({"aria": "button"}, "push button"), ({"aria": "option", "above": ("listbox",)}, "list item"),
        ({"aria": "option", "above": ("combobox",)}, "menu item"), ({"aria": "tab"}, "page tab"),
        ({"aria": "textbox", "kind": "date", "tag": "input"}, "date editor"), ({"aria": "made up"}, "unknown"),
    ],
)  # fmt: skip
def test_a_role_is_named_as_accessibility_names_it(told: dict[str, str], role: str) -> None:
    assert roles.role(**told) == role  # type: ignore[arg-type]


def test_every_role_and_state_is_one_the_desktop_has() -> None:
    assert set(roles._ROLES.values()) <= set(ROLES)
    assert set(roles._STATES.values()) <= set(STATES)
    assert roles.states(("multiline",), "entry") == ("multi line", "editable", "enabled", "sensitive")
    assert "editable" not in roles.states(("readonly",), "entry")
    assert fields.known_role(roles.role("combobox"))
