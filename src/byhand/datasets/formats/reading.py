"""Reading files of others, within limits: what is wrong in one is a `Problem` with its line, and the rest is read.

Rules of this module: no line and no document longer than a limit is ever in memory, whatever its size on the disk; a
name in a file leads to a file inside the folder that was asked for, or to nothing; messages never quote content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from byhand.errors import Problem

LINE = 64 << 20
"""Longest line of JSON. A Mind2Web task with its pages has 30 MiB."""
DOCUMENT = 512 << 20
"""Longest document that can only be read as a whole."""
PICTURE = 64 << 20

T = TypeVar("T")


def lines(path: Path, limit: int = LINE) -> Iterator[tuple[int, bytes] | Problem]:
    """The lines of a file that aren't empty, numbered from 1. After one that is too long nothing more is read."""
    number = 0
    try:
        with path.open("rb") as file:
            while line := file.readline(limit + 1):
                number += 1
                if len(line) > limit:
                    yield Problem(at(path, number), f"longer than {limit >> 20} MiB; the rest was not read")
                    return
                if line.strip():
                    yield number, line
    except OSError as error:
        yield Problem(at(path, number), f"can't be read ({error.strerror})")


def records(path: Path, kind: type[T], limit: int = LINE) -> Iterator[tuple[int, T] | Problem]:
    """Each line decoded, or what is wrong with it."""
    decoder = msgspec.json.Decoder(kind)
    for line in lines(path, limit):
        if isinstance(line, Problem):
            yield line
            continue
        number, data = line
        try:
            yield number, decoder.decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            yield Problem(at(path, number), why(error))


def document(path: Path, limit: int = DOCUMENT) -> bytes | Problem:
    """A whole file."""
    try:
        size = path.stat().st_size
        if size > limit:
            return Problem(at(path, 1), f"{size >> 20} MiB long; no more than {limit >> 20} MiB are read at once")
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as error:
        return Problem(at(path, 0), f"can't be read ({error.strerror})")


def parsed(path: Path, data: bytes, kind: type[T]) -> T | Problem:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Problem(at(path, _line(data, str(error))), why(error))


def items(path: Path, data: bytes, found: list[msgspec.Raw], kind: type[T]) -> Iterator[tuple[int, T] | Problem]:
    """Each of the items of a list inside a document decoded, with its line, or what is wrong with it."""
    decoder, place, line, counted = msgspec.json.Decoder(kind), 0, 1, 0
    for raw in found:
        item = bytes(raw)
        place = max(data.find(item, place), 0)
        line += data.count(b"\n", counted, place)
        counted = place
        place += len(item)
        try:
            yield line, decoder.decode(item)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            yield Problem(at(path, line), why(error))


def inside(folder: Path, name: str) -> Path | None:
    """The file of that name in the folder; None if it isn't there or the name leads out, by `..`, a root or a link."""
    try:
        root = folder.resolve()
        path = (root / name).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, a ring of links
        return None


def files(path: Path, ending: str) -> list[Path]:
    """The file itself, or those of a folder with that ending, by name; never one that a link leads to."""
    if not path.is_dir():
        return [path]
    found = (inside(path, one.name) for one in sorted(path.iterdir()) if one.name.endswith(ending))
    return [one for one in found if one is not None]


def at(path: Path, line: int) -> str:
    return f"{path.name}:{line}" if line else path.name


def why(error: Exception) -> str:
    """An error in words, without what was quoted of the content; the path of the field stays."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "no UTF-8"
    first = str(error).splitlines()[0]
    words = re.sub(r"'[^']*'", "...", re.sub(r"\(byte \d+\)", "", first)).strip()
    return words[:1].lower() + words[1:200]


def _line(data: bytes, words: str) -> int:
    """The line that an error of the whole document is about, as far as it says."""
    if "truncated" in words:
        return data.count(b"\n") + 1
    byte = re.search(r"\(byte (\d+)\)", words)
    return data.count(b"\n", 0, int(byte[1])) + 1 if byte else 1
