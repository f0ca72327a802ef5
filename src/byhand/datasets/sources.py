"""What a source looks like from outside: whether an import that was killed may go on with what it has laid by.

Rules of this module: nothing is opened and no link is followed. As `make` does, it takes a file of the same name, size
and time for the same file: reading all of it again is what an import that goes on should not need.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def looks(path: Path) -> str:
    """Equal as long as no file of it was changed, added, renamed or taken away.

    Args:
        path: a file, or a folder with all that lies in it.
    """
    told = hashlib.sha256()
    for name, file in _files(path):
        try:
            about = file.lstat()
        except OSError:
            continue
        told.update(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def _files(path: Path) -> list[tuple[str, Path]]:
    if not path.is_dir():
        return [(path.name, path)]
    found: list[tuple[str, Path]] = []
    for folder, folders, names in os.walk(path):
        folders.sort()
        found += [(os.path.relpath(Path(folder, name), path), Path(folder, name)) for name in sorted(names)]
    return found
