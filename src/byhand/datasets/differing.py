"""What changed between two versions: recordings, episodes, words. Told by ids, pseudonyms and counts, never content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from byhand.datasets.heavy import heavy
from byhand.datasets.store import open_at


class Diff(msgspec.Struct, frozen=True):
    """came, went, moved: episodes (moved: to another split); changed: same id, other steps. recordings likewise.
    about: fields of the manifest that differ, with both values.
    compared: one reducer made both. If not, nothing is said to have changed: actions of two are not compared.
    """

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    recordings_came: tuple[str, ...]
    recordings_went: tuple[str, ...]
    about: dict[str, tuple[str | int, str | int]]
    compared: bool = True


_ABOUT = ("name", "version", "purpose", "reducer", "program", "episodes", "steps", "events", "doubles")


def diff(one: Path, other: Path) -> Diff:
    """From `one` to `other`.

    Raises:
        UsageFault: the data of one were erased.
        ByhandError: one can't be read.
    """
    old, new = open_at(one), open_at(other)
    before, after = _episodes(old), _episodes(new)
    both = before.keys() & after.keys()
    were = {part.recording for part in old.manifest.recordings}
    are = {part.recording for part in new.manifest.recordings}
    compared = old.manifest.reducer == new.manifest.reducer
    about = {name: (getattr(old.manifest, name), getattr(new.manifest, name)) for name in _ABOUT}
    return Diff(
        came=tuple(sorted(after.keys() - before.keys())), went=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in both if compared and before[name][0] != after[name][0])),
        moved=tuple(sorted(name for name in both if before[name][1] != after[name][1])),
        recordings_came=tuple(sorted(are - were)), recordings_went=tuple(sorted(were - are)),
        about={name: values for name, values in about.items() if values[0] != values[1]}, compared=compared,
    )  # fmt: skip


def _episodes(dataset: Any) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for file in dataset.files("episodes"):
        split = file.name.partition("-")[0]
        for row in heavy("pyarrow.parquet").read_table(file, columns=["episode", "same"]).to_pylist():
            found[row["episode"]] = row["same"], split
    return found
