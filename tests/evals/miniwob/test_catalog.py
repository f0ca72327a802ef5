"""Promises of miniwob.catalog: no task of the wheel is forgotten."""

from __future__ import annotations

from pathlib import Path

from byhand.evals.miniwob import pages
from byhand.evals.miniwob.catalog import BY_ELEMENTS, LEFT_OUT, ORACLES, PLACES, UNTOLD


def test_each_task_of_the_wheel_can_be_done_or_has_a_reason(html: Path):
    """In one of the two, and nothing else is in either."""
    assert sorted([*ORACLES, *LEFT_OUT]) == pages.names(html)
    assert all(LEFT_OUT.values())


def test_sixty_and_more_are_done_by_elements_alone():
    """Those that need a place, or words that no list tells, are not counted among them."""
    assert len(BY_ELEMENTS) >= 60
    assert len(ORACLES) == len(BY_ELEMENTS) + len(PLACES) + len(UNTOLD)
