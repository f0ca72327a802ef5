r"""The twin of all drivers: a text script becomes raw events, the same ones every time.

One line is one act. It begins with a time and a verb; the rest may stand in any order unless said otherwise.

    00.0  seen    bank "Account" 900,0 300x600        a window that is there but has no focus
    00.0  focus   mail "Inbox - Mail" 0,0 800x600     a window gets the focus; title and box may be left out
    00.4  click   "Reply" (push button)               press, the element under it, release
    01.2  type    "Thanks!"                           ten keys a second on a US layout, each held 60 ms
    +0.5  hotkey  ctrl+s                              half a second after the line before has ended
    95.0  click   "Archive"

Time is seconds from the start, or `+` and seconds from the end of the line before. It never goes back. `#` begins a
comment. Text in quotes knows \n, \t, \" and \\.

Windows: `seen`, `focus`, `title`, `geometry`, `closed` APP ["TITLE"] [X,Y WxH] [pid=N] [override]. The first mention
    of an APP makes its window; `mail#2` is a second window of mail. `focus none`: nothing we know has the focus.

Pointer: `click` ["NAME"] [(ROLE)] [X,Y [WxH]] [in APP] [url=URL] [states=A,B] [button=N] [double]; without name and
    role the app has no accessibility tree. Without X,Y each new name gets the next free place in its window.
    `press`, `release` [X,Y]: half a click, without an element. `move X,Y [for=S]`: a straight path at 125 Hz.
    `drag X,Y X,Y [for=S]`. `scroll DY [DX]`: notches where the pointer is.

Keys: `type "TEXT"`, `key NAME` (an X keysym name or one character), `key NAME down`, `key NAME up`,
    `hotkey MOD+...+NAME` with ctrl, shift, alt, super. `secret "TEXT"`: the focus goes to a password field, then TEXT
    is typed. An accented letter is `key dead_acute`, `key e`; or `key Multi_key`, `key '`, `key e`.

Texts: `text typed|pasted|value "TEXT"` [(ROLE)] [label=WORD] [in APP]: the driver knows it as text, as one does of an
    input method or a page. `paste "TEXT"`: Ctrl+V, and a driver that knows what was pasted.

Elements: `element ROLE "NAME" [X,Y [WxH]] [in APP] [url=URL] [states=A,B]` gets the focus. `element none`: nobody
    answered.

The rest: `lock`, `unlock`, `grab`, `ungrab`; `gap "REASON" [COUNT]`; `start`, `pause`, `resume`, `stop`, `done`,
    `task "INSTRUCTION"`; `lost`: the display goes away (only a driver does something with it). Any input line may end
    in `injected`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from byhand.capture.driver import Desktop, Emit, Needs
from byhand.capture.scripted_player import INSIDE_NS, Line, Player
from byhand.capture.scripted_words import BadLine, split
from byhand.errors import CaptureError, DisplayLost
from byhand.events.kinds import Monitor
from byhand.events.raw import Raw, RawElement, RawMotion, RawWindow
from byhand.events.time import MS

START_MS = 1_000_000
HEADER = Desktop("scripted", "evdev,pc105,us,", 1280, 800, (Monitor("script", 0, 0, 1280, 800, 1.0),))


def script(text: str, *, start_ms: int = START_MS) -> list[Raw]:
    """The raw events of a script, in order.

    Args:
        text: see the module's docstring.
        start_ms: what the script's 00.0 is on both clocks.

    Raises:
        CaptureError: a line can't be read; the message names it.
    """
    return [raw for line in _lines(text, start_ms) for raw in line.raws]


class ScriptedDriver:
    """Plays a script from a thread of its own, as a driver does.

    Args:
        text: see the module's docstring.
        realtime: wait between the lines as the script says; else play all at once.
        start_ms: what the script's 00.0 is on both clocks. By default it is now, or, where all is played at once, so
            long before now that no event lies in the future.
    """

    def __init__(self, text: str, *, realtime: bool = False, start_ms: int | None = None) -> None:
        lines = list(_lines(text, 0))
        if start_ms is None:
            start_ms = time.monotonic_ns() // MS
            if not realtime and lines:
                start_ms -= lines[-1].until + 1
        self._realtime = realtime
        self._left = list(_lines(text, start_ms))
        self._windows: dict[int, RawWindow] = {}
        self._focus: RawWindow | None = None
        self._last_ms = start_ms
        self._stopping = threading.Event()
        self._played = threading.Event()
        self._thread: threading.Thread | None = None

    def describe(self) -> Desktop:
        return HEADER

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._play, args=(needs, emit, lost), name="scripted", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the whole script was played; False if it was not in time."""
        return self._played.wait(seconds)

    def _play(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        unwanted = (() if needs.motion else (RawMotion,)) + (() if needs.elements else (RawElement,))
        if self._windows and not self._stopping.is_set():
            emit(self._known())
        while self._left and not self._stopping.is_set():
            line = self._left[0]
            if self._realtime and line.raws:
                ahead = line.raws[-1].mono_ns - time.monotonic_ns()
                if ahead > 0 and self._stopping.wait(ahead / 1e9):
                    return
            del self._left[0]
            self._remember(line.raws)
            if wanted := [raw for raw in line.raws if not isinstance(raw, unwanted)]:
                emit(wanted)
            if line.lost:
                self._played.set()
                lost(DisplayLost("the script took the display away"))
                return
        if not self._left:
            self._played.set()

    def _remember(self, raws: list[Raw]) -> None:
        for raw in raws:
            self._last_ms = max(self._last_ms, raw.server_ms)
            if not isinstance(raw, RawWindow):
                continue
            if raw.change == "closed":
                self._windows.pop(raw.window, None)
            elif raw.window:
                self._windows[raw.window] = raw
            if raw.change == "focus":
                self._focus = raw

    def _known(self) -> list[Raw]:
        """What a driver says first when it starts again: which windows are there, and which has the focus."""
        said = [(w, "seen") for w in self._windows.values()] + ([(self._focus, "focus")] if self._focus else [])
        now = max(self._last_ms, time.monotonic_ns() // MS) if self._realtime else self._last_ms
        return [
            RawWindow(now, now * MS + INSIDE_NS, "focus" if how == "focus" else "seen", w.window, w.app, w.title, w.pid,
                      w.x, w.y, w.w, w.h, w.override)
            for w, how in said
        ]  # fmt: skip


def _lines(text: str, start_ms: int) -> Iterator[Line]:
    player = Player(start_ms)
    for number, line in enumerate(text.splitlines(), 1):
        tokens = split(line)
        if not tokens:
            continue
        try:
            yield player.read(tokens)
        except BadLine as bad:
            raise CaptureError(
                f"line {number} of the script: {bad}",
                hints=("the grammar stands at the top of byhand.capture.scripted",),
            ) from None
