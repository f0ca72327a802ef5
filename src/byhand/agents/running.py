"""Runs a program over the rows of a table: each once, one after the other, with what came of each.

Rules of this module: a row's state is looked up in the journal before it is begun and written there before the next
one is; what is yielded was made durable. Nothing is printed and nobody is asked here: `Means.go_on` and `settled` ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol

import msgspec
from msgspec.structs import replace

from byhand.agents.brake import Brake
from byhand.agents.journal import Journal, Standing
from byhand.agents.leave import RunLeave
from byhand.agents.outcome import Book, Hands, Healed, Leave, Outcome, State, Stop, Values
from byhand.agents.outcome import Brake as BrakePort
from byhand.agents.seeking import Voice, Watch
from byhand.workflows.around import Around
from byhand.workflows.program import Workflow
from byhand.workflows.surprises import signed_out

ENDS = frozenset({"person", "session"})
"""Kinds of stops after which the next row would fare no better."""
_BEGUN_IN_VAIN = 3
"""So many rows one after the other that stopped before their first act: nobody answers there any more."""
SIGNED_OUT = (
    "you are not signed in there: name a browser profile in which you are (--profile DIR), or an address that signs in "
    "(--url ADDRESS)"
)
_OTHERWISE = frozenset({"value", "risk", "person", "lost"})
"""Kinds of stops that have their own reason."""
_LOOKS, _LOOK_S = 10, 0.2
"""A page may go on to where one signs in only after it has come."""
THERE = frozenset({"done before", "there already"})
"""Why a row was skipped that needs nothing more."""


class Row(msgspec.Struct, frozen=True):
    """One row to be run. number: from 1, 0 for a program without a table. cells: what tells of it, never a secret.
    problem: why its cells can't be used, or "".
    """

    number: int
    cells: Values = {}
    problem: str = ""

    def __repr__(self) -> str:
        return f"Row({self.number})"


class Done(msgspec.Struct, frozen=True):
    """What came of one row. before: it had been done in that run. cut: nothing was tried, for the run had ended."""

    number: int
    state: State
    reason: str = ""
    kind: str = ""
    steps: int = 0
    seconds: float = 0.0
    before: int = 0
    stop: Stop | None = None
    healed: tuple[Healed, ...] = ()
    told: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Done({self.number}, {self.state})"

    @property
    def good(self) -> bool:
        """It is done, and its effect was seen."""
        return self.state == "done" or (self.state == "skipped" and self.kind in THERE)


class RunRow(Protocol):
    """`agents.loop.run_row`."""

    def __call__(
        self,
        workflow: Workflow,
        values: Values,
        hands: Hands,
        *,
        brake: BrakePort,
        leave: Leave,
        book: Book,
        watch: Watch | None = None,
        uncertain: str = "",
        voice: Voice | None = None,
    ) -> Outcome: ...


class Hears(Protocol):
    """Who is told what comes of each row: `agents.witness.Witness`."""

    def book(self, book: Book) -> Book:
        """A row is begun; its acts are told to that book."""
        ...

    def ended(self, done: Done, by: str, pulled_ns: int) -> None:
        """What came of it. by, pulled_ns: what of the person pulled the brake, and when; "" for nothing."""
        ...


Settled = Literal["there", "not there", ""]


class Means(msgspec.Struct, frozen=True):
    """What a run has to work with.

    secrets: values that every row has, and no book. holds: whether a condition of a limit holds for a row. go_on:
    after the person stopped it, whether it goes on with the same row. settled: the person's word on a row of which
    nothing else tells whether it was done; "" where nobody says. begins: told before each row. watch: who confirms what
    is healed, if anybody. hears: who records it, if anybody; then its ears are in `hands` already. voice: a model that
    is asked which element a step means, if any.
    """

    hands: Hands
    brake: Brake
    leave: RunLeave
    journal: Journal
    run_row: RunRow
    holds: Callable[[Values, str], bool]
    go_on: Callable[[Done], bool]
    settled: Callable[[int, str], Settled]
    begins: Callable[[int], object]
    secrets: Values = {}
    watch: Watch | None = None
    hears: Hears | None = None
    voice: Voice | None = None


def run_table(program: Workflow, rows: Sequence[Row], means: Means) -> Iterator[Done]:
    """Run them in order. Ends early after a stop of `ENDS`, or where nothing can be begun; the rest is not told."""
    seen: dict[str, int] = {}
    vain, worked = 0, False
    for row in rows:
        key = means.journal.key(row.cells, program.identity)
        means.begins(row.number)
        done = _unusable(row, seen.get(key, 0)) or _known(row, means.journal.standing(key, row.cells))
        seen.setdefault(key, row.number)
        while done is None:
            done = _run(program, row, key, means, first=not worked)
            worked = worked or done.steps > 0 or done.good
            if done.kind == "person" and means.go_on(done):
                done = None
        yield done
        vain = vain + 1 if done.state == "stopped" and not done.steps and done.kind not in ("value", "risk") else 0
        if done.kind in ENDS or vain == _BEGUN_IN_VAIN:
            return


def _run(program: Workflow, row: Row, key: str, means: Means, *, first: bool) -> Done:
    """first: nothing was done in this run yet."""
    journal = means.journal
    uncertain = journal.standing(key, row.cells).uncertain
    if uncertain and not program.effects:
        # Nothing can be looked up; only a person can tell.
        match means.settled(row.number, uncertain):
            case "there":
                journal.settle(key)
                return Done(row.number, "skipped", "it is there, by your word", "done before")
            case "not there":
                journal.clear(key, "it is not there")
                uncertain = ""
            case _:
                return Done(
                    row.number, "stopped", "it may have been done already, and nothing tells whether it was",
                    "uncertain", stop=Stop(uncertain, "changed", "it may have been done already", harmed=True),
                )  # fmt: skip
    book = journal.book(row.number, key, row.cells)
    values = {**row.cells, **means.secrets}

    def holds(limit: str) -> bool:
        return means.holds(values, limit)

    outcome = means.run_row(
        program, values, means.hands, brake=means.brake, leave=means.leave.for_row(holds),
        book=means.hears.book(book) if means.hears else book, watch=means.watch, uncertain=uncertain,
        voice=means.voice,
    )  # fmt: skip
    if first and outcome.state == "stopped" and not outcome.steps:
        outcome = _signed_in(program, outcome, means.hands)
    book.close(outcome)
    done = _done(row.number, outcome, means)
    if means.hears:
        means.hears.ended(done, means.brake.by, means.brake.pulled_ns)
    return done


def _signed_in(program: Workflow, outcome: Outcome, hands: Hands) -> Outcome:
    """What could not even be begun, with the reason that is behind most of it: nobody is signed in where it begins."""
    stop = outcome.stop
    if stop is None or stop.kind in _OTHERWISE or "://" not in program.start:
        return outcome
    fills = any(one.kind == "secret" for one in program.parameters)
    if hands.go(program.start):
        return outcome
    for _ in range(_LOOKS):
        view = hands.look()
        if view is not None and signed_out(Around(view), program.start, fills=fills):
            out = replace(stop, kind="session", reason=SIGNED_OUT, expected="", found="", picture=hands.picture())
            return replace(outcome, stop=out)
        hands.rest(_LOOK_S)
    return outcome


def _done(number: int, outcome: Outcome, means: Means) -> Done:
    stop = outcome.stop
    reason = stop.reason if stop else ""
    if stop and stop.kind == "risk" and means.leave.why:
        reason = f"{reason}: {means.leave.why}"
    if outcome.state == "unchecked" and not reason:
        reason = "all steps are done; nothing tells whether they had their effect"
    kind = stop.kind if stop else "there already" if outcome.state == "skipped" else ""
    if kind == "there already":
        reason = "its effect is there already"
    return Done(
        number, outcome.state, reason, kind, outcome.steps, outcome.seconds, 0, stop,
        outcome.healed, outcome.told,
    )  # fmt: skip


def _unusable(row: Row, twin: int) -> Done | None:
    if row.problem:
        return Done(row.number, "stopped", row.problem, "value", stop=Stop("", "value", row.problem))
    if twin:
        why = f"row {twin} is for the same record"
        return Done(row.number, "stopped", why, "value", stop=Stop("", "value", why))
    return None


def _known(row: Row, standing: Standing) -> Done | None:
    if not standing.state:
        return None
    changed = "; its cells have changed since" if standing.changed else ""
    if standing.state == "unchecked":
        why = f"it was done in run {standing.run}, unchecked{changed}"
        return Done(row.number, "skipped", why, "unchecked before", before=standing.run)
    return Done(
        row.number, "skipped", f"it was done in run {standing.run}{changed}", "done before", before=standing.run
    )
