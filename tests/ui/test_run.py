"""Promises of a run's report: it says what came of each row, asks for nothing, and lets no cell steer a reader."""

from __future__ import annotations

import re

import pytest

from byhand.ui.run.page import page
from byhand.ui.run.table import COLUMNS, beside
from byhand.ui.run.telling import Line, State, Told, heals

STOPPED = Line(
    2, "stopped", "R-2", 'the field "Cost center" is required', "required", 4, 2.0, ('fill "Number" with R-2',),
    'press "Save"', "Saved", "1 message", harmed=True, undo="delete the draft", picture=b"\x89PNG",
)  # fmt: skip


def told(*lines: Line, **more: object) -> Told:
    return Told("enter-invoice", "Enter an invoice", "Sunday", 1, 1, 12.0, lines, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (("done", "done"), "Every row is done, and its effect was seen."),
        (("done",), "It is done, and its effect was seen."),
        (("done", "unchecked", "stopped"), "1 of 3 done, 1 done and not checked, 1 stopped."),
        (("done", "cut off", "not begun"), "1 of 3 done, 1 cut off, 1 not begun."),
        (("skipped",), "0 of 1 done, 1 skipped."),
    ],
)
def test_the_whole_of_it_is_said_in_a_sentence(states: tuple[State, ...], said: str):
    """Only what is done and was seen to be done counts."""
    assert told(*(Line(n, state) for n, state in enumerate(states, 1))).verdict == said


def test_what_was_done_before_counts_as_done():
    """A table that is run a second time has nothing left to do."""
    assert told(Line(1, "done"), Line(2, "skipped", kind="done before")).verdict.startswith("Every row is done")


def test_a_stop_is_shown_with_all_that_is_known_of_it():
    """Where, why, what was expected, what there is, how to take it back, and the masked picture."""
    shown = page(told(Line(1, "done", "R-1"), STOPPED))
    for part in ("Cost center", "Saved", "1 message", "delete the draft", "half a record", "press &quot;Save&quot;"):
        assert part in shown
    assert "data:image/png;base64,iVBORw==" in shown


def test_it_asks_for_nothing_and_runs_nothing():
    """No script, no address, and what a cell holds is text."""
    wicked = Line(1, "stopped", "<script>alert(1)</script>", reason='"><img src=https://evil.example>')
    shown = page(told(wicked, effects="it is seen"))
    assert "<script" not in shown
    assert "<img src=https" not in shown
    assert not re.search(r"""(src|href)=["'](?!data:)""", shown)
    assert "default-src 'none'" in shown


def test_a_program_without_effects_is_said_to_have_none():
    """Nobody may take "all steps done" for "it is there"."""
    assert "no row of it counts as done" in page(told(Line(1, "unchecked")))


def test_heals_are_told_once_with_their_rows():
    """As what it was and what it is."""
    found = heals([(n, "Save", 'button "Save"', 'button "Store"', ("role", "near")) for n in (3, 4)])
    assert [(one.called, one.rows) for one in found] == [("Save", (3, 4))]
    shown = page(told(Line(3, "done"), heals=found))
    assert "<del>button &quot;Save&quot;</del><ins>button &quot;Store&quot;</ins>" in shown
    assert "in row 3, 4" in shown


def test_a_row_that_was_not_reached_is_said_to_be():
    """Beside its cells, in the table that comes back."""
    assert len(COLUMNS) == len(beside(None)) == len(beside(STOPPED))
    assert beside(None)[0] == "not begun"
    assert beside(STOPPED)[:2] == ("stopped", 'the field "Cost center" is required')


def test_what_is_told_of_a_row_is_not_in_its_name():
    """A log of it holds no cell."""
    assert "R-2" not in repr(STOPPED)
