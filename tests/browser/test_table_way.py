"""The whole way of a chore by commands alone: three rows are entered by hand while `byhand record` records, the program
that is made of them does a table's rows in an app that has changed meanwhile, and what came about is asked of the app.

The office's invoices in a real browser, with real input. Nothing of Byhand is called from inside but the office's own
check of its records, and the rows it draws.
"""

from __future__ import annotations

import csv
import json
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, Playwright

from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.families import Effect, Row, Tables, Verdict, verdict
from tests.browser.office import by_hand
from tests.browser.typed import BYHAND, Typed

POLICY = """\
version = 1
streams = ["actions", "text"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""
FAMILY = FAMILIES["invoices-approval"]
CHANGED = "LAYOUT,IDS"
"""Fields, columns and the navigation stand elsewhere; ids, classes and test ids are others."""
_SHOWN, _RUN = 3, 3
_HEADS = {
    "number": "Invoice number", "vendor": "Vendor", "date": "Invoice date", "amount": "Amount", "category": "Category",
}  # fmt: skip
"""The table's columns, as who keeps it would call them; what the chore doesn't ask for isn't in it."""
_LISTED_S = 60.0


class Way(NamedTuple):
    """drawn: the rows that were shown by hand, then those for tables."""

    at: Typed
    entry: str
    drawn: list[Row]
    made: dict[str, Any]

    def table(self, name: str, drawn: list[Row]) -> Path:
        place = self.at.folder / name
        with place.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(_HEADS.values())
            lines.writerows([row.values[column] for column in _HEADS] for row in drawn)
        return place

    def run(self, table: Path) -> tuple[int, list[Any]]:
        """The exit code, and what is told of each row."""
        words = ("workflow", "run", "enter", "--table", table, "--url", self.entry, "--unattended", "--json")
        done = self.at.run(*words)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def tables(self) -> Tables:
        (told,) = self.at.told("office", "state")
        return told["tables"]

    def became(self, before: Tables, drawn: list[Row]) -> Verdict:
        """What the app's records say of all these rows together."""
        wanted = [FAMILY.effect(before, row) for row in drawn]
        return verdict(before, self.tables(), Effect(added=tuple(each for one in wanted for each in one.added)))


@contextmanager
def office(at: Typed) -> Generator[dict[str, Any]]:
    """Served as a person serves it, beside the rest."""
    words = [BYHAND, "office", "serve", "--app", "invoices", "--json"]
    with subprocess.Popen(words, env=at.env, cwd=at.folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def is_listed(at: Typed) -> bool:
    """Is a list kept of the page that came last? The recording goes on meanwhile."""
    told = [one for one in at.told("show", "last") if one["kind"] in ("snapshot", "page")]
    loads = [place for place, one in enumerate(told) if one["kind"] == "page" and one["what"] == "loaded"]
    return bool(loads) and any(one["kind"] == "snapshot" for one in told[loads[-1] :])


@pytest.fixture(scope="module")
def way(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    at = Typed(tmp_path_factory.mktemp("b"))
    drawn = rows(FAMILY, count=_SHOWN + _RUN + 1)
    with office(at) as served:
        at.agree(POLICY.format(origin=served["url"].rstrip("/")))

        def listed() -> None:
            until = time.monotonic() + _LISTED_S
            while not is_listed(at):
                assert time.monotonic() < until, "the page's list was not kept"

        def does(page: Page) -> None:
            page.goto(served["entry"])
            for row in drawn[:_SHOWN]:
                page.goto(f"{served['url']}invoices")
                listed()
                by_hand(page, FAMILY.hand, row, listed)

        recording = at.record(play, "enter an invoice", does)
        (made,) = at.told("workflow", "make", recording, "--as", "enter")
        at.byhand("workflow", "allow", "enter", "--act", 'press "Save invoice"', "--days", "1", "--yes")
        yield Way(at, served["entry"], drawn, made)


def test_what_was_shown_by_hand_is_a_program_without_what_was_typed(way: Way):
    """Its five values are parameters of their kinds, it saves once and can be checked; its file holds no row shown."""
    assert [one["kind"] for one in way.made["parameters"]] == ["text", "text", "date", "number", "choice"]
    assert [step.startswith('press "Save invoice"') for step in way.made["steps"]].count(True) == 1
    assert way.made["checked"]
    text = Path(way.made["file"]).read_text()
    assert not [row.values for row in way.drawn[:_SHOWN] for name in ("number", "vendor") if row.values[name] in text]


def test_a_tables_rows_are_done_right_in_an_app_that_has_changed_and_once_only(way: Way):
    """The app's records agree: each row is there as the table has it, and nothing else; a second run does nothing."""
    way.at.byhand("office", "reset", "--drift", CHANGED)
    before = way.tables()
    drawn = way.drawn[_SHOWN : _SHOWN + _RUN]
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
    drawn = way.drawn[_SHOWN + _RUN :]
    code, told = way.run(way.table("april.csv", drawn))
    assert [one["state"] for one in told] == ["stopped"]
    assert code != 0
    assert way.became(before, drawn) == "nothing"
    report = way.at.byhand("workflow", "report", "enter", "-o", "report.html")
    assert "report.html" in report
    assert "0 of 1 done" in (way.at.folder / "report.html").read_text()
