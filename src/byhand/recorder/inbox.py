"""The queue between the driver's threads and the one loop. It is bounded, and what does not fit is counted and told."""

from __future__ import annotations

import queue
from collections.abc import Sequence

from byhand.events.raw import Raw, RawGap
from byhand.recorder.control import Command

LIMIT = 100_000
"""Raw events that may wait: 50 s of the fastest device measured (2,000 a second), about 20 MB."""


class Inbox:
    """Batches of raw events and commands, in the order they came.

    Safe from any thread and from a signal handler: SimpleQueue.put is reentrant. `arrived` and `fed` are the counters
    that make a loss visible: with an empty queue they must be equal.
    """

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Sequence[Raw] | Command] = queue.SimpleQueue()
        self.arrived = 0
        self.fed = 0
        self._lost = 0

    def put(self, batch: Sequence[Raw]) -> None:
        """Take a batch from a driver; never blocks."""
        if self.arrived - self.fed > LIMIT:
            self._lost += len(batch)
            return
        # Counted after it is in: what is counted and neither here nor fed is lost, whatever the threads are doing.
        self._queue.put(batch)
        self.arrived += len(batch)

    def tell(self, command: Command) -> None:
        self._queue.put(command)

    def get(self, timeout_s: float) -> Sequence[Raw] | Command | None:
        """The next batch or command, or None when nothing came in time."""
        try:
            item = self._queue.get(timeout=timeout_s) if timeout_s > 0 else self._queue.get_nowait()
        except queue.Empty:
            return None
        if not isinstance(item, Command):
            self.fed += len(item)
        return item

    def waiting(self) -> bool:
        """Whether something came that was not taken yet."""
        return not self._queue.empty()

    def gap(self, server_ms: int, mono_ns: int) -> RawGap | None:
        """What was lost since the last call, as an event; None when nothing was. The loop asks once a second."""
        lost, self._lost = self._lost, 0
        if self.arrived > self.fed and not self.waiting():
            lost += self.arrived - self.fed
            self.fed = self.arrived
        return RawGap(server_ms, mono_ns, "lost", lost) if lost else None
