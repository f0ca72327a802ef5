"""A table that is run while it is killed again and again, at random moments: is each row saved once?

Each try is a process of its own, forked warm: it opens the journal, goes on where the one before was killed, and is
killed by SIGKILL. The last one is let end. What was saved is read from the form's own file.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.form import PROGRAM, FormHands, saved
from bench.report import Row as Figure
from byhand.agents import effects
from byhand.agents.brake import Brake
from byhand.agents.journal import Journal
from byhand.agents.leave import Allowed, Answer, RunLeave
from byhand.agents.loop import run_row
from byhand.agents.outcome import Values
from byhand.agents.running import Done, Means, Row, Settled, run_table

ROW = "kills"
_KILLS = 200
_PAUSE_S = 0.001
_WAIT_S = 0.03
"""So long the effect of a row is waited for: the form answers at once, and a look that is killed begins anew."""


def measure(share: float) -> Iterator[Figure]:
    wanted = max(5, round(_KILLS * share))
    waits, effects.WAIT_S = effects.WAIT_S, _WAIT_S
    with tempfile.TemporaryDirectory(prefix="byhand-kills-") as name:
        folder, draw = Path(name), random.Random(11)
        kills, rows, missing, doubled = 0, 0, 0, 0
        while kills < wanted:
            place = folder / str(rows)
            place.mkdir()
            kills += killed(place, 20, draw)
            counts = Counter(number for number, _ in saved(place / "form"))
            missing += sum(f"R-{n}" not in counts for n in range(1, 21))
            doubled += sum(count > 1 for count in counts.values())
            rows += 20
    effects.WAIT_S = waits
    yield Figure(
        f"a table of 20 rows, killed at random moments ({kills} SIGKILLs)", "0 doubled, 0 missing",
        f"{doubled} doubled, {missing} missing of {rows}", "-", f"{kills} kills", not (doubled or missing),
    )  # fmt: skip


def killed(folder: Path, rows: int, draw: random.Random) -> int:
    """Run a table under kills until it is done. Gives how many there were."""
    kills = 0
    while True:
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if table(folder, rows) else 1)
            finally:
                os._exit(2)
        time.sleep(draw.uniform(0.0, 0.5))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            if os.WEXITSTATUS(status):
                raise RuntimeError("a run ended before its table was done")
            return kills
        kills += 1


def table(folder: Path, rows: int, pause_s: float = _PAUSE_S, dies_at: int = 0) -> bool:
    """Run all rows, those that are done left out. Whether all are done now. dies_at: see `FormHands`."""
    with Journal.open(folder / "runs", time.time) as journal:
        journal.begin(rows, 1)
        means = means_for(journal, FormHands(folder / "form", pause_s, dies_at))
        wanted = [Row(n, {"number": f"R-{n}", "amount": str(10 * n)}) for n in range(1, rows + 1)]
        done = list(run_table(PROGRAM, wanted, means))
        journal.end()
    return len(done) == rows and all(one.good for one in done)


def means_for(journal: Journal, hands: FormHands, brake: Brake | None = None) -> Means:
    """With a person who says yes to all, and nobody to be asked anything else."""

    def yes(*_: str) -> Answer:
        return "yes"

    def no(_: Values, __: str) -> bool:
        return False

    def ends(_: Done) -> bool:
        return False

    def unknown(_: int, __: str) -> Settled:
        return ""

    leave = RunLeave(PROGRAM, Allowed([], set, b"", lambda: 0), yes, lambda: PROGRAM.start)
    return Means(
        hands=hands, brake=brake or Brake(), leave=leave, journal=journal, run_row=run_row, holds=no, go_on=ends,
        settled=unknown, begins=int,
    )  # fmt: skip
