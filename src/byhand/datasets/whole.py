"""Files and folders that are there whole or not at all, also after a power cut, and for the person alone."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Generator
from pathlib import Path

from byhand.errors import ByhandError, UsageFault

_BLOCK = 1 << 20


def write(path: Path, data: bytes) -> None:
    """Put the file in place in one step."""
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


def add_line(path: Path, line: bytes) -> None:
    """One more line at the end, durable when it returns. A line that a crash cut short is ended first."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (b"\n" if torn else b"") + line + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(path: Path) -> None:
    """Make a file's content, or the names in a folder, durable."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    for at, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(at, name))
        sync(Path(at))


def private_dir(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def sha256(path: Path) -> str:
    """Of the file's bytes, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def remove(folder: Path) -> None:
    """Take it away under another name first: a half-removed folder never stands under its own."""
    if not folder.exists():
        return
    gone = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.gone")
    folder.rename(gone)
    shutil.rmtree(gone)


@contextlib.contextmanager
def alone(file: Path) -> Generator[None]:
    """Nobody else does this at the same time.

    Raises:
        UsageFault: somebody does.
    """
    try:
        import fcntl  # noqa: PLC0415  Windows has none: there two builds of one name are the person's to avoid
    except ImportError:
        yield
        return
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageFault(
                "this dataset is being built already", hints=("wait until that has ended",), fate="that one goes on"
            ) from None
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def told(where: Path) -> Generator[None]:
    """What the disk refuses, as an error of ours.

    Raises:
        ByhandError: something below can't be written or read.
    """
    try:
        yield
    except OSError as error:
        why = "the disk is full" if error.errno == errno.ENOSPC else (error.strerror or "it failed").lower()
        raise ByhandError(f"{where} can't be written: {why}", fate="no dataset was made or changed") from None
