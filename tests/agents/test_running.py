"""Promises of a run over a table: each row once, in order, and what came of each is durable before the next begins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from byhand.agents.actuators.pretend_page import Part, PretendPage
from byhand.agents.brake import Brake
from byhand.agents.journal import Journal
from byhand.agents.leave import Allowed, RunLeave
from byhand.agents.outcome import Book, Outcome, Stop, Values
from byhand.agents.running import SIGNED_OUT, Done, Means, Row, Settled, run_table
from byhand.workflows.program import Act, Effect, Workflow

SAVE = Act(id="s1", verb="press", target="Save")
PROGRAM = Workflow(name="enter", identity=("number",), steps=(SAVE,), effects=(Effect(kind="http", at="/x"),))
BLIND = Workflow(name="enter", identity=("number",), steps=(SAVE,))
ROWS = tuple(Row(n, {"number": f"R-{n}", "amount": str(n)}) for n in (1, 2, 3))


class Loop:
    """Stands for the loop: does what it is told to for a row's number, and writes into the book as the loop does."""

    def __init__(self, **ends: Outcome) -> None:
        self.ends, self.ran = ends, list[tuple[str, str]]()
        self.secret = ""

    def __call__(self, workflow: Workflow, values: Values, hands: Any, *, book: Book, uncertain: str = "", **_: Any):
        number = str(values["number"])
        self.ran.append((number, uncertain))
        self.secret = str(values.get("password", ""))
        book.will("s1", "sends")
        outcome = self.ends.pop(number.replace("-", ""), Outcome("done", 1, 0.5))
        if outcome.state == "done":
            book.did("s1")
        return outcome


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path, count(1000).__next__) as opened:
        opened.begin(3, 1)
        yield opened


def means(journal: Journal, loop: Loop, settled: Settled = "", *, go_on: bool = False, **more: Any) -> Means:
    nothing: Any = None
    leave = RunLeave(PROGRAM, Allowed([], set, b"", lambda: 0), None, lambda: "")
    return Means(
        nothing, Brake(), leave, journal, loop, lambda values, limit: False, lambda done: go_on,
        lambda number, step: settled, lambda number: None, **more,
    )  # fmt: skip


def run(journal: Journal, loop: Loop, settled: Settled = "", program: Workflow = PROGRAM, **more: Any) -> list[Done]:
    return list(run_table(program, more.pop("rows", ROWS), means(journal, loop, settled, **more)))


def states(done: list[Done]) -> list[tuple[int, str, str]]:
    return [(one.number, one.state, one.kind) for one in done]


def test_what_is_done_is_done_once(journal: Journal):
    """A second run has nothing left to do, and says so."""
    loop = Loop()
    assert [one.good for one in run(journal, loop)] == [True] * 3
    again = run(journal, loop)
    assert states(again) == [(n, "skipped", "done before") for n in (1, 2, 3)]
    assert all(one.good for one in again)
    assert len(loop.ran) == 3


def test_a_row_that_stopped_is_tried_again_and_told_what_is_uncertain(journal: Journal):
    """The others are not: the loop is told which act may have been done, and looks."""
    loop = Loop(R2=Outcome("stopped", 1, stop=Stop("s1", "refused", "it was refused")))
    assert states(run(journal, loop)) == [(1, "done", ""), (2, "stopped", "refused"), (3, "done", "")]
    assert states(run(journal, loop))[1] == (2, "done", "")
    assert loop.ran[3:] == [("R-2", "s1")]


def test_without_an_effect_only_a_person_can_tell(journal: Journal):
    """Nobody says: it stops. It is there: it counts as done. It is not: it is done, and not told to be uncertain."""
    lost = Outcome("stopped", stop=Stop("s1", "lost", "it went away"))
    for at, name in enumerate(("R1", "R2")):
        run(journal, Loop(**{name: lost}), program=BLIND, rows=ROWS[at : at + 1])
    loop = Loop()
    assert states(run(journal, loop, program=BLIND, rows=ROWS[:2])) == [(n, "stopped", "uncertain") for n in (1, 2)]
    assert not loop.ran
    [first] = run(journal, loop, "there", BLIND, rows=ROWS[:1])
    assert (first.state, first.good, loop.ran) == ("skipped", True, [])
    [second] = run(journal, loop, "not there", BLIND, rows=ROWS[1:2])
    assert (second.state, loop.ran) == ("done", [("R-2", "")])


def test_the_person_ends_it_or_lets_it_go_on(journal: Journal):
    """Going on is going on with the same row; ending it reaches no other."""
    taken = Outcome("stopped", stop=Stop("s1", "person", "a person took over"))
    assert states(run(journal, Loop(R1=taken))) == [(1, "stopped", "person")]
    loop = Loop(R2=taken)
    assert states(run(journal, loop, go_on=True)) == [(1, "done", ""), (2, "done", ""), (3, "done", "")]
    assert [number for number, _ in loop.ran] == ["R-1", "R-2", "R-2", "R-3"]


def test_after_a_lost_session_no_other_row_is_tried(journal: Journal):
    """It would fare no better."""
    loop = Loop(R1=Outcome("stopped", stop=Stop("s1", "session", "it is signed out")))
    assert len(run(journal, loop)) == 1


def test_a_row_whose_cells_cant_be_used_is_not_begun(journal: Journal):
    """Nor is a second one for the same record; the others are."""
    rows = (ROWS[0], Row(2, {"number": "R-9"}, "the date can't be read"), Row(3, {**ROWS[0].cells, "amount": "7"}))
    loop = Loop()
    told = run(journal, loop, rows=rows)
    assert states(told) == [(1, "done", ""), (2, "stopped", "value"), (3, "stopped", "value")]
    assert told[2].reason == "row 1 is for the same record"
    assert len(loop.ran) == 1


def test_a_secret_is_known_to_the_loop_and_to_nobody_else(journal: Journal, tmp_path: Path):
    """It is not in the journal, and a row is the same with another."""
    loop = Loop()
    run(journal, loop, secrets={"password": "hunter2"}, rows=ROWS[:1])
    assert loop.secret == "hunter2"
    assert run(journal, loop, secrets={"password": "other"}, rows=ROWS[:1])[0].kind == "done before"
    assert b"hunter2" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_done_and_unchecked_are_not_the_same(journal: Journal):
    """It is not repeated, and does not count as good either."""
    loop = Loop(R1=Outcome("unchecked", 1))
    assert not run(journal, loop, rows=ROWS[:1])[0].good
    [again] = run(journal, loop, rows=ROWS[:1])
    assert (again.state, again.good, len(loop.ran)) == ("skipped", False, 1)


def test_where_nobody_is_signed_in_the_run_says_so_and_ends(tmp_path: Path):
    """Nothing was done yet, and where it begins one is asked to sign in. Once a row has worked it is something else."""
    begins = replace(PROGRAM, start=f"{PretendPage.origin}/in")
    site = {"/in": lambda: [Part("textbox", "Kennwort", states={"secret"})]}
    lost = Outcome("stopped", stop=Stop("s1", "missing", '"Save" did not come'))
    for folder, loop, wanted in (
        ("a", Loop(R1=lost), [(1, "stopped", "session")]),
        ("b", Loop(R2=lost), [(1, "done", ""), (2, "stopped", "missing"), (3, "done", "")]),
    ):
        with Journal.open(tmp_path / folder, count(1000).__next__) as journal:
            journal.begin(3, 1)
            ways = replace(means(journal, loop), hands=PretendPage(site))
            done = list(run_table(begins, ROWS, ways))
            assert states(done) == wanted
            assert [one.kind for one in journal.rows(1)] == [kind for _, _, kind in wanted]
    assert "you are not signed in there" in SIGNED_OUT
