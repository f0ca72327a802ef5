"""The visible sign that something is recorded: a small pill over everything else, and an icon in the tray.

It can be dragged aside but not turned off. It has a connection and a thread of its own, so that no other part can
starve it. Should its window or its connection be taken away it comes back once; the second time, or when it can't come
back, `lost` is called and the recorder stops: no sign, no recording.

Nothing wakes the thread but events and a changed text. When something covers the pill it is raised again, at most once
a second and ever more rarely against a window that insists (a screen lock). With a compositor the server does not tell
what is covered, so there the stacking of windows is watched.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable, Mapping
from struct import pack, unpack_from
from typing import Final

from byhand.capture.x11 import monitors
from byhand.capture.x11.stacking import Stack
from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError, DisplayLost, NoDisplay, RecorderError
from byhand.recorder.pill import pill
from byhand.recorder.surface import (
    BUTTON_PRESS,
    BUTTON_RELEASE,
    CONFIGURED,
    DESTROYED,
    MOTION,
    STRUCTURE,
    UNMAPPED,
    VISIBILITY,
    Surface,
)
from byhand.recorder.tray import Tray

_EVENTS: Final = 0x4 | 0x8 | 0x100 | 0x10000 | STRUCTURE  # buttons, drag with the first, visibility, structure
_SUBSTRUCTURE: Final = 0x80000
_UNOBSCURED: Final = 0
_ABOUT = {BUTTON_PRESS: 12, BUTTON_RELEASE: 12, MOTION: 12, VISIBILITY: 4}
"""Where an event names its window, if not at 8."""
_TOP = 8
_DRAG = 4
_RAISE_S, _RAISE_MOST_S, _CALM_S = 1.0, 30.0, 10.0
_NEVER = float("inf")
_FATE = "recording stopped; what was kept is in the vault"


class Indicator:
    """The sign. All methods may be called from any thread.

    Args:
        environ: names the display.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._said = ("recording", "Recording")
        self._pill: _Pill | None = None
        self._thread: threading.Thread | None = None
        self._wake = -1
        self._stopping = threading.Event()
        self._clicked: Callable[[], None] = lambda: None
        self._lost: Callable[[Exception], None] = lambda _: None

    def start(self, clicked: Callable[[], None], lost: Callable[[Exception], None]) -> None:
        """Show the sign; it is on the screen when this returns.

        Args:
            clicked: called from the sign's thread when the person clicks it.
            lost: called once, from the sign's thread, when the sign can't be shown any more.

        Raises:
            CaptureError: there is no desktop to show it on.
        """
        self._clicked, self._lost = clicked, lost
        self._stopping.clear()
        self._pill = _Pill(Connection.open(self._environ), clicked, self._said)
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._thread = threading.Thread(target=self._run, args=(self._pill,), name="byhand-sign", daemon=True)
        self._thread.start()

    def show(self, state: str, text: str) -> None:
        """Say something else. The same again costs nothing."""
        if (state, text) != self._said:
            self._said = (state, text)
            self._ring()

    def windows(self) -> frozenset[int]:
        """Ids of the sign's own windows, so that a press on it is not recorded."""
        shown = self._pill
        return shown.windows() if shown else frozenset()

    def stop(self) -> None:
        """Take the sign away; only for when nothing is recorded any more."""
        if self._thread is None:
            return
        self._stopping.set()
        self._ring()
        if self._thread is not threading.current_thread():
            self._thread.join()
        self._thread = None

    def _ring(self) -> None:
        if self._thread is not None:
            with contextlib.suppress(OSError):
                os.eventfd_write(self._wake, 1)

    def _run(self, shown: _Pill) -> None:
        again = True
        try:
            while not self._stopping.is_set():
                try:
                    self._watch(shown)
                except _Gone:
                    shown.close()
                    if not again:
                        raise
                    again = False
                    shown = self._pill = _Pill(Connection.open(self._environ), self._clicked, self._said)
        except Exception as error:
            self._pill = None
            self._lost(_as_ours(error))
        finally:
            self._pill = None
            shown.close()
            os.close(self._wake)

    def _watch(self, shown: _Pill) -> None:
        """Until stopped.

        Raises:
            _Gone: the window or the connection was taken away.
        """
        ready = select.poll()
        ready.register(shown.fileno(), select.POLLIN)
        ready.register(self._wake, select.POLLIN)
        while not self._stopping.is_set():
            try:
                shown.say(*self._said)
                due = shown.work(time.monotonic())
            except CaptureError as error:
                raise _Gone from error
            ready.poll(None if due == _NEVER else max(due - time.monotonic(), 0) * 1000 + 1)
            with contextlib.suppress(BlockingIOError):
                os.eventfd_read(self._wake)


class _Gone(Exception):
    pass


class _Pill:
    """The window, on one connection, for one thread after it was made."""

    def __init__(self, connection: Connection, clicked: Callable[[], None], said: tuple[str, str]) -> None:
        self._connection = connection
        self._clicked = clicked
        try:
            self._scale = 2 if monitors.scale(connection) >= 1.5 else 1
            self._stack = Stack(connection)
            # Structure tells of the screen's size and of a tray that comes.
            owner = connection.ask(23, 0, pack("<I", connection.atom("_NET_WM_CM_S0")))
            self._composited = bool(owner) and unpack_from("<I", owner, 8)[0] != 0
            connection.select_input(connection.root, STRUCTURE | (_SUBSTRUCTURE if self._composited else 0))
            self._window = Surface(connection, _EVENTS, floating=True)
            kind = connection.atom("_NET_WM_WINDOW_TYPE_NOTIFICATION")
            connection.change_property(self._window.id, "_NET_WM_WINDOW_TYPE", "ATOM", 32, pack("<I", kind))
            self._tray = Tray(connection, clicked)
            self._said: tuple[str, str] | None = None
            self._middle: tuple[int, int] | None = None  # where a person dragged it: middle of its upper edge
            self._at = (0, 0)
            self._held: tuple[int, int, int, int] | None = None  # pointer and window at the press
            self._dragged = False
            self._raise_at = _NEVER
            self._raised = 0.0
            self._between = _RAISE_S
            self.say(*said)
            self._window.show()
            connection.sync()
        except BaseException:
            connection.close()
            raise

    def fileno(self) -> int:
        return self._connection.fileno()

    def windows(self) -> frozenset[int]:
        return self._tray.windows() | {self._window.id}

    def close(self) -> None:
        self._connection.close()

    def say(self, state: str, text: str) -> None:
        if self._said == (state, text):
            return
        self._said = (state, text)
        picture = pill(state, text, self._scale)
        self._window.w, self._window.h = picture.w, picture.h
        self._put()
        self._window.draw(picture)
        self._window.name(f"Byhand: {text}")
        self._tray.show(state, text)

    def work(self, now: float) -> float:
        """Handle what came. Returns when to come back without a call: the time of the next raise."""
        while events := self._connection.events():
            for event in events:
                self._handle(event, now)
        if now >= self._raise_at:
            self._raise_at = _NEVER
            if now - self._raised > self._between + _CALM_S:
                self._between = _RAISE_S
            else:
                self._between = min(self._between * 2, _RAISE_MOST_S)
            self._raised = now
            self._window.up()
        return self._raise_at

    def _handle(self, event: bytes, now: float) -> None:
        code = event[0] & 0x7F
        about: int = unpack_from("<I", event, _ABOUT.get(code, 8))[0]
        if code == VISIBILITY and about == self._window.id:
            if event[8] != _UNOBSCURED:
                self._cover(now)
        elif code == UNMAPPED and about == self._window.id:
            self._window.show()
            self._cover(now)
        elif code == DESTROYED and about == self._window.id:
            raise _Gone
        elif code == CONFIGURED and about == self._connection.root:
            self._put()
        elif code in (BUTTON_PRESS, BUTTON_RELEASE, MOTION) and about == self._window.id:
            self._hand(code, event)
        else:
            self._tray.handle(event)
            if self._composited and about not in self.windows():
                self._cover(now)

    def _cover(self, now: float) -> None:
        """Something lies, or may lie, over the sign."""
        if self._raise_at == _NEVER and (not self._composited or self._stack.over(self._window.id)):
            self._raise_at = max(now, self._raised + self._between)

    def _hand(self, code: int, event: bytes) -> None:
        x, y = int.from_bytes(event[20:22], "little", signed=True), int.from_bytes(event[22:24], "little", signed=True)
        if code == BUTTON_PRESS and event[1] == 1:
            self._held, self._dragged = (x, y, self._at[0], self._at[1]), False
        elif code == MOTION and self._held:
            x0, y0, left, top = self._held
            if self._dragged or max(abs(x - x0), abs(y - y0)) > _DRAG * self._scale:
                self._dragged = True
                self._middle = (left + x - x0 + self._window.w // 2, top + y - y0)
                self._put(raise_too=False)
        elif code == BUTTON_RELEASE and event[1] == 1 and self._held:
            self._held = None
            if not self._dragged:
                self._clicked()

    def _put(self, *, raise_too: bool = True) -> None:
        """Place it where it was dragged to, else at the top of the primary monitor; always wholly on the screen."""
        window, connection = self._window, self._connection
        primary = monitors.monitors(connection)[0]
        middle = self._middle or (primary.x + primary.w // 2, primary.y + _TOP * self._scale)
        root = connection.get_geometry(connection.root)
        wide, high = (root.w, root.h) if root else (primary.x + primary.w, primary.y + primary.h)
        self._at = (
            max(0, min(middle[0] - window.w // 2, wide - window.w)),
            max(0, min(middle[1], high - window.h)),
        )
        if raise_too:
            window.place(*self._at, window.w, window.h)
        else:
            window.move(*self._at)


def _as_ours(error: Exception) -> Exception:
    if isinstance(error, NoDisplay):  # it could not come back because there is nothing left to come back to
        return DisplayLost("the display went away", hints=("log in again, then run: byhand record",), fate=_FATE)
    return RecorderError("the sign that shows the recording is gone", fate=_FATE, hints=(
        "something closed its window or the desktop's connection", "without the sign nothing is recorded",
    )) if isinstance(error, (_Gone, CaptureError)) else error  # fmt: skip
