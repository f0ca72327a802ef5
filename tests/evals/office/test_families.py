"""What a verdict tells apart, and what every family promises of its rows."""

from __future__ import annotations

import copy
import re

import pytest

from byhand.evals.office.books import Books, seeded
from byhand.evals.office.catalog import APPS, FAMILIES, rows
from byhand.evals.office.drifts import DRIFTS, named, possible
from byhand.evals.office.families import (
    Act,
    EachLine,
    EachShown,
    Effect,
    Family,
    Record,
    Row,
    Step,
    Tables,
    When,
    filled,
    verdict,
)  # fmt: skip
from byhand.evals.office.look import Look

BEFORE: Tables = {"notes": {"n1": {"text": "one", "done": False}, "n2": {"text": "two", "done": False}}}
NEW: Record = {"text": "three", "done": False}
every = pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda one: one.name)


def after(**records: Record | None) -> Tables:
    """The notes with some of them other, or gone."""
    notes = copy.deepcopy(BEFORE["notes"]) | {key: one for key, one in records.items() if one}
    return {"notes": {key: one for key, one in notes.items() if records.get(key, one)}}


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (after(n3=NEW), "right"),
        (after(), "nothing"),
        (after(n3=NEW, n4=dict(NEW)), "duplicated"),
        (after(n3=NEW | {"text": "thre"}), "wrong"),
        (after(n3=NEW | {"sent": True}), "wrong"),
        (after(n3=NEW, n1={"text": "one", "done": True}), "wrong"),
        (after(n3=NEW, n1=None), "wrong"),
    ],
)
def test_a_new_record_is_right_once_and_whole(done: Tables, told: str) -> None:
    """Missing, doubled, misspelt, with something besides, or with another record touched: each is told."""
    assert verdict(BEFORE, done, Effect(added=(("notes", NEW),))) == told


def test_half_of_what_was_wanted_is_wrong() -> None:
    """Two records of the same words were to be added, and one was."""
    wanted = Effect(added=(("notes", NEW), ("notes", NEW)))
    assert verdict(BEFORE, after(n3=NEW, n4=dict(NEW)), wanted) == "right"
    assert verdict(BEFORE, after(n3=NEW), wanted) == "wrong"


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (after(n1={"text": "one", "done": True}), "right"),
        (after(), "nothing"),
        (after(n2={"text": "two", "done": True}), "wrong"),
        (after(n1={"text": "one", "done": True}, n2={"text": "two", "done": True}), "wrong"),
        (after(n1={"text": "1", "done": True}), "wrong"),
    ],
)
def test_a_change_is_right_on_the_one_record_alone(done: Tables, told: str) -> None:
    """The neighbour changed, both changed, or more of it changed: each is wrong."""
    assert verdict(BEFORE, done, Effect(changed=(("notes", "n1", {"done": True}),))) == told


def test_what_goes_away_must_be_what_should() -> None:
    """Removing the neighbour is wrong."""
    wanted = Effect(removed=(("notes", "n1"),))
    assert verdict(BEFORE, after(n1=None), wanted) == "right"
    assert verdict(BEFORE, after(n2=None), wanted) == "wrong"
    assert verdict(BEFORE, after(n1=None, n2=None), wanted) == "wrong"
    assert verdict(BEFORE, after(), wanted) == "nothing"


def test_what_is_so_already_needs_nothing() -> None:
    """A row whose change is there before it is right without an act."""
    assert verdict(BEFORE, after(), Effect(changed=(("notes", "n1", {"done": False}),))) == "right"


@every
def test_a_family_has_twenty_rows_and_draws_them_again(family: Family) -> None:
    """All different, the same each time, others for another seed."""
    drawn = rows(family, 1, 20)
    assert len({repr((row.values, row.lines)) for row in drawn}) == 20
    assert drawn == rows(family, 1, 20)
    assert drawn != rows(family, 2, 20)


@every
def test_no_row_is_done_before_it_is_done(family: Family) -> None:
    """On an untouched app the verdict on each row is that nothing was done."""
    tables = seeded(APPS[family.app], 1)
    assert {family.verdict(tables, tables, row) for row in rows(family, 1, 20)} == {"nothing"}


@every
def test_a_hand_uses_what_the_row_has(family: Family) -> None:
    """Each column named by the hand or the instruction is in the row, or was read before."""
    row = rows(family, 1, 1)[0]
    filled(family.says, row.values)
    known = set(row.values)
    for act in acts(family.hand):
        lines = {name for line in row.lines for name in line}
        for text in (act.name, *act.row, *([act.value] if act.do != "read" else [])):
            assert set(re.findall(r"\{(\w+)\}", text)) <= known | lines, text
        known |= {act.value} if act.do == "read" else set()
    used = {name for act in acts(family.hand) for name in re.findall(r"\{(\w+)\}", f"{act.name}{act.value}{act.row}")}
    used |= {step.column for step in family.hand if isinstance(step, When)}
    unused = set(row.values) - used
    assert not unused or "parameters" not in family.shape or all(f"{{{name}}}" not in family.says for name in unused)


@every
def test_the_shape_of_a_family_is_that_of_its_hand(family: Family) -> None:
    """Loops, branches, lines and rows are told where the hand has them, and only there."""
    steps = list(family.hand)
    told = set(family.shape)
    assert any(isinstance(step, When) for step in steps) == ("branch" in told)
    assert any(isinstance(step, EachLine) for step in steps) == ("lines" in told)
    assert any(isinstance(step, EachShown) and step.next for step in steps) == ("pages" in told)
    assert any(act.do == "read" for act in acts(family.hand)) <= bool({"copy", "branch"} & told)
    assert any(isinstance(step, EachShown) for step in steps) >= ("loop" in told)
    assert family.untouched <= DRIFTS.keys()


def test_the_suite_has_every_kind_of_task() -> None:
    """Ten families for each web app, three for the window, and each kind at least twice among them."""
    for app, least in (("invoices", 10), ("moderation", 10), ("tickets", 10), ("expenses", 3)):
        assert sum(one.app == app for one in FAMILIES.values()) >= least
    for kind in ("parameters", "loop", "branch", "pages", "row", "copy", "twins", "lines"):
        assert sum(kind in one.shape for one in FAMILIES.values()) >= 2, kind


def test_a_task_is_possible_when_each_of_its_drifts_is() -> None:
    """Together they are as bad as the worst, but for those that don't reach the task."""
    enter, pay = FAMILIES["invoices-enter"], FAMILIES["invoices-pay"]
    assert possible(frozenset({"LABELS", "IDS"}), enter)
    assert not possible(frozenset({"LABELS", "REQUIRED"}), enter)
    assert possible(frozenset({"REQUIRED"}), pay)
    assert possible(frozenset({"DUPLICATES"}), enter)
    assert not possible(frozenset({"DUPLICATES"}), pay)


def test_drifts_are_named_in_a_list() -> None:
    """Any case, spaces and empty parts are fine; an unknown name is told."""
    assert named("labels, REORDER,,") == {"LABELS", "REORDER"}
    assert named("") == frozenset()
    with pytest.raises(KeyError, match="LABLES"):
        named("LABLES")


def acts(steps: tuple[Step, ...]) -> list[Act]:
    """All acts of a hand, whatever they stand in."""
    found: list[Act] = []
    for step in steps:
        match step:
            case Act():
                found.append(step)
            case When():
                found += [*acts(step.then), *acts(step.otherwise)]
            case EachLine():
                found += acts(step.acts)
            case EachShown():
                found += [Act("press", step.first, row=step.row), *acts(step.then)]
    return found


def test_a_row_says_which_it_is() -> None:
    """Rows count from 0."""
    assert [row.number for row in rows(FAMILIES["invoices-pay"], 1, 3)] == [0, 1, 2]
    assert isinstance(rows(FAMILIES["invoices-pay"], 1, 1)[0], Row)


def test_a_record_keeps_what_no_form_offers_when_the_form_is_saved() -> None:
    """A paid invoice's form offers no "Paid": editing its number of VAT must not open it again."""
    site = Books(APPS["invoices"], Look(APPS["invoices"], 3, frozenset()))
    (invoices,) = (one for one in site.app.collections if one.name == "invoices")
    (form,) = (one for one in invoices.forms if one.name == "edit")
    key, paid = next((key, one) for key, one in site.tables["invoices"].items() if one["status"] == "Paid")
    posted = {"number": str(paid["number"]), "vendor": "Acme", "date": "2026-01-03", "amount": "3.00"}
    assert site.save(invoices, form, key, posted | {"category": "Rent"}) == (key, {})
    assert site.tables["invoices"][key]["status"] == "Paid"
    site.save(invoices, form, key, posted | {"category": "Rent", "status": "Open"})
    assert site.tables["invoices"][key]["status"] == "Open"
