"""The whole way of a chore by commands alone: three rows are entered by hand while `byhand record` records, the program
that is made of them does a table's rows in an app that has changed meanwhile, and what came about is asked of the app.

The office's invoices in a real browser, with real input.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.chore import CHANGED, SHOWN, Way, office, shown
from tests.browser.typed import Typed

_RUN = 3


@pytest.fixture(scope="module")
def way(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    at = Typed(tmp_path_factory.mktemp("b"))
    with office(at) as served:
        yield shown(play, at, served, _RUN + 1)


def test_what_was_shown_by_hand_is_a_program_without_what_was_typed(way: Way):
    """Its five values are parameters of their kinds, it saves once and can be checked; its file holds no row shown."""
    assert [one["kind"] for one in way.made["parameters"]] == ["text", "text", "date", "number", "choice"]
    assert [step.startswith('press "Save invoice"') for step in way.made["steps"]].count(True) == 1
    assert way.made["checked"]
    text = Path(way.made["file"]).read_text()
    assert not [row.values for row in way.drawn[:SHOWN] for name in ("number", "vendor") if row.values[name] in text]


def test_a_tables_rows_are_done_right_in_an_app_that_has_changed_and_once_only(way: Way):
    """The app's records agree: each row is there as the table has it, and nothing else; a second run does nothing."""
    way.at.byhand("office", "reset", "--drift", CHANGED)
    before = way.tables()
    drawn = way.drawn[SHOWN : SHOWN + _RUN]
    table = way.table("march.csv", drawn)
    code, told = way.run(table)
    assert [(one["row"], one["state"], one["reason"]) for one in told] == [(n, "done", "") for n in range(1, _RUN + 1)]
    assert code == 0
    assert way.became(before, drawn) == "right"
    code, told = way.run(table)
    assert (code, {one["state"] for one in told}) == (0, {"skipped"})
    assert way.became(before, drawn) == "right"


def test_a_row_that_the_app_says_is_saved_and_is_not_is_not_called_done(way: Way):
    """The page says Saved; the effect is looked for on another page, and is not there."""
    way.at.byhand("office", "reset", "--drift", "DROPPED")
    before = way.tables()
    drawn = way.drawn[SHOWN + _RUN :]
    code, told = way.run(way.table("april.csv", drawn))
    assert [one["state"] for one in told] == ["stopped"]
    assert code != 0
    assert way.became(before, drawn) == "nothing"
    report = way.at.byhand("workflow", "report", "enter", "-o", "report.html")
    assert "report.html" in report
    assert "0 of 1 done" in (way.at.folder / "report.html").read_text()
