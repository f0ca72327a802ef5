"""The files of a dataset's tables: which episodes go into which, and writing one.

Rules of this module: the plan follows from the parts alone, so that the same parts make the same files on any engine.
A file holds whole episodes, in the order of their recordings.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from byhand.datasets import parts, tables, whole
from byhand.datasets.heavy import heavy
from byhand.datasets.manifest import SPLITS, TABLES, File, SplitName

MOST_EVENTS = 1_000_000
MOST_STEPS = 100_000
_DONE = "shards"


class Held(msgspec.Struct, frozen=True):
    """An episode of a part, with what it costs."""

    part: str
    episode: str
    steps: int
    events: int


class Shard(msgspec.Struct, frozen=True):
    """One file of each table. of: parts and their episodes, in order."""

    split: SplitName
    number: int
    of: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def name(self) -> str:
        return f"{self.split}-{self.number:05}.parquet"


class Written(msgspec.Struct, frozen=True):
    """files: by their path in the dataset. media: names of what the steps could see."""

    files: dict[str, File]
    media: tuple[str, ...]


def plan(held: Sequence[Held], placed: Mapping[str, SplitName]) -> list[Shard]:
    """Args:
    held: all episodes, in order.
    placed: their splits; one that isn't in it is left out.
    """
    made: list[Shard] = []
    for split in SPLITS:
        events = steps = number = 0
        of: dict[str, list[str]] = {}
        for one in held:
            if placed.get(one.episode) != split:
                continue
            if of and (events + one.events > MOST_EVENTS or steps + one.steps > MOST_STEPS):
                made.append(_shard(split, number, of))
                events = steps = 0
                number, of = number + 1, {}
            of.setdefault(one.part, []).append(one.episode)
            events, steps = events + one.events, steps + one.steps
        if of:
            made.append(_shard(split, number, of))
    return made


def _shard(split: SplitName, number: int, of: Mapping[str, Sequence[str]]) -> Shard:
    return Shard(split, number, tuple((part, tuple(episodes)) for part, episodes in of.items()))


def write(folder: Path, piece: str) -> str:
    """Write the files of a shard into `new` of the build's folder. A piece of work for `Engine.run`."""
    marker = whole.private_dir(folder / _DONE) / f"{hashlib.sha256(piece.encode()).hexdigest()[:32]}.json"
    if marker.exists():
        return marker.read_text("utf-8")
    shard = msgspec.json.decode(piece, type=Shard)
    with whole.told(folder):
        files, media = written(folder / "new", shard.name, _picked(folder, shard))
        said = msgspec.json.encode(Written(files, media))
        whole.write(marker, said)
    return said.decode()


def _picked(folder: Path, shard: Shard) -> dict[str, Any]:
    """The rows of a shard, table by table."""
    pa = heavy("pyarrow")
    made: dict[str, Any] = {}
    for of in TABLES:
        found = [only(parts.table(folder, part, of), episodes) for part, episodes in shard.of]
        made[of] = pa.concat_tables(found).unify_dictionaries()
    return made


def only(table: Any, episodes: Iterable[str]) -> Any:
    """The rows of these episodes."""
    pa, compute = heavy("pyarrow"), heavy("pyarrow.compute")
    column = table["episode"]
    wanted = pa.array(sorted(episodes), pa.string())
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    mask = compute.is_in(column, value_set=wanted)
    return table if compute.all(mask).as_py() is not False else table.filter(mask)


def written(new: Path, name: str, rows: Mapping[str, Any]) -> tuple[dict[str, File], tuple[str, ...]]:
    """Write one file of each table under that name, durably."""
    files: dict[str, File] = {}
    for of in TABLES:
        place = whole.private_dir(new / of) / name
        with tables.writer(place, of) as out:
            out.write_table(rows[of], row_group_size=tables.GROUP_ROWS[of])
        place.chmod(0o600)
        whole.sync(place)
        files[f"{of}/{name}"] = File(whole.sha256(place), place.stat().st_size, rows[of].num_rows)
    return files, media_of(rows["steps"])


def media_of(steps: Any) -> tuple[str, ...]:
    """Names of what these steps could see."""
    compute = heavy("pyarrow.compute")
    found: set[str] = set()
    for side in ("before", "after"):
        flat = compute.list_flatten(steps[side].combine_chunks())
        found |= set(compute.struct_field(flat, "media").drop_null().to_pylist()) if len(flat) else set()
    return tuple(sorted(found))


def names_hash(names: Sequence[str]) -> str:
    return hashlib.sha256("".join(f"{name}\n" for name in names).encode()).hexdigest()


def link(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the file system can't."""
    whole.private_dir(target.parent)
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:
        whole.write(target, source.read_bytes())
