"""What both ways of `byhand learn` tell: how far it is, and what came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from byhand.cli import dataset_home
from byhand.cli.learn_promotion import Promotion
from byhand.cli.output import margin, on_terminal
from byhand.datasets import lineage
from byhand.datasets.store import Dataset
from byhand.models.loading import of_torch

if TYPE_CHECKING:
    from byhand.models.checkpoint import About


class Telling:
    """How far it is: a bar where a person watches, and TensorBoard's own files. Whoever uses it says what is told of a
    step.

    Args:
        place: of the model's versions.
        seed: of the training.
        json: lines for programs are wanted.
        silent: nothing is told at all: another process does.
    """

    def __init__(self, place: Path, seed: int, *, json: bool, silent: bool) -> None:
        self.json = json
        self.logs: Any = None if silent else of_torch("logs").Logs(place, f"seed-{seed}-{os.getpid()}")
        self._bar = Progress(
            TextColumn("learning"), BarColumn(), TextColumn("{task.percentage:3.0f} %  {task.fields[how]}"),
            TimeElapsedColumn(), TimeRemainingColumn(), console=margin(), transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("learning", total=1.0, how="")

    def __enter__(self) -> Self:
        if self.logs is not None:
            self.logs.__enter__()
            if on_terminal():
                self._bar.start()
        return self

    def __exit__(self, *what: object) -> None:
        if self.logs is not None:
            self._bar.stop()
            self.logs.__exit__(*what)

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
