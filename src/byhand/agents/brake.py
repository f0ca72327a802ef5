"""The person's hand on a run: any key, click or move of theirs stops it at once.

Who watches depends on where the person is: `Desktop` reads X11's raw events (whoever has the focus, also under grabs),
`Terminal` the keys typed where the run was started. Ctrl-C pulls it too; that handler is the cli's, which owns the
process. `Brake` is what all of them pull, and what the loop asks.

Rules of this module: which key it was is never looked at. In doubt it was the person: a browser's hands send nothing by
X, so for them every event is the person's, also one that a remote desktop injects; for hands that act by XTEST those of
its devices are ours. A watcher that goes blind pulls it.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
import threading
import time
from collections.abc import Generator, Mapping
from struct import pack, unpack_from
from typing import Self

from byhand.capture.x11.devices import ALL, ALL_MASTERS, Devices
from byhand.capture.x11.wayland import refuse_xwayland
from byhand.capture.x11.wire import GENERIC_EVENT, Connection
from byhand.errors import ByhandError, CaptureError

if sys.platform != "win32":
    import termios
    import tty

QUIET_S = 0.4
"""Whoever starts a run has just let go of the Enter key, or of the mouse."""
_PATIENCE_S = 8.0
_KEY, _BUTTON, _MOTION = 13, 15, 17
_DEVICE_CHANGED, _HIERARCHY_CHANGED = 1, 11
_BY = {_KEY: "a key", _BUTTON: "a click", _MOTION: "the mouse"}


class Brake:
    """Satisfies `outcome.Brake`. May be pulled from any thread.

    by: what pulled it, in words: "a key", "a click", "the mouse", "Ctrl-C".
    """

    def __init__(self) -> None:
        self._armed = False
        self._pulled = threading.Event()
        self._touched_ns = 0
        self.by = ""
        self.pulled_ns = 0

    def pulled(self) -> bool:
        return self._pulled.is_set()

    def pull(self, by: str) -> None:
        """Something of the person's happened. Counts once it is armed."""
        self._touched_ns = time.monotonic_ns()
        if self._armed and not self._pulled.is_set():
            self.by, self.pulled_ns = by, self._touched_ns
            self._pulled.set()

    def stop(self, by: str) -> None:
        """Like `pull`, armed or not: it was meant."""
        self._armed = True
        self.pull(by)

    def rest(self) -> None:
        """Nothing counts until it is armed anew."""
        self._armed = False
        self._pulled.clear()

    def arm(self, quiet_s: float = QUIET_S, patience_s: float = _PATIENCE_S) -> bool:
        """From now on it counts. Waits until the person's hands have been still for so long.

        Returns:
            False where they were not, within patience: then it is pulled.
        """
        began = time.monotonic_ns()
        self.rest()
        self.by = ""
        while (now := time.monotonic_ns()) - began < patience_s * 1e9:
            left = quiet_s - (now - max(self._touched_ns, began)) / 1e9
            if left <= 0:
                self._armed = True
                return True
            if self._pulled.wait(left):
                return False
        self.stop("the mouse or the keyboard")
        return False

    def wait(self, seconds: float) -> bool:
        """Sleep, but wake at once when it is pulled; then True."""
        return self._pulled.wait(seconds)


class Desktop:
    """Watches the display that `environ` names.

    Args:
        ours: XTEST's devices are our own hands, so what comes of them is not the person's.

    Raises:
        NoDisplay, WaylandRefused, CaptureError: on entering: there is no display, or it can't be watched.
    """

    def __init__(self, brake: Brake, environ: Mapping[str, str], *, ours: bool = False) -> None:
        self._brake, self._environ, self._ours = brake, environ, ours
        self._ending = False

    def __enter__(self) -> Self:
        self._connection = connection = Connection.open(self._environ)
        try:
            refuse_xwayland(connection)
            self._select(connection)
        except BaseException:
            connection.close()
            raise
        self._thread = threading.Thread(target=self._run, name="byhand-brake", daemon=True)
        self._thread.start()
        return self

    def _select(self, connection: Connection) -> None:
        found = connection.extension("XInputExtension")
        reply = connection.ask(found.major, 47, pack("<HH", 2, 3)) if found else b""
        # 2.1 is the first that tells of raw events under grabs.
        if not found or not reply or unpack_from("<HH", reply, 8) < (2, 1):
            raise CaptureError("this X server is too old to be watched", fate="nothing was done")
        self._major = found.major
        self._devices = Devices(connection, found.major)
        kinds = sum(1 << kind for kind in _BY)
        every = 1 << _HIERARCHY_CHANGED | 1 << _DEVICE_CHANGED
        payload = pack("<IHxxHHIHHI", connection.root, 2, ALL_MASTERS, 1, kinds, ALL, 1, every)
        connection.send(found.major, 46, payload)
        connection.sync()

    def __exit__(self, *_: object) -> None:
        self._ending = True
        self._connection.interrupt()
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        try:
            while True:
                self._connection.poll()
                for event in self._connection.events():
                    self._take(event)
        except Exception:  # fails closed: who can't see the person any more must not go on
            if not self._ending:
                self._brake.stop("the display went away")

    def _take(self, event: bytes) -> None:
        if event[0] != GENERIC_EVENT or event[1] != self._major:
            return
        (kind,) = unpack_from("<H", event, 8)
        if kind in (_HIERARCHY_CHANGED, _DEVICE_CHANGED):
            self._devices.load()
        elif kind in _BY:
            (source,) = unpack_from("<H", event, 20)
            if not (self._ours and self._devices[source].injected):
                self._brake.pull(_BY[kind])


class Terminal:
    """Watches a terminal's keys, which are swallowed; Ctrl-C stays what it is. Does nothing where it is none."""

    def __init__(self, brake: Brake, descriptor: int) -> None:
        self._brake, self._descriptor = brake, descriptor

    def __enter__(self) -> Self:
        self._thread: threading.Thread | None = None
        if sys.platform == "win32" or not os.isatty(self._descriptor):
            return self
        self._before = termios.tcgetattr(self._descriptor)
        tty.setcbreak(self._descriptor)  # signals stay on
        self._wake, self._woken = os.pipe()
        self._thread = threading.Thread(target=self._run, name="byhand-terminal", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if sys.platform == "win32" or self._thread is None:
            return
        os.write(self._woken, b".")
        self._thread.join()
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)
        os.close(self._wake)
        os.close(self._woken)

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self._descriptor, self._wake], [], [])
            if self._wake in ready:
                return
            try:
                gone = not os.read(self._descriptor, 1024)
            except OSError:
                gone = True
            if gone:  # it was closed: nobody could stop this run any more
                self._brake.stop("the terminal went away")
                return
            self._brake.pull("a key")


class Watch:
    """All that can watch here, while its block lasts.

    Args:
        brake: is pulled.
        environ: names the display, if there is one.
        descriptor: a terminal, or -1.
        ours: see `Desktop`.
    """

    def __init__(self, brake: Brake, environ: Mapping[str, str], descriptor: int, *, ours: bool = False) -> None:
        self._brake, self._environ, self._descriptor, self._ours = brake, environ, descriptor, ours
        self._stack = contextlib.ExitStack()
        self._terminal: Terminal | None = None
        self.watched: tuple[str, ...] = ()
        """In words, for the person."""

    def __enter__(self) -> Self:
        watched: list[str] = []
        if self._environ.get("DISPLAY"):
            with contextlib.suppress(ByhandError):
                self._stack.enter_context(Desktop(self._brake, self._environ, ours=self._ours))
                watched.append("any key, click or move of the mouse")
        if self._descriptor >= 0 and os.isatty(self._descriptor):
            self._terminal = Terminal(self._brake, self._descriptor)
            self._terminal.__enter__()
            if not watched:
                watched.append("any key in this terminal")
        self.watched = tuple(watched)
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal:
            self._terminal.__exit__()
        self._stack.close()

    @contextlib.contextmanager
    def asking(self) -> Generator[None]:
        """The person may type and move: it stops nothing until the brake is armed anew."""
        self._brake.rest()
        if self._terminal:
            self._terminal.__exit__()
        try:
            yield
        finally:
            if self._terminal:
                self._terminal.__enter__()
