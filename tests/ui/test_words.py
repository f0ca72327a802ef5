"""How text, lengths of time and sizes are spelled."""

from __future__ import annotations

import pytest

from byhand.ui import words


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


@pytest.mark.parametrize(("count", "said"), [(812, "812 B"), (41_200, "41 kB"), (3_240_000, "3.2 MB"), (2e9, "2.0 GB")])
def test_a_size_reads_well(count: float, said: str) -> None:
    """Decimal units, as disks are sold."""
    assert words.size(count) == said


def test_a_long_text_is_cut_with_a_sign() -> None:
    """What is cut is seen to be cut."""
    assert words.shown("x" * 100, 10) == "x" * 9 + "…"


def test_what_is_left_of_a_text_of_blanks_is_still_said_to_be_cut() -> None:
    """A text is looked at only as far as it could be shown."""
    assert words.shown("a" + " " * 1000 + "b", 10) == "a…"
