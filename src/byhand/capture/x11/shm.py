"""Pixels of a part of the screen, through memory shared with the server, or over the socket where that is refused.

The shared memory is one anonymous file, handed to the server once and kept. Our own pages of it are given back after
each frame, so only what is truly read counts as ours. Over the socket the picture comes in strips, so that no answer is
larger than `_STRIP` bytes.

Source: MIT-SHM protocol 1.2 (ShmAttachFd, ShmGetImage); X11 protocol, GetImage.
"""

from __future__ import annotations

import mmap
import os
from struct import pack, unpack_from

from byhand.capture.x11.wire import Connection

_ATTACH_FD, _DETACH, _GET_IMAGE = 6, 2, 4
_Z_PIXMAP = 2
_ALL_PLANES = 0xFFFFFFFF
_STRIP = 1 << 18


class Pixels:
    """Reads BGRX pixels, 4 bytes each, rows without padding. One picture at a time: a new one overwrites the last.

    Args:
        connection: of the thread that reads.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._shm = connection.extension("MIT-SHM")
        self._memory: mmap.mmap | bytearray = bytearray()
        self._segment = 0
        self._view: memoryview | None = None

    @property
    def shared(self) -> bool:
        """Whether the server writes straight into our memory."""
        return self._segment != 0

    def read(self, x: int, y: int, w: int, h: int) -> memoryview | None:
        """The pixels of a part of the screen, or None when the server refuses (it is not wholly on the screen).

        The view is good until `free` or the next `read`.
        """
        self.free()
        size = w * h * 4
        if size > len(self._memory):
            self._grow(size)
        done = self._read_shared(x, y, w, h) if self._segment else self._read_strips(x, y, w, h)
        if not done:
            return None
        self._view = memoryview(self._memory)[:size].toreadonly()
        return self._view

    def free(self) -> None:
        """Give the last picture back: its view can't be read any more, and its memory isn't ours any more."""
        if self._view is None:
            return
        self._view.release()
        self._view = None
        if isinstance(self._memory, mmap.mmap):
            self._memory.madvise(mmap.MADV_DONTNEED)

    def abandon(self) -> None:
        """Whoever holds the last picture does not give it back: leave it that memory, and take new memory next time."""
        self._view = None
        self._drop()

    def close(self) -> None:
        self.free()
        self._drop()

    def _drop(self) -> None:
        if self._segment:
            self._connection.send(self._opcode(), _DETACH, pack("<I", self._segment))
            self._segment = 0
        # Not closed by hand: an abandoned view may still look into it, and it ends with its last user.
        self._memory = bytearray()

    def _grow(self, size: int) -> None:
        screen = self._connection.get_geometry(self._connection.root)
        size = max(size, screen.w * screen.h * 4 if screen else 0)
        self._drop()
        if self._shm is not None and self._share(size):
            return
        self._shm = None
        self._memory = bytearray(size)

    def _share(self, size: int) -> bool:
        try:
            fd = os.memfd_create("byhand-screen", os.MFD_CLOEXEC)
        except OSError:
            return False
        try:
            os.ftruncate(fd, size)
            memory = mmap.mmap(fd, size, mmap.MAP_SHARED)
            segment = self._connection.new_id()
            number = self._connection.send(self._opcode(), _ATTACH_FD, pack("<IBxxx", segment, 0), (fd,))
        except OSError:
            return False
        finally:
            os.close(fd)
        if self._connection.check(number):
            return False
        self._memory, self._segment = memory, segment
        return True

    def _read_shared(self, x: int, y: int, w: int, h: int) -> bool:
        where = pack("<IhhHHIBxxxII", self._connection.root, x, y, w, h, _ALL_PLANES, _Z_PIXMAP, self._segment, 0)
        return bool(self._connection.ask(self._opcode(), _GET_IMAGE, where))

    def _read_strips(self, x: int, y: int, w: int, h: int) -> bool:
        memory, line = self._memory, w * 4
        rows = max(1, _STRIP // line)
        for top in range(0, h, rows):
            high = min(rows, h - top)
            where = pack("<IhhHHI", self._connection.root, x, y + top, w, high, _ALL_PLANES)
            reply = self._connection.ask(73, _Z_PIXMAP, where)
            if len(reply) < 32 + line * high or unpack_from("<I", reply, 4)[0] * 4 < line * high:
                return False
            memory[top * line : (top + high) * line] = reply[32 : 32 + line * high]
        return True

    def _opcode(self) -> int:
        assert self._shm is not None
        return self._shm.major
