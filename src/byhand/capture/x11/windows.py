"""Windows and the focus, told by the server, never polled.

- A *client* is a top-level window of a program; window managers put most of them into a *frame* of their own. A *popup*
  is a top-level window no manager may touch: a menu, a tooltip, a lock screen.
- Focus is the X server's own: FocusIn and FocusOut stand in the same stream as the keys, so a key can't be taken for
  one typed into the window before. What the window manager calls active only makes us ask again.
- Between two known windows the focus is 0. That is also so when the focus is on a window we know nothing of.
- Titles are followed in the focused window only: other windows may rename themselves all day without waking us.

Sources: X Window System Protocol, "FocusIn/FocusOut" (detail and mode); ICCCM 4; EWMH (_NET_CLIENT_LIST).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from struct import unpack_from

from byhand.capture.x11.clock import ServerClock
from byhand.capture.x11.locks import Locks, attributes
from byhand.capture.x11.look import Box, child_of_root, look, look_at_box, look_at_title, window_list
from byhand.capture.x11.pace import Pace
from byhand.capture.x11.telling import PROPERTY, Known, Telling
from byhand.capture.x11.wire import Connection, Pointer
from byhand.events.raw import Raw

FOCUS_IN, FOCUS_OUT, CREATE, DESTROY, UNMAP, MAP, REPARENT, CONFIGURE = 9, 10, 16, 17, 18, 19, 21, 22
_STRUCTURE, _SUBSTRUCTURE, _FOCUS, _PROPERTIES = 1 << 17, 1 << 19, 1 << 21, 1 << 22
_CLIENT = _STRUCTURE | _FOCUS
_GRAB, _UNGRAB = 1, 2  # modes of focus events
_ANCESTOR, _INFERIOR, _POINTER = 0, 2, 5  # details; from _POINTER on it is about the pointer's window, not the focus
TITLE_PAUSE_NS = 50_000_000
BOX_PAUSE_NS = 200_000_000
_LIST_BYTES = 65536


class Windows:
    """All windows of one connection.

    Args:
        own: ids of our own windows, of which nothing is told.
    """

    def __init__(self, connection: Connection, clock: ServerClock, own: Callable[[], frozenset[int]]) -> None:
        self._connection = connection
        self._clock = clock
        self._telling = Telling(clock)
        self._own = own
        self._locks = Locks(connection)
        self._clients: dict[int, Known] = {}
        self._popups: dict[int, Known] = {}
        self._frames: dict[int, int] = {}
        self._owners: dict[int, tuple[str, int]] = {}
        self._followed: set[int] = set()
        self._focus = 0
        self._told_focus = -1
        self._ask_focus = True
        self._titles = Pace(TITLE_PAUSE_NS)
        self._boxes = Pace(BOX_PAUSE_NS)
        self._listed = False
        self._vanish: set[int] = set()
        self._resized: tuple[int, int] | None = None
        self._list_atom, self._active_atom, self._net_name, self._name, self._class = connection.intern(
            "_NET_CLIENT_LIST", "_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "WM_NAME", "WM_CLASS"
        )

    # -- what the stream calls ---------------------------------------------------------------------------------------

    def start(self, out: list[Raw]) -> None:
        """Ask to be told, then announce what is there and what has the focus."""
        connection = self._connection
        self._telling.begin([], time.monotonic_ns())
        connection.select_input(connection.root, _STRUCTURE | _SUBSTRUCTURE | _FOCUS | _PROPERTIES)
        self._locks.start()
        self._read_list(out)
        tree = connection.query_tree(connection.root)
        for child in tree[1] if tree else ():
            found = attributes(connection, child)
            if found and found[0]:
                self._find(child, out, override=found[1])
            elif found and not found[1]:
                self._follow(child)

    def begin(self, events: list[bytes], received_ns: int) -> None:
        """A batch begins; `feed` gets the events of it that are ours."""
        self._telling.begin(events, received_ns)
        self._vanish.clear()
        for event in events:
            if event[0] == UNMAP:
                self._vanish.add(unpack_from("<I", event, 8)[0])

    def before(self, server_ms: int, out: list[Raw]) -> None:
        """An input event of this time comes next: what it is judged by must be told now."""
        self._telling.at(server_ms)
        if self._told_focus != self._focus:
            self._tell_focus(out)

    def end(self, out: list[Raw]) -> None:
        """The batch is over: tell what waited for it."""
        if self._ask_focus:
            self._find_focus(out)
        if self._told_focus != self._focus and not self._ask_focus:
            self._tell_focus(out)
        if self._titles.due_ns() is not None or self._boxes.due_ns() is not None:
            self._tell_changes(time.monotonic_ns(), out)
        self._telling.end()

    def due(self, out: list[Raw]) -> None:
        """Nothing came, but something may be due."""
        self.begin([], time.monotonic_ns())
        self.end(out)

    def wait_s(self) -> float | None:
        """In how many seconds `due` must be called, None for never."""
        due = [when for pace in (self._titles, self._boxes) if (when := pace.due_ns()) is not None]
        return max(0.001, (min(due) - time.monotonic_ns()) / 1e9) if due else None

    def resized(self) -> tuple[int, int] | None:
        """The desktop's new size, once."""
        size, self._resized = self._resized, None
        return size

    def pid(self, window: int) -> int:
        known = self._clients.get(window) or self._popups.get(window)
        return known.look.pid if known else 0

    # -- what lies under the pointer ---------------------------------------------------------------------------------

    def top(self, child: int, out: list[Raw]) -> int:
        """The client or popup that a child of the root belongs to; 0 for none, or for one we know nothing of."""
        if child == 0 or child in self._clients or child in self._popups or child in self._own():
            return child
        if child not in self._frames:
            found = attributes(self._connection, child)
            if found is None:
                return 0
            self._find(child, out, override=found[1])
            if child in self._clients or child in self._popups:
                return child
            self._frames.setdefault(child, 0)
        return self._frames[child]

    def under(self, place: tuple[int, int], pointer: Pointer | None, out: list[Raw]) -> int:
        """The client or popup at a place, at the moment of the event that is being told."""
        x, y = place
        if pointer and (pointer.x, pointer.y) == place:
            child = pointer.child
        else:
            there = self._connection.translate_coordinates(self._connection.root, self._connection.root, x, y)
            child = there[2] if there else 0
        # A menu closes on the click that chooses from it: by now it may be gone, and something else lies there.
        for window in reversed(self._popups):
            if window != child and window in self._vanish and self._popups[window].look.box.holds(x, y):
                return window
        return self.top(child, out)

    # -- events ------------------------------------------------------------------------------------------------------

    def feed(self, event: bytes, out: list[Raw]) -> None:
        """Take one event that is not input."""
        code = event[0]
        if code & 0x80:
            # Sent by another client: only a window manager's word on where a window is now means anything to us.
            if code & 0x7F == CONFIGURE:
                self._moved(unpack_from("<I", event, 8)[0])
            return
        if code in (FOCUS_IN, FOCUS_OUT):
            self._focus_event(code, event, out)
        elif code == PROPERTY:
            self._property_event(event, out)
        elif code == CONFIGURE:
            self._configure_event(event, out)
        elif code == CREATE:
            window, override = unpack_from("<I10xB", event, 8)
            if not override:
                self._follow(window)
        elif code == MAP:
            parent, window, override = unpack_from("<IIB", event, 4)
            if parent == self._connection.root and not self._frames.get(window):
                if override:
                    self._find(window, out, override=True)
                elif not self._listed:
                    self._learn(window, out)
        elif code in (UNMAP, DESTROY):
            self._gone(unpack_from("<I", event, 8)[0], out, destroyed=code == DESTROY)
        elif code == REPARENT:
            window, parent = unpack_from("<II", event, 8)
            self._frames = {frame: client for frame, client in self._frames.items() if client != window}
            if parent != self._connection.root:
                self._frames[parent] = window
        else:
            self._locks.feed(event, self._telling.when(), out)

    def _focus_event(self, code: int, event: bytes, out: list[Raw]) -> None:
        detail, window, mode = unpack_from("<BxxIB", event, 1)
        if mode in (_GRAB, _UNGRAB):
            self._locks.grab(active=mode == _GRAB, when=self._telling.when(), out=out)
            return
        if detail >= _POINTER or window == self._connection.root:
            return
        if code == FOCUS_OUT:
            if window == self._focus and detail != _INFERIOR:
                self._set_focus(0, out)
                self._ask_focus = True
        elif window in self._clients or (not self._listed and window not in self._frames and self._learn(window, out)):
            self._set_focus(window, out)

    def _property_event(self, event: bytes, out: list[Raw]) -> None:
        window, atom, server = unpack_from("<III", event, 4)
        self._telling.at(self._clock.extend(server))
        if window == self._connection.root:
            if atom == self._list_atom:
                self._read_list(out)
            elif atom == self._active_atom:
                self._ask_focus = True
        elif window in self._clients:
            if atom in (self._net_name, self._name):
                self._titles.note(window)
            elif atom == self._class:
                self._relearn(window, out)

    def _configure_event(self, event: bytes, out: list[Raw]) -> None:
        window, x, y, w, h = unpack_from("<I4xhhHH", event, 8)
        popup = self._popups.get(window)
        if popup:
            popup.look = popup.look._replace(box=Box(x, y, w, h))
            self._locks.shown(window, popup.look.box, self._telling.when(), out)
        elif window == self._connection.root:
            self._resized = w, h
            self._locks.measure()
        else:
            self._moved(self._frames.get(window, window))

    def _moved(self, window: int) -> None:
        if window in self._clients:
            self._boxes.note(window)

    def _gone(self, window: int, out: list[Raw], *, destroyed: bool) -> None:
        if destroyed:
            self._frames.pop(window, None)
            self._followed.discard(window)
            self._forget(window, out)
        if window in self._popups:
            self._telling.tell("closed", window, self._popups[window], out)
            del self._popups[window]
            self._locks.gone(window, self._telling.when(), out)
        elif not self._listed and window in self._clients:
            self._forget(window, out)

    # -- knowing windows ---------------------------------------------------------------------------------------------

    def _follow(self, window: int) -> None:
        """Ask for a window's focus and fate, before it is anybody's: later would be too late for its first focus."""
        if window not in self._followed:
            self._followed.add(window)
            self._connection.select_input(window, _CLIENT)

    def _read_list(self, out: list[Raw]) -> None:
        value = self._connection.get_property(self._connection.root, "_NET_CLIENT_LIST", _LIST_BYTES)
        self._listed = value is not None
        listed = window_list(value)
        for window in listed:
            if window not in self._clients:
                self._learn(window, out)
        if self._listed:
            for window in self._clients.keys() - set(listed):
                self._forget(window, out)

    def _learn(self, window: int, out: list[Raw]) -> bool:
        """Make a window a client. False when it is gone or our own."""
        if window in self._own():
            return False
        self._follow(window)
        found = look(self._connection, window)
        if found is None:
            return False
        known = self._clients[window] = Known(found, override=False)
        self._frames.pop(window, None)
        if found.app:
            self._owners[self._base(window)] = (found.app, found.pid)
        frame = child_of_root(self._connection, window)
        if frame not in (0, window):
            self._frames[frame] = window
        self._ask_focus = True
        self._telling.tell("seen", window, known, out)
        return True

    def _relearn(self, window: int, out: list[Raw]) -> None:
        found = look(self._connection, window)
        if found:
            self._clients[window].look = found
            self._telling.tell("focus" if window == self._focus else "seen", window, self._clients[window], out)

    def _find(self, child: int, out: list[Raw], *, override: bool) -> None:
        """Find out what a mapped child of the root is: a client, a frame, or a popup."""
        if child in self._clients or child in self._popups or self._frames.get(child) or child in self._own():
            return
        inside = self._connection.query_tree(child)
        client = next((window for window in inside[1] if window in self._clients), 0) if inside else 0
        if client:
            self._frames[child] = client
        elif override:
            self._learn_popup(child, out)
        elif not self._listed:
            self._learn(child, out)

    def _learn_popup(self, window: int, out: list[Raw]) -> None:
        found = look(self._connection, window)
        if found is None:
            return
        app, pid = self._owners.get(self._base(window), ("", 0))
        found = found._replace(app=found.app or app, pid=found.pid or pid)
        known = self._popups[window] = Known(found, override=True)
        self._telling.tell("seen", window, known, out)
        self._locks.shown(window, found.box, self._telling.when(), out)

    def _base(self, window: int) -> int:
        """The part of an id that the server gave to the program that made the window."""
        return window & ~self._connection.setup.id_mask

    def _forget(self, window: int, out: list[Raw]) -> None:
        known = self._clients.pop(window, None)
        if known is None:
            return
        self._titles.forget(window)
        self._boxes.forget(window)
        self._frames = {frame: client for frame, client in self._frames.items() if client != window}
        if window == self._focus:
            self._set_focus(0, out)
            self._ask_focus = True
        base = self._base(window)
        if not any(self._base(other) == base for other in self._clients):
            # The server gives the ids of a program that ended to the next one: its popups are not the old one's.
            self._owners.pop(base, None)
        self._telling.tell("closed", window, known, out)

    # -- the focus ---------------------------------------------------------------------------------------------------

    def _set_focus(self, window: int, out: list[Raw]) -> None:
        if window == self._focus:
            return
        connection = self._connection
        if self._focus in self._clients:
            connection.select_input(self._focus, _CLIENT)
        self._focus = window
        known = self._clients.get(window)
        if known:
            connection.select_input(window, _CLIENT | _PROPERTIES)
            known.look = look(connection, window) or known.look
            self._titles.settled(window)
            self._tell_focus(out)

    def _tell_focus(self, out: list[Raw]) -> None:
        self._told_focus = self._focus
        known = self._clients.get(self._focus)
        if known:
            self._telling.tell("focus", self._focus, known, out)
        else:
            self._telling.tell_no_focus(out)

    def _find_focus(self, out: list[Raw]) -> None:
        """Ask who has the focus. The answer is ahead of the stream, so it only counts when nothing is left in it."""
        reply = self._connection.ask(43)
        events = self._connection.queued()
        if events:
            self._connection.put_back(events)
            return  # asked again after these
        self._ask_focus = False
        window: int = unpack_from("<I", reply, 8)[0] if reply else 0
        while window > 1 and window not in self._clients:
            tree = self._connection.query_tree(window)
            window = tree[0] if tree else 0
        self._set_focus(window if window > 1 else 0, out)

    # -- telling -----------------------------------------------------------------------------------------------------

    def _tell_changes(self, now_ns: int, out: list[Raw]) -> None:
        for window in self._titles.take(now_ns):
            title = look_at_title(self._connection, window)
            known = self._clients[window]
            if title != known.look.title:
                self._titles.told(window, now_ns)
                known.look = known.look._replace(title=title)
                self._telling.tell("title", window, known, out)
        for window in self._boxes.take(now_ns):
            box = look_at_box(self._connection, window)
            known = self._clients[window]
            if box and box != known.look.box:
                self._boxes.told(window, now_ns)
                known.look = known.look._replace(box=box)
                self._telling.tell("geometry", window, known, out)
