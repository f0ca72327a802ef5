"""The cookie that lets us into a display: a reader for the Xauthority file.

Source: Xau(3), libXau's AuRead.c: entries of family (16 bits, big endian) and four counted strings:
address, number, name, data.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

COOKIE = b"MIT-MAGIC-COOKIE-1"
_LOCAL, _WILD = 256, 65535


class Entry(NamedTuple):
    family: int
    address: bytes
    number: bytes
    name: bytes
    data: bytes

    def __repr__(self) -> str:
        return "Entry(...)"  # the data is a secret


def cookie(environ: Mapping[str, str], display: int) -> tuple[bytes, bytes]:
    """Name and data of the cookie for a local display, or two empty strings."""
    path = environ.get("XAUTHORITY") or str(Path(environ.get("HOME", "/"), ".Xauthority"))
    try:
        data = Path(path).read_bytes()
    except OSError:
        return b"", b""  # a server without access control asks for none; another one says no
    here = socket.gethostname().encode()
    best: tuple[int, Entry] | None = None
    for entry in entries(data):
        if entry.name != COOKIE or entry.number not in (b"", b"%d" % display):
            continue
        # The machine's own entry first, then one for any machine, then one of this machine under an older name.
        rank = 0 if entry.family == _LOCAL and entry.address == here else {_WILD: 1, _LOCAL: 2}.get(entry.family, 3)
        if rank < 3 and (best is None or rank < best[0]):
            best = (rank, entry)
    return (best[1].name, best[1].data) if best else (b"", b"")


def entries(data: bytes) -> Iterator[Entry]:
    """All entries of a file; one that breaks off ends the list."""
    at = 0
    while at + 2 <= len(data):
        (family,) = struct.unpack_from(">H", data, at)
        at += 2
        parts: list[bytes] = []
        for _ in range(4):
            size = int.from_bytes(data[at : at + 2], "big")
            parts.append(data[at + 2 : at + 2 + size])
            at += 2 + size
        if at > len(data):
            return
        yield Entry(family, parts[0], parts[1], parts[2], parts[3])
