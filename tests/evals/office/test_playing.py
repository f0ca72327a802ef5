"""Every web task done by its own hand in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from byhand.evals.office.catalog import APPS, FAMILIES, rows
from byhand.evals.office.drifts import DRIFTS, possible
from byhand.evals.office.families import Family, spoken
from byhand.evals.office.playing import play
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site

WEB = [one for one in FAMILIES.values() if one.app != "expenses"]
GENTLE = frozenset(name for name, one in DRIFTS.items() if one.possible) - {"SLOW", "LANGUAGE"}
"""LANGUAGE says other words than LABELS, so it comes in their place."""


@pytest.fixture(scope="module")
def offices() -> Iterator[dict[str, Served]]:
    with (
        served(Site(APPS["invoices"])) as invoices,
        served(Site(APPS["moderation"])) as moderation,
        served(Site(APPS["tickets"])) as tickets,
    ):
        yield {"invoices": invoices, "moderation": moderation, "tickets": tickets}


def done(page: Page, one: Served, family: Family, drifts: frozenset[str]) -> str:
    """The verdict on its first row, done by the hand in the page's own words."""
    one.reset(1, drifts)
    before = one.state().tables
    row = rows(family, 1, 3)[0]
    page.goto(one.entry)
    play(page, spoken(family.hand, one.site.look.say), row)
    return family.verdict(before, one.state().tables, row)


@pytest.mark.parametrize("family", WEB, ids=lambda one: one.name)
def test_a_hand_does_each_task(family: Family, page: Page, offices: dict[str, Served]) -> None:
    """Found by role and name alone, each has exactly its effect."""
    assert done(page, offices[family.app], family, frozenset()) == "right"


@pytest.mark.parametrize("name", ["invoices-enter", "moderation-decide", "tickets-triage"])
@pytest.mark.parametrize("drifts", [GENTLE, GENTLE - {"LABELS"} | {"LANGUAGE"}], ids=["all", "german"])
def test_the_gentle_drifts_leave_a_task_possible_all_at_once(
    name: str, drifts: frozenset[str], page: Page, offices: dict[str, Served]
) -> None:
    """Renamed, moved, drawn with other widgets, with other ids: the same hand, in the page's words, is right."""
    family = FAMILIES[name]
    assert possible(drifts, family)
    assert done(page, offices[family.app], family, drifts) == "right"


def test_a_slow_answer_comes_in_the_end(page: Page, offices: dict[str, Served]) -> None:
    """Under SLOW a page that says it is busy tries again by itself, and the task goes on."""
    family = FAMILIES["tickets-close"]
    assert done(page, offices["tickets"], family, frozenset({"SLOW"})) == "right"
    assert offices["tickets"].state().counts["requests"] > 4


def test_a_row_done_twice_is_told(page: Page, offices: dict[str, Served]) -> None:
    """The checker sees the second record that a careless runner makes."""
    family, one = FAMILIES["tickets-person"], offices["tickets"]
    row = rows(family, 1, 1)[0]
    one.reset(1, frozenset())
    before = one.state().tables
    page.goto(one.entry)
    for _ in range(2):
        page.goto(one.url)
        play(page, family.hand, row)
    assert family.verdict(before, one.state().tables, row) == "duplicated"


def test_a_row_done_with_anothers_value_is_told(page: Page, offices: dict[str, Served]) -> None:
    """The checker knows which record and which value were meant."""
    family, one = FAMILIES["invoices-email"], offices["invoices"]
    meant, other = rows(family, 1, 2)
    one.reset(1, frozenset())
    before = one.state().tables
    page.goto(one.entry)
    play(page, family.hand, other)
    assert family.verdict(before, one.state().tables, meant) == "wrong"


def test_what_is_typed_into_a_dialog_in_mid_typing_is_told(page: Page, offices: dict[str, Served]) -> None:
    """POPUP_TYPING takes the focus, and the office counts that somebody typed on; not what."""
    one = offices["tickets"]
    one.reset(1, frozenset({"POPUP_TYPING"}))
    page.goto(one.entry)
    page.goto(f"{one.url}people/new")
    page.get_by_label("Name", exact=True).click()
    page.keyboard.type("Zebulonina")
    dialog = page.get_by_role("dialog", name="How do you like it so far?")
    assert dialog.get_by_label("Your opinion").input_value() == "lonina"
    with page.expect_response("**/_answer"):
        dialog.get_by_role("button", name="Send").click()
    assert one.state().counts["typed_over"] >= 1
    assert "lonina" not in repr(one.state())


def test_a_listbox_is_used_with_the_keyboard_alone(page: Page, offices: dict[str, Served]) -> None:
    """Down opens it, a letter finds an option, Enter takes it, Escape leaves it as it was."""
    one = offices["invoices"]
    one.reset(1, frozenset())
    page.goto(one.entry)
    page.goto(f"{one.url}invoices/new")
    box = page.get_by_role("combobox", name="Category")
    box.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    assert box.inner_text().strip() == "Rent"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Escape")
    assert box.inner_text().strip() == "Rent"
    assert page.locator("input[name=category]").input_value() == "Rent"


def test_the_session_ends_and_says_so(page: Page, offices: dict[str, Served]) -> None:
    """Under EXPIRED a page asks who one is again; nobody types a password."""
    one = offices["moderation"]
    one.reset(1, frozenset({"EXPIRED"}), after=2)
    page.goto(one.entry)
    page.goto(f"{one.url}authors")
    page.goto(f"{one.url}rules")
    assert page.get_by_role("heading", name="Your session has ended").is_visible()
    page.get_by_role("button", name="Continue as Ngozi Abara").click()
    assert page.get_by_role("heading", name="Rules").is_visible()
