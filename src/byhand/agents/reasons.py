"""Why an act could not be done, in one sentence each, and which kind of stop that is.

Rules of this module: hands of every kind answer with these and no others, so that whoever asked them knows what it
means. Names in a sentence are those of controls.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["missing", "in the way", "not so", "refused", "changed", "person", "value", "lost", "server"]

GONE = "it is no longer there"
OTHER = "it became something else while it was looked at"
MOVES = "it does not stand still"
OFF = "it can't be used now"
MISSED = "something else came between"
PERSON = "a person took over"
NO_OPTION = "that option is not there"
TWO_OPTIONS = "that option is there more than once"
NOT_CHOSEN = "the option did not stay chosen"
NOT_SET = "it did not take the setting"
NOT_TAKEN = "it did not take what was typed"
NO_FILE = "the file is not there"
NO_BOX = "it is nothing that can be set"
NO_FIELD = "it is nothing that can be typed into"
YOURS = "it is secret, and what goes into it comes from a person"
NOT_OPENED = "its address can't be opened"
NO_TAB = "that tab is not open"
ASKED = "the browser asked something, which was answered with no"
UNKNOWN = "such an act is not known here"

_KINDS: dict[str, Kind] = {
    GONE: "changed", OTHER: "changed", MOVES: "changed", OFF: "not so", MISSED: "in the way", PERSON: "person",
    NO_OPTION: "value", TWO_OPTIONS: "value", NOT_CHOSEN: "refused", NOT_SET: "refused", NOT_TAKEN: "refused",
    NO_FILE: "value", NO_BOX: "changed", NO_FIELD: "changed", YOURS: "value",
    NOT_OPENED: "server", NO_TAB: "missing", ASKED: "in the way",
    UNKNOWN: "not so",
}  # fmt: skip


def over(role: str, name: str) -> str:
    """Something lies over it."""
    what = role if role in ("dialog", "alertdialog", "alert", "status", "button", "link") else "something"
    return f'{what} "{name}" lies over it' if name else f"{what} lies over it"


def kind(why: str) -> Kind:
    """Of a sentence of this module."""
    return _KINDS.get(why, "in the way" if why.endswith("lies over it") else "not so")


UNTOUCHED = frozenset({GONE, OTHER, MOVES, OFF, NO_OPTION, TWO_OPTIONS, NO_FILE, NO_BOX})
"""With these nothing at all was done, so that it may be looked at and tried anew."""
