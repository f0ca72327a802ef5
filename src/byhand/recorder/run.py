"""A run recorded by itself: a thread beside it with guard and vault, which is told of each act as raw events.

Rules of this module: the run never waits for the recorder but at its begin and its end. What the thread raises is told
to whoever began it; what goes wrong later costs the recording and not the run, except where the consent itself ends:
what may not be recorded under it may not be done under it either.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from byhand.capture.driver import Desktop, Emit, Needs
from byhand.errors import ByhandError, RecorderError
from byhand.events.raw import Raw
from byhand.recorder.control import Command, Status
from byhand.recorder.prepare import prepare_run

DRIVER = "workflow"
_END_S = 30.0
Lost = Callable[[str], None]


class Relay:
    """Satisfies `capture.driver.Driver`: it observes nothing and hands on what it is told."""

    def __init__(self) -> None:
        self._emit: Emit | None = None

    def describe(self) -> Desktop:
        return Desktop(DRIVER, "", 0, 0, ())

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        del needs, lost
        self._emit = emit

    def stop(self) -> None:
        self._emit = None

    def tell(self, raws: Sequence[Raw]) -> None:
        """From any thread. While it is paused, and after its end, nothing is kept."""
        if emit := self._emit:
            emit(raws)


class RunRecording:
    """One, from `begin` to `end`.

    Args:
        home: BYHAND_HOME.
        environ: where the keys are.
        over: told in words, from the recorder's thread, that the run must not go on: the consent has ended, or somebody
            stopped the recorder.
    """

    def __init__(self, home: Path, environ: Mapping[str, str], over: Lost) -> None:
        self._home, self._environ, self._over = home, environ, over
        self._relay = Relay()
        self._ready = threading.Event()
        self._failed: ByhandError | None = None
        self._status: Status | None = None
        self._ending = False
        self._tell: Callable[[Command], None] = lambda _: None
        self._thread = threading.Thread(target=self._work, name="byhand-run-recorder", daemon=True)
        self.id = ""

    def begin(self) -> None:
        """Raises:
        ConsentError: no grant holds.
        AlreadyRecording: something is being recorded already.
        VaultError, PolicyError: it can't be recorded.
        """
        self._thread.start()
        self._ready.wait()
        if self._failed is not None:
            raise self._failed
        if not self.id:
            raise RecorderError("the recorder of this run did not begin", fate="nothing was recorded")

    def tell(self, raws: Sequence[Raw]) -> None:
        self._relay.tell(raws)

    def end(self) -> ByhandError | None:
        """Write what waits, and close it. Gives what went wrong with it, if anything."""
        self._ending = True
        self._tell(Command("stop"))
        self._thread.join(_END_S)
        if self._failed is not None:
            return self._failed
        fault = self._status.error if self._status is not None else None
        return ByhandError(fault.message, hints=fault.hints, fate=fault.fate) if fault is not None else None

    def _work(self) -> None:
        try:
            with prepare_run(self._home, self._relay, lambda _: None, self._environ) as recorder:
                self._tell = recorder.inbox.tell
                self.id = recorder.status().recording
                self._ready.set()
                self._status = recorder.run()
        except ByhandError as error:
            self._failed = error
        finally:
            self._ready.set()
            if self.id and not self._ending and (self._status is None or self._status.error is None):
                self._over("its recording was ended")
