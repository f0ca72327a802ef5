"""The loop in a real Chromium on the office's invoices, as they are and under drifts: right, or stopped before harm.

The program is what a demonstration of the task gives. What was saved is read from the app's own records.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.loop import run_row
from byhand.agents.outcome import Cell, Outcome
from byhand.cli import extension
from byhand.evals.office.apps.invoices import APP, CATEGORIES, CURRENCIES
from byhand.evals.office.families import Family
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from byhand.evals.office.tasks.invoices import FAMILIES
from byhand.evals.office.values import cents
from byhand.workflows.program import Act, Check, Effect, Evidence, Parameter, Workflow
from tests.agents.site import Person

ENTER = next(one for one in FAMILIES if one.name == "invoices-enter")
BLOCK = next(one for one in FAMILIES if one.name == "invoices-block")


def field(called: str, name: str, role: str = "textbox", tag: str = "input") -> Evidence:
    selectors = (f"#field-{name}", f'[data-testid="{name}-input"]', f'{tag}[name="{name}"]')
    return Evidence(
        called=called,
        role=role,
        name=called,
        tag=tag,
        selectors=selectors,
        page="/invoices/new",
        above=("main", "form"),
    )


TARGETS = (
    Evidence(called="New invoice", role="link", name="New invoice", page="/", above=("main",)),
    field("Invoice number", "number"), field("Vendor", "vendor"), field("Invoice date", "date"),
    field("Due date", "due"), field("Amount", "amount"), field("Currency", "currency", "combobox", "select"),
    field("Category", "category", "combobox", "button"), field("Urgent", "urgent", "checkbox"),
    Evidence(called="Save invoice", role="button", name="Save invoice", selectors=('[data-testid="save"]',),
             page="/invoices/new", above=("main", "form")),
    Evidence(called="Search", role="searchbox", name="Search", selectors=("#search", 'input[name="q"]'),
             page="/invoices", above=("main", "search")),
    Evidence(called="Show", role="button", name="Show", page="/invoices", above=("main", "search")),
    Evidence(called="Vendors", role="link", name="Vendors", page="/", above=("navigation",)),
    Evidence(called="Block", role="button", name="Block", page="/vendors",
             above=("main", "table", "rowgroup", "row", "cell", "form")),
)  # fmt: skip


def program(url: str, family: Family) -> Workflow:
    """What is done, and how its effect is seen: the record is found by a search, once."""
    if family is ENTER:
        fills = (
            ("Invoice number", "number"),
            ("Vendor", "vendor"),
            ("Invoice date", "date"),
            ("Due date", "due"),
            ("Amount", "amount"),
        )
        steps = (
            Act(id="new", verb="press", target="New invoice", then=(Check(kind="page", text="/invoices/new"),)),
            *(Act(id=name, verb="fill", target=label, text=f"{{{name}}}") for label, name in fills),
            Act(id="currency", verb="choose", target="Currency", text="{currency}"),
            Act(id="category", verb="choose", target="Category", text="{category}"),
            Act(id="urgent", verb="set", target="Urgent", text="on"),
            Act(id="save", verb="press", target="Save invoice", risk="sends",
                then=(Check(kind="page", text="/invoices/*"),)),
        )  # fmt: skip
        check = Check(kind="row", row="{number}", text="{vendor}, {amount}")
        search = _search("/invoices", "{number}")
    else:
        steps = (
            Act(id="vendors", verb="press", target="Vendors", then=(Check(kind="page", text="/vendors"),)),
            Act(id="search", verb="fill", target="Search", text="{name}"), Act(id="show", verb="press", target="Show"),
            Act(id="block", verb="press", target="Block", row="{name}, {city}", risk="grants"),
        )  # fmt: skip
        check, search = Check(kind="row", row="{name}, {city}", text="Unblock"), _search("/vendors", "{name}")
    parameters = (
        Parameter(name="number"), Parameter(name="vendor"), Parameter(name="date", kind="date", format="%Y-%m-%d"),
        Parameter(name="due", kind="date", format="%Y-%m-%d"),
        Parameter(name="amount", kind="number", format="1,234.50"),
        Parameter(name="currency", kind="choice", options=CURRENCIES),
        Parameter(name="category", kind="choice", options=CATEGORIES),
    )  # fmt: skip
    return Workflow(
        name=family.name, start=url, sites=(url.rstrip("/"),), parameters=parameters if family is ENTER else (),
        identity=("number",) if family is ENTER else ("name", "city"), steps=steps, targets=TARGETS,
        effects=(Effect(kind="view", steps=search, checks=(check,)),),
    )  # fmt: skip


def _search(at: str, words: str) -> tuple[Act, ...]:
    return (
        Act(id="e1", verb="open", text=at), Act(id="e2", verb="fill", target="Search", text=words),
        Act(id="e3", verb="press", target="Show"),
    )  # fmt: skip


def cells(values: dict[str, str]) -> dict[str, Cell]:
    def cell(name: str, text: str) -> Cell:
        if name == "amount":
            return Decimal(cents(text) or 0) / 100
        return date.fromisoformat(text) if name in ("date", "due") else text

    return {name: cell(name, text) for name, text in values.items()}


@pytest.fixture(scope="module")
def hands() -> Iterator[PageHands]:
    with opened("/usr/bin/chromium", extension.folder()) as made:
        yield made


@pytest.fixture(scope="module")
def office() -> Iterator[Served]:
    with served(Site(APP)) as app:
        yield app


def one_row(hands: PageHands, office: Served, family: Family, drift: str) -> tuple[str, Outcome]:
    """The verdict on what was saved, and what the loop says of it."""
    office.reset(seed=1, drifts=frozenset({drift} - {""}), after=3)
    row = family.draw(office.state().tables, random.Random(5), 1)[0]
    hands.go(office.entry)
    before = office.state().tables
    who = Person()
    outcome = run_row(
        program(office.url, family), cells(row.values), hands, brake=who, leave=who, book=who, patience_s=5
    )
    return family.verdict(before, office.state().tables, row), outcome


@pytest.mark.parametrize("drift", ["", "LABELS", "LAYOUT", "WIDGET", "OPTIONS", "LANGUAGE", "IDS"])
def test_an_invoice_is_entered_right(hands: PageHands, office: Served, drift: str):
    """Though words, widgets, order and ids are others, and it is seen to be there."""
    verdict, outcome = one_row(hands, office, ENTER, drift)
    assert (verdict, outcome.state, outcome.stop) == ("right", "done", None)
    assert bool(outcome.healed) is (drift in ("LABELS", "LANGUAGE", "WIDGET"))


@pytest.mark.parametrize(
    ("drift", "kind"),
    [
        ("REQUIRED", "required"), ("OPTIONS_REMOVED", "value"), ("POPUP", "in the way"), ("POPUP_TYPING", "in the way"),
        ("EXPIRED", "session"), ("MEANING", "changed"),
    ],
)  # fmt: skip
def test_what_can_not_be_done_right_stops_before_harm(hands: PageHands, office: Served, drift: str, kind: str):
    """With its reason, and nothing typed where it doesn't belong."""
    verdict, outcome = one_row(hands, office, ENTER, drift)
    assert outcome.stop is not None
    assert (verdict, outcome.state, outcome.stop.kind) == ("nothing", "stopped", kind)
    assert outcome.stop.picture
    assert not office.state().counts.get("typed_over")


def test_a_save_that_was_dropped_is_found_out(hands: PageHands, office: Served):
    """The page said saved."""
    verdict, outcome = one_row(hands, office, BLOCK, "DROPPED")
    assert outcome.stop is not None
    assert (verdict, outcome.state, outcome.stop.kind) == ("nothing", "stopped", "lost")


def test_a_server_error_after_the_save_is_told_with_what_came_of_it(hands: PageHands, office: Served):
    """It is saved, and nothing is done again."""
    verdict, outcome = one_row(hands, office, ENTER, "ERROR")
    assert outcome.stop is not None
    assert (verdict, outcome.state, outcome.stop.kind) == ("right", "stopped", "server")
    assert outcome.stop.harmed


@pytest.mark.parametrize("drift", ["", "REORDER", "EXTRA", "DUPLICATES", "LABELS"])
def test_a_record_is_found_by_its_row(hands: PageHands, office: Served, drift: str):
    """Two of one name are told apart by their city; the columns may stand anywhere."""
    verdict, outcome = one_row(hands, office, BLOCK, drift)
    assert (verdict, outcome.state) == ("right", "done")
