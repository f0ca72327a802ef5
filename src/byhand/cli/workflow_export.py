"""`byhand workflow export`: a workflow as a Playwright test, as a tool for an MCP client, or as a step guide."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, emit, say
from byhand.cli.workflow_schedule import surroundings
from byhand.cli.workflow_table import given_of
from byhand.cli.workflow_work import elsewhere
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.ui import words
from byhand.ui.guide.markdown import markdown
from byhand.ui.guide.page import page
from byhand.ui.guide.program import guide_of
from byhand.workflows.as_playwright import playwright
from byhand.workflows.program import Workflow

As = Literal["playwright", "mcp", "guide"]


def export(
    name: workflow_home.Name,
    what: Annotated[As, Parameter(name="AS", help="A test in Python, the settings of a tool, or a guide.")],
    output: Annotated[Path, Parameter(name="FILE", help="Where to write it: .py, .json, or .md or .html.")],
    /,
    *,
    table: Annotated[
        str, Parameter(metavar="FILE", help="Rows that become the test's data; they are written into it.")
    ] = "",
    url: Annotated[str, Parameter(metavar="ADDRESS", help="Another place of the same app.")] = "",
    json: Json = False,
) -> None:
    home = opened.home()
    program, place = workflow_home.load(home, name)
    program = elsewhere(program, url) if url else program
    match what:
        case "playwright":
            text = _test(program, table)
        case "mcp":
            text = _settings(program, name if "/" not in name else str(place.absolute()), url)
        case "guide":
            text = _guide(program, output)
    size = write(output.absolute(), text.encode("utf-8", "replace"))
    if json:
        emit({"workflow": program.name, "as": what, "file": str(output.absolute()), "bytes": size})
        return
    say(Text.assemble(("wrote ", "quiet"), (str(output.absolute()), "name"), (f"  {words.size(size)}", "quiet")))
    if what == "playwright" and table:
        say(Text("  it holds the cells of that table: whoever can read the file can read them", "quiet"))


def _test(program: Workflow, table: str) -> str:
    rows = given_of(program, table, 1).rows if table else ()
    bad = next((row for row in rows if row.problem), None)
    if bad is not None:
        raise UsageFault(f"row {bad.number} can't be used: {bad.problem}", fate="nothing was written")
    return playwright(program, [row.cells for row in rows])


def _settings(program: Workflow, name: str, url: str) -> str:
    """What an MCP client is given to start the tool."""
    beside = Path(sys.executable).with_name("byhand")
    command = str(beside) if beside.is_file() else "byhand"
    words = ["workflow", "serve", name, *(("--url", url) if url else ())]
    server = {"command": command, "args": words, "env": surroundings(opened.home())}
    return msgspec.json.format(msgspec.json.encode({"mcpServers": {program.name: server}}), indent=2).decode() + "\n"


def _guide(program: Workflow, output: Path) -> str:
    guide = guide_of(program)
    match output.suffix.lower():
        case ".md":
            return markdown(guide, "")[0]
        case ".html":
            return page(guide)
        case _:
            raise UsageFault("a guide is written as .md or .html", fate="nothing was written")
