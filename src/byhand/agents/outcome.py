"""What came of a run, and whom a run asks: the words between the loop, its hands, its journal and whoever watches.

Rules of this module: values and ports only. A reason is one sentence, and says nothing that was read from a page but
names of controls; what was expected and what is there are told by names and counts. A picture is masked before it is
handed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

import msgspec

from byhand.workflows.cells import Cell as Cell  # noqa: PLC0414  whoever runs rows finds their words here
from byhand.workflows.cells import Values as Values  # noqa: PLC0414
from byhand.workflows.program import Act, Evidence, Risk
from byhand.workflows.view import View

State = Literal["done", "unchecked", "stopped", "skipped"]
"""unchecked: all steps are done and nothing says that they had their effect; a run that has one doesn't exit with 0.
skipped: it was done already, or is not to be done."""


class Healed(msgspec.Struct, frozen=True):
    """A target that was found by other evidence than it was shown with. by: the kinds of evidence that agreed.
    evidence: with which it would be found from now on; it is in the program once a person accepts it.
    """

    step: str
    called: str
    was: str
    now: str
    by: tuple[str, ...]
    evidence: Evidence | None = None


class Stop(msgspec.Struct, frozen=True):
    """Why it went no further. kind: for scripts; reason: for people. harmed: something was done that may be half a
    record; then `undo` says how to take it back. picture: PNG, masked.
    """

    step: str
    kind: Literal[
        "missing", "ambiguous", "in the way", "not so", "refused", "required", "session", "server", "changed", "risk",
        "person", "value", "left", "lost", "unsure", "circles", "limit",
    ]  # fmt: skip
    reason: str
    expected: str = ""
    found: str = ""
    harmed: bool = False
    undo: str = ""
    picture: bytes = b""


class Outcome(msgspec.Struct, frozen=True):
    """What came of one row. steps: how many acts were done. told: their sentences, without values that are secret."""

    state: State
    steps: int = 0
    seconds: float = 0.0
    stop: Stop | None = None
    healed: tuple[Healed, ...] = ()
    told: tuple[str, ...] = ()
    read: Mapping[str, str] = {}


class Hands(Protocol):
    """Who looks and acts: a page (`actuators.page`), a desktop window, or the twin in memory. An answer is why it could
    not be done, in one sentence, or "".
    """

    def go(self, address: str) -> str:
        """Open that address in the tab in front."""
        ...

    def look(self, selectors: tuple[str, ...] = ()) -> View | None:
        """What is there now, whole. None while it goes elsewhere."""
        ...

    def act(self, verb: str, node: int, text: str = "", to: int = 0, *, agrees: str = "") -> str:
        """One act of `program.Verb` on an element of the view that was looked at last, by real input. For `choose` the
        option's label is the text; for `key` a node of 0 is whatever has the keyboard. Besides "scroll", which no
        program needs: by so many notches, positive is down; a node of 0 is the page. agrees: a question of the
        browser itself (`program.Question`) that is answered with yes, once, until the next act; any other with no.
        """
        ...

    def rest(self, seconds: float) -> None:
        """Let the page go on, at most so long; comes back at once when it changes."""
        ...

    def picture(self) -> bytes:
        """PNG of what is seen, fields and what was not cleared painted over."""
        ...

    def second(self) -> Hands:
        """Another tab of the same session, to read an effect back. Closed by `close`."""
        ...

    def close(self) -> None:
        """Give back what `second` opened."""
        ...


class Brake(Protocol):
    """The person's hand on it: any key, click or move of theirs."""

    def pulled(self) -> bool:
        """Asked before each act and within each wait, and cheap."""
        ...


class Leave(Protocol):
    """Who is asked before an act that can't be undone."""

    def may(self, act: Act, risk: Risk, sentence: str) -> bool:
        """Yes only by a person now, or by a signed allowance of exactly that act, app and limit."""
        ...


class Book(Protocol):
    """The journal as the loop sees it. Durable when it returns."""

    def will(self, step: str, risk: Risk) -> None:
        """That act is about to be done. risk "": it can be done again after a crash."""
        ...

    def did(self, step: str) -> None:
        """It was done, and its checks hold."""
        ...
