"""Strokes of a table, and what a key is by its name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from byhand.privacy.rhythm.drawn import Rhythm, pause_class
from byhand.privacy.rhythm.population import FLIGHT, HOLD, PAUSES_MS
from byhand.privacy.rhythm.strokes import Strokes, key_class


@pytest.mark.parametrize(
    ("cls", "keys"),
    [
        ("letter", ["a", "É", "字", "ß", "Shift.r", "KeyA", "Key.a"]),
        ("digit", ["7", "five", "Digit5", "KP_5", "Numpad5", "٣"]),
        ("symbol", [".", "period", "@", "apostrophe", "€"]),
        ("space", [" ", "space", "Key.space", "\u00a0"]),
        ("edit", ["BKSP", "Backspace", "Delete", "\b"]),
        ("enter", ["Return", "Enter", "KP_Enter", "\r"]),
        ("modifier", ["SHIFT", "Shift_L", "ShiftRight", "ctrl_l", "CAPS_LOCK", "Key.alt_gr", "AltGr"]),
        ("move", ["Left", "ArrowUp", "ARW_DOWN", "Page_Up", "End"]),
        ("function", ["F5", "F12"]),
        ("other", ["", "LETTER", "\x00", "x" * 100_000]),
    ],
)
def test_keys_are_known_by_the_names_tables_give_them(cls: str, keys: list[str]):
    """X11, browsers, pynput, and the two tables measured on. What is not known is still told in drawn time."""
    assert {key: key_class(key) for key in keys} == dict.fromkeys(keys, cls)


def test_a_table_whose_clock_begins_again_is_told_so():
    """Each sample with its own zero: the told one begins at its own second too."""
    strokes = Strokes(b"x")
    assert strokes.told("a", 3_456.7)[0] == 3_000
    assert strokes.told("b", 3_500)[0] > 3_000
    assert strokes.told("a", 120)[0] == 0


def test_a_key_struck_twice_is_let_go_between():
    """In any draw."""
    for seed in range(50):
        strokes = Strokes(bytes([seed]))
        told = [strokes.told("l", n * 10.0) for n in range(20)]
        assert all(up < down for (_, up), (down, _) in pairwise(told))


@pytest.mark.parametrize(
    ("gap", "of"), [(0, -1), (1_999, -1), (2_000, 0), (4_999, 0), (5_000, 1), (15_000, 2), (9e9, 3)]
)
def test_pauses_have_classes(gap: float, of: int):
    """And what is drawn for one lies in it."""
    assert pause_class(gap) == of
    if of >= 0:
        least, most = PAUSES_MS[of]
        assert all(least <= Rhythm(bytes([n])).pause(gap) < most for n in range(100))


def test_the_model_has_the_means_that_were_published():
    """Of holds (Dhakal et al. 2018), and letters within a word at nine tenths of their mean flight."""

    def mean(times: list[float]) -> float:
        return sum(times) / len(times)

    at = [(n + 0.5) / 100_000 for n in range(100_000)]
    assert mean([HOLD["letter"].at(u) for u in at]) == pytest.approx(116, rel=0.01)
    assert mean([FLIGHT["letter", "letter"].at(u) for u in at]) == pytest.approx(0.9 * 238.7, rel=0.01)


def test_draws_are_those_of_the_seed():
    """The same again with the same seed, others with another."""
    one, same, other = (Rhythm(seed) for seed in (b"1", b"1", b"2"))
    drawn = [[rhythm.flight("letter", "letter", 50) for _ in range(20)] for rhythm in (one, same, other)]
    assert drawn[0] == drawn[1] != drawn[2]
