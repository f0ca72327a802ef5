"""What a model is asked, and what it answers: the words between whoever decides and whoever acts. Pure, without torch.

Rules of this module: what is seen is a `Snapshot`, the very list that recordings hold, so that a model acts on what it
learned from. A decision names elements by their number in the document of that list and says nothing of pixels.
"""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec

from byhand.events.kinds import Snapshot

Op = Literal[
    "click", "double_click", "right_click", "hover", "drag", "type", "key", "select", "check", "uncheck", "scroll",
    "done",
]  # fmt: skip
"""What can be decided. The words are `episodes.types.Op`'s, where both have one; `key` is a chord too.

done: the task is, or nothing more can be done for it.
"""
OPS: tuple[Op, ...] = (
    "click", "double_click", "right_click", "hover", "drag", "type", "key", "select", "check", "uncheck", "scroll",
    "done",
)  # fmt: skip


class Did(msgspec.Struct, frozen=True):
    """One act before now, as the history tells it. node: of the element in the list it was seen in; 0 for none.

    role, name: of the element, as the list had them. text: what was typed or chosen, as far as it may be told;
    of a scroll its way, "down" or "up".
    """

    op: Op
    node: int = 0
    role: str = ""
    name: str = ""
    text: str = ""
    keys: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Did({self.op}, {self.node})"


class Look(msgspec.Struct, frozen=True):
    """What is asked: the goal in a person's words, what is there now, and what was done for it so far, oldest first."""

    goal: str
    seen: Snapshot
    did: tuple[Did, ...] = ()

    def __repr__(self) -> str:
        return f"Look({len(self.seen.nodes)} elements, {len(self.did)} acts before)"


class Decision(msgspec.Struct, frozen=True):
    """The next act.

    node: the element it is done to, as `Snapshot.nodes` numbers it; 0 for whatever has the keyboard (`key`), for the
        page itself (`scroll`) or for nothing (`done`).
    to: where a drag ends; the option of a `select`, if it is in the list.
    text: what is typed, which replaces what stands in the field; the label of what is chosen.
    keys: names as in `KeyboardEvent.key`, modifiers first ("Control", "a").
    dy: notches of a scroll, positive is down.
    sure: probability that a person would have done the same, from 0 to 1, as far as the model can tell.
    other: what it would have done instead, the likeliest first; what a person may choose from.
    why: there is no act, for this reason: half a sentence of ours, without anything it was shown or answered. Then `op`
        is `done` and `sure` 0.
    again: it may be asked once more; else it would say the same.
    """

    op: Op
    node: int = 0
    to: int = 0
    text: str = ""
    keys: tuple[str, ...] = ()
    dy: float = 0.0
    sure: float = 1.0
    other: tuple[Decision, ...] = ()
    why: str = ""
    again: bool = False

    def __repr__(self) -> str:
        return f"Decision({self.op}, {self.node}, sure={self.sure:.2f})"


class Decides(Protocol):
    """Whoever decides: a model of ours, an endpoint, a rule, the twin in a test.

    name: what reports call it. observer: version of the observer whose lists it understands.
    """

    name: str
    observer: int

    def decide(self, look: Look) -> Decision:
        """The next act. Raises nothing: who can't tell is `done` with `sure` 0."""
        ...
