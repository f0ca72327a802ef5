"""Snapshots of the focused window, taken when they mean something and the screen stands still.

When: at the start, when the focus moves, after a press, after a large change, every few seconds after a smaller one,
and at a press when the last frame is out of date. Stands still: no damage in the window for `STILL_S`.

How one is taken is `camera`'s question.

What it costs is bounded: at most four frames a second, and taking them may fill `SHARE` of the time, saved up for at
most `SAVED_S`. Frames at presses may use all that was saved, others only the upper half. Nothing wakes the thread
while nothing changes.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from byhand.capture.driver import Emit
from byhand.capture.x11.camera import TILE, Boxes, Camera, Why
from byhand.capture.x11.damage import Area
from byhand.capture.x11.wire import Connection
from byhand.errors import DisplayLost
from byhand.events.raw import RawButton, RawWindow

STILL_S = 0.15
PATIENCE_S = 1.0
SPACING_S = 0.25
CLOCK_S = 5.0
SHARE = 0.03
SAVED_S = 0.4
# Damage that counts, in pixels of the window: a caret is less than a tile, a page or a dialog more than a 16th of it.
_LITTLE = TILE * TILE
_MUCH = 16
_SOON_S, _LATE_S = 0.3, 2.4
_NEVER = float("inf")


@dataclass
class Tally:
    """What became of the frames that were wanted.

    skipped: the screen did not stand still, or changed while we looked. busy: the last frame was not given back in
    time. cost_s: time that taking frames took, the waiting for accessibility included.
    """

    taken: int = 0
    skipped: int = 0
    busy: int = 0
    cost_s: float = 0.0


class Screen:
    """Emits `RawFrame`s from its own connection and thread.

    Args:
        environ: names the display.
        boxes: asks accessibility; called from the screen's thread.
    """

    def __init__(self, environ: Mapping[str, str], boxes: Boxes) -> None:
        self._environ = environ
        self._boxes = boxes
        self._thread: threading.Thread | None = None
        self._work: _Work | None = None
        self.tally = Tally()

    def start(self, emit: Emit, *, pixels: bool = True) -> None:
        """Begin; the first frame comes when `focused` has told of a window.

        Args:
            emit: takes the frames.
            pixels: False where only boxes may be kept: then no pixel is asked for.

        Raises:
            CaptureError: this screen can't be observed.
        """
        self.tally = Tally()
        self._work = _Work(Connection.open(self._environ), self._boxes, emit, self.tally, pixels=pixels)
        self._thread = threading.Thread(target=self._work.run, name="byhand-screen", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End. Nothing is emitted after it returns; a frame not given back stays readable."""
        work, thread = self._work, self._thread
        if work is None or thread is None:
            return
        self._work = self._thread = None
        work.tell(None)
        thread.join()

    def pressed(self, button: RawButton) -> None:
        """A pointer button went down. From any thread; returns at once."""
        if self._work is not None and button.down:
            self._work.tell(button)

    def focused(self, window: RawWindow) -> None:
        """The focus moved, or the focused window changed its geometry or closed. From any thread; returns at once."""
        if self._work is not None and window.change in ("focus", "geometry", "closed"):
            self._work.tell(window)


class _Work:
    """All that the thread knows. Times are CLOCK_MONOTONIC in seconds."""

    def __init__(self, connection: Connection, boxes: Boxes, emit: Emit, tally: Tally, *, pixels: bool) -> None:
        self._connection, self._emit, self._tally = connection, emit, tally
        try:
            self._camera = Camera(connection, boxes, self._given_back, pixels=pixels)
            self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        except BaseException:
            connection.close()
            raise
        self._told: deque[RawButton | RawWindow | None] = deque()
        self._window = 0
        self._wanted: Why | None = "start"
        self._since = 0.0
        self._moved_at = 0.0  # last sign of something moving
        self._look_at = _NEVER
        self._patience = _SOON_S
        self._clock_at = _NEVER
        self._resting = 0.0  # until when only a person's act asks for a frame
        self._last_at = 0.0
        self._saved = SAVED_S
        self._saved_at = time.monotonic()

    def tell(self, what: RawButton | RawWindow | None) -> None:
        self._told.append(what)
        self._rouse()

    def _given_back(self) -> None:
        if self._wanted:
            self._rouse()

    def _rouse(self) -> None:
        with contextlib.suppress(OSError):  # it has ended already
            os.eventfd_write(self._wake, 1)

    def run(self) -> None:
        ready = select.poll()
        ready.register(self._connection.fileno(), select.POLLIN)
        ready.register(self._wake, select.POLLIN)
        try:
            while True:
                now = time.monotonic()
                due = self._due(now)
                if not self._connection.poll(0) and not self._told and due > now:
                    # Rounded up: to wake a moment too early would be to wake twice.
                    ready.poll(None if due == _NEVER else (due - now) * 1000 + 1)
                with contextlib.suppress(BlockingIOError):
                    os.eventfd_read(self._wake)
                # What changed comes first: a press asks whether the last frame is out of date.
                for event in self._connection.events():
                    self._see(event)
                while self._told:
                    what = self._told.popleft()
                    if what is None:
                        return
                    self._hear(what)
                self._step(time.monotonic())
        except DisplayLost:
            return  # the driver's own connection tells it
        finally:
            self._camera.close()
            self._connection.close()
            os.close(self._wake)

    # -- what is told -------------------------------------------------------------------------------------------------

    def _hear(self, what: RawButton | RawWindow) -> None:
        now = time.monotonic()
        if isinstance(what, RawButton):
            self._before(now)
            self._want("after", now)
            return
        if what.change == "focus":
            self._window = what.window
            self._camera.turn(Area(what.x, what.y, what.w, what.h))
        elif what.window != self._window:
            return
        elif what.change == "closed":
            self._window = 0
        if not self._window:
            self._wanted = None if self._wanted != "start" else "start"
            self._look_at = self._clock_at = _NEVER
            return
        self._want("focus", now)

    def _want(self, why: Why, now: float) -> None:
        if not self._window:
            return
        if self._wanted != "start":
            self._wanted = why
        self._since = self._moved_at = now
        self._resting, self._patience = 0.0, _SOON_S
        if not self._camera.silent:
            self._look_at = now + STILL_S / 3

    def _see(self, event: bytes) -> None:
        area = self._camera.notice(event)
        if area is None or not self._window:
            return
        now = time.monotonic()
        if self._camera.area is None or area.clip(self._camera.area).size:
            self._moved_at = now
        # While a frame is wanted we must know when it ends; else the region may fill for a while.
        self._look_at = min(self._look_at, now + (STILL_S / 3 if self._wanted else self._patience))

    # -- when ---------------------------------------------------------------------------------------------------------

    def _due(self, now: float) -> float:
        """When there is something to do even if nobody says a word."""
        due = min(self._look_at, self._clock_at)
        if self._wanted and self._window:
            due = min(due, self._ready_at(now)) if self._camera.silent else due
        return due

    def _ready_at(self, now: float) -> float:
        """When a frame may be taken if nothing moves any more."""
        at = max(self._moved_at + STILL_S, self._last_at + SPACING_S)
        self._save(now)
        enough = 0.0 if self._wanted in ("after", "focus", "start") else SAVED_S / 2
        if self._saved <= enough:
            at = max(at, now + (enough - self._saved) / SHARE + 0.001)
        return max(at, self._camera.held_until())

    def _save(self, now: float) -> None:
        self._saved = min(SAVED_S, self._saved + (now - self._saved_at) * SHARE)
        self._saved_at = now

    def _step(self, now: float) -> None:
        if not self._window:
            return
        if now >= self._look_at:
            self._look()
            if not self._wanted:
                self._judge(now)
        if now >= self._clock_at and not self._wanted:
            self._clock_at = _NEVER
            self._wanted, self._since = "clock", now
        if not self._wanted:
            return
        if not self._camera.silent:
            self._look_at = min(self._look_at, now + STILL_S / 3)
        elif now >= self._ready_at(now):
            self._take_wanted(now)
        elif self._moved_at + STILL_S > max(self._since, self._last_at + SPACING_S) + PATIENCE_S:
            self._give_up(now)  # it has moved all the time; waiting for our own limits does not count

    def _judge(self, now: float) -> None:
        """Nobody asked for a frame, but something changed: enough to take one?"""
        if now < self._resting:
            self._clock_at = self._resting
        elif self._camera.area is None or self._camera.changed * _MUCH >= self._camera.area.size:
            self._wanted, self._since, self._patience = "clock", now, _SOON_S
        elif self._camera.changed >= _LITTLE:
            self._clock_at = min(self._clock_at, max(now, self._last_at + CLOCK_S))
            self._patience = CLOCK_S  # what else changes until then is seen then
        else:
            self._patience = min(self._patience * 2, _LATE_S)

    def _give_up(self, now: float) -> None:
        self._tally.skipped += 1
        self._wanted = None
        self._resting = now + CLOCK_S

    def _look(self) -> None:
        self._look_at = _NEVER
        if self._camera.look():
            self._moved_at = time.monotonic()

    # -- taking -------------------------------------------------------------------------------------------------------

    def _before(self, now: float) -> None:
        """A press: the last frame shows what was there before it, unless much has changed since."""
        if not self._window or self._camera.area is None:
            return
        if not self._camera.silent:
            self._look()
        self._save(now)
        new = self._camera.fresh or self._camera.changed >= _LITTLE
        if new and now >= self._last_at + SPACING_S and self._saved > 0 and self._free(now):
            self._take("before", tries=1)

    def _take_wanted(self, now: float) -> None:
        why = self._wanted
        assert why is not None
        if self._camera.shown(self._window):
            self._wanted = None
        elif self._free(now):
            if self._take(why, tries=2):
                self._wanted = None
            elif time.monotonic() > self._since + PATIENCE_S:
                self._give_up(now)

    def _free(self, now: float) -> bool:
        """Whether the last pixels were given back. If not for a long time, they are left to whoever has them."""
        if now < self._camera.held_until():
            return False
        self._tally.busy += self._camera.give_up()
        return True

    def _take(self, why: Why, tries: int) -> bool:
        began = time.monotonic()
        frame, cost = None, 0.0
        while frame is None and tries:
            frame, spent = self._camera.take(self._window, why)
            cost += spent
            tries -= 1
        if self._camera.silent:
            self._look_at = _NEVER  # the camera looked
        self._save(time.monotonic())
        self._saved -= cost
        self._tally.cost_s += cost
        if frame is None:
            self._tally.skipped += why == "before"
            self._moved_at = time.monotonic()
            return False
        self._tally.taken += 1
        self._last_at, self._clock_at, self._patience = began, _NEVER, _SOON_S
        self._emit((frame,))
        return True
