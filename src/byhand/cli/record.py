"""`byhand record`: starts the recorder's process and shows what it says until it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Self

from cyclopts import Parameter
from rich.live import Live
from rich.text import Text

from byhand.cli import durations, running
from byhand.cli import open as opened
from byhand.cli.output import Json, emit, margin, say
from byhand.cli.record_browser import WorkWindow, checked, driver_for
from byhand.errors import RecorderError, UsageFault
from byhand.recorder.control import Status
from byhand.recorder.launch import listen, spawn
from byhand.ui import words


def record(
    *,
    for_: Annotated[str, Parameter(name="--for", metavar="TIME", help="Stop by itself after 20s, 20m, 1h30m.")] = "",
    task: Annotated[str, Parameter(metavar="WORDS", help="What you are about to do, in your words.")] = "",
    background: Annotated[bool, Parameter(help="Go on without this terminal; end it with: byhand stop")] = False,
    driver: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="How to observe, where the choice is wrong: x11, portable, browser; scripted:FILE to try out.",
        ),
    ] = "",
    browser: Annotated[
        bool, Parameter(help="Open a work window beside it: a clean browser with the extension loaded.")
    ] = False,
    profile: Annotated[
        Path | None,
        Parameter(metavar="DIR", help="Where the work window keeps its profile, where several are to be kept apart."),
    ] = None,
    json: Json = False,
) -> None:
    seconds = durations.seconds(for_, "--for") if for_ else None
    played = driver.partition("scripted:")[2]
    if played and not Path(played).is_file():
        raise UsageFault(f"there is no script {played}", fate="nothing was recorded")
    checked(browser=browser, profile=profile, background=background)
    home = opened.home()
    grant = opened.grant(home)
    window = WorkWindow(home, profile, devtools=json) if browser else None
    if window:
        driver = driver_for(os.environ, driver)
    process = spawn(home, grant.id, seconds=seconds, task=task, driver=driver, detached=background)
    with _stopped_by_signals(process), _Sign(as_json=json) as sign, _beside(window, process):
        last = _listen(process, sign, window, once=background)
    if window and window.error and (last is None or last.error is None):
        raise window.error
    if last is None:
        raise _speechless(process)
    if last.error is not None and not last.recording:
        raise running.carried(last.error)
    if background and not last.done:
        if not json:
            say(running.line(last), Text("  to end it, run: byhand stop", "quiet"))
        return
    if not json:
        _sum_up(last)
    if last.error is not None:
        raise running.carried(last.error)


@contextmanager
def _beside(window: WorkWindow | None, process: subprocess.Popen[bytes]) -> Generator[None]:
    """The work window ends with the recording, however that ends, and the recording with the window."""
    if window is None:
        yield
        return
    window.stops(process.terminate)
    try:
        yield
    finally:
        window.close()


def _listen(
    process: subprocess.Popen[bytes], sign: _Sign, window: WorkWindow | None = None, *, once: bool
) -> Status | None:
    """Until the recorder's last word, or its first one about a recording that runs."""
    last = None
    for last in listen(process):
        sign.show(last)
        if window:
            window.hear(last)
        if once and last.state == "recording":
            return last
    process.wait()
    return last if last is not None and last.done else None


@contextmanager
def _stopped_by_signals(process: subprocess.Popen[bytes]) -> Generator[None]:
    """The first Ctrl-C asks the recorder to stop, and its last word is waited for. The second one leaves at once."""
    asked = False

    def on_signal(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        process.terminate()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Sign:
    """What is seen while it records: a line that stays alive on a terminal, one line elsewhere, JSON for programs."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._console = margin()
        self._status: Status | None = None
        self._at = 0.0
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if not self._as_json and self._console.is_terminal:
            self._live = Live(console=self._console, get_renderable=self._line, refresh_per_second=4, transient=True)
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, status: Status) -> None:
        if self._as_json:
            emit(status)
        elif self._live is None and self._status is None and status.recording and not status.done:
            say(running.line(status), on=self._console)
        self._status, self._at = status, time.monotonic()

    def _line(self) -> Text:
        status = self._status
        if status is None or status.done:
            return Text("  starting" if status is None else "  done", "quiet")
        ticking = time.monotonic() - self._at if status.state == "recording" else 0
        text = running.line(status, seconds=status.seconds + ticking)
        text.append(f"  {sum(status.kept.values()):,} kept", "quiet")
        if status.dropped:
            text.append(f", {sum(status.dropped.values()):,} left out", "quiet")
        text.append("  Ctrl-C stops", "quiet")
        text.no_wrap, text.overflow = True, "ellipsis"
        return text


def _sum_up(last: Status) -> None:
    length = words.span(last.seconds)
    say(Text.assemble(("recorded ", "quiet"), length, (" as ", "quiet"), (last.recording, "name")))
    running.counts(last.kept, last.dropped, last.gaps, last.lost)
    running.say_notes(last)
    say(Text(f"  to look at it, run: byhand show {last.recording}", "quiet"))


def _speechless(process: subprocess.Popen[bytes]) -> RecorderError:
    if process.returncode == -signal.SIGTERM:
        return RecorderError("stopped before the recording began", fate="nothing was recorded")
    return RecorderError(
        "the recorder's process ended without a word", hints=("to see what is wrong, run: byhand doctor",),
        fate="what was recorded until then is in the vault",
    )  # fmt: skip
