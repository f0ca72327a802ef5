"""A desktop's driver and the browser's as one driver, with one order of events.

What a page tells is on its way for some ms. While a browser is connected, everything waits for `HOLD_NS` and leaves in
the order in which it happened; events of the desktop never change their order among themselves. With no browser
connected nothing waits and nothing is copied.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from byhand.capture.driver import Desktop, Driver, Emit, Needs
from byhand.capture.order import Shelf
from byhand.events.raw import Raw, RawFrame
from byhand.events.time import MS

HOLD_NS = 250 * MS
"""A page waits 40 ms, then up to 60 ms for an idle moment, before it tells; on a busy machine all of that is longer."""


class Beside(Driver, Protocol):
    """A driver that adds to what a desktop's tells: `browser.driver.BrowserDriver`."""

    @property
    def connected(self) -> int: ...

    def flush(self) -> None: ...


class Together:
    """Fits `capture.driver.Driver`."""

    def __init__(self, desktop: Driver, browser: Beside) -> None:
        self._desktop, self._browser = desktop, browser
        self._emit: Emit | None = None
        self._lock = threading.Lock()
        self._woken = threading.Condition(self._lock)
        self._shelf: Shelf[Raw] = Shelf(HOLD_NS)
        self._newest_ns = 0
        self._thread: threading.Thread | None = None

    def describe(self) -> Desktop:
        desktop = self._desktop.describe()
        return dataclasses.replace(desktop, driver=f"{desktop.driver}+browser")

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        self.stop()
        with self._lock:
            self._emit = emit
            self._newest_ns = 0
        thread = self._thread = threading.Thread(target=self._run, name="together", daemon=True)
        thread.start()
        try:
            self._desktop.start(needs, self._from_the_desktop, lost)
            self._browser.start(needs, self._from_a_browser, lost)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        if self._thread is None:
            return
        self._browser.flush()  # what happens from here on is not told, and browsers need a moment to tell the rest
        self._desktop.stop()
        self._browser.stop()
        with self._lock:
            self._release(self._shelf.rest())
            self._emit = None
            self._woken.notify()
        self._thread.join()
        self._thread = None

    def settle(self) -> None:
        """Hand on what waits, in the order of now."""
        with self._lock:
            self._release(self._shelf.rest())

    def forget(self) -> None:
        """What waits is told to nobody."""
        with self._lock:
            for raw in self._shelf.rest():
                if isinstance(raw, RawFrame):
                    raw.release()

    # ---- from the drivers' threads

    def _from_the_desktop(self, batch: Sequence[Raw]) -> None:
        with self._lock:
            if not self._shelf and not self._browser.connected:
                self._release(batch)
            else:
                self._put(self._in_line(batch))

    def _from_a_browser(self, batch: Sequence[Raw]) -> None:
        with self._lock:
            self._put((raw.mono_ns, raw) for raw in batch)

    # ---- with the lock held

    def _in_line(self, batch: Sequence[Raw]) -> Iterable[tuple[int, Raw]]:
        # An answer to a press carries the press's stamps, and stays behind whatever was told before it.
        for raw in batch:
            self._newest_ns = max(self._newest_ns, raw.mono_ns)
            yield self._newest_ns, raw

    def _put(self, events: Iterable[tuple[int, Raw]]) -> None:
        idle = not self._shelf
        self._shelf.put(events)
        if idle:
            self._woken.notify()

    def _release(self, batch: Sequence[Raw]) -> None:
        if self._emit is not None and batch:
            self._emit(batch)

    def _run(self) -> None:
        with self._lock:
            while self._emit is not None:
                due = self._shelf.due_ns()
                wait = None if due is None else (due - time.monotonic_ns()) / 1e9
                if wait is None or wait > 0:
                    self._woken.wait(wait)
                    continue
                self._release(self._shelf.take(time.monotonic_ns()))
