"""Writing a format so that it is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from byhand.datasets.formats.port import Demonstration, Format
from byhand.errors import Problem, UsageFault


def export(kind: Format, demonstrations: Iterable[Demonstration], out: Path) -> tuple[Problem, ...]:
    """Write the demonstrations as the new folder `out`, and say what the format could not tell.

    All of it is written to a folder beside it first, flushed to the disk, and renamed at the end.

    Raises:
        UsageFault: `out` is there already, its parent is not, or the format is not one to write.
    """
    if kind.write is None:
        raise UsageFault(f"{kind.name} can only be read", fate="nothing was written")
    if out.exists() or out.is_symlink():
        raise UsageFault(f"{out} is there already", hints=("name a folder that isn't",), fate="nothing was written")
    if not out.parent.is_dir():
        raise UsageFault(f"there is no folder {out.parent}", fate="nothing was written")
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        problems = tuple(kind.write(demonstrations, work))
        _flush(work)
        work.rename(out)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    _sync(out.parent)
    return problems


def _flush(folder: Path) -> None:
    for at, _, names in os.walk(folder, topdown=False):
        for name in names:
            _sync(Path(at, name))
        _sync(Path(at))


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
