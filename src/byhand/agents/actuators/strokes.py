"""Real input on an X display: the pointer and the keys of XTEST's devices, as the display's own.

Rules of this module: every key and button that goes down comes up again, also when a person takes over in between. What
is typed is in no message.

Source: XTEST Extension Protocol, version 2.2, "FakeInput".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from struct import pack

from byhand.agents.actuators.keymap import Chord, Keymap
from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError

_KEY_DOWN, _KEY_UP, _DOWN, _UP, _MOTION = 2, 3, 4, 5, 6
_LEFT, _WHEEL_UP, _WHEEL_DOWN = 1, 4, 5
_DRAG_STEPS = 12


class Strokes:
    """Acts on one display.

    Args:
        connection: to it; stays the caller's.
        pulled: whether a person took over; asked between keys.

    Raises:
        CaptureError: the display takes no input from programs.
    """

    def __init__(self, connection: Connection, pulled: Callable[[], bool]) -> None:
        found = connection.extension("XTEST")
        if found is None or not connection.ask(found.major, 0, pack("<BxH", 2, 2)):
            raise CaptureError("this X server takes no input from programs", fate="nothing was done")
        self._connection, self._major, self._pulled = connection, found.major, pulled
        self._keymap = Keymap(connection)

    def close(self) -> None:
        self._keymap.give_back()

    # ---- the pointer

    def move(self, x: int, y: int) -> None:
        self._fake(_MOTION, 0, x, y)
        self._connection.sync()

    def click(self, button: int = _LEFT, times: int = 1) -> None:
        """Where the pointer is."""
        for _ in range(times):
            self._fake(_DOWN, button)
            self._fake(_UP, button)
        self._connection.sync()

    def drag(self, x0: int, y0: int, x1: int, y1: int) -> None:
        """In steps: programs begin a drag only when the pointer has gone some way."""
        self.move(x0, y0)
        self._fake(_DOWN, _LEFT)
        try:
            for step in range(1, _DRAG_STEPS + 1):
                self.move(x0 + (x1 - x0) * step // _DRAG_STEPS, y0 + (y1 - y0) * step // _DRAG_STEPS)
        finally:
            self._fake(_UP, _LEFT)
            self._connection.sync()

    def scroll(self, notches: int) -> None:
        """Positive is down."""
        self.click(_WHEEL_DOWN if notches > 0 else _WHEEL_UP, abs(notches))

    # ---- the keys

    def key(self, name: str) -> bool:
        """A key or chord, as `KeyboardEvent.key` calls them. False where the keyboard has no such key."""
        self._keymap.load()
        found = self._keymap.chord(name)
        for chord in found:
            self._stroke(chord)
        return bool(found)

    def type(self, text: str, read: Callable[[str], bool]) -> bool:
        """Write a text into what has the keyboard.

        Args:
            text: anything that is not a control character.
            read: waits until the program holds that beginning of the text; keys that were lent to characters may mean
                something else after it. False where it did not.

        Returns:
            False where a person took over or the program did not read it.
        """
        self._keymap.load()
        done = 0
        for piece in self._keymap.pieces(text):
            if done and not read(text[:done]):
                return False
            if not self._write(piece):
                return False
            done += len(piece)
        return True

    def _write(self, piece: Iterable[Chord]) -> bool:
        for chord in piece:
            if self._pulled():
                return False
            self._stroke(chord)
        return True

    def _stroke(self, chord: Chord) -> None:
        for held in chord.held:
            self._fake(_KEY_DOWN, held)
        self._fake(_KEY_DOWN, chord.key)
        self._fake(_KEY_UP, chord.key)
        for held in reversed(chord.held):
            self._fake(_KEY_UP, held)
        self._connection.sync()

    def _fake(self, kind: int, detail: int, x: int = 0, y: int = 0) -> None:
        self._connection.send(self._major, 2, pack("<BBxxII8xhh7xB", kind, detail, 0, 0, x, y, 0))
