"""The desktop form: real windows, real keys, and what its file holds afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from byhand.evals.office.apps.expenses import APP, DRIFTS
from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.desktop.running import opened
from byhand.evals.office.families import Family, Row
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from stage.window_hand import WindowHand

OURS = [one for one in FAMILIES.values() if one.app == "expenses"]


def typeable(family: Family) -> Row:
    """A row that the keys of a plain keyboard can write."""
    return next(row for row in rows(family, 1, 20) if all(value.isascii() for value in row.values.values()))


@pytest.fixture
def quick(desktop: Desktop) -> Iterator[Hands]:
    with Hands(desktop.display, pace=0.02) as pair:
        yield pair


@pytest.mark.parametrize("family", OURS, ids=lambda one: one.name)
def test_a_hand_does_each_task_in_the_window(family: Family, desktop: Desktop, quick: Hands, tmp_path: Path) -> None:
    """Each family, done with mouse and keys by role and name, has exactly its effect."""
    row = typeable(family)
    with opened(tmp_path, desktop.env) as form, WindowHand(quick, desktop.env, form.process.pid) as hand:
        before = form.state().tables
        hand.play(family.hand, row)
        wait_for(lambda: family.verdict(before, form.state().tables, row) != "nothing", "the save")
        assert family.verdict(before, form.state().tables, row) == "right"


@pytest.mark.parametrize("drift", sorted(DRIFTS))
def test_the_window_opens_under_each_drift(drift: str, desktop: Desktop, quick: Hands, tmp_path: Path) -> None:
    """No drift breaks the window: it shows itself, or the dialog that lies over it."""
    with (
        opened(tmp_path, desktop.env, drifts=frozenset({drift})) as form,
        WindowHand(quick, desktop.env, form.process.pid) as hand,
    ):
        wait_for(lambda: len([one for one in hand.things() if one.role in ("text", "dialog")]) > 0, "the window")
        assert form.process.poll() is None
        assert form.state().app == APP.name


def test_a_save_that_is_dropped_is_found_in_the_records_alone(desktop: Desktop, quick: Hands, tmp_path: Path) -> None:
    """Under DROPPED the window says that it saved, and its file knows better."""
    family = FAMILIES["expenses-note"]
    row = typeable(family)
    drifts = frozenset({"DROPPED"})
    with opened(tmp_path, desktop.env, drifts=drifts) as form, WindowHand(quick, desktop.env, form.process.pid) as hand:
        before = form.state().tables
        hand.play(family.hand, row)
        wait_for(lambda: hand.find("label", "Saved"), "the word")
        assert family.verdict(before, form.state().tables, row) == "nothing"
