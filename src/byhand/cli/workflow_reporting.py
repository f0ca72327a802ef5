"""From what came of the rows to the report: a page, and the table back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from byhand.agents.journal import Kept, Run
from byhand.agents.outcome import Healed
from byhand.agents.running import Done, Row
from byhand.agents.tables import Table, write_back
from byhand.cli import open as opened
from byhand.cli.writing import write
from byhand.ui.run.page import page
from byhand.ui.run.table import COLUMNS, beside
from byhand.ui.run.telling import Heal, Line, Told, heals
from byhand.vault.durable import private_dir
from byhand.workflows import cells, sentences
from byhand.workflows.program import Act, Branch, Effect, Repeat, Statement, Workflow

PAGE, TABLE = "report.html", "rows.csv"
_LONGEST = 60


class Given(msgspec.Struct, frozen=True):
    """The rows that are to be run. name: of the table they are of, if there is one."""

    name: str = ""
    table: Table | None = None
    rows: tuple[Row, ...] = ()

    def __repr__(self) -> str:
        return f"Given({len(self.rows)} rows)"


def told(program: Workflow, run: Run, given: Given, done: Sequence[Done], seconds: float, why: str = "") -> Told:
    """All of a run that has just been."""
    known = {one.number: one for one in done}
    lines = tuple(_line(program, row, known.get(row.number)) for row in given.rows)
    healed = [(one.number, heal.called, heal.was, heal.now, heal.by) for one in done for heal in one.healed]
    return _whole(program, run, lines, seconds, why, given.name, heals(healed))


def kept(program: Workflow, run: Run, rows: Sequence[Kept], healed: Sequence[tuple[int, Healed]]) -> Told:
    """What the journal still knows of one: no cells, no sentences."""
    says = _sentences(program)
    lines = tuple(
        Line(
            one.number, one.state or "cut off", "", _why(one), one.kind, one.steps, one.seconds,
            step=says.get(one.step, ""), harmed=one.harmed,
        )
        for one in rows
    )  # fmt: skip
    found = heals([(number, one.called, one.was, one.now, one.by) for number, one in healed])
    return _whole(program, run, lines, max(run.ended - run.began, 0.0), run.why, healed=found)


def save(folder: Path, report: Told, given: Given) -> Path:
    """Write both, for the person alone. Gives the page's place."""
    private_dir(folder)
    place = folder / PAGE
    write(place, page(report).encode("utf-8", "replace"))
    if given.table is not None:
        known = {line.number: line for line in report.lines}
        write_back(given.table, folder / TABLE, lambda number: beside(known.get(number)), COLUMNS)
    return place


def _whole(
    program: Workflow, run: Run, lines: tuple[Line, ...], seconds: float, why: str, table: str = "",
    healed: tuple[Heal, ...] = (),
) -> Told:  # fmt: skip
    began = opened.local(run.began)
    return Told(
        program.name, program.about, f"{began:%A} {began.day} {began:%B %Y} {began:%H:%M}", run.id, run.revision,
        seconds, lines, healed, table, why, "; ".join(map(_effect, program.effects)),
    )  # fmt: skip


def _line(program: Workflow, row: Row, done: Done | None) -> Line:
    names = _names(program, row)
    if done is None:
        return Line(row.number, "not begun", names)
    stop = done.stop
    return Line(
        row.number, done.state, names, done.reason, done.kind, done.steps, done.seconds, done.told,
        _sentences(program).get(stop.step, "") if stop else "", stop.expected if stop else "",
        stop.found if stop else "", bool(stop and stop.harmed), stop.undo if stop else "",
        stop.picture if stop else b"",
    )  # fmt: skip


def _names(program: Workflow, row: Row) -> str:
    """What a person knows a row by: what tells it from the others, else its first cells."""
    forms = {one.name: one.format for one in program.parameters}
    wanted = [name for name in program.identity if name in row.cells] or list(row.cells)[:2]
    said = [
        cells.written(row.cells[name], forms.get(name, ""))
        for name in wanted
        if not isinstance(row.cells[name], tuple) and row.cells[name] != ""
    ]
    text = ", ".join(said)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _sentences(program: Workflow) -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(steps: Sequence[Statement]) -> None:
        for step in steps:
            match step:
                case Act():
                    found[step.id] = sentences.write_act(step)
                case Repeat():
                    walk(step.steps)
                case Branch():
                    walk(step.steps)
                    walk(step.other)

    walk(program.steps)
    return found


def _effect(effect: Effect) -> str:
    match effect.kind:
        case "view":
            checks = ", ".join(sentences.write_check(one) for one in effect.checks)
            return f"in a second tab: {checks}" if checks else "in a second tab"
        case "http":
            return "asked over HTTP"
        case "sql":
            return "looked up in a database"
        case "file":
            return "the file is there"


def _why(one: Kept) -> str:
    if not one.state:
        return "it was cut off: the run ended in the middle of it"
    return f"it stopped: {one.kind}" if one.kind else ""
