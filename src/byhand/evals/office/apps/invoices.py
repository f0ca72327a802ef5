"""Ledgerline: invoices that came in, their lines, and the vendors they came from."""

from __future__ import annotations

import random

from byhand.evals.office.families import Record, Tables
from byhand.evals.office.seeds import FIRMS, GOODS, PEOPLE, TODAY, cents_about, day_near
from byhand.evals.office.shape import App, Collection, Deed, Field, Form, Lines
from byhand.evals.office.values import after

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK")
CATEGORIES = ("Office supplies", "Travel", "Services", "Rent", "Catering")
_OPEN = ("Open", "Needs approval")

VENDORS = Collection(
    name="vendors", one="Vendor", many="Vendors", key="name",
    fields=(
        Field("name", "Name", required=True, group="Vendor"),
        Field("city", "City", required=True, group="Vendor"),
        Field("country", "Country", group="Vendor"),
        Field("vat", "VAT number", group="Payment"),
        Field("terms", "Payment terms", kind="choice", options=("14 days", "30 days", "60 days"), more=("On receipt",),
              default="30 days", widget="radio", group="Payment"),
        Field("contact", "Contact", group="Contact"),
        Field("email", "E-mail", group="Contact"),
    ),
    columns=("name", "city", "country", "terms", "email"),
    forms=(
        Form("new", "New vendor", "New vendor", ("name", "city", "country", "vat", "terms", "contact", "email")),
        Form("edit", "Edit", "Edit vendor", ("name", "city", "country", "vat", "terms", "contact", "email")),
    ),
    deeds=(
        Deed("block", "Block", (("blocked", True),), when=(("blocked", (False, "")),), done="Vendor blocked"),
        Deed("unblock", "Unblock", (("blocked", False),), when=(("blocked", (True,)),), done="Vendor unblocked"),
    ),
    search=("name", "city"), apart=("city", "vat", "contact", "email"), per_page=12,
)  # fmt: skip

INVOICES = Collection(
    name="invoices", one="Invoice", many="Invoices", key="number",
    fields=(
        Field("number", "Invoice number", required=True, group="Invoice"),
        Field("vendor", "Vendor", required=True, group="Invoice"),
        Field("date", "Invoice date", kind="date", required=True, group="Invoice"),
        Field("due", "Due date", kind="date", group="Invoice"),
        Field("amount", "Amount", kind="amount", required=True, default=0, group="Amount"),
        Field("currency", "Currency", kind="choice", options=CURRENCIES, more=("NOK", "PLN", "EUR (old)"),
              default="EUR", group="Amount"),
        Field("category", "Category", kind="choice", options=CATEGORIES, more=("Training", "Travel abroad"),
              required=True, widget="listbox", group="Booking"),
        Field("status", "Status", kind="choice", options=("Open", "Needs approval"), more=("On hold",), later=("Paid",),
              default="Open", widget="radio", group="Booking"),
        Field("urgent", "Urgent", kind="check", default=False, group="Booking"),
        Field("vat", "Vendor's VAT number", group="Booking"),
        Field("note", "Note", kind="long", group="Booking"),
        Field("reminders", "Reminders", kind="number", default=0, group="Booking"),
    ),
    columns=("number", "vendor", "date", "amount", "currency", "status"),
    forms=(
        Form("new", "New invoice", "New invoice",
             ("number", "vendor", "date", "due", "amount", "currency", "category", "status", "urgent", "note"),
             "Save invoice"),
        Form("edit", "Edit", "Edit invoice",
             ("number", "vendor", "date", "due", "amount", "currency", "category", "status", "urgent", "vat", "note"),
             "Save invoice"),
    ),
    deeds=(
        Deed("pay", "Mark as paid", (("status", "Paid"),), when=(("status", _OPEN),), done="Marked as paid"),
        Deed("remind", "Remind", (("reminded", True),), counts="reminders",
             when=(("status", _OPEN), ("reminded", (False, ""))), in_row=True, done="Reminder noted"),
        Deed("delete", "Delete", (("deleted", True),), asks="Delete this invoice?", in_row=False, done="Deleted"),
    ),
    lines=Lines("lines", "Line items", (
        Field("text", "Item", required=True),
        Field("quantity", "Quantity", kind="number", required=True, default=1),
        Field("price", "Unit price", kind="amount", required=True, default=0),
    ), add="Add line"),
    search=("number", "vendor"), filter="status", apart=("vendor", "amount", "date"), bin=True,
)  # fmt: skip


def _seed(draw: random.Random) -> Tables:
    vendors: dict[str, Record] = {}
    invoices: dict[str, Record] = {}
    number = 1000 + draw.randrange(200)
    for place, firm in enumerate(FIRMS):
        person = PEOPLE[(place * 5) % len(PEOPLE)]
        vendors[f"v{place + 1}"] = VENDORS.blank() | {
            "name": firm.name, "city": firm.city, "country": firm.country,
            "vat": f"{firm.country}{draw.randrange(10**8, 10**9)}",
            "terms": draw.choice(("14 days", "30 days", "60 days")), "contact": person,
            "email": f"office{place + 1}@{firm.country.lower()}.example",
        }  # fmt: skip
    # Each firm has three, two of them open, so that there are as many rows for each task as it has firms.
    drawn = [(status, firm) for status in ("Open", "Open", "Paid") for firm in FIRMS]
    draw.shuffle(drawn)
    for status, firm in drawn:
        number += draw.randrange(1, 4)
        when = day_near(draw)
        price = cents_about(draw)
        invoices[f"i{len(invoices) + 1}"] = INVOICES.blank() | {
            "number": f"R-{number}", "vendor": firm.name, "date": when, "due": after(when, 30), "amount": price,
            "currency": draw.choice(CURRENCIES), "category": draw.choice(CATEGORIES), "status": status,
            "lines": [{"text": draw.choice(GOODS), "quantity": 1, "price": price}],
        }  # fmt: skip
    return {"vendors": vendors, "invoices": invoices}


APP = App(
    name="invoices", title="Ledgerline", people=("Maren Oosterveld", "Tomáš Říha"), collections=(INVOICES, VENDORS),
    seed=_seed,
    optional=Field("reference", "Your reference"),
    required=Field("centre", "Cost centre", kind="choice", options=("4100 Sales", "4200 Production", "4300 House"),
                   required=True),
    more=("Every change now also sends the invoice to the customer.", "sent"),
    prose=(("help", "Help", (
        ("Who approves", "Invoices above 1,000.00 need an approval before they are paid."),
        ("Which day counts", f"The books are open from 1 January 2026; today is {TODAY}."),
        ("Two vendors of one name", "The city tells them apart."),
    )),),
)  # fmt: skip
