"""Signs that what is typed is nobody's business: keyboard grabs, lock screens, the screen saver.

A lock screen is known by what it does, not by its name: a window that no window manager may touch and that covers a
whole monitor. Other such windows (a screenshot tool's) are taken for one too: nothing is kept, which is the safe
mistake.
"""

from __future__ import annotations

from struct import pack, unpack_from

from byhand.capture.x11.look import Box
from byhand.capture.x11.monitors import monitors
from byhand.capture.x11.wire import Connection
from byhand.events.raw import Raw, RawGrab, RawLock

_SAVER = -1
"""Stands for the screen saver among the windows that lock."""


class Locks:
    """State of grabs and locks of one connection; tells each change once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._monitors: list[Box] = []
        self._locking: set[int] = set()
        self._grabbed = False
        saver = connection.extension("MIT-SCREEN-SAVER")
        randr = connection.extension("RANDR")
        self._saver = saver
        self._saver_event = saver.first_event if saver else -1
        self._screen_events = (randr.first_event, randr.first_event + 1) if randr else ()
        self._randr = randr

    def start(self) -> None:
        root = self._connection.root
        if self._saver:
            self._connection.send(self._saver.major, 2, pack("<II", root, 1))
        if self._randr:
            self._connection.send(self._randr.major, 4, pack("<IHxx", root, 3))
        self.measure()

    def measure(self) -> None:
        """Read the monitors again."""
        self._monitors = [Box(m.x, m.y, m.w, m.h) for m in monitors(self._connection)]

    def grab(self, *, active: bool, when: tuple[int, int], out: list[Raw]) -> None:
        if active is not self._grabbed:
            self._grabbed = active
            out.append(RawGrab(*when, active))

    def shown(self, window: int, box: Box, when: tuple[int, int], out: list[Raw]) -> None:
        """A window without a manager is there, with this box."""
        if any(box.covers(monitor) for monitor in self._monitors):
            self._lock(window, when, out)
        else:
            self.gone(window, when, out)

    def gone(self, window: int, when: tuple[int, int], out: list[Raw]) -> None:
        if window in self._locking:
            self._locking.discard(window)
            if not self._locking:
                out.append(RawLock(*when, False))

    def feed(self, event: bytes, when: tuple[int, int], out: list[Raw]) -> bool:
        """Take a notice of the screen saver or of the monitors. False when the event is none."""
        code = event[0]
        if code == self._saver_event:
            # state: 0 off, 1 on, 2 cycling, 3 disabled
            if event[1] in (1, 2):
                self._lock(_SAVER, when, out)
            else:
                self.gone(_SAVER, when, out)
            return True
        if code in self._screen_events:
            self.measure()
            return True
        return False

    def _lock(self, window: int, when: tuple[int, int], out: list[Raw]) -> None:
        if not self._locking:
            out.append(RawLock(*when, True))
        self._locking.add(window)


def attributes(connection: Connection, window: int) -> tuple[bool, bool] | None:
    """(mapped, override-redirect) of a window; None when it is gone."""
    reply = connection.ask(3, 0, pack("<I", window))
    if not reply:
        return None
    mapped, override = unpack_from("<BB", reply, 26)
    return mapped != 0, override != 0
