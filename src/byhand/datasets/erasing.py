"""Forgetting follows a recording into the datasets: the next version is made without it, then the old ones' data go.

Rules of this module: the manifest of an erased version stays and says what it was; of its data nothing stays. Whatever
hinders making the next version never hinders the erasing. A step that a crash cut short is done again next time: what
is to go is known from the ledger, see `cli/dataset_follow.py`.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

import msgspec

from byhand.datasets import lineage, manifest, shards, versions, whole
from byhand.datasets.build import WORK, close, media_told
from byhand.datasets.heavy import heavy
from byhand.datasets.lineage import Erased, Made
from byhand.datasets.manifest import TABLES, File, Gone, Parent, Split
from byhand.datasets.media import FOLDER
from byhand.datasets.media import place as media_place
from byhand.datasets.tables import caught_up
from byhand.errors import ByhandError

_NEXT = ".next"


class Without(msgspec.Struct, frozen=True):
    """What became of a dataset. erased: versions whose data are gone. next: the new version, 0 if there is none.
    models: trained on one of them. why: why there is no new version, or "".
    """

    name: str
    erased: tuple[int, ...]
    next: int
    models: tuple[str, ...] = ()
    why: str = ""


def erase(root: Path, recordings: Collection[str], *, erasures: int, at: int) -> list[Without]:
    """Take these recordings out of every dataset of the home.

    Args:
        root: the home's folder `datasets`.
        recordings: by pseudonym.
        erasures: entries of the ledger that were looked at.
        at: UTC seconds.
    """
    _forget_builds(root)
    found = lineage.held(root, recordings)
    folders: dict[Path, list[Made]] = {}
    for one in found:
        folders.setdefault(Path(one.place).parent, []).append(one)
    return [
        _without(root, folder, held, frozenset(recordings), erasures=erasures, at=at)
        for folder, held in sorted(folders.items())
    ]


def _forget_builds(root: Path) -> None:
    """What a killed build laid by may hold them too; it can be built again."""
    known = {Path(one.place).parent for one in lineage.alive(root)}
    for folder in {*known, *(root.iterdir() if root.is_dir() else ())}:
        whole.remove(folder / WORK)


def _without(
    root: Path, folder: Path, held: list[Made], recordings: frozenset[str], *, erasures: int, at: int
) -> Without:  # fmt: skip
    models = tuple(sorted({one.model for one in lineage.models(root, held)}))
    living = versions.living(folder)
    newest = max(one.version for one in held)
    after, why = 0, ""
    if living and living[-1] == newest:
        try:
            after = _next(root, folder, newest, recordings, erasures=erasures, at=at)
            why = "" if after else "nothing else was in it"
        except (ByhandError, OSError) as error:
            why = error.message if isinstance(error, ByhandError) else "it can't be written"
        except Exception as error:  # a damaged table: the erasing goes on all the same
            why = f"the old version can't be read ({type(error).__name__})"
        finally:
            shutil.rmtree(folder / _NEXT, ignore_errors=True)
    else:
        after = living[-1]  # a version without it is there already
    for one in held:
        _gone(Path(one.place), Gone(tuple(sorted(recordings & set(one.recordings))), after))
        lineage.add(root, Erased(one.name, one.version, one.place, tuple(sorted(recordings)), after, at))
    return Without(held[0].name, tuple(sorted(one.version for one in held)), after, models, why)


def _gone(place: Path, said: Gone) -> None:
    whole.write(place / versions.GONE, msgspec.json.encode(said))
    for path in place.iterdir():
        if path.name in {manifest.FILE, versions.GONE}:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    whole.sync(place)


def _next(root: Path, folder: Path, version: int, recordings: frozenset[str], *, erasures: int, at: int) -> int:
    """Make the next version of the rows of the others. Returns its number, 0 where there are no others."""
    place, new = folder / f"v{version}", folder / _NEXT
    old = versions.load(place)
    shutil.rmtree(new, ignore_errors=True)
    whole.private_dir(new)
    files: dict[str, File] = {}
    media: set[str] = set()
    counts: dict[str, int] = {}
    sums = {"doubles": old.doubles}
    for name in sorted(one for one in old.files if one.startswith("episodes/")):
        file = name.partition("/")[2]
        rows = {of: _read(place / of / file, of) for of in TABLES}
        kept = [
            row["episode"]
            for row in rows["episodes"].select(["episode", "recording", "after"]).to_pylist()
            if not recordings & {row["recording"], *row["after"]}
        ]
        if not kept:
            continue
        left = {of: shards.only(rows[of], kept) for of in TABLES}
        written, seen = shards.written(new, file, left)
        files |= written
        media |= set(seen)
        split = file.partition("-")[0]
        counts[split] = counts.get(split, 0) + len(kept)
        for of in ("steps", "events"):
            sums[of] = sums.get(of, 0) + left[of].num_rows
    if not files:
        return 0
    size = 0
    for name in sorted(media):
        shards.link(media_place(place, name), media_place(new, name))
        size += media_place(new, name).stat().st_size
    whole.private_dir(new / FOLDER)
    made = msgspec.structs.replace(
        old, version=versions.next_version(folder),
        parents=(Parent(old.name, old.version, whole.sha256(place / manifest.FILE)),),
        recordings=tuple(part for part in old.recordings if part.recording not in recordings),
        problems=tuple(one for one in old.problems if one.source not in recordings), erasures=erasures,
        split=Split(old.split.by, counts), episodes=sum(counts.values()), steps=sums["steps"], events=sums["events"],
        files=files, media=media_told(sorted(media), size),
    )  # fmt: skip
    return close(folder, new, made, root=root, at=at).version


def _read(file: Path, of: str) -> Any:
    return caught_up(heavy("pyarrow.parquet").read_table(file), of)
