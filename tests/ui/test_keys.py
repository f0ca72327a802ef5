"""How keys are named."""

from __future__ import annotations

import pytest

from byhand.events.kinds import Key, KeyClass
from byhand.ui.story import keys


def struck(cls: KeyClass, keysym: str = "", mods: int = 0) -> Key:
    return Key(0, 0, "actions.class", True, cls, 0, keysym, mods, False, False)


@pytest.mark.parametrize(
    ("cls", "keysym", "mods", "said"),
    [
        ("letter", "s", 4, "Ctrl+S"), ("enter", "Return", 0, "Enter"), ("enter", "", 0, "Enter"),
        ("move", "Next", 0, "Page Down"), ("move", "", 0, "a movement key"), ("edit", "", 0, "an editing key"),
        ("tab", "ISO_Left_Tab", 1, "Shift+Tab"), ("symbol", "period", 64 | 1, "Super+Shift+."),
        ("letter", "U00E9", 4, "Ctrl+É"), ("symbol", "slash", 5, "Ctrl+Shift+/"), ("other", "XF86_1", 0, "XF86_1"),
    ],
)  # fmt: skip
def test_a_key_is_named_as_it_is_printed_on_the_keyboard(cls: KeyClass, keysym: str, mods: int, said: str):
    """Signs beyond ASCII too; a withheld key is named by its class only."""
    assert keys.name(struck(cls, keysym, mods)) == said


def test_a_withheld_key_wrote_no_sign_that_could_be_told():
    """It is known to have written one, and no more."""
    assert keys.types(struck("letter"))
    assert keys.character(struck("letter")) == ""
    assert keys.character(struck("letter", "ssharp")) == "ß"


def test_a_shortcut_writes_nothing():
    """Ctrl, Alt and Super make one; Shift and AltGr make other signs."""
    assert [keys.types(struck("letter", "s", mods)) for mods in (4, 8, 64, 1, 128)] == [False, False, False, True, True]
