"""Hands in a desktop program: all it shows in a look, and acts by real input that reach what is meant or nothing.

Rules of this module: one program, by its window class; whatever else is open is not looked at and not acted on. What
stands in fields stays in memory. A wait ends when the program tells of a change, and never sleeps for a time. What
goes wrong is told in one sentence of `agents.reasons`. `window_acts` has the acts, `window_tree` and `window_view` the
look, `windows` finds, starts and raises.
"""

from __future__ import annotations

import contextlib
import select
import time
from collections.abc import Callable, Generator, Mapping

from byhand.agents import reasons
from byhand.agents.actuators import window_acts, window_picture, windows
from byhand.agents.actuators.strokes import Strokes
from byhand.agents.actuators.window_tree import Told, Tree
from byhand.agents.actuators.window_view import Numbers, view
from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import DAEMON, Bus, BusGone, Call, NoAnswer, accessibility_bus, words
from byhand.capture.accessibility.programs import Programs
from byhand.capture.x11.wayland import refuse_xwayland
from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError
from byhand.workflows.view import View

LOOK_S = 4.0
PATIENCE_S = 15.0
_CONNECT_S = 2.0
_SLICE_S = 0.2
_QUIET_S = 0.15
"""Signals of one change come together; when none came for so long all of them are there."""
_ANSWER_S, _SETTLE_S = 0.4, 1.5
_MATCH = "type='signal',interface='{}',sender='{}'"
_EVENTS = ("Object", "Window")
Pulled = Callable[[], bool]


class DesktopHands:
    """Satisfies `outcome.Hands`.

    Args:
        connection: to the display the program is on.
        bus: the accessibility bus of the same desktop.
        environ: of that desktop, for a program that has to be started.
        pulled: whether a person took over; asked while something is typed or waited for.
    """

    def __init__(
        self, connection: Connection, bus: Bus, environ: Mapping[str, str], *, pulled: Pulled = lambda: False
    ) -> None:  # fmt: skip
        self.connection, self.bus, self.pulled = connection, bus, pulled
        self._environ = environ
        self._programs = Programs(bus)
        self._numbers = Numbers()
        self._tree: Tree | None = None
        self._told: dict[int, Told] = {}
        self._sender = ""
        self.strokes = Strokes(connection, pulled)
        self.app, self.pid, self._window = "", 0, 0
        self.view: View | None = None

    # ---- going there

    def go(self, address: str) -> str:
        """Bring that program to the front; start it where it is not running."""
        app = address.strip().lower()
        self.view = None
        until = time.monotonic() + PATIENCE_S
        begun = False
        while time.monotonic() < until:
            if self.pulled():
                return reasons.PERSON
            own = [one for one in windows.all_windows(self.connection) if one.app == app]
            if not own and not begun:
                begun = True
                if windows.started(app, self._environ) is None:
                    return reasons.NOT_OPENED
            if own:
                if self._joined(app, own[-1]) and any(windows.is_front(self.connection, one) for one in own):
                    return ""
                windows.raised(self.connection, own[-1])
            self.rest(_SLICE_S)
        return reasons.NOT_OPENED

    def _joined(self, app: str, window: windows.Window) -> bool:
        """Is it on the accessibility bus? From here on it is the one."""
        if self._tree is not None and (self.app, self.pid) == (app, window.pid):
            return True
        try:
            roots = self._programs.of(window.pid, time.monotonic() + _CONNECT_S)
        except (NoAnswer, BusGone):
            return False
        if not roots:
            return False
        self.app, self.pid, self._window = app, window.pid, window.number
        self._tree, self._numbers, self._sender = Tree(self.bus, roots[0]), Numbers(), roots[0].to
        for one in _EVENTS:
            rule = _MATCH.format(f"org.a11y.atspi.Event.{one}", self._sender)
            with contextlib.suppress(NoAnswer):
                self.bus.call(Call(DAEMON, DAEMON.to, "AddMatch", "s", words("s", rule)), time.monotonic() + _CONNECT_S)
            # Not before it is there: GTK does not hear of what was asked for while it began.
            self._listen("RegisterEvent", f"{one.lower()}:")
        return True

    def _listen(self, member: str, event: str) -> None:
        """Programs tell of changes only where somebody asked the registry for them."""
        call = Call(tree.REGISTRY, "org.a11y.atspi.Registry", member, "s", words("s", event))
        with contextlib.suppress(NoAnswer, BusGone):
            self.bus.call(call, time.monotonic() + _CONNECT_S)

    # ---- looking

    def look(self, selectors: tuple[str, ...] = ()) -> View | None:
        del selectors  # a window has none
        told = self.read()
        if told is None:
            self.view = None
            return None
        self.view, self._told = view(told, self.app, self._numbers)
        return self.view

    def read(self) -> list[Told] | None:
        """The program as it is now; None while it doesn't answer, or where it has no window."""
        if self._tree is None:
            return None
        self.bus.signals.clear()
        try:
            return self._tree.read(time.monotonic() + LOOK_S) or None
        except (NoAnswer, BusGone):
            return None

    @property
    def tree(self) -> Tree:
        """Of the program that was gone to."""
        if self._tree is None:
            raise BusGone
        return self._tree

    # ---- acting

    def act(self, verb: str, node: int, text: str = "", to: int = 0, *, agrees: str = "") -> str:
        del agrees  # a desktop program has no browser around it
        if self.pulled():
            return reasons.PERSON
        if verb == "open":
            return self.go(text)
        one, far = self._told.get(node), self._told.get(to)
        if node and one is None:
            return reasons.GONE
        try:
            return window_acts.act(self, verb, one, text, far)
        except (NoAnswer, BusGone):
            return reasons.GONE

    # ---- waiting

    def rest(self, seconds: float) -> None:
        """Until the program tells of a change, at most so long."""
        if seconds <= 0:
            return
        until = time.monotonic() + seconds
        try:
            self.bus.pump()
            poll = select.poll()
            poll.register(self.bus.fileno(), select.POLLIN)
            while not self.bus.signals and (left := until - time.monotonic()) > 0:
                poll.poll(left * 1000)
                self.bus.pump()
        except BusGone:
            select.select((), (), (), min(seconds, _SLICE_S))  # nobody tells of anything any more

    def settle(self) -> None:
        """After a press: until the program has told of what it did, and has nothing more to tell for a moment."""
        until = time.monotonic() + _SETTLE_S
        quiet = _ANSWER_S  # to begin to answer may take it longer than to go on
        while (left := until - time.monotonic()) > 0:
            self.rest(min(quiet, left))
            if not self.bus.signals:
                return
            self.bus.signals.clear()
            quiet = _QUIET_S

    def wait(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Until that holds, asked anew whenever something changes."""
        until = time.monotonic() + seconds
        while not holds():
            if self.pulled() or time.monotonic() > until:
                return False
            self.rest(_SLICE_S)
        return True

    # ---- the rest of the port

    def picture(self) -> bytes:
        told = self.read()
        return window_picture.picture(self.connection, self._window, told) if told else b""

    def second(self) -> DesktopHands:
        """The same window: a program has no other, and a look does nothing to it."""
        return self

    def close(self) -> None:
        """There is nothing to give back."""

    def end(self) -> None:
        """Give back what was lent of the keyboard."""
        self.strokes.close()
        for one in _EVENTS:
            self._listen("DeregisterEvent", f"{one.lower()}:")


@contextlib.contextmanager
def opened(environ: Mapping[str, str], *, pulled: Pulled = lambda: False) -> Generator[DesktopHands]:
    """Hands on the desktop that `environ` names, until the end of the block.

    Raises:
        NoDisplay, WaylandRefused: there is no X display.
        CaptureError: it has no accessibility bus, or takes no input from programs.
    """
    with Connection.open(environ) as connection:
        refuse_xwayland(connection)
        try:
            bus = accessibility_bus(environ, _CONNECT_S)
        except BusGone:
            raise CaptureError(
                "this desktop has no accessibility bus", hints=("to see why, run: byhand doctor",),
                fate="nothing was done",
            ) from None  # fmt: skip
        try:
            hands = DesktopHands(connection, bus, environ, pulled=pulled)
            try:
                yield hands
            finally:
                hands.end()
        finally:
            bus.close()
