"""Expenses: a form on the desktop, in GTK. Its records and fields stand here, its window is `desktop/window.py`."""

from __future__ import annotations

import random

from byhand.evals.office.families import Record, Tables
from byhand.evals.office.look import Look
from byhand.evals.office.seeds import PEOPLE, cents_about, day_near
from byhand.evals.office.shape import App, Collection, Deed, Field, Form

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK")
KINDS = ("Travel", "Meals", "Hotel", "Material")
_PURPOSES = (
    "Fair in Leipzig", "Client visit", "Déjeuner d'équipe", "Spare parts", "Taxi to the airport", "Messe München",
    "Workshop, day 2", "Bücher", "Train Oslo–Bergen", "Parking",
)  # fmt: skip

EXPENSES = Collection(
    name="expenses", one="Expense", many="Expenses", key="purpose",
    fields=(
        Field("person", "Person", required=True),
        Field("purpose", "Purpose", required=True),
        Field("date", "Date", kind="date", required=True),
        Field("amount", "Amount", kind="amount", required=True, default=0),
        Field("currency", "Currency", kind="choice", options=CURRENCIES, more=("NOK",), default="EUR"),
        Field("kind", "Kind", kind="choice", options=KINDS, more=("Meals abroad",), default="Travel"),
        Field("receipt", "Receipt attached", kind="check", default=False),
        Field("approval", "Needs approval", kind="check", default=False),
        Field("note", "Note"),
    ),
    columns=("person", "purpose", "date", "amount"),
    forms=(Form("new", "New", "Expense", ("person", "purpose", "date", "amount", "currency", "kind", "receipt",
                "approval", "note"), "Save"),),
    deeds=(Deed("delete", "Delete", removes=True),),
    search=("purpose", "person"), apart=("person", "amount"),
)  # fmt: skip


def _seed(draw: random.Random) -> Tables:
    expenses: dict[str, Record] = {}
    for place, person in enumerate(PEOPLE):
        expenses[f"e{place + 1}"] = EXPENSES.blank() | {
            "person": person, "purpose": f"{draw.choice(_PURPOSES)} {place + 1}", "date": day_near(draw),
            "amount": cents_about(draw), "currency": draw.choice(CURRENCIES), "kind": draw.choice(KINDS),
        }  # fmt: skip
    return {"expenses": expenses}


APP = App(
    name="expenses", title="Expenses", people=(), collections=(EXPENSES,), seed=_seed,
    optional=Field("reference", "Your reference"), required=Field("centre", "Cost centre", required=True),
    more=("Every change now also pays the expense out.", "paid"),
)  # fmt: skip

DRIFTS = frozenset({
    "LABELS", "LAYOUT", "THEME", "WIDGET", "OPTIONAL", "REQUIRED", "REORDER", "EXTRA", "DUPLICATES", "OPTIONS",
    "OPTIONS_RENAMED", "OPTIONS_REMOVED", "BANNER", "POPUP", "POPUP_TYPING", "SLOW", "ERROR", "DROPPED", "LANGUAGE",
    "MEANING",
})  # fmt: skip
"""Those that mean something in a window: it has no session and no ids."""


def described(look: Look) -> dict[str, object]:
    """All that the window needs to know of its drifts: it has no words of its own."""
    fields = look.fields("expenses", EXPENSES.fields)
    columns = [EXPENSES.field(name) for name in look.columns("expenses", EXPENSES.columns)]
    return {
        "title": look.app.title,
        "fields": [
            {
                "name": one.name, "label": look.say(one.label), "kind": one.kind, "required": one.required,
                "default": one.default, "radio": "WIDGET" in look.drifts,
                "options": look.options(one) if one.kind == "choice" else [],
                "hint": look.say("in thousands") if one.kind == "amount" and "MEANING" in look.drifts else "",
            }
            for one in fields
        ],
        "columns": [{"name": one.name, "label": look.say(one.label), "kind": one.kind} for one in columns],
        "words": {
            word: look.say(word)
            for word in (
                "Expenses", "Search", "New", "Save", "Delete", "Saved", "Deleted", "This field is required",
                "This is not an amount", "This is not a date", "Something went wrong", "We are updating our terms",
                "Do you accept the new terms for your company?", "Accept", "Decline", "How do you like it so far?",
                "Your opinion", "Send", "Maintenance on Sunday from 02:00 to 04:00.", "Busy, trying again",
            )
        },
        "more": look.say(look.app.more[0]) if "MEANING" in look.drifts else "",
        "more_field": look.app.more[1],
        "extra": [look.app.optional.name, look.app.required.name],
    }  # fmt: skip
