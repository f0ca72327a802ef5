"""The twin of a model: it decides what a script says, line by line. For tests, and to show what an agent does.

A line is an act as `models.line` has it:

    click "New invoice"
    type "Number" R-7
    select "Currency" USD
    key Control+a
    scroll 3
    done
"""

from __future__ import annotations

from byhand.events.kinds import OBSERVER, Snapshot
from byhand.models import line
from byhand.models.decision import Decision, Look


class Scripted:
    """Satisfies `decision.Decides`.

    Args:
        script: its lines; after the last it is done.
        observer: version of the lists it says it understands.
    """

    name = "scripted"

    def __init__(self, script: str, observer: int = OBSERVER) -> None:
        self._lines = [line.strip() for line in script.splitlines() if line.strip()]
        self.observer = observer
        self.looks: list[Look] = []

    def decide(self, look: Look) -> Decision:
        """The line of so many acts that were done before; what is not there is no act, and it is not sure at all."""
        self.looks.append(look)
        if len(look.did) >= len(self._lines):
            return Decision("done")
        return _read(self._lines[len(look.did)], look.seen)


def _read(said: str, seen: Snapshot) -> Decision:
    decided = line.read(said, seen)
    if decided == line.NOT_THERE:
        return Decision("done", sure=0.0)
    if isinstance(decided, str):
        raise ValueError(f"no line of a script: {said}")  # noqa: TRY004  it is no mistake of types
    return decided
