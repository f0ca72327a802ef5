"""Titles and sentences with made-up people in them, from seventeen forms and eight countries' names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faker import Faker

from byhand.evals.suites.text import Case
from byhand.privacy.text.types import At, Surface

_LOCALES = ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL")
_FORMS: tuple[tuple[Surface, str], ...] = (
    ("title", "{name} - Slack"),
    ("title", "Inbox - {email} - Mail"),
    ("title", "Invoice {last}.pdf - Document Viewer"),
    ("title", "{company} | LinkedIn"),
    ("title", "Call with {first}"),
    ("title", "{street}, {city} - Maps"),
    ("title", "Re: offer for {company}"),
    ("typed", "Please send it to {email} today."),
    ("typed", "My number is {phone}, call me after four."),
    ("typed", "{first} will meet {last} in {city} on Monday."),
    ("typed", "The card is {card} and the account {iban}."),
    ("typed", "Can you ask {name} for the report?"),
    ("page", "{name} lives at {street} in {city} and works for {company}."),
    ("page", "The contract between {company} and {name} ends in May."),
    ("page", "Contact {name} at {email} or {phone}."),
    ("paste", "{name}\n{street}\n{city}\n{phone}"),
    ("page", "Transfer to {iban} was rejected for {last}."),
)


def cases(count: int, seed: int) -> Iterator[Case]:
    """`count` of them, the same for the same seed."""
    people = {locale: Faker(locale) for locale in _LOCALES}
    for number, locale in enumerate(_LOCALES):
        people[locale].seed_instance(seed + number)
    for number in range(count):
        surface, form = _FORMS[number % len(_FORMS)]
        person = people[_LOCALES[number // len(_FORMS) % len(_LOCALES)]]
        text, spans = "", list[tuple[int, int]]()
        for part in re.split(r"(\{\w+\})", form):
            value = _value(person, part[1:-1]) if part.startswith("{") else part
            if part.startswith("{"):
                spans.append((len(text), len(text) + len(value)))
            text += value
        yield Case(text, tuple(spans), At(surface))


def _value(person: Faker, what: str) -> str:
    match what:
        case "name":
            return f"{person.first_name()} {person.last_name()}"
        case "first":
            return person.first_name()
        case "last":
            return person.last_name()
        case "email":
            return person.email()
        case "phone":
            return person.phone_number()
        case "company":
            return person.company()
        case "street":
            return person.street_address().replace("\n", ", ")
        case "city":
            return person.city()
        case "card":
            return person.credit_card_number()
        case _:
            return person.iban()
