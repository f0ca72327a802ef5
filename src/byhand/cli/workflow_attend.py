"""The person beside a run: what stops it, what is asked of them, and what they see of it meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Generator
from types import FrameType
from typing import Any, Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from byhand.agents.brake import Brake, Watch
from byhand.agents.leave import Answer
from byhand.agents.outcome import Healed
from byhand.agents.running import Done, Settled
from byhand.cli.output import margin, on_terminal, say
from byhand.ui import words
from byhand.workflows.program import Risk

_DOES = {
    "sends": "sends something", "pays": "pays", "deletes": "deletes something", "publishes": "publishes something",
    "grants": "gives somebody rights", "uploads": "uploads a file", "credentials": "touches a password",
}  # fmt: skip
STYLES = {"done": "good", "unchecked": "warn", "stopped": "bad", "skipped": "quiet"}


class Attending:
    """Watches for the person and asks them, while its block lasts.

    Args:
        attended: somebody is there to be asked.
        shown: progress is drawn, on a terminal.
        ours: our own hands act by XTEST.
    """

    to_all = "yes to this step in all rows"

    def __init__(self, total: int, *, attended: bool, shown: bool, ours: bool = False) -> None:
        self.brake = Brake()
        self.attended = attended
        self._watch = Watch(self.brake, os.environ, sys.stdin.fileno() if on_terminal() else -1, ours=ours)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(30), MofNCompleteColumn(), TextColumn("·"),
            TimeRemainingColumn(compact=True), TextColumn("left"), console=margin(), transient=True,
            disable=not (shown and sys.stderr.isatty()),
        )  # fmt: skip
        self._task = self._progress.add_task("", total=total)
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._interrupt)
        self._watch.__enter__()
        if self._watch.watched and self.attended:
            say(Text(f"to stop it: {' or '.join((*self._watch.watched, 'Ctrl-C'))}", "quiet"), on=margin())
        self.brake.arm()
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
        self._watch.__exit__()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        """The first one lets the act that is going on end in order; a second one does not wait for it."""
        del frame
        if self.brake.by == "Ctrl-C":
            raise KeyboardInterrupt
        self.brake.stop("Ctrl-C" if number == signal.SIGINT else "a signal")

    # -- seen -------------------------------------------------------------------------------------------------------

    def begins(self, number: int) -> None:
        self._progress.update(self._task, description=f"row {number}" if number else "")

    def ended(self, done: Done, *, told: bool) -> None:
        self._progress.advance(self._task)
        if not told:
            return
        row = f"row {done.number}" if done.number else "it"
        line = Text.assemble((f"{row:<8} ", "name"), (f"{done.state:<10}", STYLES.get(done.state, "")))
        line.append(f"{done.seconds:>6.1f} s  " if done.seconds else " " * 10, "quiet")
        line.append(words.shown(done.reason, 140))
        self._progress.stop()
        say(line)
        self._progress.start()

    # -- asked ------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _asking(self) -> Generator[None]:
        """The keyboard is the person's for a while, and what they type stops nothing."""
        self._progress.stop()
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with self._watch.asking():
                yield
        finally:
            signal.signal(signal.SIGINT, before)
            self.brake.arm()
            self._progress.start()

    def _answer(self, *lines: str | Text, choices: str) -> str:
        with self._asking():
            say(*lines, on=margin())
            margin().print(Text(f"{choices}  ", "quiet"), end="")
            sys.stderr.flush()
            try:
                return sys.stdin.readline().strip().lower()
            except KeyboardInterrupt:
                return "q"

    def may(self, sentence: str, risk: Risk, why: str) -> Answer:
        """Before an act that can't be undone."""
        answer = self._answer(
            Text.assemble((f"{words.shown(sentence, 160)}  ", "name"), (_DOES.get(risk, risk), "warn")),
            Text(f"  {why}", "quiet"),
            choices=f"do it? y = yes, a = {self.to_all}, N",
        )
        return "yes" if answer in ("y", "yes") else "yes to all" if answer in ("a", "all") else "no"

    def heals(self, healed: Healed, sentence: str) -> bool:
        """Before an act on what was found by other evidence than it was shown with."""
        answer = self._answer(
            Text.assemble((f"{words.shown(sentence, 160)}", "name")),
            Text.assemble(("  was  ", "quiet"), (words.shown(healed.was, 120), "bad")),
            Text.assemble(
                ("  now  ", "quiet"), (words.shown(healed.now, 120), "good"), (f"  by {', '.join(healed.by)}", "quiet")
            ),
            choices="is it that? y = yes, N",
        )
        return answer in ("y", "yes")

    def go_on(self, done: Done) -> bool:
        """After they stopped it."""
        if not self.attended or self.brake.by == "a signal":
            return False
        row = f"row {done.number}" if done.number else "it"
        answer = self._answer(
            Text.assemble((f"you stopped it ({self.brake.by}); ", "name"), f"{row} is not done"),
            choices="go on with it? y = yes, from its beginning; N = end here",
        )
        return answer in ("y", "yes")

    def settled(self, number: int, step: str) -> Settled:
        """On a row of which nothing tells whether it was done."""
        if not self.attended:
            return ""
        row = f"row {number}" if number else "it"
        answer = self._answer(
            Text.assemble((f"{row} was cut off ", "name"), f"in or after step {step}, which can't be undone"),
            choices="look in the app: is it there? y = it is there, n = it is not, Enter = leave it",
        )
        return "there" if answer in ("y", "yes") else "not there" if answer in ("n", "no") else ""


def moment() -> float:
    """UTC seconds."""
    return time.time()
