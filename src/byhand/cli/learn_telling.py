"""What both ways of `byhand learn` tell: how far it is, and what came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from byhand.cli import dataset_home
from byhand.cli.learn_promotion import Promotion
from byhand.cli.output import margin, on_terminal, say
from byhand.datasets import lineage
from byhand.datasets.store import Dataset
from byhand.models.loading import of_torch
from byhand.models.tracked import Tracked
from byhand.ui import words

if TYPE_CHECKING:
    from byhand.models.checkpoint import About

_REASONS = 4
"""Of those why an act was left out, the most frequent are told."""


class Telling:
    """How far it is: a bar where a person watches, and TensorBoard's own files. Whoever uses it says what is told of a
    step.

    Args:
        place: of the model's versions.
        seed: of the training.
        json: lines for programs are wanted.
        silent: nothing is told at all: another process does.
        tracked: MLflow is told too.
    """

    def __init__(self, place: Path, seed: int, *, json: bool, silent: bool, tracked: Tracked | None = None) -> None:
        self.json = json
        self._tracked = None if silent else tracked
        also = self._tracked.write if self._tracked is not None else None
        self.logs: Any = None if silent else of_torch("logs").Logs(place, f"seed-{seed}-{os.getpid()}", also)
        self._open = ExitStack()
        self._bar = Progress(
            TextColumn("learning"), BarColumn(), TextColumn("{task.percentage:3.0f} %  {task.fields[how]}"),
            TimeElapsedColumn(), TimeRemainingColumn(), console=margin(), transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("learning", total=1.0, how="")

    def __enter__(self) -> Self:
        if self._tracked is not None:
            self._open.enter_context(self._tracked)
        if self.logs is not None:
            self._open.enter_context(self.logs)
            if on_terminal():
                self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.logs is not None:
            self._bar.stop()
        self._open.__exit__(kind, error, at)
        if self._tracked is not None and self._tracked.failed:
            said = f"MLflow was not told all of it: {self._tracked.failed}"
            margin().print(Text(said, "warn"))

    def made(self, about: About, home: Path, place: Path) -> None:
        """What came of it."""
        if self._tracked is not None:
            self._tracked.made(about.name, about.version, about.figures, home, place)

    def shows(self, share: float, how: str) -> None:
        self._bar.update(self._task, completed=share, how=how)


def traced(home: Path, found: Sequence[tuple[Path, Dataset]], about: About) -> None:
    """That this version saw those datasets, so that a forgotten recording leads to it."""
    root, name = dataset_home.root(home), f"{about.name}@v{about.version}"
    for folder, one in found:
        made = one.manifest
        lineage.add(root, lineage.Trained(name, made.name, made.version, str(folder), int(time.time())))


def made_known(about: About, place: Path, promotion: Promotion, private: object) -> dict[str, Any]:
    """For programs, and for what a person is told."""
    return {
        "model": about.name, "version": about.version, "place": str(place), "examples": about.examples,
        "episodes": about.episodes, "steps": about.steps, "seconds": about.seconds, "figures": about.figures,
        "left": about.left, "parent": about.parent, "corrections": about.corrections, "spelled": about.spelled,
        "private": private, **promotion.told(),
    }  # fmt: skip


def tell(made: Mapping[str, Any], *, of: str, where: str, more: Sequence[str] = ()) -> None:
    """What was learned, for a person.

    Args:
        made: as it is told to programs.
        of: what one example is called.
        where: the figure that says how often the place was right.
        more: lines behind the figures.
    """
    figures = made["figures"]
    examples, episodes = words.many(made["examples"], of), words.many(made["episodes"], "episode")
    say(
        Text.assemble(
            ("learned ", "quiet"), (f"{made['model']} version {made['version']}", "name"),
            (f"  {examples} of {episodes}, {made['steps']:,} batches in {made['seconds']:.0f} s", "quiet"),
        ),
        Text(f"  {made['place']}", "quiet"),
    )  # fmt: skip
    if figures:
        kinds = f"what {figures['op']:.1%}, where {figures[where]:.1%}"
        held = words.many(int(figures["examples"]), of)
        say(f"  of {held} held back: right {figures['right']:.1%} ({kinds})")
    else:
        say(Text("  nothing was held back, so how good it is nobody knows: there were too few episodes", "warn"))
    for line in more:
        say(f"  {line}")
    for reason, count in sorted(made["left"].items(), key=lambda pair: -pair[1])[:_REASONS]:
        if count:
            say(Text(f"  {words.many(count, 'act')} left out: {reason}", "quiet"))
