"""`byhand workflow run`: a program for each row of a table, checked, stopped by any key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.agents.brake import Brake
from byhand.agents.journal import Journal
from byhand.agents.loop import run_row
from byhand.agents.running import Done, Means, run_table
from byhand.cli import endpoint, workflow_home
from byhand.cli import open as opened
from byhand.cli.output import Json, emit, margin, on_terminal, say
from byhand.cli.workflow_attend import Attending, moment
from byhand.cli.workflow_recorded import Recorded
from byhand.cli.workflow_reporting import Given, save, told
from byhand.cli.workflow_secrets import secrets_of
from byhand.cli.workflow_table import given_of
from byhand.cli.workflow_voice import lent, voice_of
from byhand.cli.workflow_work import (
    Window,
    elsewhere,
    hands_in,
    holds_for,
    leave_for,
    line,
    note,
    on_desktop,
    permitted,
)
from byhand.models.decision import Decides
from byhand.ui import words
from byhand.workflows.cells import Values
from byhand.workflows.planned import planned
from byhand.workflows.program import Workflow

STOPPED, UNCHECKED, TAKEN = 4, 5, 6
"""Exit codes: a row stopped; all steps of all rows are done, and of one nothing tells whether it had its effect; the
person stopped it.
"""


def run(
    name: workflow_home.Name,
    /,
    *,
    table: Annotated[
        str,
        Parameter(metavar="FILE", help="Its rows: .csv, .xlsx#SHEET or .sqlite#TABLE. Without it, it is done once."),
    ] = "",
    url: Annotated[
        str,
        Parameter(
            metavar="ADDRESS",
            help="Another place of the same app. It is opened once first, so it may be one that signs in.",
        ),
    ] = "",
    begin: Annotated[int, Parameter(name="--from", metavar="ROW", help="Leave the rows before it out.")] = 1,
    dry_run: Annotated[
        bool, Parameter(help="Only say what would be done for each row, and what is wrong with its cells.")
    ] = False,
    watch: Annotated[bool, Parameter(help="In a window, to be watched.")] = False,
    unattended: Annotated[
        bool, Parameter(help="Ask nobody: what can't be undone and isn't allowed beforehand stops its row.")
    ] = False,
    profile: Annotated[
        Path | None,
        Parameter(metavar="DIR", help="A browser profile, where you are signed in; a clean one if left out."),
    ] = None,
    model: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="A model that is asked which element a step means, where the page has changed so that the workflow's "
            "own evidence does not tell. Its word is one kind of evidence, and never enough alone.",
        ),
    ] = "",
    endpoint_url: endpoint.Url = "",
    json: Json = False,
) -> int:
    """Returns 0 when all rows are done and were seen to be; see STOPPED, UNCHECKED and TAKEN."""
    home = opened.home()
    program, _ = workflow_home.load(home, name)
    if url:
        program = elsewhere(program, url)
    given = given_of(program, table, begin)
    for note_ in given.table.says if given.table else ():
        say(Text(f"  {words.shown(note_, 200)}", "quiet"), on=margin())
    if dry_run:
        return _dry(program, given, as_json=json)
    permitted(home, program)
    voice = voice_of(home, program, model, endpoint_url)
    attended = on_terminal() and not unattended
    secrets = secrets_of(home, program, attended=attended)
    runs = workflow_home.runs(home, program.name)
    with voice as decider, Journal.open(runs, moment) as journal:
        journal.begin(len(given.rows), program.revision)
        done: list[Done] = []
        began = moment()
        with Attending(len(given.rows), attended=attended, shown=not json, ours=on_desktop(program)) as person:
            record = Recorded(home, program, secrets, person.brake)
            window = Window(url, profile, watch)
            why = _work(home, program, given, secrets, journal, person, done, window, record, decider, as_json=json)
        journal.end(why)
        report = told(program, journal.runs()[-1], given, done, moment() - began, why)
        place = save(runs / str(journal.run), report, given)
    note(home, program, len(given.rows), done, record.id)
    if not json:
        say(Text(report.verdict, "good" if report.verdict.startswith(("Every", "It is")) else "bold"))
        say(Text.assemble(("report  ", "quiet"), (str(place), "name")))
        if record.id:
            say(Text.assemble(("recording  ", "quiet"), (record.id, "name")))
    return _code(given, done, taken=bool(person.brake.by))


def _work(
    home: Path, program: Workflow, given: Given, secrets: Values, journal: Journal, person: Attending,
    done: list[Done], window: Window, record: Recorded, decider: Decides | None, *, as_json: bool,
) -> str:  # fmt: skip
    """Run the rows, each told as it ends. Gives why it ended before the last, or ""."""
    if person.brake.pulled():
        return _stopped_by(person.brake)
    with record, hands_in(program, window, person.brake) as hands:
        leave = leave_for(home, program, person.may if person.attended else None, hands)
        means = Means(
            hands=record.witness.hands(hands), brake=person.brake, leave=leave, journal=journal, run_row=run_row,
            holds=holds_for(program),
            go_on=person.go_on, settled=person.settled, begins=person.begins, secrets=secrets,
            watch=person if person.attended and window.shown else None, hears=record.witness,
            voice=lent(decider, home, hands, person.brake),
        )  # fmt: skip
        if window.first and (why := hands.go(window.first)):
            return why
        for one in run_table(program, given.rows, means):
            done.append(one)
            person.ended(one, told=not as_json)
            if as_json:
                emit(line(one))
    if len(done) == len(given.rows):
        return ""
    for row in given.rows[len(done) :] if as_json else ():
        emit(line(Done(row.number, "skipped", "it was not begun: the run ended before it", "not begun")))
    return _stopped_by(person.brake) if person.brake.by else done[-1].reason


def _stopped_by(brake: Brake) -> str:
    return f"you stopped it ({brake.by})"


def _dry(program: Workflow, given: Given, *, as_json: bool) -> int:
    bad = 0
    for row in given.rows:
        reason, said = row.problem, tuple[str, ...]()
        if not reason:
            try:
                said = planned(program, {**row.cells, **_masks(program)})
            except ValueError as error:
                reason = str(error)
        bad += bool(reason)
        if as_json:
            state = "stopped" if reason else "ready"
            emit({"row": row.number, "state": state, "reason": reason, "steps": len(said), "sentences": said})
            continue
        say(Text.assemble((f"row {row.number}" if row.number else program.name, "name"), (f"  {reason}", "bad")))
        for sentence in said:
            say(Text(f"  {words.shown(sentence, 400) if sentence[:1] != ' ' else sentence}"))
    if not as_json:
        say(Text(f"nothing was done; {words.many(len(given.rows), 'row')}, {bad:,} can't be run", "quiet"), on=margin())
    return STOPPED if bad else 0


def _masks(program: Workflow) -> Values:
    return {one.name: "secret" for one in program.parameters if one.kind == "secret"}


def _code(given: Given, done: list[Done], *, taken: bool) -> int:
    if any(one.kind == "person" for one in done) or (taken and len(done) < len(given.rows)):
        return TAKEN
    if any(one.state == "stopped" for one in done) or len(done) < len(given.rows):
        return STOPPED
    return 0 if all(one.good for one in done) else UNCHECKED
