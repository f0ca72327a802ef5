"""`byhand workflow make`: what was shown becomes a program.

Rule of this module: a program that is there is never written over.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.demonstrated import by_a_person, demonstrated
from byhand.cli.output import Json, emit, say
from byhand.cli.workflow_telling import parameter, sentences
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.events.kinds import Snapshot, Wireframe
from byhand.ui import words
from byhand.workflows import file
from byhand.workflows.compiling.make import make as compiled
from byhand.workflows.compiling.shown import Shown
from byhand.workflows.program import Workflow

_NOTHING = "nothing was written"
Shows = Annotated[
    str,
    Parameter(
        name="REC|EPISODE", help="Recordings, by id, the beginning of one, or last; or ids of episodes. One or more."
    ),
]


def make(
    *which: Shows,
    as_: Annotated[str, Parameter(name="--as", metavar="NAME", help="What to call it: small letters, digits, dashes.")],
    json: Json = False,
) -> None:
    home = opened.home()
    path = workflow_home.folder(home) / f"{workflow_home.checked(as_)}.yaml"
    if path.exists():
        raise UsageFault(
            f"there is a workflow {as_} already",
            hints=(f"to show it more, run: byhand workflow teach {as_} REC", "or choose another name with --as"),
            fate=_NOTHING,
        )  # fmt: skip
    if not which:
        example = "for example: byhand workflow make last --as enter-invoice"
        raise UsageFault("say of which recordings", hints=(example,), fate=_NOTHING)
    demos, grant = shown(home, which, "workflow make")
    program = compiled(demos, as_, grant=grant)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(path, file.write(program).encode())
    tell(program, path, "made", as_json=json)


def shown(home: Path, which: Sequence[str], verb: str) -> tuple[list[Shown], str]:
    """The demonstrations, each once, and the grant of the last one."""
    found: dict[str, Shown] = {}
    grant = ""
    with opened.vault(home) as vault:
        for one in which:
            told = by_a_person(demonstrated(home, vault, one, verb))
            grant = told.header.grant
            sights = {each.seq: each.event for each in told.events if isinstance(each.event, Snapshot | Wireframe)}
            found |= {episode.id: Shown(episode, sights) for episode in told.episodes}
    return list(found.values()), grant


def tell(program: Workflow, path: Path, did: str, *, as_json: bool, before: Path | None = None) -> None:
    if as_json:
        emit(
            {
                "workflow": program.name, "file": str(path), "revision": program.revision,
                "parameters": msgspec.to_builtins(program.parameters), "identity": program.identity,
                "steps": [line for _, line in sentences(program.steps)], "asks": program.asks,
                "checked": bool(program.effects), "episodes": program.episodes, "before": str(before) if before else "",
            }
        )  # fmt: skip
        return
    many = words.many(len(program.episodes), "demonstration")
    say(
        Text.assemble((f"{did} ", "quiet"), (program.name, "name"), (f"  from {many}", "quiet")),
        Text(f"  {path}", "quiet"),
    )
    for one in program.parameters:
        say(Text(f"  {parameter(one)}"))
    for depth, line in sentences(program.steps):
        say(Text(f"  {'  ' * depth}{words.shown(line, 200)}"))
    if before is not None:
        say(Text(f"  what was written by hand is in {before}, and not in it any more", "warn"))
    for ask in program.asks:
        say(Text.assemble(("  open  ", "warn"), words.shown(ask, 200)))
