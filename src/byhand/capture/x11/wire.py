"""A small X11 client: one unix socket, requests out, answers and events in.

Rules of this module
- A connection belongs to one thread. Only `interrupt` may be called from another.
- Local displays only: the recorder opens no network.
- A refused request never raises, because windows vanish while one looks at them: `ask` then answers `b""`, `check`
  tells the error's code. Losing the server raises `DisplayLost`.
- Events are raw bytes in the order they came; bit 0x80 of the first byte marks those another client sent.

Sources: X Window System Protocol (X11R7), "Connection Setup", "Requests" and appendix B (encoding).
"""

from __future__ import annotations

import select
import socket
from collections.abc import Mapping, Sequence
from struct import Struct, pack, unpack_from
from typing import NamedTuple, Self

from byhand.capture.x11.handshake import Setup, connect, padded
from byhand.errors import DisplayLost

ANY_PROPERTY_TYPE = 0
GENERIC_EVENT = 35
_READ = 65536

_HEAD = Struct("<BBH")
_LENGTH = Struct("<I")
_SEQUENCE = Struct("<H")


class Extension(NamedTuple):
    major: int
    first_event: int
    first_error: int


class Property(NamedTuple):
    """`format` is 8, 16 or 32; `left` are the bytes that were not read."""

    type: int
    format: int
    data: bytes
    left: int


class Geometry(NamedTuple):
    depth: int
    x: int
    y: int
    w: int
    h: int
    border: int


class Pointer(NamedTuple):
    """`child` is the root's child under the pointer, 0 for none. Positions in root pixels."""

    child: int
    x: int
    y: int
    mask: int


class Connection:
    """One connection to one local X server. Use `open`."""

    def __init__(self, line: socket.socket, setup: Setup, rest: bytes = b"") -> None:
        self.setup = setup
        self.screen = setup.screen
        self.root = setup.screen.root
        self._line = line
        self._readable = select.poll()
        self._readable.register(line, select.POLLIN)
        self._input = rest
        self._events: list[bytes] = []
        self._before = 0  # how many of these came before the last answer
        self._answers: dict[int, bytes] = {}
        self._wanted: set[int] = set()
        self._refused: dict[int, int] = {}
        self._seq = 0
        self._next_id = 0
        self._atoms: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._extensions: dict[str, Extension | None] = {}

    @classmethod
    def open(cls, environ: Mapping[str, str]) -> Self:
        """Connect to the display that `environ` names.

        Raises:
            NoDisplay: there is none, it is not local, or it does not let us in.
        """
        return cls(*connect(environ))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._line.close()

    def interrupt(self) -> None:
        """Make a thread that waits on this connection give up with `DisplayLost`. May be called from any thread."""
        try:
            self._line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is gone already, which is what was wanted

    def fileno(self) -> int:
        return self._line.fileno()

    # -- requests ---------------------------------------------------------------------------------------------------

    def send(self, opcode: int, data: int = 0, payload: bytes = b"", fds: Sequence[int] = ()) -> int:
        """Send a request that has no answer, or whose answer nobody wants. Returns its number.

        Args:
            opcode: the request, or an extension's major opcode.
            data: the second byte of the request; an extension's minor opcode.
            payload: the rest, padded here.
            fds: file descriptors that travel with it.
        """
        payload = padded(payload)
        wire = _HEAD.pack(opcode, data, 1 + len(payload) // 4) + payload
        try:
            if fds:
                sent = socket.send_fds(self._line, [wire], list(fds))
                if sent < len(wire):
                    self._line.sendall(wire[sent:])
            else:
                self._line.sendall(wire)
        except OSError as error:
            raise _lost() from error
        self._seq = (self._seq + 1) & 0xFFFF
        return self._seq

    def request(self, opcode: int, data: int = 0, payload: bytes = b"", fds: Sequence[int] = ()) -> int:
        """Send a request whose answer will be taken with `answer`: several may be on their way at once."""
        number = self.send(opcode, data, payload, fds)
        self._wanted.add(number)
        return number

    def answer(self, number: int) -> bytes:
        """The whole answer of a `request`, header included; `b""` when the server refused."""
        answers = self._answers
        while number not in answers:
            self._read(block=True)
        self._wanted.discard(number)
        return answers.pop(number)

    def ask(self, opcode: int, data: int = 0, payload: bytes = b"", fds: Sequence[int] = ()) -> bytes:
        return self.answer(self.request(opcode, data, payload, fds))

    def check(self, number: int) -> int:
        """The error code of a request without an answer, 0 if it went well. Costs a round trip."""
        self.sync()
        return self._refused.pop(number, 0)

    def sync(self) -> None:
        """Wait until the server has done all that was sent before."""
        self.ask(43)

    # -- events -----------------------------------------------------------------------------------------------------

    def poll(self, timeout: float | None = None) -> bool:
        """Whether events may be read; waits up to `timeout` seconds, for ever when None."""
        if self._events:
            return True
        return bool(self._readable.poll(None if timeout is None else timeout * 1000))

    def events(self) -> list[bytes]:
        """All events that are here now, oldest first. Does not wait."""
        self._read(block=False)
        return self.queued()

    def queued(self) -> list[bytes]:
        """The events that came along with answers, oldest first. Reads nothing."""
        taken, self._events, self._before = self._events, [], 0
        return taken

    def before_answer(self) -> list[bytes]:
        """The events the server sent before the last answer, oldest first. Later ones, read along, stay for later."""
        taken, self._events = self._events[: self._before], self._events[self._before :]
        self._before = 0
        return taken

    def put_back(self, events: list[bytes]) -> None:
        """Let the next `events` begin with these."""
        self._events[:0] = events
        self._before += len(events)

    def _read(self, *, block: bool) -> None:
        try:
            more = self._line.recv(_READ, 0 if block else socket.MSG_DONTWAIT)
            if not more:
                raise _lost()
            while len(more) % _READ == 0:
                try:
                    tail = self._line.recv(_READ, socket.MSG_DONTWAIT)
                except BlockingIOError:
                    break
                if not tail:
                    break  # the next read finds it closed
                more += tail
        except BlockingIOError:
            return
        except OSError as error:
            raise _lost() from error
        self._split(self._input + more if self._input else more)

    def _split(self, data: bytes) -> None:
        at, end = 0, len(data)
        events = self._events
        while end - at >= 32:
            code = data[at]
            size = 32
            if code in (GENERIC_EVENT, GENERIC_EVENT | 0x80, 1):
                size += _LENGTH.unpack_from(data, at + 4)[0] * 4
                if end - at < size:
                    break
            if code > 1:
                events.append(data[at : at + size])
            else:
                number = _SEQUENCE.unpack_from(data, at + 2)[0]
                if number in self._wanted:
                    self._before = len(events)
                    self._answers[number] = data[at : at + size] if code else b""
                elif code == 0:
                    if len(self._refused) > 64:  # nobody asked: keep only what `check` may still want
                        self._refused.clear()
                    self._refused[number] = data[at + 1]
            at += size
        self._input = data[at:]

    # -- names and ids ----------------------------------------------------------------------------------------------

    def new_id(self) -> int:
        """A fresh resource id. They are not used twice."""
        self._next_id += 1
        return self.setup.id_base | self._next_id

    def intern(self, *names: str) -> tuple[int, ...]:
        """The atoms of some names, in one round trip."""
        unknown = [name for name in dict.fromkeys(names) if name not in self._atoms]
        numbers = [self.request(16, 0, pack("<Hxx", len(name)) + name.encode()) for name in unknown]
        for name, number in zip(unknown, numbers, strict=True):
            atom: int = unpack_from("<I", self.answer(number), 8)[0]
            self._atoms[name] = atom
            self._names[atom] = name
        return tuple(self._atoms[name] for name in names)

    def atom(self, name: str) -> int:
        return self.intern(name)[0]

    def atom_name(self, atom: int) -> str:
        if atom not in self._names:
            reply = self.ask(17, 0, pack("<I", atom))
            self._names[atom] = reply[32 : 32 + unpack_from("<H", reply, 8)[0]].decode("latin-1") if reply else ""
        return self._names[atom]

    def extension(self, name: str) -> Extension | None:
        """An extension's numbers, or None when the server does not have it."""
        if name not in self._extensions:
            reply = self.ask(98, 0, pack("<Hxx", len(name)) + name.encode())
            present, major, event, error = unpack_from("<BBBB", reply, 8)
            self._extensions[name] = Extension(major, event, error) if present else None
        return self._extensions[name]

    # -- the core requests everybody needs ----------------------------------------------------------------------------

    def get_property(self, window: int, name: str, limit: int = 4096) -> Property | None:
        """A property's value, at most `limit` bytes of it; None when the window or the property is not there."""
        return self.property(self.request_property(window, name, limit))

    def request_property(self, window: int, name: str, limit: int = 4096) -> int:
        payload = pack("<IIIII", window, self.atom(name), ANY_PROPERTY_TYPE, 0, (limit + 3) // 4)
        return self.request(20, 0, payload)

    def property(self, number: int) -> Property | None:
        """The answer of `request_property`."""
        reply = self.answer(number)
        if not reply:
            return None
        kind, left, count = unpack_from("<III", reply, 8)
        if not kind:
            return None
        width = reply[1]
        return Property(kind, width, reply[32 : 32 + count * (width // 8)], left)

    def change_property(
        self, window: int, name: str, kind: str, width: int, data: bytes, *, append: bool = False
    ) -> int:
        """`width` is 8, 16 or 32 bits an item."""
        payload = pack("<IIIBxxxI", window, self.atom(name), self.atom(kind), width, len(data) * 8 // width)
        return self.send(18, 2 if append else 0, payload + data)

    def query_tree(self, window: int) -> tuple[int, list[int]] | None:
        """Parent and children, bottom to top; None when the window is gone."""
        reply = self.ask(15, 0, pack("<I", window))
        if not reply:
            return None
        parent, count = unpack_from("<IH", reply, 12)
        return parent, list(unpack_from(f"<{count}I", reply, 32))

    def get_geometry(self, drawable: int) -> Geometry | None:
        reply = self.ask(14, 0, pack("<I", drawable))
        return Geometry(reply[1], *unpack_from("<hhHHH", reply, 12)) if reply else None

    def translate_coordinates(self, source: int, target: int, x: int, y: int) -> tuple[int, int, int] | None:
        """(x, y, child of `target` there) of a point of `source`."""
        reply = self.ask(40, 0, pack("<IIhh", source, target, x, y))
        if not reply:
            return None
        child, to_x, to_y = unpack_from("<Ihh", reply, 8)
        return to_x, to_y, child

    def query_pointer(self) -> Pointer | None:
        """Where the pointer is on our screen; None when it is on another."""
        reply = self.ask(38, 0, pack("<I", self.root))
        if not reply or not reply[1]:
            return None
        return Pointer(*unpack_from("<IhhxxxxH", reply, 12))

    def select_input(self, window: int, mask: int) -> int:
        """Ask for core events of a window. What this connection asked before for the same window is replaced."""
        return self.send(2, 0, pack("<III", window, 0x0800, mask))


def _lost() -> DisplayLost:
    return DisplayLost("the X server closed the connection")
