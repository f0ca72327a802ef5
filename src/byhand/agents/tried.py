"""What was tried since something came of it: what can't be done is not done again, and a search has an end.

Rules of this module: it is asked before each act and told of each; of a page it keeps numbers. It takes a model's own
next best, and invents nothing but to go on the way it went.

A model is shown one page at a time and does not remember which way it turned the wheel. So what is sought by scrolling
is sought one way to its end, then the other; and when it was nowhere, the next best is done. Where it would guess right
after a scroll, what it seeks is not there yet, and it seeks on. Where it would guess and also thinks of scrolling, it
looks around first: a turn of the wheel can be taken back, and a press can't.
"""

from __future__ import annotations

from msgspec.structs import replace

from byhand.events.kinds import Snapshot
from byhand.models.decision import Decision

_GUESS = 0.4
"""Less sure than this, it does not know what it looks at."""
_THINKS_OF = 0.03
"""At least so sure it is of an act that it thinks of."""
_WAYS = 2


def same(decision: Decision) -> tuple[object, ...]:
    """Two of it are one act."""
    return decision.op, decision.node, decision.to, decision.text, decision.keys, decision.dy > 0


class Tried:
    """One for each goal."""

    def __init__(self) -> None:
        self._failed: set[tuple[object, ...]] = set()
        self._rolled: tuple[object, Decision] | None = None
        """The page before a scroll that was the last act, and which it was."""
        self._way = 0.0
        """How far the wheel was turned, if that was the last act; down is positive."""
        self._over = 0
        """What it was turned over, if that is still there."""
        self._ended: set[bool] = set()
        """Ways in which there was no more since anything else was done."""

    def failed(self, decision: Decision) -> None:
        """It could not be done."""
        self._failed.add(same(decision))

    def done(self, decision: Decision, seen: Snapshot) -> None:
        """It was done. A scroll is only when it moved something, which is seen next.

        Args:
            decision: which act.
            seen: the page before it.
        """
        if decision.op == "scroll":
            self._rolled = (seen.nodes, seen.places), decision
            self._way, self._over = decision.dy, decision.node
        else:
            self._failed.clear()
            self._ended.clear()
            self._way = 0.0

    def looked(self, seen: Snapshot) -> None:
        """The page as it is after the last act."""
        if self._rolled is None:
            return
        before, decision = self._rolled
        self._rolled = None
        self._over = decision.node if decision.node in seen.nodes else 0
        if before == (seen.nodes, seen.places):
            self._failed.add(same(decision))
            self._ended.add(decision.dy > 0)
        else:
            self._failed.clear()

    def instead(self, decision: Decision) -> Decision:
        """What is done for it: itself, or what the model would have done instead, no surer than it was of that. What it
        is not sure of at all is for a person to pick.
        """
        on = (self._way > 0) not in self._ended
        if self._way and on and decision.op == "scroll" and (decision.dy > 0) != (self._way > 0):
            decision = replace(decision, dy=-decision.dy)
        elif self._way and len(self._ended) < _WAYS and decision.op != "scroll" and decision.sure < _GUESS:
            way = self._way if on else -self._way
            return Decision("scroll", self._over or decision.node, dy=way, sure=decision.sure, other=(decision,))
        elif not self._ended and decision.op not in ("scroll", "done") and decision.sure < _GUESS:
            around = next((one for one in decision.other if one.op == "scroll" and one.sure >= _THINKS_OF), None)
            if around is not None and same(around) not in self._failed:
                return replace(around, sure=decision.sure, other=(decision,))
        nowhere = decision.op == "scroll" and len(self._ended) == _WAYS
        if not nowhere and same(decision) not in self._failed:
            return decision
        others = [
            one
            for one in decision.other
            if one.sure and same(one) not in self._failed and not (nowhere and one.op == "scroll")
        ]
        return replace(others[0], other=tuple(others[1:])) if others else decision
