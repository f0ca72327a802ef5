"""What comes of an answer: an act of ours, a mistake, or a wish to look once more. Pure.

Rules of this module: whatever an endpoint says is judged here before it is anything. A `Mistake` says in our words what
was wrong with it and quotes nothing of it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from byhand.events.kinds import Snapshot
from byhand.models.decision import Decision
from byhand.models.history import place

MOST_TEXT = 4000
_MOST_KEYS, _MOST_KEY = 4, 12


class Mistake(msgspec.Struct, frozen=True):
    """why: goes on after the model's name: "named an element that is not there". final: asked again it would be the
    same.
    """

    why: str
    final: bool = False


Answer = Decision | Mistake | Literal["look"]
"""look: it wants to see the page anew, and does nothing."""


def checked(decision: Decision, seen: Snapshot) -> Decision | Mistake:
    """Can it be meant? Whether it may be done is not asked here."""
    at, far = place(seen, decision.node), place(seen, decision.to)
    match decision.op:
        case "done":
            return decision
        case "key" | "scroll" if decision.node and at < 0:
            return Mistake("named an element that is not there")
        case "key" if not _keys(decision.keys):
            return Mistake("named no key that there is")
        case "scroll" if not decision.dy:
            return Mistake("scrolled by nothing")
        case "key" | "scroll":
            return decision
        case _ if at < 0:
            return Mistake("named an element that is not there")
        case "drag" if far < 0:
            return Mistake("named an element that is not there")
        case "type" | "select" if len(decision.text) > MOST_TEXT:
            return Mistake("wrote more than fits into a field")
        case "select" if not decision.text and far < 0:
            return Mistake("chose nothing")
        case "select" if decision.to and far < 0:
            return msgspec.structs.replace(decision, to=0)
        case _:
            return decision


def _keys(keys: tuple[str, ...]) -> bool:
    return 0 < len(keys) <= _MOST_KEYS and all(0 < len(one) <= _MOST_KEY and one.isprintable() for one in keys)
