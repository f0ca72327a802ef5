"""One picture of a window that belongs together: its pixels, its boxes, and which tiles changed since the last one.

Ask for the boxes, copy the pixels (not where only boxes may be kept), then ask whether anything changed since: if so it
is thrown away, and the caller may try again. Windows lying over it are told as boxes of the roles `covered` and
`popup`, because the pixels there are not the window's. When a picture is worth taking is `screen`'s question.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from byhand.capture.x11.clock import ServerClock
from byhand.capture.x11.damage import Area, Damage
from byhand.capture.x11.shm import Pixels
from byhand.capture.x11.stacking import Stack
from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError, DisplayLost
from byhand.events.raw import RawBox, RawFrame

BoxesAnswer = tuple[tuple[RawBox, ...], str]
"""The boxes that can be seen in a window, and the address of its page or ""."""
Boxes = Callable[[int, float], BoxesAnswer | None]
"""Asks accessibility for the boxes of a window; the second argument is how many seconds it may take."""
Why = Literal["start", "before", "after", "focus", "clock"]

TILE = 64
BOXES_S = 0.25
SETTLE_S = 0.03
HELD_S = 5.0


class Camera:
    """Pictures of one screen, one at a time: the pixels are shared until whoever has them gives them back.

    area: where the window was seen last. changed: how many of its pixels were damaged since the last picture.

    Args:
        boxes: asks accessibility.
        given_back: called when pixels were given back, from any thread.
        pixels: False where none may be looked at; the pictures then hold boxes alone.

    Raises:
        CaptureError: this screen can't be observed.
    """

    def __init__(
        self, connection: Connection, boxes: Boxes, given_back: Callable[[], None], *, pixels: bool = True
    ) -> None:
        if pixels:
            _refuse_odd_pixels(connection)
        self._connection, self._boxes, self._given_back = connection, boxes, given_back
        self._damage = Damage(connection)
        self._clock = ServerClock(connection)
        self._pixels, self._stack = Pixels(connection) if pixels else None, Stack(connection)
        self._lock = threading.Lock()
        self._out = 0  # the number of the picture that is out, 0 for none
        self._number = 0
        self._out_since = 0.0
        self._dirty: set[tuple[int, int]] = set()
        self._last_area: Area | None = None  # where the last picture was, if it was of this window
        self.area: Area | None = None
        self.changed = 0

    @property
    def silent(self) -> bool:
        """Whether nothing was drawn since the last `look`, as far as we were told."""
        return self._damage.silent

    @property
    def fresh(self) -> bool:
        """Whether this window has no picture yet."""
        return self._last_area is None

    def notice(self, event: bytes) -> Area | None:
        """Where the first damage since the last `look` was, if this event says so."""
        return self._damage.notice(event)

    def turn(self, area: Area) -> None:
        """Another window, or the same one in front again."""
        self.area, self._last_area = area, None

    def look(self) -> int:
        """Take note of what changed; how many pixels of it lie in the window."""
        inside = 0
        for rect in self._damage.look():
            for column in range(rect.x // TILE, -(-(rect.x + rect.w) // TILE)):
                for row in range(rect.y // TILE, -(-(rect.y + rect.h) // TILE)):
                    self._dirty.add((column, row))
            inside += rect.clip(self.area).size if self.area else rect.size
        self.changed += inside
        return inside

    def shown(self, window: int) -> bool:
        """Whether the last picture still shows all of it."""
        place = self._stack.place(window)
        return place is not None and place == self._last_area and not self.changed

    def held_until(self) -> float:
        """When pixels that are out may be given up for lost, 0 where none are out."""
        with self._lock:
            return self._out_since + HELD_S if self._out else 0.0

    def give_up(self) -> bool:
        """Leave pixels that are out to whoever has them. Whether any were."""
        with self._lock:
            if not self._out or self._pixels is None:
                return False
            self._pixels.abandon()
            self._out = 0
            return True

    def close(self) -> None:
        """No picture after this. One that was not given back stays readable."""
        with self._lock:
            with suppress(DisplayLost):
                if self._pixels is None:
                    pass
                elif self._out:
                    self._pixels.abandon()
                else:
                    self._pixels.close()
            self._out = 0

    def take(self, window: int, why: Why) -> tuple[RawFrame | None, float]:
        """One consistent picture, or None; and what it cost: our CPU time, and all the time accessibility took."""
        ran = time.thread_time()
        self._clock.refresh(time.monotonic_ns())
        self.area = place = self._stack.place(window)
        root = self._connection.get_geometry(self._connection.root)
        area = place.clip(Area(0, 0, root.w, root.h)) if place and root else None
        if area is None or not area.size:
            return None, time.thread_time() - ran
        self.look()
        asked, ran_before = time.monotonic(), time.thread_time() - ran
        try:
            answer = self._boxes(window, BOXES_S)
        except Exception:
            answer = None  # whatever went wrong there: nothing may be shown
        waited, ran = time.monotonic() - asked, time.thread_time()
        over = self._stack.over(window)
        view = self._pixels.read(*area) if self._pixels else memoryview(b"")
        stamp = time.monotonic_ns() // 1000 * 1000
        # A program changes its tree first and draws later. What it draws in the next moments shows that the boxes were
        # ahead of the pixels.
        if view is not None:
            self._connection.poll(SETTLE_S)  # ends at once when there is damage
        if self.look() or over is None or view is None or self._stack.place(window) != place:
            if self._pixels:
                self._pixels.free()
            return None, ran_before + waited + time.thread_time() - ran
        ms = self._clock.server(stamp)
        covers = tuple(
            RawBox(ms, stamp, "popup" if same else "covered", "", part.x, part.y, part.w, part.h)
            for part, same in ((other.clip(area), same) for other, same in over)
            if part.size
        )
        boxes, url = (None, "") if answer is None else (answer[0] + covers, answer[1])
        dirty, self._dirty = frozenset(self._dirty), set()
        self.changed, self._last_area = 0, place
        with self._lock:
            self._number += 1
            number = self._number
            if self._pixels:
                self._out, self._out_since = number, time.monotonic()
        frame = RawFrame(
            server_ms=ms, mono_ns=stamp, why=why, window=window, x=area.x, y=area.y, w=area.w, h=area.h,
            stride=area.w * 4 if self._pixels else 0, pixels=view, dirty=dirty, boxes=boxes, url=url,
            release=lambda: self._release(number), covers=covers,
        )  # fmt: skip
        return frame, ran_before + waited + time.thread_time() - ran

    def _release(self, number: int) -> None:
        """A picture is given back. From any thread."""
        with self._lock:
            if self._out != number or self._pixels is None:
                return  # given back already, or too late, or there was nothing to give back
            self._out = 0
            self._pixels.free()
        self._given_back()


def _refuse_odd_pixels(connection: Connection) -> None:
    screen = connection.screen
    visual = next((one for one in screen.visuals if one.id == screen.visual), None)
    plain = visual is not None and (visual.red, visual.green, visual.blue) == (0xFF0000, 0xFF00, 0xFF)
    wide = connection.setup.bits_per_pixel.get(screen.depth) == 32
    if not plain or not wide or not connection.setup.little_endian_images:
        raise CaptureError("the pixels of this screen are not 8 bits a colour", fate="no frames can be kept")
