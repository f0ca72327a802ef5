from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.privacy.rules.keys import ALT, CONTROL, LEVEL3, SHIFT, SUPER, stroke


@pytest.mark.parametrize(
    ("keysym", "mods", "name"),
    [
        (0x73, CONTROL, "s"),
        (0x53, CONTROL | SHIFT, "S"),
        (0x74, CONTROL | ALT, "t"),
        (0x64, SUPER, "d"),
        (0x66, ALT, "f"),
        (0x2B, CONTROL, "plus"),
        (0xFFB5, CONTROL, "KP_5"),
        (0x6D3, CONTROL, "0x6d3"),
        (0x1000444, CONTROL, "U0444"),
    ],
)
def test_a_key_with_ctrl_alt_or_super_is_named(keysym: int, mods: int, name: str):
    """Shortcuts are acts, on any alphabet."""
    assert stroke(keysym, mods).name == name


@pytest.mark.parametrize(
    ("keysym", "mods"),
    [
        (0x61, 0),
        (0x41, SHIFT),
        (0x40, LEVEL3),  # AltGr+q on a German layout
        (0x40, CONTROL | LEVEL3),
        (0x40, CONTROL | ALT),  # the same on Windows
        (0x20AC, CONTROL | ALT),
        (0x1000105, CONTROL | ALT),  # a Polish letter on Windows
        (0xE5, ALT),  # Option+a on a Mac
        (0xFFB1, ALT),  # Alt and the keypad write a character by its number on Windows
        (0xFFB1, 0),
        (0xFE51, 0),  # a dead accent
        (0xFF20, 0),  # Compose
        (0, 0),
        (0x7FFFFFFF, CONTROL),
    ],
)
def test_what_writes_a_character_has_no_name(keysym: int, mods: int):
    """Layouts reach characters with Ctrl and Alt too; what isn't known counts as text."""
    found = stroke(keysym, mods)
    assert (found.name, found.text, found.stays) == ("", True, False)


@pytest.mark.parametrize(
    ("keysym", "cls"),
    [
        (0x61, "letter"),
        (0x100444E - 0x4000, "letter"),
        (0x7C1, "letter"),
        (0x31, "digit"),
        (0xFFB1, "digit"),
        (0x21, "symbol"),
        (0x20, "space"),
        (0xFF08, "edit"),
        (0xFF51, "move"),
        (0xFF0D, "enter"),
        (0xFF8D, "enter"),
        (0xFF09, "tab"),
        (0xFE20, "tab"),
        (0xFF1B, "escape"),
        (0xFFC2, "function"),
        (0xFFE1, "modifier"),
        (0xFF20, "other"),
    ],
)
def test_each_key_has_its_class(keysym: int, cls: str):
    """The class is what is left of a character."""
    assert stroke(keysym, 0).cls == cls


@given(st.integers(0, 0x1FFFFFF), st.integers(0, 255))
def test_a_printable_key_without_a_shortcut_never_has_a_name(keysym: int, mods: int):
    """For every keysym there is."""
    found = stroke(keysym, mods)
    if found.cls in ("letter", "digit", "symbol", "space") and not mods & (CONTROL | ALT | SUPER):
        assert not found.name
    if found.cls in ("letter", "digit", "symbol", "space"):
        assert found.text == (not found.name)
