"""The native host: carries messages between the browser's extension and the recorder, and looks into none of them.

The browser starts it as `python -I -S host.py HOME BROWSER [--allow=ID] chrome-extension://ID/` and ends it by closing
its stdin. One file, standard library only: it must be there in a few ms, and `-I -S` keeps the person's Python path and
site packages out of a process that a browser starts.

Rules of this module: it holds at most one message and what waits to be written. It writes to stdout nothing but
messages, to stderr at most one fixed sentence, and to disk nothing. What it must drop it counts, and tells the
recorder. docs/formats/browser.md has the bytes and says what happens when either side dies.
"""

from __future__ import annotations

import json
import os
import select
import socket
import stat
import struct
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXTENSION = "cadppmjnaadklncikpkehlnenfjadhok"
MOST = 1 << 20
LOOK_S = 0.5  # how often to look whether a recorder is there
ANSWER_S = 7.0
VERBS = frozenset({"status", "pause", "resume", "forget", "hush", "unhush", "never"})
_MOST_ASKED = 8
_SMALL = 4096  # only messages of at most so many bytes can be the host's own business
_HOLD = 2 * MOST  # what may wait to be written before reading stops


class Frames:
    """Takes bytes, gives whole messages. One that is too long is skipped, and counted in `dropped`."""

    def __init__(self) -> None:
        self._read = bytearray()
        self._skip = 0
        self.dropped = 0

    def take(self, part: bytes) -> list[bytes]:
        if self._skip:
            skipped = min(self._skip, len(part))
            self._skip -= skipped
            part = part[skipped:]
        read = self._read
        whole: list[bytes] = []
        read += part
        while len(read) >= 4:
            (length,) = struct.unpack_from("=I", read)
            if length > MOST:
                self.dropped += 1
                here = len(read) - 4
                del read[: 4 + min(length, here)]
                self._skip = max(0, length - here)
                if self._skip:
                    break
                continue
            if len(read) < 4 + length:
                break
            whole.append(bytes(read[4 : 4 + length]))
            del read[: 4 + length]
        return whole


def framed(message: bytes) -> bytes:
    return struct.pack("=I", len(message)) + message


def said(**values: object) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode()


class Asked:
    """A request of the popup on its way through the recorder's control socket."""

    def __init__(self, number: int, line: socket.socket, now: float) -> None:
        self.number, self.line, self.until = number, line, now + ANSWER_S
        self.read = bytearray()


class Host:
    """See the module. `home`: BYHAND_HOME. `browser`: the window class of the browser it was installed for."""

    def __init__(self, home: str, browser: str) -> None:
        self._browser = browser
        self._run = os.path.join(home, "run")  # noqa: PTH118  pathlib alone costs 8 ms of start
        self._poll = select.poll()
        self._page, self._page_out = Frames(), bytearray()
        self._line: socket.socket | None = None
        self._back, self._line_out = Frames(), bytearray()
        self._asked: dict[int, Asked] = {}
        self._said_absent = False
        self._untold = 0

    def run(self) -> None:
        """Until the browser closes stdin."""
        os.set_blocking(0, False)
        os.set_blocking(1, False)
        look_at = 0.0
        while True:
            now = time.monotonic()
            if self._line is None and now >= look_at:
                self._look()
                look_at = now + LOOK_S
            self._give_up(now)
            for descriptor, happened in self._wait(look_at, now):
                if descriptor in (0, 1):
                    if not self._with_the_browser(descriptor, happened):
                        return
                elif descriptor in self._asked:
                    self._hear(self._asked[descriptor])
                elif (line := self._line) is not None and descriptor == line.fileno():
                    self._with_the_recorder(line, happened)
                    look_at = now + LOOK_S

    # ---- waiting

    def _wait(self, look_at: float, now: float) -> list[tuple[int, int]]:
        wanted = {0: select.POLLIN if len(self._line_out) < _HOLD and len(self._page_out) < _HOLD else 0}
        if self._page_out:
            wanted[1] = select.POLLOUT
        if self._line is not None:
            out = select.POLLOUT if self._line_out else 0
            wanted[self._line.fileno()] = out | (select.POLLIN if len(self._page_out) < _HOLD else 0)
        for descriptor in self._asked:
            wanted[descriptor] = select.POLLIN
        poll = self._poll = select.poll()
        for descriptor, mask in wanted.items():
            poll.register(descriptor, mask)
        ends = [one.until for one in self._asked.values()] + ([look_at] if self._line is None else [])
        return poll.poll(max(0.0, min(ends) - now) * 1000 + 1 if ends else None)

    # ---- the browser

    def _with_the_browser(self, descriptor: int, happened: int) -> bool:
        try:
            if descriptor == 1:
                written = os.write(1, self._page_out)
                del self._page_out[:written]
            elif happened & select.POLLIN:
                part = os.read(0, 1 << 16)
                if not part:
                    return False
                for message in self._page.take(part):
                    self._carry(message)
                self._confess()
            elif happened & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
                return False
        except BlockingIOError:
            pass
        except OSError:
            return False
        return True

    def _carry(self, message: bytes) -> None:
        if len(message) <= _SMALL and (b'"ask"' in message or b'"hello"' in message):
            try:
                value = _object(json.loads(message))
            except (ValueError, RecursionError):  # a wrong encoding is one too
                value = {}
            if "ask" in value:
                self._ask(value)
                return
            if value.get("say") == "hello":
                message = said(**value | {"browser": self._browser})  # the extension can't know it
        if self._line is not None:
            self._line_out += framed(message)
        # Without a recorder it is dropped: what was not acknowledged is sent again.

    def _tell(self, message: bytes) -> None:
        self._page_out += framed(message)

    def _confess(self) -> None:
        """Tell the recorder what came too long from the browser."""
        self._untold += self._page.dropped
        self._page.dropped = 0
        if self._untold and self._line is not None:
            self._line_out += framed(said(say="lost", count=self._untold))
            self._untold = 0

    # ---- the recorder

    def _look(self) -> None:
        line = _connect(self._run, "browser.sock")
        if line is not None:
            self._line, self._back = line, Frames()
            self._line_out.clear()
            self._said_absent = False
            self._confess()
        elif not self._said_absent:
            self._said_absent = True
            self._tell(said(say="absent"))

    def _with_the_recorder(self, line: socket.socket, happened: int) -> None:
        try:
            if happened & select.POLLOUT and self._line_out:
                written = line.send(self._line_out)
                del self._line_out[:written]
            if happened & (select.POLLIN | select.POLLHUP | select.POLLERR):
                part = line.recv(1 << 16)
                if not part:
                    raise ConnectionResetError
                for message in self._back.take(part):
                    self._tell(message)
        except BlockingIOError:
            pass
        except OSError:
            line.close()
            self._line = None
            self._line_out.clear()  # a message half written there is no message; what it told is sent again
            self._said_absent = True
            self._tell(said(say="absent"))

    # ---- the popup's requests

    def _ask(self, value: dict[str, object]) -> None:
        number, request = value["ask"], _object(value.get("request"))
        if not isinstance(number, int):
            return
        verb = request.get("verb")
        if not isinstance(verb, str) or verb not in VERBS or len(self._asked) >= _MOST_ASKED:
            self._answer(number, {"error": {"message": "this can't be asked from a browser"}})
            return
        line = _connect(self._run, "recorder.sock")
        if line is None:
            self._answer(number, {"error": {"message": "nothing is being recorded"}})
            return
        try:
            line.sendall(json.dumps(request).encode() + b"\n")
        except OSError:
            line.close()
            self._answer(number, {"error": {"message": "the recorder does not answer"}})
            return
        self._asked[line.fileno()] = Asked(number, line, time.monotonic())

    def _hear(self, asked: Asked) -> None:
        try:
            part = asked.line.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        asked.read += part
        if part and not asked.read.endswith(b"\n") and len(asked.read) < MOST:
            return
        try:
            reply = json.loads(asked.read)
        except (ValueError, RecursionError):
            reply = {"error": {"message": "the recorder does not answer"}}
        self._end(asked, reply)

    def _give_up(self, now: float) -> None:
        for asked in [one for one in self._asked.values() if one.until <= now]:
            self._end(asked, {"error": {"message": "the recorder does not answer"}})

    def _end(self, asked: Asked, reply: object) -> None:
        del self._asked[asked.line.fileno()]
        asked.line.close()
        self._answer(asked.number, reply)

    def _answer(self, number: int, reply: object) -> None:
        self._tell(said(answer=number, reply=reply))


def _object(value: Any) -> dict[str, object]:
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]  # keys of JSON objects are text


def _connect(folder: str, name: str) -> socket.socket | None:
    """The recorder's socket, if it is there, ours, and answers."""
    path, opened = os.path.join(folder, name), -1  # noqa: PTH118
    try:
        about = os.stat(path)  # noqa: PTH116
        if not stat.S_ISSOCK(about.st_mode) or about.st_uid != os.getuid():
            return None
        if len(os.fsencode(path)) >= 100:  # a socket's address holds 108 bytes
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            path = f"/proc/self/fd/{opened}/{name}"
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(1.0)
            line.connect(path)
            line.setblocking(False)
        except OSError:
            line.close()
            return None
    except OSError:
        return None
    else:
        return line
    finally:
        if opened >= 0:
            os.close(opened)


def main(words: list[str]) -> int:
    allowed = {EXTENSION} | {word[8:] for word in words if word.startswith("--allow=")}
    if len(words) < 3 or not any(f"chrome-extension://{one}/" in words[2:] for one in allowed):
        sys.stderr.write("byhand: this extension may not speak with the recorder\n")
        return 2
    try:
        Host(words[0], words[1]).run()
    except Exception:  # its text may quote a message
        sys.stderr.write("byhand: the native host broke; the extension starts it again\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
