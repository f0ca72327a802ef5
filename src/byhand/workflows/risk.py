"""What an act does that can't be undone, judged by what it is called and what kind of control it is. Pure.

Rules of this module: words are looked up in the table of `meanings`, in several languages; what a page says of itself
changes nothing. In doubt an act is riskier. "" is no promise.
"""

from __future__ import annotations

import re

from byhand.workflows.meanings import does, harmless, says, tidy
from byhand.workflows.program import Evidence, Risk, Verb

_PRESSES = frozenset({"press", "press twice", "drag"})
_SUBMITS = frozenset({"Enter", "Control+Enter", "Meta+Enter", "Control+S", "Meta+S"})
_SECRET = re.compile(
    r"pass ?(?:word|phrase|code)|passwor|kennwort|mot de passe|contrase|\b(?:pin|otp|cvv|cvc)\b|secret|token|api.?key",
    re.IGNORECASE,
)
_LOOKS = frozenset({"tab", "option", "treeitem", "menuitemradio", "columnheader", "radio", "checkbox"})
_LINKS = frozenset({"deletes", "pays", "publishes", "grants"})
"""A link that says so may well do it; one that says "send" leads to where it is done."""


def of(evidence: Evidence | None, verb: Verb, words: str = "") -> Risk:
    """The risk of doing that.

    Args:
        evidence: what it is done to; None where there is nothing.
        verb: of the act.
        words: what is typed or pressed: for `key` the chord.
    """
    name = evidence.name or evidence.label if evidence else ""
    role = evidence.role if evidence else ""
    if verb == "upload":
        return "uploads"
    if verb == "fill":
        return "credentials" if _SECRET.search(name) or "password" in role else ""
    if verb == "key":
        return _key(evidence, words)
    if verb not in _PRESSES or role in _LOOKS:
        return ""
    found: Risk = _risk(does(name))
    if not found and role == "button" and "form" in _above(evidence) and not harmless(name):
        return "sends"  # whatever it is called, it is what sends a form
    if (role == "link" and found not in _LINKS) or says(tidy(name).split(" ")[0], "opens"):
        return ""
    return found


def _above(evidence: Evidence | None) -> tuple[str, ...]:
    """Roles of what it lies in; a search is no form."""
    above = evidence.above if evidence else ()
    return () if "search" in above else above


def _key(evidence: Evidence | None, chord: str) -> Risk:
    if chord not in _SUBMITS:
        return "deletes" if chord in ("Delete", "Shift+Delete") and _item(evidence) else ""
    if chord == "Enter" and evidence is not None:
        if evidence.role in ("link", "option", "searchbox", "combobox", "textbox") and searches(evidence):
            return ""
        if evidence.role in ("button", "link"):
            return of(evidence, "press")
    return "sends"


def _item(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.role in ("row", "listitem", "option", "treeitem", "gridcell", "cell")


def searches(evidence: Evidence | None) -> bool:
    """Is it a part of what one looks things up with?"""
    if evidence is None:
        return False
    return evidence.role in ("searchbox", "option") or "search" in evidence.above or any(
        tidy(word) in ("search", "find", "suche", "suchen", "filter", "rechercher", "buscar", "cerca", "zoeken")
        for word in (evidence.name, evidence.label)
    )  # fmt: skip


def _risk(found: str) -> Risk:
    match found:
        case "deletes" | "pays" | "publishes" | "grants" | "sends" | "uploads":
            return found
        case _:
            return ""
