"""Promises of typed.signs: which character a key writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from Xlib import XK

from byhand.privacy.typed.signs import COMPOSE, completed, dead, sign


@pytest.mark.parametrize(
    ("keysym", "written"),
    [
        (0x61, "a"), (0x40, "@"), (0xE9, "é"), (0x1000041 + 0xC3, "Ą"), (0x101F44D, "👍"), (0x1B1, "ą"), (0x1A3, "Ł"),
        (0x2B6, "ĥ"), (0x3E7, "į"), (0x6C1, "а"), (0x6A3, "ё"), (0x6A1, "ђ"), (0x6B0, "№"), (0x6BF, "Џ"), (0x6BE, "Ў"),
        (0x6AD, "ґ"), (0x7E1, "α"), (0x7F2, "σ"), (0x7F3, "ς"), (0x7B1, "ά"), (0x7BB, "ώ"), (0x7AB, "Ώ"), (0x7A7, "Ό"),
        (0x5C7, "ا"), (0xCE0, "א"), (0xDA1, "ก"), (0x4A6, "ヲ"), (0x4B1, "ア"), (0x4C0, "タ"), (0x4DD, "ン"),
        (0x13BD, "œ"), (0x20AC, "€"), (0xAAA, "–"), (0xAD0, "‘"), (0xAD3, "”"), (0xFFB4, "4"),
        (0x4DF, "゜"), (0xFFAB, "+"), (0xFFAE, "."),
    ],
)  # fmt: skip
def test_a_keysym_writes_the_character_its_table_says(keysym: int, written: str):
    """Numbers and characters as in keysymdef.h."""
    assert sign(keysym) == written


@pytest.mark.parametrize(
    "keysym", [0xFF08, 0xFF0D, 0xFFE1, 0xFE51, 0xFF20, 0x100D800, 0x6A0, 0x1000001, 0, 0x8A1, 0xEA1]
)
def test_what_writes_nothing_for_certain_is_no_character(keysym: int):
    """Acts, halves of characters, numbers without a meaning."""
    assert sign(keysym) == ""


@given(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]))
def test_every_character_has_its_unicode_keysym(character: str):
    """What no older alphabet has comes so."""
    code = ord(character)
    assert sign(code if code < 0x100 else 0x1000000 + code) == character


SEQUENCES = [
    ("dead_acute e", "é"), ("dead_diaeresis u", "ü"), ("dead_caron c", "č"), ("dead_ogonek a", "ą"),
    ("dead_stroke o", "ø"), ("dead_circumflex dead_acute a", "ấ"), ("dead_acute dead_circumflex a", "ấ"),
    ("dead_acute dead_acute", "´"), ("dead_circumflex space", "^"), ("dead_acute space", "'"), ("dead_tilde n", "ñ"),
    ("Multi_key apostrophe e", "é"), ("Multi_key e apostrophe", "é"), ("Multi_key s s", "ß"),
    ("Multi_key e equal", "€"),
    ("Multi_key minus minus period", "–"), ("Multi_key o slash", "ø"), ("Multi_key less less", "«"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "written"), SEQUENCES)
def test_a_sequence_writes_its_character_with_its_last_key(names: str, written: str):
    """Until then it has written nothing."""
    XK.load_keysym_group("xkb")
    keysyms = tuple(XK.string_to_keysym(name) or _MORE[name] for name in names.split())
    for end in range(1, len(keysyms)):
        assert completed(keysyms[:end]) == ""
    assert completed(keysyms) == written


_MORE = {"dead_stroke": 0xFE63}


@pytest.mark.parametrize(
    "sequence", [(0xFE51, 0x71), (COMPOSE, 0x71, 0x71), (0xFE80,), (0xFE51, 0xFF08), (COMPOSE, 0xFF51)]
)
def test_a_sequence_nobody_knows_is_not_guessed(sequence: tuple[int, ...]):
    """Programs differ in what they make of it."""
    assert completed(sequence) is None


def test_dead_keys_are_known_as_such():
    """From grave to the long solidus."""
    assert dead(0xFE50)
    assert dead(0xFE93)
    assert not dead(0x60)
