"""Runs `byhand` on a terminal of its own, as a person would."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PROGRAM = [sys.executable, "-c", "import sys; from byhand.cli import main; sys.exit(main())"]
_PATIENCE_S = 60


def on_terminal(words: Sequence[str], answers: str, environ: Mapping[str, str], cwd: Path) -> tuple[int, str]:
    """Type `answers` and read all that is shown.

    Returns:
        The exit code, and everything the terminal showed, echo included.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=dict(environ),
        cwd=cwd,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    shown = b""
    while select.select([ours], [], [], _PATIENCE_S)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(_PATIENCE_S), shown.decode("utf-8", "replace").replace("\r\n", "\n")
