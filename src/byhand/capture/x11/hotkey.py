"""One key chord that works everywhere, also while nothing is recorded.

The chord is taken from the other programs: it reaches us alone. It has a connection and a thread of its own, so that it
also works when the driver is stopped.

Source: X Window System Protocol, "GrabKey": a grab names its modifiers exactly, so the locks need
grabs of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from itertools import product
from struct import pack

from byhand.capture.x11.keys import Keyboard
from byhand.capture.x11.wire import Connection
from byhand.errors import DisplayLost, UsageFault

MODIFIERS = {"shift": 1, "ctrl": 4, "alt": 8, "super": 64}
LOCKS = (2, 16)
"""Caps lock and num lock: whether they are on must make no difference."""
NAMED = {"space": 0x20, "pause": 0xFF13, "escape": 0xFF1B, "insert": 0xFF63} | {
    f"f{n}": 0xFFBD + n for n in range(1, 13)
}
_KEY_PRESS, _MAPPING_NOTIFY = 2, 34
_GRAB_KEY, _UNGRAB_KEY = 33, 34
_ASYNC = 1


def parse_chord(chord: str) -> tuple[int, int]:
    """Modifier mask and keysym of a chord such as "ctrl+alt+shift+p".

    Raises:
        UsageFault: it isn't one.
    """
    *modifiers, key = chord.lower().replace(" ", "").split("+")
    keysym = NAMED.get(key) or (ord(key) if len(key) == 1 and key.isascii() and key.isalnum() else 0)
    if not keysym or not modifiers or not all(name in MODIFIERS for name in modifiers):
        raise UsageFault(
            "this is not a key chord",
            hints=(f"modifiers ({', '.join(MODIFIERS)}) and one key, for example: ctrl+alt+shift+p",),
        )
    mask = 0
    for name in modifiers:
        mask |= MODIFIERS[name]
    return mask, keysym


class Hotkey:
    """Grabs the chord when started; calls `pressed` on its own thread each time it is pressed.

    `problem` says in words why the chord does not work, "" when it does.
    """

    def __init__(self, environ: Mapping[str, str], chord: str, pressed: Callable[[], None]) -> None:
        self._environ = environ
        self._chord = chord
        self._mask, self._keysym = parse_chord(chord)
        self._pressed = pressed
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None
        self.problem = ""

    def start(self) -> None:
        """Take the chord.

        Raises:
            NoDisplay: there is no display.
        """
        self.stop()
        connection = Connection.open(self._environ)
        try:
            self.problem = self._grab(connection)
        except DisplayLost:
            connection.close()
            raise
        if self.problem:
            connection.close()
            return
        self._connection = connection
        self._thread = threading.Thread(target=self._run, args=(connection,), name="byhand-hotkey", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give the chord back."""
        thread, connection = self._thread, self._connection
        self._thread = self._connection = None
        if thread and connection:
            connection.interrupt()
            if thread is not threading.current_thread():
                thread.join()

    def _grab(self, connection: Connection) -> str:
        keycode = Keyboard(connection).keycode(self._keysym)
        if not keycode:
            return f"no key of this keyboard types the last part of {self._chord}"
        connection.send(_UNGRAB_KEY, keycode, pack("<IHxx", connection.root, 0x8000))
        numbers = [
            connection.send(
                _GRAB_KEY, 0, pack("<IHBBBxxx", connection.root, self._mask | caps | num, keycode, _ASYNC, _ASYNC)
            )
            for caps, num in product((0, LOCKS[0]), (0, LOCKS[1]))
        ]
        # Another program may hold any one of them; then we would react now and then, which is worse than never.
        refused = [connection.check(number) for number in numbers]
        if any(refused):
            return f"another program already uses {self._chord}"
        return ""

    def _run(self, connection: Connection) -> None:
        try:
            while True:
                connection.poll()
                for event in connection.events():
                    if event[0] == _KEY_PRESS:
                        self._pressed()
                    elif event[0] == _MAPPING_NOTIFY:
                        self.problem = self._grab(connection)
        except DisplayLost:
            if self._connection is connection:
                self.problem = "the display went away"
        finally:
            connection.close()
