"""WebDataset: shards of tar files, a sample a step: KEY.json and KEY.png. Export only.

Shards are the same, byte for byte, for the same demonstrations: names and numbers, no owner, no clock.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import cast

import msgspec

from byhand.datasets.formats.pictures import ENDINGS
from byhand.datasets.formats.port import Demonstration, Format
from byhand.datasets.formats.telling import tell
from byhand.datasets.formats.views import View, listing, view
from byhand.datasets.formats.writing import Json, encoded
from byhand.errors import Problem

SHARD = 1 << 30
"""Bytes after which a new shard begins: what the library's own writer takes at most."""


class _Shards:
    def __init__(self, out: Path) -> None:
        self._out = out
        self._open: dict[str, tuple[tarfile.TarFile, int, int]] = {}

    def add(self, split: str, files: dict[str, bytes]) -> None:
        tar, number, size = self._open.get(split) or (self._new(split, 0), 0, 0)
        if size > SHARD:
            tar.close()
            tar, number, size = self._new(split, number + 1), number + 1, 0
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, BytesIO(data))
            size += len(data) + 1024
        self._open[split] = tar, number, size

    def close(self) -> None:
        for tar, _, _ in self._open.values():
            tar.close()

    def _new(self, split: str, number: int) -> tarfile.TarFile:
        return tarfile.open(self._out / f"{split}-{number:06d}.tar", "w", format=tarfile.USTAR_FORMAT)


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    shards = _Shards(out)
    try:
        for number, demonstration in enumerate(demonstrations):
            for place, step in enumerate(demonstration.episode.steps):
                seen = view(demonstration, step.before)
                key = f"{number:06d}_{place:05d}"  # what stands before the first dot is the sample's name
                told = cast("Json", msgspec.to_builtins(step.action))
                files = {f"{key}.json": encoded({
                    "episode": demonstration.episode.id, "step": place,
                    "instruction": demonstration.episode.instruction, "outcome": demonstration.episode.outcome,
                    "words": tell(step.action), "action": told, "tags": list(step.tags), "view": _about(seen),
                })}  # fmt: skip
                if seen.picture is not None:
                    files[key + ENDINGS[seen.picture.media]] = seen.picture.data
                shards.add(demonstration.split, files)
    finally:
        shards.close()
    yield from ()


def _about(seen: View) -> Json:
    return {"x": seen.x, "y": seen.y, "w": seen.w, "h": seen.h, "boxes": listing(seen, lambda x, y: (x, y))}


WEBDATASET = Format("webdataset", "WebDataset shards, a sample a step", "application/x-tar", write=write)
