"""What is at stake with an act that a model decided on: judged as a program's steps are, and in doubt riskier. Pure.

A program was read by a person before it ran; a model's act was read by nobody. So more is asked of it than
`workflows.risk` asks of a step: keys that press what has the keyboard, a dialog's "OK", controls without a name, where
a thing is dropped. What a page says can make an act riskier and never less so.
"""

from __future__ import annotations

from byhand.workflows import risk
from byhand.workflows.around import DIALOGS, FIELDS, Around
from byhand.workflows.meanings import does, harmless, meaning
from byhand.workflows.program import Evidence, Risk, Verb

_PRESSES = frozenset({"press", "press twice"})
_PRESSED_BY_KEYS = frozenset({"button", "link", "menuitem", "switch", "tab", "option", "treeitem"})
_NAMELESS = frozenset({"button", "link", "menuitem"})
_MODIFIERS = ("Control", "Alt", "Meta")
_OWN = frozenset({"A", "C", "V", "X", "Z", "Y", "F", "B", "I", "U"})
"""Letters of shortcuts that mean the same everywhere: editing, and looking for words."""
_MOVES = frozenset({
    "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Tab", "Escape", "Shift",
    "Backspace", "Delete",
})  # fmt: skip
_CHOICES = FIELDS | {"radiogroup", "group"}


def of(verb: Verb, around: Around, place: int, evidence: Evidence | None, text: str = "", to: int = -1) -> Risk:
    """The risk of an act.

    Args:
        verb: of the act.
        around: the page.
        place: of what it is done to; -1 where it is whatever has the keyboard.
        evidence: the same, as a program would know it.
        text: what is typed, chosen or pressed (a chord).
        to: place where a drag ends, or -1.
    """
    if verb == "key":
        return _key(around, place, evidence, text)
    if verb == "fill":
        return _filled(around, place, evidence, text)
    if verb == "choose":
        return "" if place >= 0 and around[place].role in _CHOICES else _risk(text)
    if verb == "set":
        # A box is saved with its form; a switch does it now.
        return _risk(around[place].name) if place >= 0 and around[place].role == "switch" else ""
    if verb == "drag" and to >= 0 and (dropped := _risk(around[to].name)):
        return dropped
    found = risk.of(evidence, verb)
    if found or place < 0:
        return found
    return _pressed(around, place) if verb in _PRESSES else ""


def _pressed(around: Around, place: int) -> Risk:
    one = around[place]
    if one.kind == "file":
        return "uploads"
    if one.role in _NAMELESS and not one.name and not one.hint:
        return "sends"  # nothing says what it does
    dialog = around.role(place, DIALOGS)
    if dialog < 0 and _closes(around, place):
        return "sends"
    if dialog < 0 or one.role not in ("button", "link") or harmless(one.name):
        return ""
    for said in around.texts(dialog, fields=False):
        if found := _risk(said):
            return found
    return ""


def _closes(around: Around, place: int) -> bool:
    """Of a dialog or a window the word is harmless. In a form of a page it is a ticket or a case that is closed."""
    one = around[place]
    return one.role == "button" and around.form(place) >= 0 and any("close" in part for part in meaning(one.name))


def _filled(around: Around, place: int, evidence: Evidence | None, text: str) -> Risk:
    """Where Enter sends, a text of several lines would be sent after its first."""
    if found := risk.of(evidence, "fill"):
        return found
    if place >= 0 and "secret" in around[place].states:
        return "credentials"
    return "sends" if "\n" in text and place >= 0 and around[place].tag != "textarea" else ""


def _key(around: Around, place: int, evidence: Evidence | None, chord: str) -> Risk:
    found = risk.of(evidence, "key", _upper(chord))
    one = around[place] if place >= 0 else None
    if one is not None and chord in ("Enter", " ", "Space") and one.role in _PRESSED_BY_KEYS:
        return of("press", around, place, evidence) or (found if chord == "Enter" else "")
    if found:
        return found
    *held, last = keys(chord)
    if last in _MOVES or (last.startswith("F") and last[1:].isdigit()):
        return ""
    if any(one in held for one in _MODIFIERS):
        return "" if len(last) == 1 and last.upper() in _OWN and "Alt" not in held else "sends"
    if len(last) == 1 and last != " ":
        writes = one is not None and (one.role in FIELDS or "editable" in one.states)
        return "" if writes else "sends"  # a shortcut of the page's own: what it does is known to nobody
    return ""


def keys(chord: str) -> list[str]:
    """Of "Control++" the last is the plus."""
    if chord.endswith("++"):
        return [*chord[:-2].split("+"), "+"]
    return [chord] if chord == "+" else chord.split("+")


def _upper(chord: str) -> str:
    """As the table has shortcuts: "Control+S"."""
    *held, last = keys(chord)
    return "+".join((*held, last.upper() if held and len(last) == 1 else last))


def _risk(said: str) -> Risk:
    match does(said):
        case "deletes" | "pays" | "publishes" | "grants" | "sends" | "uploads" as found:
            return found
        case _:
            return ""
