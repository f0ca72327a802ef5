"""Tasks done live, as every suite of `byhand eval model` tells them: how far it is, and a line for each task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.text import Text

from byhand.cli.output import columns, margin, on_terminal


class Scored(Protocol):
    """What a suite tells of one task: see its `Score`."""

    @property
    def n(self) -> int: ...
    @property
    def successes(self) -> int: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def acts(self) -> float: ...
    @property
    def seconds(self) -> float: ...
    @property
    def whys(self) -> dict[str, int]: ...


class Progress:
    """How many are done, on a terminal.

    Args:
        many: in all.
        what: they are ("episodes").
        json: a program listens: then nothing is said.
    """

    def __init__(self, many: int, what: str, *, json: bool) -> None:
        self._many, self._what, self._json, self._done = many, what, json, 0

    def __call__(self, task: str) -> None:
        """One more is done, of that task."""
        self._done += 1
        if on_terminal() and not self._json:
            line = f"\r{self._done} of {self._many} {self._what}, now {task}"
            margin().print(Text(line.ljust(70), "quiet"), end="")


def tell(scores: Sequence[tuple[str, Scored]]) -> None:
    """A line for each, behind its name."""
    if on_terminal():
        margin().print()
    columns([
        (
            Text(name, "name"), f"{one.successes} of {one.n}", Text(f"{one.low:.2f}-{one.high:.2f}", "quiet"),
            Text(f"{one.acts:.1f} acts, {one.seconds:.1f} s", "quiet"),
            Text(", ".join(f"{count} {why}" for why, count in sorted(one.whys.items())), "quiet"),
        )
        for name, one in scores
    ])  # fmt: skip


def whole(scores: Sequence[Scored]) -> dict[str, float]:
    """tasks, episodes: how many. mean: over tasks, each counting the same. at_90: how many tasks are at .90 or more."""
    shares = [one.successes / one.n for one in scores]
    return {
        "tasks": len(scores), "episodes": sum(one.n for one in scores),
        "mean": round(sum(shares) / max(1, len(shares)), 4), "at_90": sum(one >= 0.9 for one in shares),
    }  # fmt: skip
