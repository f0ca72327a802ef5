"""A socket in BYHAND_HOME/run: 0600 in a folder that is 0700, and answered only to the person it belongs to."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Generator
from pathlib import Path


def bind(line: socket.socket, path: Path) -> None:
    """Listen there. The caller holds the recorder's lock, so a socket file that is there is a dead one's."""
    path.unlink(missing_ok=True)
    with short(path) as name:
        line.bind(name)
    path.chmod(0o600)
    line.listen(8)


def peer_uid(line: socket.socket) -> int:
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:  # macOS, Windows: the folder's permissions are what guards the socket
        return os.getuid()
    _, uid, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, option, 12))
    return uid


@contextlib.contextmanager
def short(path: Path) -> Generator[str]:
    """A socket's address holds 108 bytes; a deep home is reached through its folder's descriptor."""
    if len(os.fsencode(path)) < 100:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
