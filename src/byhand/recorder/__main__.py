"""The recorder's process: `python -m byhand.recorder`, told what to do by one line on stdin (launch.Order).

It writes statuses (control.Status) as JSON lines to stdout, the last one with `done`. It prints nothing else, ever:
what it holds is not for a terminal.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

import msgspec

from byhand.errors import ByhandError
from byhand.recorder.control import Command, Fault, Status, fault
from byhand.recorder.launch import Order
from byhand.recorder.sandbox import harden


class Voice:
    """Stdout as JSON lines. A reader that has stopped reading must not stop the recorder: then lines are left out."""

    def __init__(self, descriptor: int) -> None:
        self._out = descriptor
        os.set_blocking(descriptor, False)

    def say(self, status: Status, *, last: bool = False) -> None:
        line = msgspec.json.encode(status) + b"\n"
        tries = 40 if last else 1
        for _ in range(tries):
            try:
                os.write(self._out, line)
            except BlockingIOError:
                time.sleep(0.05 if last else 0)
            except OSError:  # the reader is gone; the recording is in the vault all the same
                return
            else:
                return


def main() -> int:
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    hardened = harden()
    voice = Voice(sys.stdout.fileno())
    # Only now: whatever these rooms import runs without a network already.
    from byhand.recorder.prepare import prepare  # noqa: PLC0415

    try:
        with prepare(order, hardened, voice.say, os.environ) as recorder:
            _listen_to_the_system(recorder.inbox.tell)
            if not order.detached:
                _leash(recorder.inbox.tell)
            last = recorder.run()
    except ByhandError as error:
        voice.say(_never_began(order, fault(error)), last=True)
        return error.exit_code
    except Exception as error:  # a bug of ours: name its kind, never its text, which may quote what was captured
        broke = Fault(f"the recorder broke ({type(error).__name__})", fate="what was written is in the vault")
        voice.say(_never_began(order, broke), last=True)
        if os.environ.get("BYHAND_UNSAFE_TRACEBACK"):
            raise
        return 1
    voice.say(msgspec.structs.replace(last, done=True), last=True)
    return last.error.exit_code if last.error else 0


def _never_began(order: Order, error: Fault) -> Status:
    return Status(
        state="idle", recording="", grant=order.grant, streams=(), seconds=0, app="", kept={}, dropped={}, gaps=0,
        lost=0, pid=os.getpid(), done=True, error=error,
    )  # fmt: skip


def _listen_to_the_system(tell: Callable[[Command], None]) -> None:
    def on_signal(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        tell(Command("stop"))

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, on_signal)


def _leash(tell: Callable[[Command], None]) -> None:
    """Stop when the command line that started us is gone: its status line was part of the visible sign."""

    def watch() -> None:
        # Not through sys.stdin: a thread inside its buffer at exit would abort the interpreter.
        while os.read(0, 4096):
            pass
        tell(Command("stop"))

    threading.Thread(target=watch, name="leash", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
