"""What is done in Ledgerline: eleven families, from a plain form to a value carried from one record to another."""

from __future__ import annotations

import random

from byhand.evals.office.apps.invoices import CATEGORIES, CURRENCIES, INVOICES, VENDORS
from byhand.evals.office.families import Act, EachLine, EachShown, Effect, Family, Record, Row, Tables, When
from byhand.evals.office.seeds import FIRMS, GOODS, PEOPLE, cents_about, day_near
from byhand.evals.office.tasks.drawing import amount_of, day_of, holding, lines_of, rows, unique
from byhand.evals.office.values import after, amount

_NEW = frozenset({"DUPLICATES"})
"""A new record doesn't look for another one of its name."""
_NO_FORM = frozenset({"REQUIRED", "OPTIONS_RENAMED", "OPTIONS_REMOVED", "POPUP_TYPING"})
"""Nothing is typed and no form filled in."""
APPROVAL = 1_000_00
_TRADES = ("& Cie", "Handel", "Works", "Studio")
_NOTES = ("Agreed by phone with {}", "Asked for by {}, see mail", "Partial delivery – {}")


def _invoice(draw: random.Random, number: int) -> dict[str, str]:
    firm = draw.choice(FIRMS)
    when = day_near(draw)
    return {
        "number": f"N-{draw.randrange(10)}{4000 + number}", "vendor": firm.name, "date": when, "due": after(when, 30),
        "amount": amount(cents_about(draw), firm.locale), "currency": draw.choice(CURRENCIES),
        "category": draw.choice(CATEGORIES),
    }  # fmt: skip


def _new_invoice(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(_invoice(draw, number) for number in range(count))


def _of_invoice(row: Row, *names: str) -> Record:
    told: Record = {}
    for name in names:
        value = row.values[name]
        told[name] = amount_of(value) if name == "amount" else day_of(value) if name in ("date", "due") else value
    return INVOICES.blank() | told


def _added_invoice(_: Tables, row: Row) -> Effect:
    record = _of_invoice(row, "number", "vendor", "date", "due", "amount", "currency", "category") | {"urgent": True}
    return Effect(added=(("invoices", record),))


def _added_branch(_: Tables, row: Row) -> Effect:
    record = _of_invoice(row, "number", "vendor", "date", "amount", "category")
    status = "Needs approval" if amount_of(row.values["amount"]) > APPROVAL else "Open"
    return Effect(added=(("invoices", record | {"status": status}),))


def _vendor(_: Tables, draw: random.Random, count: int) -> list[Row]:
    people = draw.sample(PEOPLE * (count // len(PEOPLE) + 1), count)
    return rows(
        {
            "name": f"{person.split()[-1]} {draw.choice(_TRADES)} {draw.randrange(10, 99)}",
            "city": draw.choice(FIRMS).city, "vat": f"DE{draw.randrange(10**8, 10**9)}", "contact": person,
            "email": f"mail{number}@firm{draw.randrange(100, 999)}.example",
        }
        for number, person in enumerate(people)
    )  # fmt: skip


def _added_vendor(_: Tables, row: Row) -> Effect:
    return Effect(added=(("vendors", VENDORS.blank() | dict(row.values)),))


def _open_ones(tables: Tables, draw: random.Random, count: int, status: str = "Open") -> list[Record]:
    found = [one for one in tables["invoices"].values() if one["status"] == status]
    return draw.sample(found, count)


def _by_number(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"number": str(one["number"])} for one in _open_ones(tables, draw, count))


def _edit(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {
            "number": str(one["number"]), "due": after(str(one["due"]), draw.randrange(1, 40)),
            "note": draw.choice(_NOTES).format(draw.choice(PEOPLE)),
        }
        for one in _open_ones(tables, draw, count)
    )  # fmt: skip


def _edited(before: Tables, row: Row) -> Effect:
    key = unique(before, "invoices", number=row.values["number"])
    return Effect(changed=(("invoices", key, {"due": day_of(row.values["due"]), "note": row.values["note"]}),))


def _with_lines(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return [
        Row(
            number, {"number": str(one["number"])},
            tuple(
                {"item": item, "quantity": str(draw.randrange(1, 12)), "price": amount(cents_about(draw) // 10)}
                for item in draw.sample(GOODS, draw.randrange(2, 5))
            ),
        )
        for number, one in enumerate(_open_ones(tables, draw, count))
    ]  # fmt: skip


def _lined(before: Tables, row: Row) -> Effect:
    key = unique(before, "invoices", number=row.values["number"])
    new = [
        {"text": one["item"], "quantity": int(one["quantity"]), "price": amount_of(one["price"])} for one in row.lines
    ]
    return Effect(changed=(("invoices", key, {"lines": [*lines_of(before["invoices"][key]), *new]}),))


def _paid(before: Tables, row: Row) -> Effect:
    return Effect(changed=(("invoices", unique(before, "invoices", number=row.values["number"]), {"status": "Paid"}),))


def _deleted(before: Tables, row: Row) -> Effect:
    return Effect(changed=(("invoices", unique(before, "invoices", number=row.values["number"]), {"deleted": True}),))


def _by_vendor(_: Tables, draw: random.Random, count: int) -> list[Row]:
    names = list(dict.fromkeys(firm.name for firm in FIRMS))
    return rows({"vendor": name} for name in draw.sample(names, count))


def _reminded(before: Tables, row: Row) -> Effect:
    shown = holding(before, "invoices", vendor=row.values["vendor"])
    due = [key for key in shown if before["invoices"][key]["status"] in ("Open", "Needs approval")]
    return Effect(
        changed=tuple(
            ("invoices", key, {"reminded": True, "reminders": int(str(before["invoices"][key]["reminders"])) + 1})
            for key in due
            if not before["invoices"][key].get("reminded")
        )
    )


def _twins(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {
            "name": firm.name,
            "city": firm.city,
            "email": f"accounts{draw.randrange(1000)}@{firm.country.lower()}.example",
        }
        for firm in draw.sample(FIRMS, count)
    )


def _named(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    """Vendors, two of which may have one name."""
    return rows({name: one.values[name] for name in ("name", "city")} for one in _twins(tables, draw, count))


def _mailed(before: Tables, row: Row) -> Effect:
    key = unique(before, "vendors", name=row.values["name"], city=row.values["city"])
    return Effect(changed=(("vendors", key, {"email": row.values["email"]}),))


def _blocked(before: Tables, row: Row) -> Effect:
    key = unique(before, "vendors", name=row.values["name"], city=row.values["city"])
    return Effect(changed=(("vendors", key, {"blocked": True}),))


def _alone(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    """Invoices of vendors whose name is theirs alone."""
    names = [firm.name for firm in FIRMS]
    found = [one for one in tables["invoices"].values() if names.count(str(one["vendor"])) == 1]
    chosen = draw.sample(found, count)
    return rows({"number": str(one["number"]), "vendor": str(one["vendor"])} for one in chosen)


def _carried(before: Tables, row: Row) -> Effect:
    vendor = unique(before, "vendors", name=row.values["vendor"])
    key = unique(before, "invoices", number=row.values["number"])
    return Effect(changed=(("invoices", key, {"vat": before["vendors"][vendor]["vat"]}),))


def _link(name: str) -> Act:
    return Act("press", name, role="link")


_FIND = (Act("fill", "Search", "{number}"), Act("press", "Show"))
_OPEN_IT = (*_FIND, _link("{number}"))

FAMILIES: tuple[Family, ...] = (
    Family(
        "invoices-vendor", "invoices", "Enter the vendor {name} from {city}.", ("parameters",), _vendor,
        (
            _link("Vendors"), _link("New vendor"), Act("fill", "Name", "{name}"), Act("fill", "City", "{city}"),
            Act("fill", "VAT number", "{vat}"), Act("fill", "Contact", "{contact}"), Act("fill", "E-mail", "{email}"),
            Act("press", "Save"),
        ),
        _added_vendor, _NEW | {"OPTIONS_RENAMED", "OPTIONS_REMOVED"},
    ),
    Family(
        "invoices-enter", "invoices", "Enter the urgent invoice {number} of {vendor}.", ("parameters",), _new_invoice,
        (
            _link("New invoice"), Act("fill", "Invoice number", "{number}"), Act("fill", "Vendor", "{vendor}"),
            Act("date", "Invoice date", "{date}"), Act("date", "Due date", "{due}"), Act("fill", "Amount", "{amount}"),
            Act("choose", "Currency", "{currency}"), Act("choose", "Category", "{category}"), Act("check", "Urgent"),
            Act("press", "Save invoice"),
        ),
        _added_invoice, _NEW,
    ),
    Family(
        "invoices-approval", "invoices",
        "Enter the invoice {number} of {vendor}; above 1,000.00 it needs approval.", ("parameters", "branch"),
        _new_invoice,
        (
            _link("New invoice"), Act("fill", "Invoice number", "{number}"), Act("fill", "Vendor", "{vendor}"),
            Act("date", "Invoice date", "{date}"), Act("fill", "Amount", "{amount}"),
            Act("choose", "Category", "{category}"),
            When("amount", APPROVAL, (Act("choose", "Status", "Needs approval"),)), Act("press", "Save invoice"),
        ),
        _added_branch, _NEW,
    ),
    Family(
        "invoices-postpone", "invoices", "Set the due date of {number} to {due} and note why.", ("parameters",), _edit,
        (
            *_OPEN_IT, _link("Edit"), Act("date", "Due date", "{due}"), Act("fill", "Note", "{note}"),
            Act("press", "Save invoice"),
        ),
        _edited, frozenset({"OPTIONS_RENAMED", "OPTIONS_REMOVED"}),
    ),
    Family(
        "invoices-lines", "invoices", "Add the line items of {number}.", ("parameters", "lines"), _with_lines,
        (
            *_OPEN_IT,
            EachLine((
                Act("fill", "Item", "{item}"), Act("fill", "Quantity", "{quantity}"),
                Act("fill", "Unit price", "{price}"), Act("press", "Add line"),
            )),
        ),
        _lined, frozenset({"REQUIRED", "OPTIONS_RENAMED", "OPTIONS_REMOVED"}),
    ),
    Family(
        "invoices-pay", "invoices", "Mark the invoice {number} as paid; page on until it is there.",
        ("parameters", "pages", "row"), _by_number,
        (EachShown(("{number}",), "Mark as paid", next="Next page"),), _paid, _NO_FORM, risky=True,
    ),
    Family(
        "invoices-remind", "invoices", "Remind of every open invoice of {vendor}.", ("parameters", "loop", "row"),
        _by_vendor, (Act("fill", "Search", "{vendor}"), Act("press", "Show"), EachShown(("{vendor}",), "Remind")),
        _reminded, _NO_FORM | {"DUPLICATES"}, risky=True,
    ),
    Family(
        "invoices-delete", "invoices", "Delete the invoice {number}.", ("parameters",), _by_number,
        (*_OPEN_IT, _link("Delete"), Act("press", "Delete")), _deleted, _NO_FORM, risky=True,
    ),
    Family(
        "invoices-email", "invoices", "Change the e-mail of {name} in {city} to {email}.",
        ("parameters", "row", "twins"), _twins,
        (
            _link("Vendors"), Act("fill", "Search", "{name}"), Act("press", "Show"),
            Act("press", "{name}", role="link", row=("{name}", "{city}")), _link("Edit"),
            Act("fill", "E-mail", "{email}"), Act("press", "Save"),
        ),
        _mailed, frozenset({"DUPLICATES", "OPTIONS_RENAMED", "OPTIONS_REMOVED"}),
    ),
    Family(
        "invoices-block", "invoices", "Block the vendor {name} in {city}.", ("parameters", "row", "twins"), _named,
        (
            _link("Vendors"), Act("fill", "Search", "{name}"), Act("press", "Show"),
            Act("press", "Block", row=("{name}", "{city}")),
        ),
        _blocked, _NO_FORM | {"DUPLICATES"}, risky=True,
    ),
    Family(
        "invoices-vat", "invoices", "Carry the VAT number of {vendor} over to the invoice {number}.",
        ("parameters", "copy"), _alone,
        (
            _link("Vendors"), Act("fill", "Search", "{vendor}"), Act("press", "Show"), _link("{vendor}"),
            Act("read", "VAT number", "vat"), _link("Invoices"), *_OPEN_IT, _link("Edit"),
            Act("fill", "Vendor's VAT number", "{vat}"), Act("press", "Save invoice"),
        ),
        _carried, frozenset({"OPTIONS_RENAMED", "OPTIONS_REMOVED"}),
    ),
)  # fmt: skip
