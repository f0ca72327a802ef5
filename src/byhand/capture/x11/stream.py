"""One connection, one thread, one order: everything the server tells, read in batches.

Input, windows, focus and grabs come through the same socket, so that they are told in the order they happened in. While
much happens (a moving mouse), reading waits a little and takes many events at once; a single click is read at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from byhand.capture.driver import Needs
from byhand.capture.x11.clock import ServerClock
from byhand.capture.x11.input import Input
from byhand.capture.x11.keys import Keyboard
from byhand.capture.x11.wayland import refuse_xwayland
from byhand.capture.x11.windows import Windows
from byhand.capture.x11.wire import Connection
from byhand.events.raw import Raw

BUSY_PER_SECOND = 100
PAUSE_S = 0.008


class Stream:
    """Open it, then `run` it on a thread until `interrupt`."""

    def __init__(self, environ: Mapping[str, str], needs: Needs, own: Callable[[], frozenset[int]]) -> None:
        self._connection = connection = Connection.open(environ)
        try:
            refuse_xwayland(connection)
            self._clock = ServerClock(connection)
            self._keyboard = Keyboard(connection)
            self.windows = Windows(connection, self._clock, own)
            self._input = Input(connection, self._clock, self._keyboard, self.windows, needs)
        except BaseException:
            connection.close()
            raise

    def start(self) -> list[Raw]:
        """Ask for everything. Returns what is there: the windows and the focus."""
        out: list[Raw] = []
        self._keyboard.start()
        # Windows before input: a key must never come before the word on where it goes.
        self.windows.start(out)
        self._input.start()
        self.windows.due(out)
        return out

    def interrupt(self) -> None:
        """Make `run` end with `DisplayLost`, from any thread."""
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()

    def run(self, take: Callable[[Sequence[Raw]], None]) -> None:
        """Read until the connection ends.

        Raises:
            DisplayLost: it ended.
        """
        connection, windows = self._connection, self.windows
        monotonic_ns, sleep = time.monotonic_ns, time.sleep
        last_ns = monotonic_ns()
        busy = False
        while True:
            if busy:
                # Sleeping before the read, not between readiness and read, saves one wake-up a batch.
                sleep(PAUSE_S)
            else:
                connection.poll(windows.wait_s())
            events = connection.events()
            now_ns = monotonic_ns()
            out: list[Raw] = []
            if events:
                count = len(events)
                self._input.feed(events, now_ns, out)
                size = windows.resized()
                if size:
                    self._input.resize(*size)
                busy = count * 1_000_000_000 > BUSY_PER_SECOND * (now_ns - last_ns)
                last_ns = now_ns
            else:
                busy = False
                windows.due(out)
            if out:
                take(out)
            self._clock.refresh(now_ns)
