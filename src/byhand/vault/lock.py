"""One holder at a time, by a lock the system drops when its process dies, however it dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Lock:
    """An exclusive lock on a file. Two `Lock`s on one path exclude each other within one process, too."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def take(self, *, wait: bool = False) -> bool:
        """True when we have it now."""
        if self._handle >= 0:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(handle)
            return False
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return True

    def free(self) -> bool:
        """True when nobody holds it, we neither."""
        if self._handle >= 0 or not self.take():
            return False
        self.give()
        return True

    def give(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        self.take(wait=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.give()
