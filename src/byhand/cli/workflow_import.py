"""`byhand workflow import`: a flow of the DevTools Recorder, or a Playwright script, becomes a workflow."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, emit, say
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.formats.registry import formats
from byhand.errors import Problem, UsageFault
from byhand.events.kinds import Snapshot, Wireframe
from byhand.ui import words
from byhand.vault.durable import private_dir, write_durably
from byhand.workflows import file
from byhand.workflows.compiling.make import make
from byhand.workflows.compiling.shown import Shown

_FATE = "no workflow was made"


def import_(
    from_: Annotated[Literal["devtools", "playwright"], Parameter(name="FORMAT", help="What it is written in.")],
    path: Annotated[Path, Parameter(name="FILE", help="What was recorded there.")],
    /,
    *,
    as_: Annotated[str, Parameter(name="--as", metavar="NAME", help="What the workflow is called.")],
    json: Json = False,
) -> None:
    name = workflow_home.checked(as_)
    place = workflow_home.folder(opened.home()) / f"{name}.yaml"
    if place.exists():
        raise UsageFault(f"there is a workflow {name} already", hints=("choose another name with --as",), fate=_FATE)
    if not path.exists():
        raise UsageFault(f"there is no file {path}", fate=_FATE)
    read = formats()[from_].read
    assert read is not None
    problems: list[Problem] = []
    shown: list[Shown] = []
    for one in read(path):
        if isinstance(one, Problem):
            problems.append(one)
        elif isinstance(one, Demonstration):
            sights = {seq: sight for seq, sight in one.sights.items() if isinstance(sight, Snapshot | Wireframe)}
            shown.append(Shown(one.episode, sights))
    if not shown:
        said = problems[0] if problems else Problem(str(path), "nothing is done in it")
        raise UsageFault(f"{said.source}: {said.message}", fate=_FATE)
    try:
        program = make(shown, name)
    except ValueError as error:
        raise UsageFault(f"{path}: {error}", fate=_FATE) from None
    private_dir(place.parent)
    write_durably(place, file.write(program).encode())
    if json:
        emit({"workflow": name, "file": str(place), "asks": program.asks, "problems": problems})
        return
    say(Text.assemble(("wrote ", "quiet"), (str(place), "name")))
    for problem in problems:
        say(Text(f"  {problem.source}: {problem.message}", "warn"))
    for ask in program.asks:
        say(Text(f"  {words.shown(ask, 200)}", "quiet"))
