"""What is done in the desktop form: four families."""

from __future__ import annotations

import random

from byhand.evals.office.apps.expenses import CURRENCIES, EXPENSES, KINDS
from byhand.evals.office.families import Act, Effect, Family, Record, Row, Tables, When
from byhand.evals.office.seeds import PEOPLE, cents_about, day_near
from byhand.evals.office.tasks.drawing import amount_of, day_of, rows, unique
from byhand.evals.office.values import amount

_NEW = frozenset({"DUPLICATES"})
APPROVAL = 500_00


def _new(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {
            "person": draw.choice(PEOPLE), "purpose": f"Trip {100 + number}", "date": day_near(draw),
            "amount": amount(cents_about(draw), draw.choice(("en", "de"))), "currency": draw.choice(CURRENCIES),
            "kind": draw.choice(KINDS),
        }
        for number in range(count)
    )  # fmt: skip


def _record(row: Row, *more: str) -> Record:
    told = row.values
    return EXPENSES.blank() | {
        "person": told["person"], "purpose": told["purpose"], "date": day_of(told["date"]),
        "amount": amount_of(told["amount"]),
    } | {name: told[name] for name in more}  # fmt: skip


def _entered(_: Tables, row: Row) -> Effect:
    return Effect(added=(("expenses", _record(row, "currency", "kind") | {"receipt": True}),))


def _approved(_: Tables, row: Row) -> Effect:
    above = amount_of(row.values["amount"]) > APPROVAL
    return Effect(added=(("expenses", _record(row) | {"approval": above}),))


def _purposes(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {"purpose": str(one["purpose"]), "note": f"asked {draw.choice(PEOPLE)}"}
        for one in draw.sample(list(tables["expenses"].values()), count)
    )


def _noted(before: Tables, row: Row) -> Effect:
    key = unique(before, "expenses", purpose=row.values["purpose"])
    return Effect(changed=(("expenses", key, {"note": row.values["note"]}),))


def _deleted(before: Tables, row: Row) -> Effect:
    return Effect(removed=(("expenses", unique(before, "expenses", purpose=row.values["purpose"])),))


_FORM = (
    Act("fill", "Person", "{person}"), Act("fill", "Purpose", "{purpose}"), Act("date", "Date", "{date}"),
    Act("fill", "Amount", "{amount}"),
)  # fmt: skip
_OPEN_IT = (Act("fill", "Search", "{purpose}"), Act("press", "{purpose}", role="table cell"))

FAMILIES: tuple[Family, ...] = (
    Family(
        "expenses-enter", "expenses", "Enter the expense {purpose} of {person}.", ("parameters",), _new,
        (
            Act("press", "New"), *_FORM, Act("choose", "Currency", "{currency}"), Act("choose", "Kind", "{kind}"),
            Act("check", "Receipt attached"), Act("press", "Save"),
        ),
        _entered, _NEW,
    ),
    Family(
        "expenses-approval", "expenses", "Enter {purpose} of {person}; above 500.00 it needs approval.",
        ("parameters", "branch"), _new,
        (
            Act("press", "New"), *_FORM, When("amount", APPROVAL, (Act("check", "Needs approval"),)),
            Act("press", "Save"),
        ),
        _approved, _NEW | {"OPTIONS_RENAMED", "OPTIONS_REMOVED"},
    ),
    Family(
        "expenses-note", "expenses", "Note on {purpose}: {note}", ("parameters", "row"), _purposes,
        (*_OPEN_IT, Act("fill", "Note", "{note}"), Act("press", "Save")), _noted,
        frozenset({"OPTIONS_RENAMED", "OPTIONS_REMOVED"}),
    ),
    Family(
        "expenses-delete", "expenses", "Delete {purpose}.", ("parameters", "row"), _purposes,
        (*_OPEN_IT, Act("press", "Delete")), _deleted,
        frozenset({"REQUIRED", "OPTIONS_RENAMED", "OPTIONS_REMOVED"}), risky=True,
    ),
)  # fmt: skip
