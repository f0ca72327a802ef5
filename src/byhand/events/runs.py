"""The closed lists of words in which a run tells of itself: how its rows ended, and what of the person stopped it.

Rules of this module: what matches one of these can't be content, so the guard keeps it without a further look.
`agents.outcome` has the same words as types; a test holds the two together.
"""

from __future__ import annotations

import re
from typing import Final, Literal

STATES: Final = ("done", "unchecked", "stopped", "skipped")
KINDS: Final = (
    "missing", "ambiguous", "in the way", "not so", "refused", "required", "session", "server", "changed", "risk",
    "person", "value", "left", "lost", "unsure", "circles", "limit",
    "there already", "done before", "unchecked before", "uncertain",
)  # fmt: skip
"""Why a row stopped or was skipped."""
HANDS: Final = ("a key", "a click", "the mouse", "Ctrl-C", "a signal")
"""With what a person takes over. All else is told as "something else"."""
OUTCOMES: Final[dict[str, Literal["done", "failed", "partly"]]] = {
    "done": "done", "unchecked": "done", "skipped": "done", "stopped": "failed",
}  # fmt: skip
"""State of a row -> outcome of its task, where nothing half-done stands."""
ELSE: Final = "something else"

_VERBS: Final = frozenset({
    "open", "press", "press twice", "press right", "fill", "choose", "set", "hover", "drag", "upload", "read", "key",
    "turn", "scroll",
})  # fmt: skip
_KEYS: Final = re.compile(
    r"(?:(?:Control|Alt|Meta|Shift)\+){0,4}(?:Enter|Tab|Escape|Space|Backspace|Delete|Insert|Home|End|Page(?:Up|Down)"
    r"|Arrow(?:Up|Down|Left|Right)|F\d{1,2})"
    r"|(?:(?:Control|Alt|Meta|Shift)\+){0,3}(?:Control|Alt|Meta)\+(?:(?:Shift|Control|Alt|Meta)\+){0,2}[A-Za-z0-9]"
)
_STEP: Final = re.compile(r"(?:effect)?\d{1,4}(?:\.(?:\d{1,4}|else)){0,12}")


def row(state: str, kind: str = "") -> str:
    """What came of a row, as a reason; "" for words that are none of these."""
    if state not in STATES or (kind and kind not in KINDS):
        return ""
    return f"{state}: {kind}" if kind else state


def harmless(what: str, reason: str) -> str:
    """The reason of a run's mark if it is one of the lists', else ""."""
    match what:
        case "row":
            return row(*reason.split(": ", 1))
        case "takeover":
            return reason if reason in HANDS else ELSE
        case "task_end":
            return reason if reason in OUTCOMES.values() or reason == "partly" else ""
        case _:
            return ""


def verb(said: str) -> str:
    """What was done, if a program can say so. Of a key its name, but of none that writes a character."""
    if said in _VERBS:
        return said
    name, _, keys = said.partition(" ")
    return (said if _KEYS.fullmatch(keys) else "key") if name == "key" else ""


def step(said: str) -> str:
    """A step by its place in its program; "" where it was given a name of its own, which may be anything."""
    return said if _STEP.fullmatch(said) else ""
