"""A run that is killed at any of its moments, and begun again, saves each row once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.form import saved
from bench.kills import table
from byhand.agents import effects
from byhand.agents.journal import Journal, Standing

WAY = range(2, 34, 3)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form answers at once."""
    monkeypatch.setattr(effects, "WAIT_S", 0.03)


def killed(folder: Path, at: int) -> bool:
    """Run two rows in a process that dies in its so-manieth look or act. Whether it did."""
    child = os.fork()
    if child == 0:
        try:
            table(folder, 2, 0.0, at)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:This process")  # it has threads of other tests; the child touches none of them
def test_each_row_is_saved_once_wherever_it_was_killed(tmp_path: Path):
    """Before the save, in it, after it and while it is looked up: what is missing is done, what is there is not."""
    died = 0
    for at in WAY:
        place = tmp_path / str(at)
        place.mkdir()
        died += killed(place, at)
        killed(place, 5)  # and once more, early in the next try
        assert table(place, 2, 0.0)
        assert saved(place / "form") == [("R-1", "10"), ("R-2", "20")], at
    assert died >= len(WAY) - 2


@pytest.mark.filterwarnings("ignore:This process")
def test_without_what_the_journal_knows_a_row_would_be_saved_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The test above can fail: it is the journal that makes the difference."""
    doubled = 0

    def nothing(*_: object) -> Standing:
        return Standing()

    monkeypatch.setattr(Journal, "standing", nothing)
    for at in WAY:
        place = tmp_path / str(at)
        place.mkdir()
        killed(place, at)
        table(place, 2, 0.0)
        rows = saved(place / "form")
        doubled += len(set(rows)) < len(rows)
    assert doubled
