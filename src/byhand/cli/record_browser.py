"""`byhand record --browser`: the work window beside a recording. It opens once the recorder runs, and ends with it.

Closing the window ends the recording. A window whose extension does not join ends it too, with an error: a person who
asked for it must not work in one that is not recorded.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from byhand.cli import extension
from byhand.cli.browser_host import places
from byhand.cli.browser_window import Window, has_x11, open_window, own_profile
from byhand.cli.browsers import for_a_window
from byhand.cli.output import emit
from byhand.errors import ByhandError, CaptureError, UsageFault
from byhand.recorder.control import Status

JOINS_WITHIN_S = 40.0
_KEPT = "what was recorded until then is in the vault"


def driver_for(environ: Mapping[str, str], chosen: str) -> str:
    """Which driver records beside the browser: the desktop's own where there is one, else the browser alone."""
    if chosen or sys.platform in ("darwin", "win32") or has_x11(environ):
        return chosen
    return "browser"


class WorkWindow:
    """Opens, joins, ends.

    Args:
        home: BYHAND_HOME.
        profile: where the person wants its profile, None for ours.
        devtools: open a port for scripts, and print where it is once the extension has joined.

    Raises:
        UsageFault: the profile is no profile of ours, or in use.
        CaptureError: there is no browser for it.
    """

    def __init__(self, home: Path, profile: Path | None, *, devtools: bool) -> None:
        self._browser = for_a_window(os.environ)
        self._home, self._devtools = home, devtools
        self._profile = own_profile(profile) if profile else None
        self._window: Window | None = None
        self._stop: Callable[[], object] = lambda: None
        self._joined, self._ending = threading.Event(), threading.Event()
        self._watch = threading.Thread(target=self._look_after, name="work window", daemon=True)
        self._opened_at = 0.0
        self.error: ByhandError | None = None

    def stops(self, stop: Callable[[], object]) -> None:
        """How to end the recording, when the window goes."""
        self._stop = stop

    def hear(self, status: Status) -> None:
        """The recorder's next status."""
        if status.done:
            self._ending.set()
        elif self._window is None and status.state == "recording":
            self._open()
        elif self._window is not None and not self._joined.is_set() and status.browsers:
            self._joined.set()
            if self._devtools:
                self._tell(self._window)

    def close(self) -> None:
        """After the recording's end."""
        self._ending.set()
        if self._window is not None:
            self._window.close()
            self._watch.join()

    def _open(self) -> None:
        # Not before the recorder runs: where it says no, not even a folder is made.
        try:
            profile = self._profile or own_profile(places(self._home) / "profile")
            self._window = open_window(self._browser, profile, self._home, os.environ, devtools=self._devtools)
        except ByhandError as error:
            self.error = error
            self._stop()
            return
        self._opened_at = time.monotonic()
        self._watch.start()

    def _tell(self, window: Window) -> None:
        try:
            where = window.devtools()
        except ByhandError as error:
            self.error = error
            self._stop()
            return
        emit({"browser": {**where._asdict(), "profile": str(window.profile), "extension": extension.ID}})

    def _look_after(self) -> None:
        window = self._window
        assert window is not None
        while not self._ending.wait(0.25):
            if not window.is_open:
                if not self._joined.is_set():
                    self.error = CaptureError(
                        "the browser ended before its extension joined the recording",
                        hints=(
                            "to see whether it starts, run: chromium",
                            "to see the joint, run: byhand browser status",
                        ),
                        fate=_KEPT,
                    )
            elif self._joined.is_set() or time.monotonic() - self._opened_at < JOINS_WITHIN_S:
                continue
            else:
                self.error = CaptureError(
                    "the extension in the work window did not join the recording",
                    hints=("to see the joint, run: byhand browser status", "a company's policy may forbid extensions"),
                    fate=_KEPT,
                )
            self._stop()
            return


def checked(*, browser: bool, profile: Path | None, background: bool) -> None:
    """Raises:
    UsageFault: the options do not fit together.
    """
    if profile and not browser:
        raise UsageFault("--profile is for --browser", hints=("add --browser",), fate="nothing was recorded")
    if browser and background:
        raise UsageFault(
            "--browser and --background do not go together",
            hints=("the window ends with this command; leave one of them out",), fate="nothing was recorded",
        )  # fmt: skip
