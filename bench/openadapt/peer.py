"""The peer's own environment, made once, and the process in it.

Rules of this module: the process is ended by its own group, with its browser; what it prints is thrown away, because
it may hold what was typed.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from bench.showing import CACHE

VERSION = "2.4.0"
NAME = f"openadapt-flow {VERSION}"
HOME = CACHE / f"openadapt-flow-{VERSION}"
_DRIVER = Path(__file__).with_name("driver.py")
_INSTALL_S, _ANSWER_S = 1200, 300


class Absent(Exception):
    """It can't be installed here; says why."""


class Broken(Exception):
    """It gave no answer."""


def installed() -> Path:
    """The peer's own Python. Half a gigabyte the first time.

    Raises:
        Absent: there is no network, or no package.
    """
    python = HOME / "bin" / "python"
    if not (HOME / "whole").exists():
        shutil.rmtree(HOME, ignore_errors=True)
        for words in (
            (sys.executable, "-m", "venv", str(HOME)),
            (str(python), "-m", "pip", "install", "--quiet", f"openadapt-flow[browser]=={VERSION}"),
        ):
            try:
                subprocess.run(words, check=True, capture_output=True, timeout=_INSTALL_S)
            except (OSError, subprocess.SubprocessError) as error:
                raise Absent(f"{NAME} could not be installed ({type(error).__name__})") from None
        (HOME / "whole").touch()
    return python


class Peer:
    """The process, begun when it is first asked, and anew after it broke.

    Args:
        python: gives that of its environment; asked when it is begun.
        home: where it makes keys and receipts.
    """

    def __init__(self, python: Callable[[], Path], home: Path) -> None:
        self.python, self.home = python, home
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, do: str, **told: Any) -> dict[str, Any]:
        """One question, one answer.

        Raises:
            Absent: see `installed`.
            Broken: it ended, or said nothing for minutes.
        """
        if self.process is None:
            self.process = self._begun()
        asked, answers = self.process.stdin, self.process.stdout
        assert asked is not None
        assert answers is not None
        try:
            asked.write(json.dumps({"do": do} | told).encode() + b"\n")
            asked.flush()
            ready, _, _ = select.select([answers], [], [], _ANSWER_S)
            line = answers.readline() if ready else b""
        except OSError:
            line = b""
        if not line:
            self.end()
            raise Broken("no answer")
        return json.loads(line)

    def _begun(self) -> subprocess.Popen[bytes]:
        python = self.python()
        self.home.mkdir(exist_ok=True)
        return subprocess.Popen(
            [str(python), str(_DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=self.home, env=os.environ | {"HOME": str(self.home)}, start_new_session=True,
        )  # fmt: skip

    def end(self) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process = None


@contextlib.contextmanager
def running() -> Generator[Peer]:
    """Ended with the block. It is installed and begun when it is first asked."""
    peer = Peer(installed, HOME / "home")
    try:
        yield peer
    finally:
        peer.end()
