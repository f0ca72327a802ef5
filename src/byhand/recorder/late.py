"""Pictures of which nobody tells the boxes: one at a time waits, in memory, until it was looked through.

Rules of this module: it holds at most one picture. The next one is dropped while that one waits; a picture with boxes
ends the wait, and so does anything that changes what may be kept: another window, a lock, a pause, a shared screen.
Whatever is not answered in time is dropped and counted. It starts no process and asks no clock.

    frame with boxes, or of what is not kept, or too large
                                             --> the guard, as if nothing of this were here
    frame without boxes                       --> waits --> finds come --> the guard, with the finds as its boxes
                                                        --> too late, or the scene is another --> dropped, counted
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from byhand.events.kinds import AnyEvent
from byhand.events.raw import Raw, RawBox, RawFrame
from byhand.privacy.frames.roles import LOOKED
from byhand.privacy.guard import Guard

WAIT_NS = 10_000_000_000
MOST_PIXELS = 2_800_000
"""A larger picture is not looked at: to paint it maps 4 bytes a pixel into a process that may have 60 MB."""


class Eyes(Protocol):
    """What looks through pictures, one at a time, somewhere else."""

    @property
    def there(self) -> bool:
        """False when it is gone for good."""
        ...

    @property
    def note(self) -> str:
        """What the person should know of it, or ""."""
        ...

    def look(self, frame: RawFrame) -> bool:
        """Take a copy of the pixels and begin; False if that can't be."""
        ...

    @property
    def looking(self) -> bool:
        """Whether finds are still to come."""
        ...

    def finds(self) -> tuple[RawBox, ...] | None:
        """The finds in the picture taken last, once they are known, in pixels of the desktop; else None."""
        ...

    def pixels(self) -> tuple[memoryview, Callable[[], None]]:
        """The copy, and what gives it back."""
        ...

    def forget(self) -> None:
        """Let go of the copy."""
        ...

    def close(self) -> None: ...


@dataclass(slots=True)
class _Waits:
    """A picture that waits, without its pixels. scene: the guard's when it came. until_ns: monotonic."""

    frame: RawFrame
    scene: int
    until_ns: int


class Late:
    """Stands before the guard, for one recording.

    Args:
        guard: judges; also whether a picture is worth a look at all.
        eyes: does the looking.
    """

    def __init__(self, guard: Guard, eyes: Eyes) -> None:
        self._guard, self._eyes = guard, eyes
        self._waits: _Waits | None = None
        self._heard = (0, 0)  # the newest stamps the guard has heard: server_ms, mono_ns

    @property
    def waiting(self) -> bool:
        return self._waits is not None

    @property
    def note(self) -> str:
        return self._eyes.note

    def feed(self, raw: Raw) -> list[AnyEvent]:
        """Like the guard's `feed`."""
        self._heard = raw.server_ms, raw.mono_ns
        if type(raw) is not RawFrame:
            return self._guard.feed(raw)
        if raw.boxes is not None or raw.covers is None or not raw.pixels or not self._sees(raw):
            self.discard()  # there is a newer picture
            return self._guard.feed(raw)
        if not self._eyes.there or raw.w * raw.h > MOST_PIXELS:
            self.discard()
            return self._guard.feed(raw)  # one flat panel, as where nothing looks
        try:
            if self._waits is not None or not self._eyes.look(raw):
                self._guard.unseen(raw)
            else:
                self._waits = _Waits(_bare(raw), self._guard.scene, raw.mono_ns + WAIT_NS)
        finally:
            raw.release()
        return []

    def settle(self, now_ns: int) -> list[AnyEvent]:
        """What became of the picture that waits. Call it only when all raw events that are there were fed."""
        waits = self._waits
        if waits is None:
            return []
        found = self._eyes.finds()
        if self._guard.scene != waits.scene or now_ns >= waits.until_ns or (found is None and not self._eyes.looking):
            self.discard()
        if found is None or self._waits is None:
            return []
        self._waits, old = None, waits.frame
        try:
            pixels, release = self._eyes.pixels()
        except (OSError, ValueError):  # no memory for it
            self._guard.unseen(old)
            return []
        area = RawBox(old.server_ms, old.mono_ns, LOOKED, "", old.x, old.y, old.w, old.h)
        # Time must not run backwards in a recording: a picture that something has overtaken bears that one's stamps.
        why = old.why if self._heard[1] <= old.mono_ns else "clock"
        server_ms, mono_ns = max(self._heard, (old.server_ms, old.mono_ns), key=lambda stamps: stamps[1])
        return self._guard.feed(
            RawFrame(
                server_ms=server_ms, mono_ns=mono_ns, why=why, window=old.window, x=old.x, y=old.y, w=old.w, h=old.h,
                stride=old.stride, pixels=pixels, dirty=old.dirty, boxes=(area, *found, *(old.covers or ())),
                url=old.url, release=release, covers=old.covers,
            )
        )  # fmt: skip

    def _sees(self, raw: RawFrame) -> bool:
        try:
            return self._guard.sees(raw)
        except Exception:  # whatever a rule does wrong, the guard itself counts it when it is fed
            return False

    def discard(self) -> None:
        """Drop the picture that waits, if any."""
        if self._waits is not None:
            self._guard.unseen(self._waits.frame)
            self._waits = None
            self._eyes.forget()

    def close(self) -> None:
        self.discard()
        self._eyes.close()


def _bare(raw: RawFrame) -> RawFrame:
    """The same without pixels."""
    return RawFrame(
        server_ms=raw.server_ms, mono_ns=raw.mono_ns, why=raw.why, window=raw.window, x=raw.x, y=raw.y, w=raw.w,
        h=raw.h, stride=raw.stride, pixels=memoryview(b""), dirty=raw.dirty, boxes=None, url=raw.url,
        release=lambda: None, covers=raw.covers,
    )  # fmt: skip
