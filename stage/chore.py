"""The demo's chore: an invoice is entered once by hand in the office's app, and then a table of them without one.

Rules of this module: where a control is on the screen is asked of the page that shows it; every press and every key is
real X input. What came about is asked of the app's own records, never of a page.
"""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright

from byhand.evals.office.catalog import FAMILIES
from byhand.evals.office.families import Effect, Row, Tables, verdict
from stage import programs
from stage.desktop import Desktop
from stage.hands import Hands

NAME = "enter-invoice"
FAMILY = FAMILIES["invoices-approval"]
HEADS = {
    "number": "Invoice number", "vendor": "Vendor", "date": "Invoice date", "amount": "Amount", "category": "Category",
}  # fmt: skip
SHOWN = Row(
    0, {"number": "N-84001", "vendor": "Hartwell", "date": "2026-03-02", "amount": "412.50", "category": "Travel"}
)
ROWS = (
    Row(1, {"number": "N-84002", "vendor": "Beaufort", "date": "2026-03-05", "amount": "87.00", "category": "Rent"}),
    Row(2, {"number": "N-84003", "vendor": "Greenhithe", "date": "2026-02-11", "amount": "730.20", "category": "Rent"}),
    Row(3, {"number": "N-84004", "vendor": "Hartwell", "date": "2026-03-09", "amount": "19.99", "category": "Travel"}),
)  # fmt: skip
_CORNER = """() => {
  const border = (outerWidth - innerWidth) / 2  // at the sides, and below
  return [screenX + border, screenY + outerHeight - border - innerHeight]
}"""
_READ_MS, _LOOK_MS = 700, 1200


@contextmanager
def served(byhand: str, env: Mapping[str, str]) -> Generator[dict[str, Any]]:
    """The app, as `byhand office serve` serves it: what it told of itself."""
    words = [byhand, "office", "serve", "--app", FAMILY.app, "--json"]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def show(desktop: Desktop, byhand: str, env: Mapping[str, str], app: Mapping[str, Any]) -> None:
    """Enter one invoice in a work window, while it is recorded."""
    words = [byhand, "record", "--browser", "--json", "--task", "enter an invoice"]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True) as recorder:
        assert recorder.stdout is not None
        lines = map(json.loads, recorder.stdout)
        try:
            where: dict[str, Any] = next(line["browser"] for line in lines if "browser" in line)
            programs.place(desktop, "chromium", 120, 20, 1040, 760)
            with sync_playwright() as play, Hands(desktop.display, pace=0.4) as hands:
                page = play.chromium.connect_over_cdp(where["devtools"]).contexts[0].pages[0]
                page.goto(app["entry"])
                page.goto(f"{app['url']}invoices")
                _enter(_Screen(page, hands))
            subprocess.run([byhand, "stop"], env=env, check=True, capture_output=True)
            for _ in lines:  # until it has ended
                pass
        finally:
            recorder.terminate()


class _Screen:
    """A page in a window of the desktop, worked on by hand."""

    def __init__(self, page: Page, hands: Hands) -> None:
        self.page, self.hands = page, hands

    def press(self, target: Locator, *, left: bool = False) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        corner = self.page.evaluate(_CORNER)
        x = corner[0] + box["x"] + (16 if left else box["width"] / 2)
        self.hands.click(round(x), round(corner[1] + box["y"] + box["height"] / 2))
        self.page.wait_for_timeout(80)  # what comes by the window may be overtaken by what the page is asked

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)


def _enter(screen: _Screen) -> None:
    page, values = screen.page, SHOWN.values
    page.wait_for_timeout(_LOOK_MS)
    screen.press(page.get_by_role("link", name="New invoice", exact=True))
    page.wait_for_url("**/invoices/new")
    page.wait_for_timeout(_LOOK_MS)
    for name in ("number", "vendor", "date", "amount"):
        screen.press(screen.field(HEADS[name]), left=True)
        if name == "date":
            year, month, day = values[name].split("-")
            screen.hands.type(f"{month}{day}{year}")
        else:
            screen.hands.key("a", "Control_L")
            screen.hands.type(values[name])
        page.wait_for_timeout(_READ_MS)  # what the desktop tells and what the page tells of one act stay together
    screen.press(page.get_by_role("combobox", name=HEADS["category"], exact=True))
    page.wait_for_timeout(_READ_MS)
    screen.press(page.get_by_role("option", name=values["category"], exact=True))
    page.wait_for_timeout(_LOOK_MS)
    screen.press(page.get_by_role("button", name="Save invoice", exact=True))
    page.wait_for_url(lambda url: not url.endswith("/new"))
    page.wait_for_timeout(_LOOK_MS)


def table(place: Path) -> None:
    """As who keeps it would keep it."""
    with place.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADS.values())
        lines.writerows([row.values[column] for column in HEADS] for row in ROWS)


def records(byhand: str, env: Mapping[str, str]) -> Tables:
    """What the app holds."""
    told = subprocess.run([byhand, "office", "state", "--json"], env=env, check=True, capture_output=True, text=True)
    return json.loads(told.stdout)["tables"]


def judged(before: Tables, after: Tables) -> str:
    """What was to come about, against what did: `right`, `nothing`, `wrong` or `duplicated`."""
    added = tuple(each for row in ROWS for each in FAMILY.effect(before, row).added)
    return verdict(before, after, Effect(added=added))
