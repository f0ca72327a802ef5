"""What several demonstrations come to: acts, loops and forks. What differs in them is filled in by `assigning`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from byhand.workflows.compiling.doing import Did, Owner
from byhand.workflows.compiling.slots import Slot
from byhand.workflows.compiling.things import Row
from byhand.workflows.program import Relation

Text = tuple[str | Slot, ...]
"""A template whose slots have no names yet."""


@dataclass(slots=True, eq=False)
class One:
    """One act, as each owner did it.

    text: what is filled, chosen, set. row: values that tell its row. of_row: it's the row of the loop around it.
    called: its name, where that is made of values. into: what it reads.
    """

    acts: dict[Owner, Did]
    text: Text = ()
    row: tuple[Slot, ...] = ()
    of_row: bool = False
    called: Text = ()
    into: Slot | None = None

    @property
    def first(self) -> Did:
        return next(iter(self.acts.values()))

    def row_of(self) -> Row | None:
        """The row it was done in, the first time."""
        on = self.first.thing
        return on.row if on is not None else None


@dataclass(slots=True, eq=False)
class Loop:
    """Acts done again and again.

    times: how often, of each owner of the whole loop. name: of the list. rows: what the rows it goes over hold.
    target: what is pressed for the next page. offered: only rows that offer this are acted on.
    """

    body: list[Node]
    times: dict[Owner, int]
    over: Literal["", "list", "rows", "pages"] = ""
    name: str = ""
    rows: Text = ()
    target: One | None = None
    offered: One | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A condition that parts those who did it from the rest.

    left: what it is asked of. right: words or a number. target: what `sees` looks for. open: the two values between
    which nothing was shown. turned: it says when it's not so many, and the other side may say it better. asked:
    nothing that is known fits; each row must say.
    """

    relation: Relation
    left: Slot | None = None
    right: str = field(default="", repr=False)
    target: One | None = None
    open: tuple[str, str] = ("", "")
    turned: bool = False
    asked: bool = False


@dataclass(slots=True, eq=False)
class Fork:
    """Acts that only some did.

    done: who did `steps`; the rest did `other`. after: what each did next, behind it. found: conditions that fit it.
    """

    steps: list[Node]
    other: list[Node]
    done: frozenset[Owner]
    rest: frozenset[Owner]
    after: dict[Owner, Did] = field(default_factory=dict[Owner, Did])
    found: list[Found] = field(default_factory=list[Found])


Node = One | Loop | Fork


def ones(nodes: Sequence[Node]) -> Iterator[One]:
    """All acts, in order."""
    for node in nodes:
        if isinstance(node, One):
            yield node
        elif isinstance(node, Loop):
            yield from ones(node.body)
        else:
            yield from ones(node.steps)
            yield from ones(node.other)


def loops(nodes: Sequence[Node]) -> Iterator[Loop]:
    """All loops, inner ones too."""
    for node in nodes:
        if isinstance(node, Loop):
            yield node
            yield from loops(node.body)
        elif isinstance(node, Fork):
            yield from loops(node.steps)
            yield from loops(node.other)
