"""What is told of a run: the values `page` and `table` show.

Rules of this module: what is in them is the person's own table and what was done with it; a secret never is. A picture
was masked before it came here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

State = Literal["done", "unchecked", "stopped", "skipped", "not begun", "cut off"]
STATES: tuple[State, ...] = ("done", "unchecked", "stopped", "cut off", "skipped", "not begun")


class Heal(msgspec.Struct, frozen=True):
    """A target found by other evidence. was, now: what tells of it. rows: in which that was so."""

    called: str
    was: str
    now: str
    by: str
    rows: tuple[int, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """One row. names: what tells it from the others. told: its sentences, in order. picture: PNG, masked."""

    number: int
    state: State
    names: str = ""
    reason: str = ""
    kind: str = ""
    steps: int = 0
    seconds: float = 0.0
    told: tuple[str, ...] = ()
    step: str = ""
    expected: str = ""
    found: str = ""
    harmed: bool = False
    undo: str = ""
    picture: bytes = b""

    def __repr__(self) -> str:
        return f"Line({self.number}, {self.state})"


class Told(msgspec.Struct, frozen=True):
    """A whole run. when: its beginning, in words. effects: how it is known that a row had its effect, or ""."""

    title: str
    about: str
    when: str
    run: int
    revision: int
    seconds: float
    lines: tuple[Line, ...]
    heals: tuple[Heal, ...] = ()
    table: str = ""
    why: str = ""
    effects: str = ""

    def count(self, state: State) -> int:
        return sum(one.state == state for one in self.lines)

    @property
    def verdict(self) -> str:
        """The whole of it in a sentence."""
        total = len(self.lines)
        good = sum(one.state == "done" or one.kind in _THERE for one in self.lines)
        if good == total == 1:
            return "It is done, and its effect was seen."
        if good == total > 1:
            return "Every row is done, and its effect was seen."
        told = [f"{good:,} of {total:,} done"]
        for state, words in _REST:
            count = sum(one.state == state and one.kind not in _THERE for one in self.lines)
            told += [f"{count:,} {words}"] if count else []
        return ", ".join(told) + "."


_THERE = frozenset({"done before", "there already"})
_REST: tuple[tuple[State, str], ...] = (
    ("unchecked", "done and not checked"), ("stopped", "stopped"), ("cut off", "cut off"), ("skipped", "skipped"),
    ("not begun", "not begun"),
)  # fmt: skip


def heals(found: Sequence[tuple[int, str, str, str, tuple[str, ...]]]) -> tuple[Heal, ...]:
    """One for each target that changed, from (row, called, was, now, by) of all of them."""
    rows: dict[tuple[str, str, str, str], list[int]] = {}
    for number, called, was, now, by in found:
        rows.setdefault((called, was, now, ", ".join(by)), []).append(number)
    return tuple(Heal(*what, tuple(dict.fromkeys(those))) for what, those in rows.items())
