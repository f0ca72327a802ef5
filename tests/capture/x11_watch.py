"""What the tests of the X11 driver share: a running driver that remembers, and a second client of the same server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from struct import pack
from typing import TypeVar

from byhand.capture.driver import Needs
from byhand.capture.x11.driver import X11Driver
from byhand.capture.x11.wire import Connection
from byhand.events.raw import Raw

ALL = Needs(motion=True, elements=False, frames=False)
STILL = Needs(motion=False, elements=False, frames=False)
K = TypeVar("K", bound=Raw)


class Watch:
    """Takes what a driver emits."""

    def __init__(self) -> None:
        self.got: list[Raw] = []
        self.lost: list[Exception] = []
        self._changed = threading.Condition()

    def take(self, batch: Sequence[Raw]) -> None:
        with self._changed:
            self.got.extend(batch)
            self._changed.notify_all()

    def lose(self, error: Exception) -> None:
        with self._changed:
            self.lost.append(error)
            self._changed.notify_all()

    def until(self, condition: Callable[[], bool], what: str, seconds: float = 15.0) -> None:
        """Wait until it holds; `seconds` only bounds how long a failing test takes."""
        with self._changed:
            assert self._changed.wait_for(condition, seconds), f"never came: {what}"

    def of(self, kind: type[K], **fields: object) -> list[K]:
        """All events of a kind whose fields have these values."""
        return [
            raw
            for raw in list(self.got)
            if isinstance(raw, kind) and all(getattr(raw, name) == value for name, value in fields.items())
        ]

    def wait(self, kind: type[K], count: int = 1, **fields: object) -> list[K]:
        self.until(lambda: len(self.of(kind, **fields)) >= count, f"{count} {kind.__name__} with {sorted(fields)}")
        return self.of(kind, **fields)


@contextmanager
def watching(
    environ: Mapping[str, str], needs: Needs = ALL, own: Callable[[], frozenset[int]] = frozenset
) -> Generator[Watch]:
    driver, watch = X11Driver(environ, own=own), Watch()
    driver.start(needs, watch.take, watch.lose)
    try:
        yield watch
    finally:
        driver.stop()


class Client:
    """Another program: makes windows and grabs the keyboard."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.wire = Connection.open(environ)

    def window(
        self,
        box: tuple[int, int, int, int],
        *,
        title: bytes = b"",
        app: str = "",
        override: bool = False,
        show: bool = True,
    ) -> int:
        window = self.wire.new_id()
        # value mask: background pixel (2), override-redirect (0x200)
        self.wire.send(
            1, 0, pack("<IIhhHHHHIIII", window, self.wire.root, *box, 0, 1, 0, 0x202, 0x808080, int(override))
        )
        if app:
            self.wire.change_property(window, "WM_CLASS", "STRING", 8, f"{app.lower()}\0{app}\0".encode())
        if title:
            self.title(window, title)
        # Normal size hints with the program's position, so that a window manager leaves it there (ICCCM 4.1.2.3).
        self.wire.change_property(window, "WM_NORMAL_HINTS", "WM_SIZE_HINTS", 32, pack("<18I", 1 | 4, *([0] * 17)))
        if show:
            self.wire.send(8, 0, pack("<I", window))
        self.wire.sync()
        return window

    def title(self, window: int, title: bytes) -> None:
        """Append in pieces: one request can't carry a megabyte."""
        for at in range(0, len(title), 200_000):
            piece = title[at : at + 200_000]
            self.wire.change_property(window, "_NET_WM_NAME", "UTF8_STRING", 8, piece, append=at > 0)
        self.wire.sync()

    def configure(self, window: int, x: int, y: int, w: int, h: int) -> None:
        self.wire.send(12, 0, pack("<IHxxiiII", window, 15, x, y, w, h))
        self.wire.sync()

    def destroy(self, window: int) -> None:
        self.wire.send(4, 0, pack("<I", window))
        self.wire.sync()

    def grab_keyboard(self) -> int:
        return self.wire.ask(31, 1, pack("<IIBBxx", self.wire.root, 0, 1, 1))[1]

    def ungrab_keyboard(self) -> None:
        self.wire.send(32, 0, pack("<I", 0))
        self.wire.sync()
