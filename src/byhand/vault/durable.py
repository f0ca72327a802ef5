"""Small files and folders of ours: private to the person, whole or absent after a power cut."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def private_dir(path: Path) -> Path:
    """The folder, made if it is not there. Nobody else may look into it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_durably(path: Path, data: bytes) -> None:
    """Put the file in place in one step: a reader sees the old content or the new, never a part."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    sync_dir(path.parent)


def reserve(path: Path, size: int) -> None:
    """Hold `size` bytes of the disk, to be let go when it is full. Zeros are written: a hole would hold nothing."""
    if not path.exists():
        write_durably(path, bytes(size))


def sync_dir(path: Path) -> None:
    """Make names added to or removed from a folder durable. Windows can't open a folder, and does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
