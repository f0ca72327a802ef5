"""The office is usable by everybody: what axe knows of, and the keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site

OTHER = frozenset({"THEME", "WIDGET", "LAYOUT", "BANNER"})


@pytest.mark.parametrize(
    ("app", "paths", "drifts"),
    [
        ("invoices", ("invoices", "invoices/new", "invoices/i1"), frozenset[str]()),
        ("moderation", ("items/r1/decide",), frozenset[str]()),
        ("tickets", ("runs/t1",), frozenset[str]()),
        ("invoices", ("invoices", "invoices/new"), OTHER),
    ],
    ids=["invoices", "moderation", "tickets", "other"],
)
def test_axe_finds_no_barrier(app: str, paths: tuple[str, ...], drifts: frozenset[str], page: Page) -> None:
    """Neither in the apps as they are nor in the other theme; and a page asks nothing of anybody else."""
    asked: list[str] = []
    with served(Site(APPS[app], 1, drifts)) as office:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(office.entry)
        for path in paths:
            page.goto(office.url + path)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        assert {url for url in asked if not url.startswith((office.url, "data:"))} == set()


def test_a_form_is_filled_in_with_the_keyboard_alone(page: Page) -> None:
    """Tab goes through the fields in their order, and Enter saves."""
    with served(Site(APPS["tickets"])) as office:
        page.goto(office.entry)
        page.goto(f"{office.url}people/new")
        page.get_by_label("Name", exact=True).focus()
        page.keyboard.type("Ada")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type("ada@example.com")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.get_by_role("status").inner_text() == "Saved"
        assert [one["email"] for one in office.state().tables["people"].values()][-1] == "ada@example.com"
