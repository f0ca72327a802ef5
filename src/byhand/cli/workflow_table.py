"""The rows of a run: a table read for a program's parameters, or the one row of a program without a table."""

from __future__ import annotations

import csv
from pathlib import Path

from byhand.agents.running import Row
from byhand.cli.workflow_reporting import Given
from byhand.workflows import cells
from byhand.workflows.program import Workflow


def given_of(program: Workflow, table: Path | None, begin: int) -> Given:
    if table is None:
        return Given(rows=(Row(0),))
    with table.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        written = tuple(dict(one) for one in reader)
    rows: list[Row] = []
    for number, one in enumerate(written, 1):
        if number < begin:
            continue
        values, problem = {}, ""
        for parameter in program.parameters:
            if parameter.kind == "secret":
                continue
            try:
                values[parameter.name] = cells.read(one.get(parameter.column or parameter.name) or "", parameter)
            except cells.CellError as error:
                problem = f"{parameter.name} {error}"
        rows.append(Row(number, values, problem))
    return Given(table.name, tuple(reader.fieldnames or ()), written, tuple(rows))
