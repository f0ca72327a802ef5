"""What a goal is done with, and what is told of it: the words between the loop of a model, its hands and the person.

Rules of this module: values and ports only. A sentence has no secret in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import msgspec

from byhand.agents.deeds import Deed
from byhand.agents.outcome import Book, Brake, Hands
from byhand.agents.seeking import PATIENCE_S
from byhand.events.kinds import Snapshot
from byhand.models.decision import Decides, Decision
from byhand.workflows.program import Risk


class Limits(msgspec.Struct, frozen=True):
    """sure: below it a person is asked. One dial: a model that is wrong half of the time is worth a question."""

    acts: int = 40
    seconds: float = 600.0
    sure: float = 0.5
    patience_s: float = PATIENCE_S


class Choice(msgspec.Struct, frozen=True):
    """What could be done next. deed: None says that it is done. sure: as the model says."""

    decision: Decision
    deed: Deed | None
    sentence: str
    sure: float


Mine = Literal["mine", "stop"]
"""mine: the person did it themselves."""


class Beside(Protocol):
    """The person beside it."""

    def pick(self, choices: Sequence[Choice]) -> Choice | Mine:
        """The model is unsure; the first is what it would do."""
        ...

    def goes_on(self) -> bool:
        """They took over: may it go on, from what is there now?"""
        ...


class Eyes(Protocol):
    """What a model is shown.

    why: nothing was seen the last time, as nothing of that page may be; "" if something was, or was not there yet.
    """

    why: str

    def see(self) -> Snapshot | None:
        """The page as the observer lists it for a recording. None while it goes elsewhere."""
        ...

    def lost(self) -> bool:
        """Is the browser gone?"""
        ...


class Leave(Protocol):
    """Who is asked before an act that can't be undone."""

    def may(self, deed: Deed) -> bool:
        """Yes only by a person now, or by a signed allowance of exactly that."""
        ...


class Acted(msgspec.Struct, frozen=True):
    """One act, as it is told. sentence: without a secret. why: it was not done; "" if it was."""

    number: int
    op: str
    sentence: str
    sure: float
    seconds: float
    risk: Risk = ""
    why: str = ""


class Means(msgspec.Struct, frozen=True):
    """What a goal is done with.

    listed: may something be done on the page of that address? secret: what goes into a secret field, by what it is
    called and the address of its page; "" where nobody gives it. beside: None where nobody is there to be asked.
    before: told of each act before it is done; it may take its time. told: after it.
    """

    hands: Hands
    eyes: Eyes
    decider: Decides
    brake: Brake
    leave: Leave
    book: Book
    listed: Callable[[str], bool] = lambda _: True
    secret: Callable[[str, str], str] = lambda _called, _address: ""
    beside: Beside | None = None
    before: Callable[[Deed], object] = lambda _: None
    told: Callable[[Acted], object] = lambda _: None
    clock: Callable[[], float] = time.monotonic
