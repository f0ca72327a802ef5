"""What the words of a user interface mean: which say the same, in some languages, and what they would do. Pure.

Rules of this module: it is one table of plain words (`meanings.txt`). Words that are in no line mean themselves. It
says that two names mean the same only if each word of one has its like in the other; it never guesses by spelling.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST = 3
_LONGEST = 6
_UNITS = (
    ("thousand", "thousands k tausend tsd milliers miles"), ("million", "millions mio millionen"),
    ("cent", "cents ct centimes céntimos pence"), ("percent", "% percent prozent pourcent"),
    ("eur", "€ eur euro euros"), ("usd", "$ usd dollar dollars"), ("gbp", "£ gbp pound pounds"), ("chf", "chf franken"),
    ("net", "net netto ht neto"), ("gross", "gross brutto ttc bruto"),
    ("gram", "g gram grams gramm"), ("kilogram", "kg kilogram kilograms kilogramm"), ("pound", "lb lbs"),
    ("hour", "h hours stunden heures horas"), ("minute", "min minutes minuten"), ("day", "days tage jours días"),
    ("metre", "m metres meters meter"), ("millimetre", "mm"), ("centimetre", "cm"), ("inch", "inch inches zoll"),
)  # fmt: skip
_RISKS = ("deletes", "pays", "publishes", "grants", "sends", "uploads")
_LEADS = frozenset({"cancel", "edit", "open", "close", "show", "search", "next", "previous"})
_UNIT = re.compile(r"[€$£%]|[^\W\d_]+")


def tidy(text: str) -> str:
    """In lower case, one line, without marks at its ends: what names are compared by."""
    return " ".join(text.split()).strip(" :*.…!?").casefold()


@cache
def _table() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Phrase -> the meanings it can have, each called by the first of its line; and the lists that begin with @."""
    meanings: dict[str, set[str]] = {}
    lists: dict[str, set[str]] = {}
    for line in (files("byhand.workflows") / "meanings.txt").read_text("utf-8").splitlines():
        first, *others = line.split()
        if first.startswith("@"):
            lists.setdefault(first[1:], set()).update(others)
        elif first != "#":
            for phrase in (first, *others):
                meanings.setdefault(phrase, set()).add(first)
    return {one: frozenset(all_of) for one, all_of in meanings.items()}, {
        one: frozenset(all_of) for one, all_of in lists.items()
    }


@cache
def meaning(text: str) -> tuple[frozenset[str], ...]:
    """Of each word or known phrase in it, what it can mean. Words that carry nothing are left out."""
    words = [word.removesuffix("'s") for word in _WORD.findall(tidy(text).replace("’", "'"))]
    known, lists = _table()
    found: list[frozenset[str]] = []
    at = 0
    while at < len(words):
        for many in range(min(_MOST, len(words) - at), 0, -1):
            phrase = "_".join(words[at : at + many])
            if phrase in known:
                found.append(known[phrase])
                at += many
                break
        else:
            if words[at] not in lists["empty"]:
                found.append(frozenset({words[at]}))
            at += 1
    return tuple(found)


def alike(one: str, other: str) -> bool:
    """Do they say the same, if in other words or another language?"""
    if tidy(one) == tidy(other):
        return bool(tidy(one))
    left, right = list(meaning(one)), list(meaning(other))
    if not left or len(left) != len(right):
        return False
    for part in left:
        like = next((at for at, each in enumerate(right) if part & each), None)
        if like is None:
            return False
        right.pop(like)
    return True


@cache
def does(text: str) -> str:
    """The worst that a control of that name would do, as a `Risk`; "" where no word says so."""
    known = _said(text)
    return next((risk for risk in _RISKS if known & _table()[1][risk]), "")


@cache
def harmless(text: str) -> bool:
    """Does it say that nothing is changed by it?"""
    known = _said(text)
    return bool(known & _table()[1]["harmless"]) or says(text, "opens")


@cache
def verbs(text: str) -> frozenset[str]:
    """What it tells to do, by the meanings of its words that do something."""
    known = _LEADS.union(*(_table()[1][risk] for risk in _RISKS))
    return frozenset(each for part in meaning(text) for each in part if each in known)


@cache
def units(text: str) -> frozenset[str]:
    """Units that it names: "Amount (EUR)" and "in cents"."""
    words = set(_UNIT.findall(text.casefold()))
    return frozenset(name for name, spelled in _UNITS if words & set(spelled.split()))


def says(text: str, what: Literal["newly", "opens", "busy", "session", "trouble"]) -> bool:
    """Does it say that something is other than it was ("now also sends"), that one has to wait, to sign in..."""
    return bool(_table()[1][what] & _runs(text))


@cache
def _said(text: str) -> frozenset[str]:
    """All that its words and phrases can mean, each by itself."""
    runs = _runs(text)
    return runs.union(*(_table()[0].get(run, frozenset[str]()) for run in runs))


@cache
def _runs(text: str) -> frozenset[str]:
    """Its words, and those that follow each other as phrases."""
    words = _WORD.findall(tidy(text).replace("’", "'"))
    return frozenset("_".join(words[at : at + many]) for at in range(len(words)) for many in range(1, _LONGEST))
