"""The accessibility thread: it answers presses, and tells what gets the focus.

Programs say by themselves when a focus moves; nothing is polled. A press or a window that nobody can describe in
`LOOKUP_S` is answered too, with `found` False, so that the guard assumes the worst instead of waiting.
"""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from typing import Literal

from byhand.capture.accessibility import tree
from byhand.capture.accessibility.boxes import Boxes
from byhand.capture.accessibility.bus import DAEMON, Bus, BusGone, Call, NoAnswer, Node, accessibility_bus, words
from byhand.capture.accessibility.lookup import LOOKUP_S, Lookup, Seen
from byhand.capture.accessibility.patience import Patience
from byhand.capture.driver import Emit
from byhand.events.raw import RawBox, RawButton, RawElement, RawWindow
from byhand.events.time import MS

_CONNECT_S = 0.5
_MATCH = "type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'"

_MOST_WINDOWS = 64

_Task = tuple[RawButton | RawWindow, int]


class Accessibility:
    """What lies under a press and what has the focus, by AT-SPI.

    Args:
        environ: where the desktop's session bus is found (DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR).
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        self._tasks: deque[_Task] = deque(maxlen=256)
        self._windows: dict[int, Seen] = {}
        self._focus: Seen | None = None
        self._emit: Emit | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._wake = -1
        self._lookup: Lookup | None = None
        self._patience = Patience()
        self._boxes = Boxes(self._connect)
        self._boxes_lock = threading.Lock()

    def start(self, emit: Emit) -> None:
        """Begin to answer. Where there is no accessibility bus, everything is answered with `found` False."""
        self._emit = emit
        self._stopping.clear()
        self._tasks.clear()
        reader, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._thread = threading.Thread(target=self._run, args=(reader,), name="accessibility", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread. Nothing is emitted after it returns; it takes no longer than one lookup."""
        if self._thread is None:
            return
        self._stopping.set()
        self._ring()
        self._thread.join()
        self._thread = None
        os.close(self._wake)
        self._wake = -1
        with self._boxes_lock:
            self._boxes.close()

    def pressed(self, button: RawButton, pid: int) -> None:
        """Look up what lies under a press. `button` has the position before it; `pid` is its window's process, or 0."""
        self._put((button, pid))

    def focused(self, window: RawWindow) -> None:
        """Remember a window; if it got the focus, tell which of its elements has it."""
        if window.change == "closed":
            self._windows.pop(window.window, None)
        elif window.window:
            box = (window.x, window.y, window.w, window.h)
            self._windows.pop(window.window, None)  # so that it is the youngest
            self._windows[window.window] = Seen(window.window, window.pid, window.title, box, window.override)
            while len(self._windows) > _MOST_WINDOWS:
                del self._windows[next(iter(self._windows))]
        self._put((window, window.pid))

    def boxes(self, window: int, deadline_s: float) -> tuple[tuple[RawBox, ...], str] | None:
        """The boxes of the window in focus, and its page's address or "". From any thread, one at a time.

        Args:
            window: id of a window that `focused` told of.
            deadline_s: how many seconds it may take.

        Returns:
            None if nobody answered in time: then nothing is known and nothing may be shown.
        """
        seen = self._windows.get(window)
        if seen is None or self._thread is None:
            return None
        with self._boxes_lock:
            return self._boxes.of(seen, time.monotonic() + deadline_s)

    def _put(self, task: _Task) -> None:
        if self._thread is not None:
            self._tasks.append(task)
            self._ring()

    def _ring(self) -> None:
        with suppress(OSError):  # the pipe is full or closed: the thread is awake, or gone
            os.write(self._wake, b".")

    def _connect(self) -> Bus:
        return accessibility_bus(self._environ, _CONNECT_S)

    def _run(self, reader: int) -> None:
        bus: Bus | None = None
        try:
            while not self._stopping.is_set():
                bus = bus or self._open()
                poll = select.poll()
                poll.register(reader, select.POLLIN)
                if bus is not None:
                    poll.register(bus.fileno(), select.POLLIN)
                # Without a bus we look for one again when there is something to do.
                poll.poll()
                _drain(reader)
                try:
                    self._work(bus)
                except BusGone:
                    if bus is not None:
                        bus.close()
                    bus = self._lookup = None
        finally:
            if bus is not None:
                bus.close()
            self._lookup = None
            os.close(reader)

    def _open(self) -> Bus | None:
        """Connect and ask to be told of focus changes."""
        if self._patience.lacks("bus"):
            return None
        bus = None
        try:
            bus = self._connect()
            until = time.monotonic() + _CONNECT_S
            bus.call(Call(DAEMON, DAEMON.to, "AddMatch", "s", words("s", _MATCH)), until)
            event = words("s", "object:state-changed:focused")
            bus.call(Call(tree.REGISTRY, "org.a11y.atspi.Registry", "RegisterEvent", "s", event), until)
        except (BusGone, NoAnswer):
            if bus is not None:
                bus.close()
            self._patience.lose("bus")
            return None
        self._lookup = Lookup(bus)
        return bus

    def _work(self, bus: Bus | None) -> None:
        """Answer what was asked and tell what was said, until neither is left.

        Raises:
            BusGone: the connection broke; the task that met it was answered.
        """
        while not self._stopping.is_set():
            if bus is not None:
                bus.pump()
            if self._tasks:
                self._answer(self._tasks.popleft())
            elif bus is not None and bus.signals:
                # Of several moves only the last one holds; nothing can have been typed between them.
                moves = [signal for signal in bus.signals if signal.body[:2] == ("focused", 1)]
                bus.signals.clear()
                if moves:
                    self._moved(Node(moves[-1].sender, moves[-1].path), _stamps(moves[-1].mono_ns))
            else:
                return

    def _answer(self, task: _Task) -> None:
        raw, pid = task
        until = time.monotonic() + LOOKUP_S
        seen = self._windows.get(raw.window)
        if isinstance(raw, RawButton):
            seen = seen or Seen(raw.window, pid, "", (0, 0, 0, 0))
            self._say("press", seen, (raw.server_ms, raw.mono_ns), until, at=(raw.x, raw.y))
        elif raw.change == "focus":
            self._focus = seen
            if seen is not None:
                self._say("focus", seen, _now(), until)
        elif self._focus is not None and self._focus.window == raw.window:
            self._focus = None if raw.change == "closed" else seen

    def _moved(self, node: Node, stamps: tuple[int, int]) -> None:
        """A program says that its focus moved. Only the one whose window has the focus is believed."""
        seen = self._focus
        if seen is not None:
            self._say("focus", seen, stamps, time.monotonic() + LOOKUP_S, node=node)

    def _say(
        self, why: Literal["press", "focus"], seen: Seen, stamps: tuple[int, int], until: float, *,
        at: tuple[int, int] | None = None, node: Node | None = None,
    ) -> None:  # fmt: skip
        element = None
        try:
            if self._lookup is not None and seen.pid:
                element = self._find(self._lookup, why, seen, stamps, until, at, node)
        finally:
            # Also when the bus just broke: a press without an answer would be held until its time is over.
            if element is None and node is None:
                element = _unanswered(why, seen, stamps)
            if element is not None and self._emit is not None and not self._stopping.is_set():
                self._emit([element])

    def _find(
        self, lookup: Lookup, why: Literal["press", "focus"], seen: Seen, stamps: tuple[int, int], until: float,
        at: tuple[int, int] | None, node: Node | None,
    ) -> RawElement | None:  # fmt: skip
        try:
            roots = lookup.programs.of(seen.pid, until)
        except NoAnswer:
            return _unanswered(why, seen, stamps)
        for root in roots:
            if self._patience.lacks(root.to) or (node is not None and node.to != root.to):
                continue
            try:
                if node is not None:
                    return lookup.describe(why, node, seen, stamps, until)
                found = lookup.under(root, *at, seen, until) if at else lookup.in_focus(root, seen, until)
                if found:
                    return lookup.describe(why, found, seen, stamps, until)
            except NoAnswer:
                self._patience.lose(root.to)
                if node is not None:  # the focus did move, and nobody says where to: the field before must not stand
                    return _unanswered(why, seen, stamps)
        return None


def _unanswered(why: Literal["press", "focus"], seen: Seen, stamps: tuple[int, int]) -> RawElement:
    return RawElement(*stamps, why, False, seen.window, seen.pid, "", "", (), 0, 0, 0, 0, (), "")


def _now() -> tuple[int, int]:
    return _stamps(time.monotonic_ns())


def _stamps(mono_ns: int) -> tuple[int, int]:
    return mono_ns // MS, mono_ns // 1000 * 1000


def _drain(reader: int) -> None:
    with suppress(BlockingIOError):
        while os.read(reader, 512):
            pass
