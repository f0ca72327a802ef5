"""`byhand workflow runs|report|undo`: what was run, what came of it, and how a row is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.agents.journal import Journal, Run
from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, Yes, columns, emit, say
from byhand.cli.question import agree
from byhand.cli.workflow_attend import moment
from byhand.cli.workflow_reporting import PAGE, kept
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.ui import words
from byhand.ui.run.page import page

Number = Annotated[int, Parameter(metavar="RUN", help="Its number; the last one, if left out.")]


def runs(name: workflow_home.Name, /, *, json: Json = False) -> None:
    home = opened.home()
    program, _ = workflow_home.load(home, name)
    found = _all(workflow_home.runs(home, program.name))
    if json:
        emit(found)
        return
    if not found:
        say(f"{program.name} was never run")
        return
    rows: list[tuple[Text | str, ...]] = []
    for one in found:
        began = opened.local(one.began)
        counts = ", ".join(f"{count:,} {state}" for state, count in sorted(one.counts.items())) or "nothing begun"
        took = words.span(one.ended - one.began) if one.ended else "cut off"
        of = f" of {one.rows:,}" if one.rows else ""  # a tool that is served does not know how often it will be called
        rows.append((Text(str(one.id), "name"), f"{began:%d %b %Y %H:%M}", took, f"{counts}{of}", one.why))
    columns(rows)


def report(
    name: workflow_home.Name,
    run: Number = 0,
    /,
    *,
    output: Annotated[
        Path | None, Parameter(name=("-o", "--output"), metavar="FILE", help="Write it there; else its place is told.")
    ] = None,
    json: Json = False,
) -> None:
    """Of a run that was cut off only the journal knows: then no cells and no sentences are in it."""
    home = opened.home()
    program, _ = workflow_home.load(home, name)
    folder = workflow_home.runs(home, program.name)
    chosen = _chosen(folder, program.name, run)
    place = folder / str(chosen.id) / PAGE
    if place.is_file():
        data = place.read_bytes()
    else:
        with _reading(folder) as journal:
            data = page(kept(program, chosen, journal.rows(chosen.id), journal.healed(chosen.id))).encode(
                "utf-8", "replace"
            )
        place.parent.mkdir(mode=0o700, exist_ok=True)
        write(place, data)
    if output is not None:
        place = output.absolute()
        write(place, data)
    if json:
        emit({"run": chosen.id, "file": str(place), "bytes": len(data)})
    else:
        say(Text.assemble(("report  ", "quiet"), (str(place), "name")))


def undo(
    name: workflow_home.Name,
    row: Annotated[int, Parameter(metavar="ROW", help="Its number in the table; 0 for a workflow without one.")],
    /,
    *,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Nothing is done on the page: a row is taken back by a person, and then may be done anew."""
    home = opened.home()
    program, _ = workflow_home.load(home, name)
    folder = workflow_home.runs(home, program.name)
    _chosen(folder, program.name, 0)
    with Journal.open(folder, moment) as journal:
        key = journal.last_key(row)
        if not key:
            raise UsageFault(f"row {row} was never tried", fate="nothing was changed")
        if not json:
            for line in _how(journal, row):
                say(line)
        if not (yes or agree("have you taken it back? then it may be done anew")):
            if json:
                emit({"row": row, "undone": False})
            return
        journal.clear(key, "taken back")
    if json:
        emit({"row": row, "undone": True})
    else:
        say(f"row {row} will be done anew the next time")


def _how(journal: Journal, row: int) -> list[Text]:
    last = [one for run in journal.runs() for one in journal.rows(run.id) if one.number == row][-1]
    state = last.state or "cut off"
    lines = [Text.assemble((f"row {row}  ", "name"), f"{state}, {words.many(last.steps, 'step')}")]
    if last.kind:
        lines.append(Text(f"  it stopped: {last.kind}", "quiet"))
    lines.append(Text("  take back in the app what is there of it; its report says how, where that is known", "quiet"))
    return lines


def _all(folder: Path) -> list[Run]:
    journal = Journal.read(folder, moment)
    if journal is None:
        return []
    with journal:
        return journal.runs()


def _reading(folder: Path) -> Journal:
    journal = Journal.read(folder, moment)
    if journal is None:
        raise UsageFault("it was never run", fate="nothing was written")
    return journal


def _chosen(folder: Path, name: str, number: int) -> Run:
    """Raises:
    UsageFault: there is none of that number.
    """
    found = _all(folder)
    fitting = [one for one in found if one.id == number] if number else found[-1:]
    if not fitting:
        what = f"{name} has no run {number}" if number else f"{name} was never run"
        raise UsageFault(
            what, hints=(f"to see its runs, run: byhand workflow runs {name}",), fate="nothing was changed"
        )
    return fitting[0]
