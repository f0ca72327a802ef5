"""How acts are named."""

from __future__ import annotations

import pytest

from byhand.cli import words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0.1 s"),
        (0.44, "0.4 s"),
        (12, "12 s"),
        (59.6, "1 min"),
        (65, "1 min 5 s"),
        (7380, "2 h 3 min"),
        (259200, "3 days"),
    ],
)
def test_a_length_of_time_reads_well(seconds: float, said: str) -> None:
    """Two units at most."""
    assert words.span(seconds) == said


@pytest.mark.parametrize(
    ("keysym", "cls", "mods", "said"),
    [
        ("s", "letter", 4, "Ctrl+S"), ("Return", "enter", 0, "Enter"), ("", "enter", 0, "Enter"),
        ("Next", "move", 0, "Page Down"),
        ("", "letter", 0, "a letter"), ("Tab", "tab", 1, "Shift+Tab"), ("period", "symbol", 64 | 1, "Super+Shift+."),
    ],
)  # fmt: skip
def test_a_key_is_named_as_it_is_printed_on_the_keyboard(keysym: str, cls: str, mods: int, said: str) -> None:
    """A withheld key is named by its class only."""
    assert words.key(keysym, cls, mods) == said


@pytest.mark.parametrize(("count", "said"), [(812, "812 B"), (41_200, "41 kB"), (3_240_000, "3.2 MB"), (2e9, "2.0 GB")])
def test_a_size_reads_well(count: float, said: str) -> None:
    """Decimal units, as disks are sold."""
    assert words.size(count) == said


def test_a_long_text_is_cut_with_a_sign() -> None:
    """What is cut is seen to be cut."""
    assert words.shown("x" * 100, 10) == "x" * 9 + "…"
