"""Lengths of time as they are typed."""

from __future__ import annotations

import pytest

from byhand.cli.durations import seconds
from byhand.errors import UsageFault


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("20s", 20), ("20m", 1200), ("1h30m", 5400), ("1h 30m", 5400), ("1.5h", 5400), ("7d", 604800), ("90 sec", 90)],
)
def test_a_length_is_read_as_a_person_means_it(typed: str, meant: float) -> None:
    """Units are told by their first letter."""
    assert seconds(typed, "--for") == meant


@pytest.mark.parametrize("typed", ["", "20", "m", "0s", "-5m", "5m ago", "10x", "1h30"])
def test_what_has_no_unit_or_no_length_is_refused(typed: str) -> None:
    """Twenty of what? Guessing would record too long."""
    with pytest.raises(UsageFault):
        seconds(typed, "--for")
