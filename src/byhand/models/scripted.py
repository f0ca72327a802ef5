"""The twin of a model: it decides what a script says, line by line. For tests, and to show what an agent does.

A line is an act, a name in quotes, and what is typed or chosen:

    click "New invoice"
    type "Number" R-7
    select "Currency" USD
    key Control+a
    scroll 3
    done

`role:"Name"` tells two of one name apart. `~0.3` at the end is how sure it is.
"""

from __future__ import annotations

import re

from byhand.events.kinds import Snapshot
from byhand.models.decision import OPS, Decision, Look, Op

_LINE = re.compile(
    r'(?P<op>\w+)(?: (?P<role>\w*):?"(?P<name>[^"]*)")?(?: to "(?P<to>[^"]*)")?(?: (?P<text>[^~]*?))?'
    r"(?: ?~(?P<sure>[\d.]+))?"
)
OBSERVER = 1


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


def _read(line: str, seen: Snapshot) -> Decision:
    parts = _LINE.fullmatch(line)
    op: Op | None = next((each for each in OPS if parts and each == parts["op"]), None)
    if parts is None or op is None:
        raise ValueError(f"no line of a script: {line}")
    name, text = parts["name"], (parts["text"] or "").strip()
    node = _named(seen, name, parts["role"]) if name is not None else 0
    to = _named(seen, parts["to"], "") if parts["to"] is not None else 0
    if (name is not None and not node) or (parts["to"] is not None and not to):
        return Decision("done", sure=0.0)
    sure = float(parts["sure"] or 1)
    if op == "key":
        return Decision("key", node, keys=tuple(text.split("+")), sure=sure)
    if op == "scroll":
        return Decision("scroll", node, dy=float(text), sure=sure)
    return Decision(op, node, to, text, sure=sure)


def _named(seen: Snapshot, name: str, role: str) -> int:
    """A control before words that say the same."""
    found = [
        (is_ == "text", node) for node, called, is_ in zip(seen.nodes, seen.names, seen.roles, strict=True)
        if called == name and (not role or role == is_)
    ]  # fmt: skip
    return min(found, key=lambda one: one[0])[1] if found else 0
