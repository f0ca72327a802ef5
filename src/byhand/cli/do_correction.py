"""A person takes over from a model: what they do in its browser is recorded, by the ordinary recorder, as theirs.

Rules of this module: it is one more recording, of the person, under the same grant, with the goal as its task; what the
model did before is the recording before it. Its signs are a line in the terminal and the badge of the extension. It
begins when the extension has joined, which is said; what was done before that is not in it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from byhand.cli import browser_host, extension
from byhand.cli import open as opened
from byhand.cli.browser_window import OURS
from byhand.cli.browsers import for_a_window
from byhand.recorder.control import Status
from byhand.recorder.launch import listen, spawn
from byhand.vault.durable import private_dir

JOINS_S = 30.0
_ENDS_S = 30.0
_FOR_ONCE = "goal-"


class Part(msgspec.Struct, frozen=True):
    """A recording of one goal. by: whose acts it shows. acts: so many the model had done when it ended."""

    recording: str
    by: str
    acts: int


class Correction:
    """One, from `begin` to `end`.

    Args:
        home: BYHAND_HOME.
        goal: what is being done, in the person's words.
    """

    def __init__(self, home: Path, goal: str) -> None:
        self._process = spawn(home, opened.grant(home).id, task=goal, driver="browser")
        self._joined, self._over = threading.Event(), threading.Event()
        self._last: Status | None = None
        self._thread = threading.Thread(target=self._listen, name="byhand-correction", daemon=True)
        self._thread.start()

    def begin(self) -> str:
        """Wait until the browser has joined. Gives why nothing is recorded, or ""."""
        self._joined.wait(JOINS_S)
        error = self._last.error if self._last is not None else None
        if error is not None:
            return error.message
        return "" if self._last is not None and self._last.browsers else "the browser did not join the recorder"

    def end(self) -> str:
        """Its id; "" where nothing was recorded."""
        self._process.terminate()
        if not self._over.wait(_ENDS_S):
            self._process.kill()
        self._process.wait()
        return self._last.recording if self._last is not None else ""

    def _listen(self) -> None:
        for status in listen(self._process):
            self._last = status
            if status.browsers or status.error is not None or status.done:
                self._joined.set()
        self._joined.set()
        self._over.set()


def _sweep(place: Path) -> None:
    """Profiles of goals that were killed: somebody may be signed in in them."""
    for folder in place.glob(f"{_FOR_ONCE}*"):
        try:
            os.kill(int(folder.name.removeprefix(_FOR_ONCE).partition("-")[0]), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue


@contextmanager
def own_profile(home: Path, wanted: Path | None) -> Generator[Path | None]:
    """A profile whose browser joins the recorder: one of ours, or a new one for this time. None: the person's own
    profile is wanted, into which nothing is written.
    """
    if wanted is not None and not (wanted / OURS).exists():
        yield None
        return
    place = private_dir(private_dir(home) / "run")
    _sweep(place)
    folder = wanted or Path(tempfile.mkdtemp(prefix=f"{_FOR_ONCE}{os.getpid()}-", dir=place))
    try:
        hosts = folder / "NativeMessagingHosts"
        private_dir(hosts)
        browser_host.write(
            home, for_a_window(os.environ).browser, (extension.ID,), manifest=hosts / browser_host.FILE,
            launcher=hosts / "host.sh",
        )  # fmt: skip
        yield folder
    finally:
        if wanted is None:
            shutil.rmtree(folder, ignore_errors=True)
