"""Promises of the journal: each row once, and nothing of its cells on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from byhand.agents.journal import FILE, Journal, Kept
from byhand.agents.outcome import Healed, Outcome, Stop
from byhand.errors import AlreadyRunning

ROW = {"number": "R-4711", "amount": Decimal("1.50")}
WHO = ("number",)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "runs", count(1000).__next__) as opened:
        opened.begin(rows=3, revision=1)
        yield opened


def test_a_row_that_is_done_is_known_again(journal: Journal):
    """Also where a number is written otherwise, and with a word where its other cells have changed since."""
    key = journal.key(ROW, WHO)
    assert journal.standing(key, ROW).state == ""
    journal.book(1, key, ROW).close(Outcome("done", 4, 1.5))
    again = ROW | {"amount": Decimal("1.5")}
    assert (journal.standing(journal.key(again, WHO), again).state, journal.standing(key, again).changed) == (
        "done", False
    )  # fmt: skip
    other = ROW | {"amount": Decimal(2)}
    assert journal.key(other, WHO) == key
    assert journal.standing(key, other).changed


def test_what_may_have_been_done_makes_a_row_uncertain(journal: Journal):
    """An act that can't be undone and was begun is named, whether it ended or not, also after a second attempt."""
    key = journal.key(ROW, WHO)
    book = journal.book(1, key, ROW)
    book.will("s1", "")
    book.did("s1")
    assert journal.standing(key, ROW).uncertain == ""
    book.will("s2", "sends")
    assert journal.standing(key, ROW).uncertain == "s2"
    book.did("s2")
    journal.book(1, key, ROW).will("s1", "")
    assert journal.standing(key, ROW).uncertain == "s2"


def test_a_person_says_what_became_of_an_uncertain_row(journal: Journal):
    """It isn't there: it is done anew. It is: it is done."""
    key = journal.key(ROW, WHO)
    journal.book(1, key, ROW).will("s2", "sends")
    journal.clear(key, "it is not there")
    assert journal.standing(key, ROW).uncertain == ""
    journal.book(1, key, ROW).will("s2", "sends")
    journal.settle(key)
    assert journal.standing(key, ROW).state == "done"


def test_a_program_without_a_table_does_one_more_thing_each_time(journal: Journal):
    """Once it has ended well; until then it is the same one."""
    first = journal.key({}, ())
    journal.book(0, first, {}).close(Outcome("stopped", stop=Stop("s1", "missing", "it is not there")))
    assert journal.key({}, ()) == first
    journal.book(0, first, {}).close(Outcome("done"))
    assert journal.key({}, ()) != first


def test_no_cell_is_on_the_disk(journal: Journal, tmp_path: Path):
    """Nor what was read, nor what a stop found: the files hold numbers, hashes and names of controls."""
    stop = Stop("s2", "not so", "R-4711 is not in the list", "R-4711", "R-9", picture=b"R-4711")
    healed = Healed("s1", "Save", "Save", "Store", ("role", "near"))
    book = journal.book(7, journal.key(ROW, WHO), ROW)
    book.will("s2", "sends")
    book.close(Outcome("stopped", 3, 2.0, stop, (healed,), ('fill "Number" with R-4711',), {"total": "R-4711"}))
    assert journal.rows(journal.run) == [Kept(7, "stopped", 2.0, 3, "not so", "s2")]
    held = b"".join(file.read_bytes() for file in (tmp_path / "runs").iterdir())
    assert b"4711" not in held
    assert b"Store" in held


def test_runs_are_told_with_what_became_of_their_rows(journal: Journal):
    """Counted by state; what was cut off has none, and a run that was has no end."""
    for number in (1, 2):
        journal.book(number, journal.key(ROW | {"number": str(number)}, WHO), ROW).close(Outcome("done"))
    journal.book(3, journal.key(ROW, WHO), ROW)
    [run] = journal.runs()
    assert (run.rows, run.counts, run.ended) == (3, {"done": 2, "cut off": 1}, 0.0)
    journal.end("the person took over")
    assert journal.runs()[0].ended > run.began


_HOLD = """
import sys, time
from pathlib import Path
from byhand.agents.journal import Journal
journal = Journal.open(Path(sys.argv[1]), time.time)
journal.begin(1, 1)
journal.book(1, "k", {"number": "1"}).will("s2", "sends")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_dead(tmp_path: Path):
    """Killed without a word, it leaves the lock to the next one, and what it was about to do."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning):
            Journal.open(tmp_path, lambda: 0.0)
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with Journal.open(tmp_path, lambda: 0.0) as mine:
            assert mine.standing("k", {"number": "1"}).uncertain == "s2"


def test_looking_into_what_was_never_run_makes_nothing(tmp_path: Path):
    """No folder and no file."""
    assert Journal.read(tmp_path / "none", lambda: 0.0) is None
    assert not (tmp_path / "none" / FILE).parent.exists()
