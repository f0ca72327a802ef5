"""Whoever decides by asking an endpoint: the same agent's model, at an address.

Rules of this module: before each try it says what it is about to send (`Sending`) to whoever composes it; if that
raises, nothing is sent. What an answer is worth is judged by `reading`; one that is of no use is counted, told the
model the next time, and never an act. The key is in no word of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from byhand.errors import ByhandError
from byhand.events.kinds import OBSERVER
from byhand.models.decision import Decision, Look
from byhand.models.endpoints import chat, computers
from byhand.models.endpoints.address import Address
from byhand.models.endpoints.computers import Picture
from byhand.models.endpoints.posting import Patience, Unanswered, post
from byhand.models.endpoints.reading import Answer, Mistake

_BLIND = Mistake("can't be shown any page here", final=True)
_LOOKS = 3
"""So often in a row it is shown the page because it asked to see it; then it is a mistake."""


class Sending(msgspec.Struct, frozen=True):
    """What is about to go where, without any of it. elements: of the list; pictures: how many."""

    to: str
    model: str
    bytes: int
    elements: int = 0
    pictures: int = 0


class Pictures(Protocol):
    """Who makes the pictures that may be shown."""

    def __call__(self) -> Picture | Mistake:
        """The page as it is now, or why it is not shown: "can't be shown this page: it does not come to rest"."""
        ...


class Elsewhere:
    """Satisfies `decision.Decides`.

    Args:
        to: where.
        key: for its door, or "".
        before: told of each try before it is made; what it raises ends it.
        patience: with how much.

    Attributes:
        pulled: whether the person ended it; asked while an answer is waited for.
        pictures: who makes pictures, for a model that is shown some.
        sent: how many tries were made. mistakes: how many answers were of no use.
    """

    observer = OBSERVER

    def __init__(
        self, to: Address, key: str, before: Callable[[Sending], object], *, patience: Patience | None = None
    ) -> None:
        self.to, self.name = to, to.name
        self._key, self._before, self._patience = key, before, patience
        self.pulled: Callable[[], bool] = lambda: False
        self.pictures: Pictures | None = None
        self.sent = self.mistakes = 0
        self._mistake = ""

    def __repr__(self) -> str:
        return f"Elsewhere({self.name})"

    def decide(self, look: Look) -> Decision:
        """As `decision.Decides` has it; where there is no act, `Decision.why` says so."""
        try:
            answer = self._asked(look)
        except Unanswered as none:
            return _none(str(none), again=False)
        except ByhandError as refused:
            return _none(f"was not asked: {refused.message}", again=False)
        if isinstance(answer, Decision):
            self._mistake = ""
            return answer
        self.mistakes += 1
        self._mistake = answer.why
        return _none(answer.why, again=not answer.final)

    def _asked(self, look: Look) -> Decision | Mistake:
        if not self.to.pictured:
            body = chat.body(self.to.model, look, self._mistake)
            said = chat.read(self._post(body, chat.headers(self._key), len(look.seen.nodes)), look)
            return Mistake("asked to see what it is told") if said == "look" else said
        for _ in range(_LOOKS):
            picture = self.pictures() if self.pictures is not None else _BLIND
            if isinstance(picture, Mistake):
                return picture
            answer = self._shown(look, picture)
            if answer != "look":
                return answer
        return Mistake("asked for another look, and another")

    def _shown(self, look: Look, picture: Picture) -> Answer:
        model, key = self.to.model, self._key
        if self.to.kind == "openai-computer":
            body = computers.to_openai(model, look, picture, self._mistake)
            return computers.from_openai(self._post(body, chat.headers(key), 0, 1), look.did, picture.seen)
        body = computers.to_anthropic(model, look, picture, self._mistake)
        answer = self._post(body, computers.headers_anthropic(model, key), 0, 1)
        return computers.from_anthropic(answer, look.did, picture.seen)

    def _post(self, body: bytes, headers: dict[str, str], elements: int, pictures: int = 0) -> bytes:
        about = Sending(self.to.origin, self.name, len(body), elements, pictures)

        def before() -> None:
            self._before(about)
            self.sent += 1

        return post(self.to, headers, body, before=before, pulled=self.pulled, patience=self._patience)


def _none(why: str, *, again: bool) -> Decision:
    return Decision("done", sure=0.0, why=why, again=again)
