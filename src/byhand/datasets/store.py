"""A dataset as it lies on the disk, read: whole episodes one after the other, or one step somewhere in it.

Rules of this module: it only reads, and holds one row group at a time. What could be seen and the events of an episode
are looked up when they are asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, NamedTuple, overload

from byhand.datasets import telling, versions
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.heavy import heavy
from byhand.datasets.manifest import SPLITS, Manifest, SplitName
from byhand.datasets.media import Sights
from byhand.episodes.types import Step
from byhand.errors import VaultDamaged
from byhand.events.kinds import Numbered


class At(NamedTuple):
    """A step with its episode's name and its place in it; `sights` by the places of its observations."""

    episode: str
    number: int
    split: SplitName
    step: Step
    sights: Sights


class Dataset:
    """A version of a dataset, opened by `open_at`."""

    def __init__(self, place: Path, manifest: Manifest) -> None:
        self.place = place
        self.manifest = manifest
        self._files: dict[str, Any] = {}
        self._groups: list[tuple[str, int]] | None = None
        self._ends: list[int] = []

    def __len__(self) -> int:
        """How many steps there are."""
        return self.manifest.steps

    def files(self, table: str, split: SplitName | None = None) -> list[Path]:
        """Files of a table, in order."""
        names = [name for name in self.manifest.files if name.startswith(f"{table}/")]
        order = {name: place for place, name in enumerate(SPLITS)}
        return [
            self.place / name
            for name in sorted(names, key=lambda one: (order[split_of(one)], one))
            if split is None or split_of(name) == split
        ]

    def demonstrations(self, split: SplitName | None = None) -> Iterator[Demonstration]:
        """All episodes, in order; those of one split, if it is given. Formats know no `aside`: there it is `train`.

        Raises:
            VaultDamaged: a file is missing or damaged.
        """
        for file in self.files("episodes", split):
            about = {row["episode"]: row for row in _rows(self._open(file), None)}
            steps = _rows(self._open(self.place / "steps" / file.name), None)
            for name, own in groupby(steps, key=lambda row: row["episode"]):
                yield self._demonstration(file.name, about[name], list(own))

    def _demonstration(self, file: str, row: telling.Row, steps: list[telling.Row]) -> Demonstration:
        sights = Sights(self.place, telling.refs(steps))
        split = split_of(file)
        return Demonstration(
            telling.episode(row, steps), sights, Events(self.place / "events" / file, row["episode"], sights),
            (row["screen_w"], row["screen_h"]), row["utc_ns"], "train" if split == "aside" else split, row["source"],
        )  # fmt: skip

    def steps(self) -> Iterator[At]:
        """All steps, in order."""
        for file in self.files("steps"):
            for row in _rows(self._open(file), None):
                yield self._at(file, row)

    def step(self, number: int) -> At:
        """One step of all, counted from 0."""
        if self._groups is None:
            groups: list[tuple[str, int]] = []
            sizes: list[int] = []
            for file in self.files("steps"):
                about = self._open(file).metadata
                for group in range(about.num_row_groups):
                    groups.append((str(file), group))
                    sizes.append(about.row_group(group).num_rows)
            self._groups, self._ends = groups, list(accumulate(sizes))
        if not 0 <= number < (self._ends[-1] if self._ends else 0):
            raise IndexError(number)
        place = bisect_right(self._ends, number)
        file, group = self._groups[place]
        within = number - (self._ends[place - 1] if place else 0)
        rows = self._open(Path(file)).read_row_group(group, use_threads=False).slice(within, 1)
        return self._at(Path(file), rows.to_pylist()[0])

    def _at(self, file: Path, row: telling.Row) -> At:
        sights = Sights(self.place, telling.refs([row]))
        return At(row["episode"], row["step"], split_of(file.name), telling.step(row), sights)

    def _open(self, file: Path) -> Any:
        known = self._files.get(str(file))
        if known is None:
            pa = heavy("pyarrow")
            try:
                known = heavy("pyarrow.parquet").ParquetFile(file, memory_map=True)
            except (OSError, pa.ArrowException):
                raise VaultDamaged(
                    f"{file.parent.name}/{file.name} is missing or damaged",
                    hints=(f"to see what else is, run: byhand dataset verify {self.manifest.name}",),
                ) from None
            self._files[str(file)] = known
        return known


def open_at(place: Path) -> Dataset:
    """Raises:
    UsageFault: its data were erased.
    ByhandError: its manifest can't be read.
    """
    return Dataset(place, versions.present(place))


def split_of(name: str) -> SplitName:
    """The split of a table's file."""
    said = name.rpartition("/")[2].partition("-")[0]
    return next(split for split in SPLITS if split == said)


def _rows(file: Any, columns: Sequence[str] | None) -> Iterator[telling.Row]:
    pa = heavy("pyarrow")
    try:
        for batch in file.iter_batches(256, columns=columns, use_threads=False):
            yield from batch.to_pylist()
    except (OSError, pa.ArrowException):
        raise VaultDamaged("a table of this dataset is damaged", hints=("byhand dataset verify says which",)) from None


class Events(Sequence[Numbered]):
    """The events of an episode, read when they are first asked for."""

    def __init__(self, file: Path, episode: str, sights: Sights) -> None:
        self._file = file
        self._episode = episode
        self._sights = sights
        self._read: list[Numbered] | None = None

    def _all(self) -> list[Numbered]:
        if self._read is None:
            pa = heavy("pyarrow")
            try:
                table = heavy("pyarrow.parquet").read_table(
                    self._file, filters=[("episode", "==", self._episode)], use_threads=False
                )
            except (OSError, pa.ArrowException):
                raise VaultDamaged("the events of this dataset can't be read") from None
            self._read = list(telling.events(table.to_pylist(), self._sights))
        return self._read

    @overload
    def __getitem__(self, index: int) -> Numbered: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Numbered]: ...
    def __getitem__(self, index: int | slice) -> Numbered | Sequence[Numbered]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())
