"""Listens on BYHAND_HOME/run/browser.sock and speaks with every native host that comes: one thread, bounded memory.

A peer is one connection. What it sends is read a part at a time, in turn with all others; where it sends faster than
it may, it is not read for a while and waits in its own pipe. A peer that does not read what it is told is let go.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import threading
import time
from pathlib import Path
from typing import Protocol

from byhand.capture.browser.framing import Reader, framed
from byhand.capture.browser.numbering import Allowance
from byhand.capture.browser.socket_file import bind, peer_uid
from byhand.errors import CaptureError

_PART = 1 << 18
_MOST_OUT = 1 << 21
_MOST_PEERS = 32
_RATE, _BURST = 6_000_000, 48_000_000
"""Bytes a second of one peer, and at once: 20,000 events with their elements are about 12 MB."""
_REST_S = 0.05


def socket_path(home: Path) -> Path:
    return home / "run" / "browser.sock"


class Peer:
    """One connection."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.reader = Reader()
        self.allowance = Allowance(_RATE, _BURST)
        self.out = bytearray()
        self.resting = False


class Listener(Protocol):
    """What happens at the door; all of it on the door's thread."""

    def came(self, peer: Peer) -> None: ...

    def heard(self, peer: Peer, message: bytes) -> None: ...

    def oversized(self, peer: Peer, count: int) -> None: ...

    def gone(self, peer: Peer) -> None: ...

    def due_ns(self) -> int | None:
        """When `tick` is to be called, CLOCK_MONOTONIC; None for no need."""
        ...

    def tick(self) -> None: ...

    def broken(self, error: Exception) -> None:
        """The thread has ended and should not have."""
        ...


class Door:
    """See the module. Opened once; it stays open through pauses."""

    def __init__(self, home: Path, listener: Listener) -> None:
        self._path = socket_path(home)
        self._listener = listener
        self._peers: dict[socket.socket, Peer] = {}
        self._lock = threading.Lock()
        self._sent: list[tuple[Peer | None, bytes]] = []
        self._closing = False
        self._ear, self._mouth = socket.socketpair()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._thread = threading.Thread(target=self._run, name="browsers", daemon=True)
        self._selector = selectors.DefaultSelector()

    def open(self) -> None:
        """Listen.

        Raises:
            CaptureError: there can be no socket in this home.
        """
        try:
            bind(self._socket, self._path)
        except OSError as error:
            raise CaptureError(
                "no browser can be listened to here", hints=(f"is {self._path.parent} a folder of yours?",),
                fate="nothing was recorded",
            ) from error  # fmt: skip
        for one in (self._socket, self._ear):
            one.setblocking(False)
            self._selector.register(one, selectors.EVENT_READ)
        self._thread.start()

    def close(self) -> None:
        """Let everybody go. The recorder ends."""
        if self._closing:
            return
        self._closing = True
        self._path.unlink(missing_ok=True)
        self.wake()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(2)
        self._mouth.close()

    def say(self, message: bytes, to: Peer | None = None) -> None:
        """Tell one peer, or all. From any thread."""
        with self._lock:
            self._sent.append((to, framed(message)))
        self.wake()

    def wake(self) -> None:
        if threading.current_thread() is not self._thread:
            with contextlib.suppress(OSError):  # full: it is awake; closed: it has ended
                self._mouth.send(b".", socket.MSG_DONTWAIT)

    # ---- the thread

    def _run(self) -> None:
        try:
            while not self._closing:
                for key, happened in self._selector.select(self._patience()):
                    self._see_to(key.fileobj, happened)
                self._rested()
                self._listener.tick()
                self._hand_out()
        except Exception as error:
            if not self._closing:
                self._listener.broken(error)
        finally:
            self._hand_out()
            for peer in list(self._peers.values()):
                with contextlib.suppress(OSError):
                    peer.line.close()
            self._peers.clear()
            self._selector.close()
            self._socket.close()
            self._ear.close()

    def _patience(self) -> float | None:
        with self._lock:
            if self._sent or self._closing:
                return 0
        due = self._listener.due_ns()
        wait = None if due is None else max(0.0, (due - time.monotonic_ns()) / 1e9)
        if any(peer.resting for peer in self._peers.values()):
            wait = _REST_S if wait is None else min(wait, _REST_S)
        return wait

    def _see_to(self, what: object, happened: int) -> None:
        if what is self._socket:
            self._accept()
        elif what is self._ear:
            with contextlib.suppress(BlockingIOError):
                self._ear.recv(4096)
        elif isinstance(what, socket.socket) and (peer := self._peers.get(what)) is not None:
            try:
                if happened & selectors.EVENT_WRITE:
                    self._write(peer)
                if happened & selectors.EVENT_READ:
                    self._read(peer)
            except OSError:
                self._let_go(peer)

    def _accept(self) -> None:
        try:
            line, _ = self._socket.accept()
        except OSError:
            return
        if len(self._peers) >= _MOST_PEERS or peer_uid(line) != os.getuid():
            line.close()
            return
        line.setblocking(False)
        peer = self._peers[line] = Peer(line)
        self._selector.register(line, selectors.EVENT_READ)
        self._listener.came(peer)

    def _read(self, peer: Peer) -> None:
        try:
            part = peer.line.recv(_PART)
        except BlockingIOError:
            return
        if not part:
            raise ConnectionResetError
        allowed = peer.allowance.take(len(part), time.monotonic_ns())
        for message in peer.reader.take(part):
            self._listener.heard(peer, message)
        if peer.reader.oversized:
            self._listener.oversized(peer, peer.reader.oversized)
            peer.reader.oversized = 0
        if allowed < len(part):
            peer.resting = True
            self._want(peer)

    def _rested(self) -> None:
        for peer in [one for one in self._peers.values() if one.resting]:
            if peer.allowance.left(time.monotonic_ns()) >= _PART:
                peer.resting = False
                self._want(peer)

    def _write(self, peer: Peer) -> None:
        with contextlib.suppress(BlockingIOError):
            written = peer.line.send(peer.out)
            del peer.out[:written]
        self._want(peer)

    def _hand_out(self) -> None:
        with self._lock:
            sent, self._sent = self._sent, []
        for to, message in sent:
            for peer in [to] if to else list(self._peers.values()):
                if peer.line not in self._peers:
                    continue
                peer.out += message
                try:
                    self._write(peer)
                except OSError:
                    self._let_go(peer)
                    continue
                if len(peer.out) > _MOST_OUT:
                    self._let_go(peer)

    def _want(self, peer: Peer) -> None:
        wanted = (0 if peer.resting else selectors.EVENT_READ) | (selectors.EVENT_WRITE if peer.out else 0)
        try:
            if wanted:
                self._selector.modify(peer.line, wanted)
            else:
                self._selector.unregister(peer.line)
        except KeyError:
            if wanted:
                self._selector.register(peer.line, wanted)

    def _let_go(self, peer: Peer) -> None:
        if self._peers.pop(peer.line, None) is None:
            return
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(peer.line)
        peer.line.close()
        self._listener.gone(peer)
