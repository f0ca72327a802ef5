"""Rows of a new user's first hour: from the first command to a table that is done, and fifty rows of an app that has
changed since it was shown. By commands alone, as docs/workflows.md has them; the hand that shows is a script at a
person's pace in the fields, so the minutes are what the machine takes and not how fast somebody reads.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.report import Row
from byhand.evals.office.catalog import FAMILIES
from tests.browser.chore import CHANGED, SHOWN, office, shown
from tests.browser.typed import Typed

ROW = "first"
_FIRST, _TABLE = 3, 50
_COMMANDS = ("policy example", "consent give", "record --browser", "workflow make", "run --dry-run", "run")
_MINUTES = 5.0


def measure(share: float) -> Iterator[Row]:
    """Both rows."""
    table = max(5, round(_TABLE * share))
    with tempfile.TemporaryDirectory(prefix="b", ignore_cleanup_errors=True) as name, sync_playwright() as play:
        at = Typed(Path(name))
        with office(at) as served:
            begun = time.monotonic()
            at.byhand("policy", "example")
            way = shown(play, at, served, _FIRST + table, FAMILIES["invoices-enter"])
            first = way.drawn[SHOWN : SHOWN + _FIRST]
            before, place = way.tables(), way.table("first.csv", first)
            at.byhand("workflow", "run", "enter", "--table", place, "--dry-run")
            code, told = way.run(place)
            minutes = (time.monotonic() - begun) / 60
            right = code == 0 and way.became(before, first) == "right"
            yield Row(
                "from nothing to the first table of an own chore", f"<= 6 commands, <= {_MINUTES:.0f} minutes",
                f"{len(_COMMANDS)} commands, {minutes:.1f} minutes", "72 verbs, 477 MB, no short path (design notes)",
                f"{', '.join(_COMMANDS)}; {SHOWN} invoices entered by a scripted hand, {_FIRST} others run, "
                f"{'right' if right else 'wrong'} by the app's records; the allowance for saving is a seventh command,"
                " where nobody is there to say yes",
                right and minutes <= _MINUTES,
            )  # fmt: skip
            at.byhand("office", "reset", "--drift", CHANGED)
            rest = way.drawn[SHOWN + _FIRST :]
            before, begun = way.tables(), time.monotonic()
            code, told = way.run(way.table("rest.csv", rest), within_s=20 * table)
            took = time.monotonic() - begun
            states = Counter(one["state"] for one in told)
            steps = sum(one["steps"] for one in told)
            right = code == 0 and way.became(before, rest) == "right" and states["done"] == table
            yield Row(
                f"three rows shown by hand, {table} others run under {CHANGED.replace(',', ' and ')}", "all right",
                f"{states['done']} of {table}", "-",
                f"by `byhand workflow run`, judged by the app's records together: {'right' if right else 'not right'};"
                f" {took / table:.1f} s a row, {took / max(steps, 1):.2f} s a step, start of the browser included",
                right,
            )  # fmt: skip
