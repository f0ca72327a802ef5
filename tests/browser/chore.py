"""An invoice chore of the office, shown by hand and run by commands alone: what the test of the whole way and its bench
share. Nothing of Byhand is called from inside but the office's own check of its records, and the rows it draws.
"""

from __future__ import annotations

import csv
import json
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page, Playwright

from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.families import Act, Effect, Family, Row, Tables, Verdict, verdict
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
SHOWN = 3
_HEADS = {
    "number": "Invoice number", "vendor": "Vendor", "date": "Invoice date", "due": "Due date", "amount": "Amount",
    "currency": "Currency", "category": "Category",
}  # fmt: skip
_LISTED_S = 60.0


class Way(NamedTuple):
    """drawn: the rows that were shown by hand, then those for tables. family: of the office's chores."""

    at: Typed
    entry: str
    drawn: list[Row]
    made: dict[str, Any]
    family: Family

    def table(self, name: str, drawn: list[Row]) -> Path:
        place = self.at.folder / name
        with place.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(_HEADS[column] for column in self.asked())
            lines.writerows([row.values[column] for column in self.asked()] for row in drawn)
        return place

    def asked(self) -> list[str]:
        """The table's columns; what the chore doesn't ask for isn't in it."""
        said = " ".join(act.value for act in self.family.hand if isinstance(act, Act))
        return [column for column in _HEADS if f"{{{column}}}" in said]

    def run(self, table: Path, *, within_s: float = 120) -> tuple[int, list[Any]]:
        """The exit code, and what is told of each row."""
        words = ("workflow", "run", "enter", "--table", table, "--url", self.entry, "--unattended", "--json")
        done = self.at.run(*words, within_s=within_s)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def tables(self) -> Tables:
        (told,) = self.at.told("office", "state")
        return told["tables"]

    def became(self, before: Tables, drawn: list[Row]) -> Verdict:
        """What the app's records say of all these rows together."""
        wanted = [self.family.effect(before, row) for row in drawn]
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


def shown(play: Playwright, at: Typed, served: dict[str, Any], more: int, family: Family = FAMILY) -> Way:
    """Three rows entered by hand while they are recorded, and the program that is made of them.

    Args:
        play: Playwright, running.
        at: a home in which nothing was done yet.
        served: what the office says of itself.
        more: rows that are drawn besides those shown.
        family: of the office's chores with its invoices.
    """
    drawn = rows(family, count=SHOWN + more)
    at.agree(POLICY.format(origin=served["url"].rstrip("/")))

    def listed() -> None:
        until = time.monotonic() + _LISTED_S
        while not is_listed(at):
            assert time.monotonic() < until, "the page's list was not kept"

    def does(page: Page) -> None:
        page.goto(served["entry"])
        for row in drawn[:SHOWN]:
            page.goto(f"{served['url']}invoices")
            listed()
            by_hand(page, family.hand, row, listed)

    recording = at.record(play, "enter an invoice", does)
    (made,) = at.told("workflow", "make", recording, "--as", "enter")
    at.byhand("workflow", "allow", "enter", "--act", 'press "Save invoice"', "--days", "1", "--yes")
    return Way(at, served["entry"], drawn, made, family)
