"""The X11 driver: the stream of input and windows, and the sources that look closer at a press or a focus."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from byhand.capture.driver import Desktop, Emit, Needs
from byhand.capture.x11 import monitors
from byhand.capture.x11.stream import Stream
from byhand.capture.x11.wayland import refuse_xwayland
from byhand.capture.x11.wire import Connection
from byhand.events.raw import Raw, RawButton, RawWindow


class Source(Protocol):
    """Something that looks closer, on threads of its own. Events are told from the driver's thread, after they were
    emitted; it must not be held up.
    """

    def stop(self) -> None:
        """Nothing is emitted after it returns."""
        ...

    def focused(self, window: RawWindow) -> None:
        """Whatever is told of a window: it was seen, has the focus, was renamed, moved or closed."""
        ...


class ElementSource(Source, Protocol):
    """Emits `RawElement`."""

    def start(self, emit: Emit) -> None: ...

    def pressed(self, button: RawButton, pid: int) -> None:
        """A button went down. `pid` is that of its window's program, 0 if unknown."""
        ...


class ScreenSource(Source, Protocol):
    """Emits `RawFrame`."""

    def start(self, emit: Emit, *, pixels: bool = True) -> None:
        """Without `pixels` its frames are boxes alone."""
        ...

    def pressed(self, button: RawButton) -> None:
        """A button went down."""
        ...


class X11Driver:
    """Fits `capture.driver.Driver`.

    Args:
        environ: the environment that names the display.
        elements: used when the grant lets elements be observed.
        screen: used when it lets frames or boxes be observed.
        own: ids of our own windows; nothing is told of them.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        elements: ElementSource | None = None,
        screen: ScreenSource | None = None,
        own: Callable[[], frozenset[int]] = frozenset,
    ) -> None:
        self._environ = environ
        self._elements = elements
        self._screen = screen
        self._own = own
        self._lock = threading.Lock()
        self._emit: Emit | None = None
        self._stream: Stream | None = None
        self._thread: threading.Thread | None = None
        self._running: list[Source] = []

    def describe(self) -> Desktop:
        with Connection.open(self._environ) as connection:
            refuse_xwayland(connection)
            return monitors.describe(connection)

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        self.stop()
        stream = Stream(self._environ, needs, self._own)
        try:
            first = stream.start()
            with self._lock:
                self._emit = emit
            if self._elements and needs.elements:
                self._elements.start(self._give)
                self._running.append(self._elements)
            if self._screen and (needs.frames or needs.boxes):
                self._screen.start(self._give, pixels=needs.frames)
                self._running.append(self._screen)
        except BaseException:
            stream.close()
            self._end()
            raise
        self._stream = stream
        self._thread = threading.Thread(target=self._run, args=(stream, first, lost), name="byhand-x11", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        thread, stream = self._thread, self._stream
        self._thread = self._stream = None
        self._end()
        if thread and stream:
            stream.interrupt()
            if thread is not threading.current_thread():
                thread.join()

    def _end(self) -> None:
        """Let nothing through any more, and stop the sources."""
        with self._lock:
            self._emit = None
        running, self._running = self._running, []
        for source in running:
            source.stop()

    def _give(self, batch: Sequence[Raw]) -> None:
        """Hand on a batch, one at a time, whoever it comes from."""
        with self._lock:
            if self._emit:
                self._emit(batch)

    def _run(self, stream: Stream, first: list[Raw], lost: Callable[[Exception], None]) -> None:
        def take(batch: Sequence[Raw]) -> None:
            self._give(batch)
            if self._running:
                self._tell(batch, stream)

        try:
            take(first)
            stream.run(take)
        except Exception as error:
            # Whatever went wrong, nothing is observed any more: that must be said, unless it is what `stop` wanted.
            if self._stream is stream:
                lost(error)
        finally:
            stream.close()

    def _tell(self, batch: Sequence[Raw], stream: Stream) -> None:
        running = self._running
        for raw in batch:
            if type(raw) is RawButton and raw.down:
                if self._elements in running:
                    self._elements.pressed(raw, stream.windows.pid(raw.window))
                if self._screen in running:
                    self._screen.pressed(raw)
            elif type(raw) is RawWindow:
                for source in running:
                    source.focused(raw)
