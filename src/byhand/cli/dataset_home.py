"""What the verbs of `byhand dataset` share: where datasets lie, the key of their pseudonyms, the engine, progress."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import Annotated, Literal, Self

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from byhand.cli.output import margin, on_terminal
from byhand.datasets.engine import Engine
from byhand.datasets.manifest import Manifest
from byhand.errors import Problem, UsageFault
from byhand.vault.keys import open_keys

KEY = "datasets"
_PHASES = {"read": "reading", "reduce": "finding steps", "write": "writing", "card": "describing"}

Name = Annotated[str, Parameter(help="A dataset: its name, NAME@2 for one version, or the path of its folder.")]
As = Annotated[
    str, Parameter(name="--as", metavar="NAME", help="What to call it; with a slash in it, the folder to put it in.")
]
EngineName = Annotated[
    Literal["native", "ray"],
    Parameter(help="Where the work is done: here, or on a Ray cluster that sees the same folder."),
]
Address = Annotated[str, Parameter(metavar="HOST:PORT", help="Of the Ray cluster; without it one is started here.")]


def root(home: Path) -> Path:
    """The folder of all datasets of a home."""
    return home / "datasets"


def key(home: Path) -> bytes:
    """What pseudonyms are made with. It is made once and never leaves the home.

    Raises:
        KeyMissing: the key store can't be asked.
    """
    keys = open_keys(home, os.environ)
    held = keys.get(KEY)
    if held is None:
        keys.set(KEY, held := secrets.token_bytes(32))
    return held


def engine(name: Literal["native", "ray"], address: str) -> Engine:
    """Raises:
    UsageFault: an address without a cluster.
    """
    if address and name != "ray":
        raise UsageFault("an address is a Ray cluster's", hints=("add: --engine ray",), fate="no dataset was made")
    return Engine(name, address)


class Bar:
    """Shows how far a build is, where a person watches. Call it as `datasets.build.Told`."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._phase = ""

    def __enter__(self) -> Self:
        if on_terminal():
            self._bar = Progress(
                TextColumn("{task.description:14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                console=margin(), transient=True,
            )  # fmt: skip
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, phase: str, done: int, of: int) -> None:
        if self._bar is None:
            return
        if self._task is None or phase != self._phase:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(_PHASES.get(phase, phase), total=of or None)
            self._phase = phase
        self._bar.update(self._task, completed=done, total=of or None)


def summary(place: Path, made: Manifest) -> dict[str, object]:
    """A version for programs."""
    return {
        "name": made.name, "version": made.version, "place": str(place), "purpose": made.purpose,
        "source": made.source, "recordings": len(made.recordings), "episodes": made.episodes, "steps": made.steps,
        "events": made.events, "splits": made.split.counts, "doubles": made.doubles,
    }  # fmt: skip


def told(problems: list[Problem] | tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"source": one.source, "message": one.message} for one in problems]
