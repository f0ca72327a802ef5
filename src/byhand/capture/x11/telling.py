"""What is told of a window, and when it happened: most of what a server says of windows carries no time."""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack_from
from typing import Literal

from byhand.capture.x11.clock import ServerClock
from byhand.capture.x11.look import Look
from byhand.capture.x11.wire import GENERIC_EVENT
from byhand.events.raw import Raw, RawWindow

PROPERTY = 28

Change = Literal["seen", "focus", "title", "geometry", "closed"]


@dataclass(slots=True, repr=False)
class Known:
    """A window that was announced."""

    look: Look
    override: bool


class Telling:
    """Makes raw events of windows, batch by batch."""

    def __init__(self, clock: ServerClock) -> None:
        self._clock = clock
        self._batch: list[bytes] = []
        self._received = 0
        self._latest = 0

    def begin(self, events: list[bytes], received_ns: int) -> None:
        """A batch of events begins, read at that time."""
        self._batch, self._received, self._latest = events, received_ns, 0

    def end(self) -> None:
        self._batch = []

    def at(self, server_ms: int) -> None:
        """An event of this time is being told."""
        self._latest = server_ms

    def when(self) -> tuple[int, int]:
        """Stamps for an event without a time: those of the event before it, at the start of a batch of the next one."""
        if not self._latest:
            for event in self._batch:
                if event[0] in (GENERIC_EVENT, PROPERTY):
                    self._latest = self._clock.extend(unpack_from("<I", event, 12)[0])
                    break
            else:
                self._latest = self._clock.server(self._received)
        return self._latest, self._clock.mono(self._latest, self._received)

    def tell(self, change: Change, window: int, known: Known, out: list[Raw]) -> None:
        app, title, pid, box = known.look
        out.append(RawWindow(*self.when(), change, window, app, title, pid, *box, known.override))

    def tell_no_focus(self, out: list[Raw]) -> None:
        """The focus is nowhere, or on a window we know nothing of."""
        out.append(RawWindow(*self.when(), "focus", 0, "", "", 0, 0, 0, 0, 0, override=False))
