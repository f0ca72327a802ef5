"""What parameters and lists are called, and what a field's label says of what it holds. Pure; English and German."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_WORDS = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_LONGEST = 40
_SEARCHES = frozenset({
    "search", "find", "filter", "query", "q", "look up", "lookup", "quick search", "search for", "suche", "suchen",
    "finden",
})  # fmt: skip
_AMOUNTS = re.compile(
    r"\b(?:amount|price|quantity|qty|total|sum|cost|hours|rate|weight|net|gross|tax|fee|budget|discount|percent|units"
    r"|betrag|preis|menge|anzahl|summe|kosten|stunden|gewicht|netto|brutto|rabatt)\b", re.IGNORECASE,
)  # fmt: skip
_NO_NUMBERS = re.compile(
    r"\b(?:phone|fax|mobile|zip|postcode|postal|plz|year|pin|telefon|handy|postleitzahl|jahr)\b", re.IGNORECASE
)
_DAYS = re.compile(r"\b(?:date|day|due|deadline|from|until|datum|tag|fällig|frist)\b", re.IGNORECASE)
_IDS = (
    re.compile(r"\b(?:number|no|nr|id|code|reference|ref|key|sku|nummer|kennung|aktenzeichen|ticket)\b", re.IGNORECASE),
    re.compile(r"\be-?mail\b", re.IGNORECASE),
    re.compile(r"\b(?:name|title|subject|customer|vendor|supplier|titel|betreff|kunde|lieferant)\b", re.IGNORECASE),
)
NAME_LIKE = 2
"""What `tells_apart` says of a name or a title: it tells records apart until two are called the same."""
_PASSING = re.compile(
    r"\b(?:status|state|stage|progress|result|priority|severity|open|done|strikes|count|away|absent|active|blocked|stand|zustand"
    r"|ergebnis|priorität|offen|erledigt|gesperrt|abwesend)\b", re.IGNORECASE,
)  # fmt: skip
_NO_IDS = re.compile(r"\b(?:phone|fax|vat|account|house|street|tax|bank|iban|telefon|steuer|konto)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:next|next page|older|more|load more|show more|weiter|nächste|nächste seite|mehr|[›»>→]+)", re.IGNORECASE
)
_ADDS = re.compile(r"(?:add|new|insert|another|hinzufügen|neue[rs]?)\b\s*(?:(?:an?|another|new)\b\s*)?", re.IGNORECASE)


def snake(label: str) -> str:
    """`Due date *` -> `due_date`. "" of what has no Latin letter."""
    plain = unicodedata.normalize("NFKD", label.casefold().translate(_LETTERS).replace("'", "").replace("’", ""))
    said = _WORDS.sub("_", plain.encode("ascii", "ignore").decode()).strip("_")
    said = said.replace("e_mail", "email")[:_LONGEST].strip("_")
    return f"n_{said}" if said[:1].isdigit() else said


def free(name: str, taken: Container[str], other: str = "text") -> str:
    """That name, or with a number behind it."""
    name = name or other
    number, found = 1, name
    while found in taken or found in ("row", "line"):
        number += 1
        found = f"{name}_{number}"
    return found


def searches(label: str) -> bool:
    """Is it a field to look something up by, which says nothing of what is looked up?"""
    return label.strip(" :*…").casefold() in _SEARCHES


def amounts(label: str) -> bool:
    return _AMOUNTS.search(label) is not None


def counts(label: str) -> bool:
    """May a whole number in it be one, and no code?"""
    return bool(label) and not searches(label) and tells_apart(label) == len(_IDS) and not (
        _NO_IDS.search(label) or _NO_NUMBERS.search(label)
    )  # fmt: skip


def days(label: str) -> bool:
    return _DAYS.search(label) is not None


def tells_apart(label: str) -> int:
    """How likely a field tells one record from all others: 0 is likely, 3 is not."""
    if _NO_IDS.search(label):
        return len(_IDS)
    return next((place for place, words in enumerate(_IDS) if words.search(label)), len(_IDS))


def passing(label: str) -> bool:
    """Does it say how a record stands just now, and not which it is?"""
    return amounts(label) or days(label) or _PASSING.search(label) is not None


def leads_on(name: str) -> bool:
    """Is it a control for the next page?"""
    return _NEXT.fullmatch(name.strip()) is not None


def list_name(adds: str, section: str) -> str:
    """What a list of lines is called: by the button that adds one, else by what they stand in."""
    found = _ADDS.match(adds.strip())
    if found and (rest := snake(adds.strip()[found.end() :])):
        return plural(rest)
    return snake(section) or "lines"


def plural(word: str) -> str:
    if word.endswith("s"):
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
