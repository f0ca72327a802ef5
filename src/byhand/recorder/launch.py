"""Starts the recorder's process and listens to it. Used by the command line, which stays out of that process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from byhand.recorder.control import Status


class Order(msgspec.Struct, frozen=True):
    """What the recorder's process is told, as one JSON line on its stdin: arguments could be read by other users.

    seconds: how long to record, None until told to stop. driver: "" for the one that fits this desktop, "portable",
    "browser" for browsers alone, or "scripted:FILE". detached: live on when the caller ends; else the recording stops
    when its stdin closes.
    """

    home: str
    grant: str
    seconds: float | None = None
    task: str = ""
    driver: str = ""
    detached: bool = False


def spawn(
    home: Path, grant_id: str, *, seconds: float | None = None, task: str = "", driver: str = "", detached: bool = False
) -> subprocess.Popen[bytes]:
    """Start `python -m byhand.recorder`. For the arguments see `Order`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "byhand.recorder"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if detached else None,
        # Ctrl-C in the terminal goes to the command line, which asks the recorder to stop and waits for its last word.
        start_new_session=True,
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(Order(str(home), grant_id, seconds, task, driver, detached)) + b"\n")
    process.stdin.flush()
    if detached:
        process.stdin.close()
    return process


def listen(process: subprocess.Popen[bytes]) -> Iterator[Status]:
    """The statuses it reports, the last one with `done` set; ends early if the process does."""
    decode = msgspec.json.Decoder(Status).decode
    assert process.stdout is not None
    for line in process.stdout:
        status = decode(line)
        yield status
        if status.done:
            return
