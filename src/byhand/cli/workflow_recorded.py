"""A run's own recording: begun with its first row, and said to be missing where it can't be made.

Rules of this module: a run that touches what no consent covers was refused before (`workflow_work.permitted`). A run of
which no row was begun leaves no recording.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from rich.text import Text

from byhand.agents.brake import Brake
from byhand.agents.witness import Witness
from byhand.cli import open as opened
from byhand.cli.browsers import for_a_window
from byhand.cli.output import margin, say
from byhand.cli.workflow_work import on_desktop, policy_of
from byhand.consent.reach import within
from byhand.errors import AlreadyRecording, ByhandError
from byhand.events.raw import Raw
from byhand.recorder.run import RunRecording
from byhand.workflows.cells import Values
from byhand.workflows.program import Workflow


class Recorded:
    """While its block lasts, what `witness` hears is recorded.

    id: of the recording, once there is one; "" where nothing is recorded. why: nothing is, though it should be.
    """

    def __init__(self, home: Path, program: Workflow, secrets: Values, brake: Brake) -> None:
        self._home, self._brake = home, brake
        self._browser = "" if on_desktop(program) else for_a_window(os.environ).browser.window
        self.witness = Witness(self._tell, program.name, browser=self._browser, secrets=secrets)
        self._recording: RunRecording | None = None
        self.id = ""
        self.why = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._recording is not None and (wrong := self._recording.end()):
            self._missing("the recording of this run is not whole", wrong)

    def cut(self) -> str:
        """End it here; what is told next begins another. Gives its id, "" where there is none."""
        ended, recording, self._recording, self.id = self.id, self._recording, None, ""
        if recording is not None and (wrong := recording.end()):
            self._missing("the recording of this run is not whole", wrong)
        self.witness.anew()
        return ended

    def _tell(self, raws: Sequence[Raw]) -> None:
        if self._recording is None and not self.why:
            self._begin()
        if self._recording is not None:
            self._recording.tell(raws)

    def _begin(self) -> None:
        recording = RunRecording(self._home, os.environ, self._brake.stop)
        try:
            if self._browser:  # of a browser that is not listed the guard would keep nothing
                within(opened.grant(self._home), policy_of(self._home), (), (self._browser,))
            recording.begin()
        except ByhandError as error:
            self._missing("this run is not recorded", error)
            return
        self._recording, self.id = recording, recording.id

    def _missing(self, what: str, error: ByhandError) -> None:
        self.why = error.message
        if isinstance(error, AlreadyRecording):
            self.why = "something is being recorded already"
        say(Text.assemble(("byhand: ", "quiet"), ("warning: ", "yellow"), f"{what}: {self.why}"), on=margin())
