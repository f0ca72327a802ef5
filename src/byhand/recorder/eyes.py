"""The process that looks through pictures (`looker`), seen from the recorder: started when first needed, one at a time.

Rules of this module: pixels travel in memory without a name, shared with that process alone, never in a file; the
recorder writes them there and maps them only to paint, so they are no part of its own memory. Nothing here waits for
the other process. If that breaks, hangs or says nonsense it is killed, started once more, and then left alone.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

import msgspec

from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.roles import FOUND
from byhand.recorder.looker import Asked, Found

STARTS = 2
SILENT_S = 30.0
_LONGEST = 1 << 20
# Not the rest: there may be a passphrase in it, and the way to the display.
_PASSED = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "TZ")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
GONE = "what looks through pictures stopped: a program that tells no boxes is a flat panel in them from here on"
LOST_ONE = "what looks through pictures broke and was started once more"


class Looker:
    """See `late.Eyes`. Starts nothing until the first picture comes.

    Args:
        environ: what the process gets of it is listed in this file.
        scale: device pixels per logical pixel.
    """

    def __init__(self, environ: Mapping[str, str], scale: float = 1.0) -> None:
        self._environ = {name: environ[name] for name in _PASSED if name in environ}
        self._environ |= dict.fromkeys(_ONE_THREAD, "1") | {"PYTHONDONTWRITEBYTECODE": "1"}
        self._scale = scale
        self._memory = -1
        self._process: subprocess.Popen[bytes] | None = None
        self._said = bytearray()
        self._broke = 0
        self._asked = 0
        self._wanted = 0  # the number of the picture whose finds are waited for, 0 for none
        self._size = 0
        self._place = (0, 0, 0, 0)
        self._busy_since = 0.0  # 0 while it has nothing to do

    @property
    def there(self) -> bool:
        return self._broke < STARTS

    @property
    def note(self) -> str:
        return (LOST_ONE if self.there else GONE) if self._broke else ""

    @property
    def looking(self) -> bool:
        return self._wanted != 0

    @property
    def pid(self) -> int:
        """Of the process, 0 while there is none."""
        return self._process.pid if self._process else 0

    def look(self, frame: RawFrame) -> bool:
        self._read()
        if self._busy_since or not self.there or frame.stride != frame.w * 4:
            return False
        self._size = frame.h * frame.stride
        self._place = frame.x, frame.y, frame.w, frame.h
        try:
            self._start()
            self._fill(frame.pixels[: self._size])
            self._asked += 1
            rows = round(1080 * self._scale) if self._scale > 1 else 0
            self._tell(Asked(self._asked, frame.w, frame.h, rows))
        except (OSError, ValueError):
            self._break()
            return False
        self._wanted, self._busy_since = self._asked, time.monotonic()
        return True

    def finds(self) -> tuple[RawBox, ...] | None:
        for found in self._read():
            if found.number != self._wanted:
                continue  # of a picture that nobody waits for any more
            self._wanted = 0
            if found.finds is None:
                return None  # it could not; the next picture may be another matter
            boxes = self._boxes(found.finds)
            if boxes is None:
                self._break()
            return boxes
        return None

    def pixels(self) -> tuple[memoryview, Callable[[], None]]:
        mapped = mmap.mmap(self._memory, self._size, prot=mmap.PROT_READ)
        view = memoryview(mapped)

        def release() -> None:
            view.release()
            mapped.close()
            self.forget()

        return view, release

    def forget(self) -> None:
        self._wanted = 0
        if self._memory >= 0:
            os.ftruncate(self._memory, 0)

    def close(self) -> None:
        """End the process; its memory ends with it."""
        self._end()
        if self._memory >= 0:
            os.close(self._memory)
            self._memory = -1

    # ---- its own

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._end()  # it ended by itself, having had nothing to do for long
        if self._memory < 0:
            self._memory = os.memfd_create("pictures")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "byhand.recorder.looker", str(self._memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self._environ,
            pass_fds=(self._memory,), start_new_session=True,
        )  # fmt: skip
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)

    def _fill(self, pixels: memoryview) -> None:
        os.ftruncate(self._memory, self._size)
        done = 0
        while done < self._size:
            done += os.pwrite(self._memory, pixels[done:], done)

    def _tell(self, asked: Asked) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        line = msgspec.json.encode(asked) + b"\n"
        if os.write(self._process.stdin.fileno(), line) != len(line):
            raise BlockingIOError

    def _read(self) -> list[Found]:
        """What it has said since the last time."""
        if self._process is None or not self._busy_since:
            return []
        assert self._process.stdout is not None
        part = b"-"
        with contextlib.suppress(BlockingIOError):
            while part and len(self._said) <= _LONGEST:
                part = os.read(self._process.stdout.fileno(), 1 << 16)
                self._said += part
        if not part or len(self._said) > _LONGEST:  # it ended while it had something to do, or does not stop talking
            self._break()
            return []
        *lines, rest = bytes(self._said).split(b"\n")
        self._said = bytearray(rest)
        try:
            found = [msgspec.json.decode(line, type=Found) for line in lines]
        except msgspec.DecodeError:
            self._break()
            return []
        if any(one.number == self._asked for one in found):
            self._busy_since = 0.0
        elif time.monotonic() - self._busy_since > SILENT_S:
            self._break()
        return found

    def _boxes(self, finds: list[tuple[str, int, int, int, int]]) -> tuple[RawBox, ...] | None:
        """Its finds as boxes of the desktop; None if it says what can't be."""
        x, y, w, h = self._place
        boxes: list[RawBox] = []
        for kind, left, top, wide, high in finds:
            fits = 0 <= left < left + wide <= w and 0 <= top < top + high <= h
            if kind not in FOUND or not fits:
                return None
            boxes.append(RawBox(0, 0, FOUND[kind], "", x + left, y + top, wide, high))
        return tuple(boxes)

    def _break(self) -> None:
        self._broke += 1
        self._end()
        self.forget()

    def _end(self) -> None:
        process, self._process = self._process, None
        self._said.clear()
        self._busy_since = 0.0
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()
