"""The rows of a run: a table read for a program's parameters, or the one row of a program without a table."""

from __future__ import annotations

from pathlib import Path

from byhand.agents import tables
from byhand.agents.running import Row
from byhand.cli.workflow_reporting import Given
from byhand.errors import UsageFault
from byhand.workflows.program import Workflow


def given_of(program: Workflow, table: str, begin: int) -> Given:
    """The rows from number `begin` on.

    Raises:
        TableError: the table can't be read, or does not fit.
        UsageFault: the program needs a table and has none, or there is no such row.
    """
    wanted = [one.name for one in program.parameters if one.kind != "secret"]
    if not table:
        if any(one.needed for one in program.parameters if one.kind != "secret"):
            raise UsageFault(
                f"{program.name} is done for the rows of a table, and none is given",
                hints=(f"its columns are: {', '.join(wanted)}", "add --table FILE"), fate="nothing was done",
            )  # fmt: skip
        return Given(rows=(Row(0),))
    found = tables.opened(table, program)
    every = tuple(Row(one.number, one.values, "; ".join(one.problems)) for one in found.rows())
    if not 1 <= begin <= len(every):
        raise UsageFault(f"the table has the rows 1 to {len(every):,}", fate="nothing was done")
    return Given(found.name, found, every[begin - 1 :])


def place(table: str) -> str:
    """Absolute, for whoever is started elsewhere; `#SHEET` stays behind it."""
    path, sign, part = table.rpartition("#")
    whole = Path(table).expanduser()
    if whole.exists() or not sign:
        return str(whole.absolute())
    return f"{Path(path).expanduser().absolute()}#{part}"
