"""The recorder's socket: `BYHAND_HOME/run/recorder.sock`, 0600, one JSON line each way.

Only the person's own programs reach it (the folder is 0700 and the peer's user id is checked). Whatever is asked, the
answer carries the status after it was done, so that `byhand pause` can say what is true now.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from byhand.capture.browser.socket_file import bind, peer_uid, short
from byhand.errors import ByhandError, NotRecording, RecorderError
from byhand.recorder.states import State

Site = Literal["hush", "unhush", "never"]
Verb = Literal["status", "pause", "resume", "stop", "withdraw", "forget"] | Site
_ANSWER_WITHIN_S = 5.0


class Fault(msgspec.Struct, frozen=True):
    """An error on its way to another process."""

    message: str
    hints: tuple[str, ...] = ()
    fate: str = ""
    exit_code: int = 1


class Status(msgspec.Struct, frozen=True):
    """What the recorder is doing.

    seconds: recorded so far, pauses not counted. app: in focus, "" if it isn't covered. browsers: window classes of
    those whose extension is connected. hushed: origins of which the person wants nothing kept, now or ever.
    kept: by kind. dropped: by reason; a run of secret typing counts as one, whatever its length.
    """

    state: State
    recording: str
    grant: str
    streams: tuple[str, ...]
    seconds: float
    app: str
    kept: dict[str, int]
    dropped: dict[str, int]
    gaps: int
    lost: int
    pid: int
    notes: tuple[str, ...] = ()
    done: bool = False
    error: Fault | None = None
    browsers: tuple[str, ...] = ()
    hushed: tuple[str, ...] = ()


class Request(msgspec.Struct, frozen=True):
    """last_ns: how far back, in ns; for `forget`. origin: of the site; for `hush`, `unhush` and `never`."""

    verb: Verb
    last_ns: int = 0
    origin: str = ""


class Reply(msgspec.Struct, frozen=True):
    status: Status | None = None
    error: Fault | None = None


@dataclass(slots=True)
class Command:
    """A request on its way to the loop, or a signal from inside the process.

    `fault` says why, when the signal is `fail`. `answered` is set once the loop has carried it out.
    """

    verb: Literal["pause", "resume", "stop", "withdraw", "forget", "fail"] | Site
    last_ns: int = 0
    origin: str = ""
    fault: ByhandError | None = None
    answered: threading.Event = field(default_factory=threading.Event)
    error: ByhandError | None = None


def fault(error: ByhandError) -> Fault:
    return Fault(error.message, error.hints, error.fate, error.exit_code)


def socket_path(home: Path) -> Path:
    return home / "run" / "recorder.sock"


def ask(home: Path, request: Request) -> Reply:
    """Ask the running recorder.

    Raises:
        NotRecording: none is running.
        RecorderError: it does not answer.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_ANSWER_WITHIN_S + 1)
        try:
            _connect(line, socket_path(home))
        except OSError:
            raise NotRecording("nothing is being recorded", hints=("to start, run: byhand record",)) from None
        try:
            line.sendall(msgspec.json.encode(request) + b"\n")
            answer = _read_line(line)
        except OSError:
            answer = b""
    if not answer:
        raise RecorderError(
            "the recorder does not answer", hints=("to see its process, run: byhand status",),
            fate="what was recorded until now is in the vault",
        )  # fmt: skip
    return msgspec.json.decode(answer, type=Reply)


class Control:
    """Listens in its own thread and hands commands to the loop.

    Args:
        home: BYHAND_HOME.
        tell: puts a command into the loop's inbox.
        status: the status now; called from this thread.
    """

    def __init__(self, home: Path, tell: Callable[[Command], None], status: Callable[[], Status]) -> None:
        self._path = socket_path(home)
        self._tell = tell
        self._status = status
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._thread = threading.Thread(target=self._serve, name="control", daemon=True)

    def start(self) -> None:
        """Listen. The caller holds the recorder's lock, so a socket file that is there is a dead one's."""
        bind(self._socket, self._path)
        self._thread.start()

    def stop(self) -> None:
        self._path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            # A peer that connects and says nothing must not keep a withdrawal waiting: one thread each.
            threading.Thread(target=self._answer, args=(line,), name="control peer", daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            line.settimeout(_ANSWER_WITHIN_S)
            if peer_uid(line) != os.getuid():
                return
            try:
                request = msgspec.json.decode(_read_line(line), type=Request)
            except msgspec.MsgspecError:
                reply = Reply(error=Fault("the recorder did not understand"))
            else:
                reply = self._carry_out(request)
            line.sendall(msgspec.json.encode(reply) + b"\n")

    def _carry_out(self, request: Request) -> Reply:
        if request.verb == "status":
            return Reply(self._status())
        command = Command(request.verb, request.last_ns, request.origin)
        self._tell(command)
        if not command.answered.wait(_ANSWER_WITHIN_S):
            return Reply(self._status(), Fault("the recorder is busy", fate="the request is queued"))
        return Reply(self._status(), fault(command.error) if command.error else None)


def _read_line(line: socket.socket) -> bytes:
    read = b""
    while not read.endswith(b"\n") and len(read) < 1 << 20:
        part = line.recv(65536)
        if not part:
            break
        read += part
    return read


def _connect(line: socket.socket, path: Path) -> None:
    with short(path) as name:
        line.connect(name)
