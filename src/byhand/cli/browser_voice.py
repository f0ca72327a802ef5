"""Starts a native messaging host as a browser does, and hears its first word."""

from __future__ import annotations

import contextlib
import os
import select
import struct
import subprocess
import time
from pathlib import Path

import msgspec

from byhand.cli import extension

_FIRST_WORD_S = 5.0
_MOST_WORD = 1 << 20
_QUESTION = b'{"ask":1,"request":{"verb":"status"}}'  # answered with and without a recorder


def first_word(launcher: Path) -> str:
    """Start the host as a browser does and hear its first word.

    Returns:
        "" if it speaks, else what is wrong.
    """
    try:
        host = subprocess.Popen(
            [str(launcher), f"chrome-extension://{extension.ID}/"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        return (error.strerror or "it can't be started").lower()
    with host:
        assert host.stdin is not None
        assert host.stdout is not None
        try:
            host.stdin.write(struct.pack("=I", len(_QUESTION)) + _QUESTION)
            host.stdin.flush()
            return _heard(host.stdout.fileno())
        except BrokenPipeError:
            return "it ends without a word"
        finally:
            with contextlib.suppress(BrokenPipeError):
                host.stdin.close()  # what a browser does when it is done with a host
            try:
                host.wait(2)
            except subprocess.TimeoutExpired:
                host.kill()


def _heard(descriptor: int) -> str:
    until, read = time.monotonic() + _FIRST_WORD_S, b""
    while (left := until - time.monotonic()) > 0 and select.select([descriptor], [], [], left)[0]:
        part = os.read(descriptor, 65536)
        if not part:
            return "it ends without a word"
        read += part
        if len(read) < 4:
            continue
        (length,) = struct.unpack("=I", read[:4])
        if length > _MOST_WORD:
            return "what it says is no message"
        if len(read) >= 4 + length:
            try:
                msgspec.json.decode(read[4 : 4 + length], type=dict[str, object])
            except msgspec.MsgspecError:
                return "what it says is no message"
            return ""
    return "it says nothing"
