"""`byhand workflow serve`: a workflow as a tool of the Model Context Protocol, over stdin and stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, cast

from cyclopts import Parameter

from byhand import __version__
from byhand.agents.brake import Brake, Watch
from byhand.agents.journal import Journal
from byhand.agents.leave import Answer
from byhand.agents.leave import Ask as AskLeave
from byhand.agents.loop import run_row
from byhand.agents.running import Done, Means, Row, run_table
from byhand.agents.tool import Ask, Server
from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json
from byhand.cli.workflow_attend import moment
from byhand.cli.workflow_recorded import Recorded
from byhand.cli.workflow_secrets import secrets_of
from byhand.cli.workflow_work import Window, elsewhere, hands_in, holds_for, leave_for, note, on_desktop, permitted
from byhand.workflows import cells
from byhand.workflows.cells import Cell, CellError, Values
from byhand.workflows.program import Parameter as Given
from byhand.workflows.program import Risk, Workflow


def serve(
    name: workflow_home.Name,
    /,
    *,
    url: Annotated[str, Parameter(metavar="ADDRESS", help="Another place of the same app; opened once first.")] = "",
    profile: Annotated[
        Path | None, Parameter(metavar="DIR", help="A browser profile you are signed in with; else a clean one.")
    ] = None,
    json: Json = False,
) -> None:
    """What it says is JSON in any case: stdout belongs to the client."""
    del json
    home = opened.home()
    program, _ = workflow_home.load(home, name)
    program = elsewhere(program, url) if url else program
    permitted(home, program)
    secrets = secrets_of(home, program, attended=False)
    brake, done, count = Brake(), list[Done](), 0
    window = Window(url, profile)
    with (
        Journal.open(workflow_home.runs(home, program.name), moment) as journal,
        Watch(brake, os.environ, -1, ours=on_desktop(program)),
        Recorded(home, program, secrets, brake) as record,
        hands_in(program, window, brake) as hands,
    ):
        heard = record.witness.hands(hands)
        journal.begin(0, program.revision)
        if window.first:
            hands.go(window.first)

        def call(arguments: Mapping[str, Any], ask: Ask | None) -> Done | str:
            nonlocal count
            try:
                values = given(program, arguments)
            except CellError as error:
                return str(error)
            count += 1
            brake.arm()
            [one] = run_table(program, [Row(count if values else 0, values)], means(ask))
            done.append(one)
            return one

        def means(ask: Ask | None) -> Means:
            return Means(
                hands=heard, brake=brake, leave=leave_for(home, program, _asking(ask), hands),
                journal=journal, run_row=run_row, holds=holds_for(program), go_on=lambda _: False,
                settled=lambda _, __: "", begins=lambda _: None, secrets=secrets,
                hears=record.witness,
            )  # fmt: skip

        Server(program, call, __version__).serve(sys.stdin.buffer, sys.stdout.buffer)
        journal.end()
    note(home, program, count, done, record.id)


def _asking(ask: Ask | None) -> AskLeave | None:
    if ask is None:
        return None

    def asked(sentence: str, risk: Risk, why: str) -> Answer:
        return "yes" if ask(f"{sentence}  ({risk}; {why})") else "no"

    return asked


def given(program: Workflow, arguments: Mapping[str, Any]) -> Values:
    """A row from a tool's arguments.

    Raises:
        CellError: one is missing, unknown or no such value.
    """
    known = {one.name: one for one in program.parameters if one.kind != "secret"}
    if strange := sorted(set(arguments) - set(known)):
        raise CellError(f"{strange[0][:40]!r} is no parameter; there are {', '.join(known)}")
    values: dict[str, Cell] = {}
    for name, parameter in known.items():
        try:
            values[name] = _cell(arguments.get(name, ""), parameter)
        except CellError as error:
            raise CellError(f"{name} {error}") from None
    return values


def _cell(value: object, parameter: Given) -> Cell:
    match value:
        case bool():
            return value if parameter.kind == "flag" else cells.read("on" if value else "off", parameter)
        case int() | float():
            return Decimal(str(value)) if parameter.kind == "number" else cells.read(str(value), parameter)
        case str():
            return cells.read(value, parameter)
        case list() if parameter.kind == "list":
            return tuple(_entry(entry, parameter) for entry in cast("list[object]", value))
        case _:
            raise CellError("is no such value")


def _entry(entry: object, parameter: Given) -> Mapping[str, Cell]:
    if not isinstance(entry, dict):
        raise CellError("has an entry that is no object")
    told = cast("dict[str, object]", entry)
    return {field.name: _cell(told.get(field.name, ""), field) for field in parameter.fields}
