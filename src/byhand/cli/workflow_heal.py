"""`byhand workflow heal`: what was found by other evidence is shown, and accepted into the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace
from rich.text import Text

from byhand.agents.journal import Journal
from byhand.agents.outcome import Healed
from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, emit, say
from byhand.cli.workflow_attend import moment
from byhand.ui import words
from byhand.vault.durable import private_dir, write_durably
from byhand.workflows import file
from byhand.workflows.program import Workflow


def heal(
    name: workflow_home.Name,
    /,
    *,
    accept: Annotated[bool, Parameter(help="From now on they are known by what they are now.")] = False,
    json: Json = False,
) -> None:
    """Of the last run. An allowance for a step whose target changes is void: it was for another one."""
    home = opened.home()
    program, path = workflow_home.load(home, name)
    versions = path.with_name(f"{path.stem}.versions")
    known = {one.called: one for one in program.targets}
    found = [
        one
        for one in _found(workflow_home.runs(home, program.name))
        if one.evidence is not None and known.get(one.called) not in (None, one.evidence)
    ]
    if accept and found:
        program = _accepted(program, path, versions, found)
    if json:
        told = [{"target": one.called, "was": one.was, "now": one.now, "by": one.by} for one in found]
        emit({"heals": told, "accepted": accept and bool(found), "revision": program.revision})
        return
    for one in found:
        now = Text.assemble(("  + ", "good"), words.shown(one.now, 120))
        say(
            Text(words.shown(one.called, 80), "name"), Text.assemble(("  - ", "bad"), words.shown(one.was, 120)),
            now.append(f"  by {', '.join(one.by)}", "quiet"),
        )  # fmt: skip
    if not found:
        say(f"nothing in the last run of {program.name} is otherwise than the program has it")
    elif accept:
        say(
            f"accepted: revision {program.revision}; the one before is in {versions}",
            Text(f"  to take it back, run: byhand workflow rollback {name}", "quiet"),
        )
    else:
        say(Text(f"  to accept, run: byhand workflow heal {name} --accept", "quiet"))


def _found(folder: Path) -> list[Healed]:
    """Of the last run, the last word on each target."""
    journal = Journal.read(folder, moment)
    if journal is None:
        return []
    with journal:
        runs = journal.runs()
        return list({one.called: one for _, one in journal.healed(runs[-1].id)}.values()) if runs else []


def _accepted(program: Workflow, path: Path, versions: Path, found: list[Healed]) -> Workflow:
    """The version before is on the disk before the new one is."""
    text = path.read_text("utf-8")
    new = {one.called: one.evidence for one in found if one.evidence is not None}
    targets = tuple(new.get(one.called, one) for one in program.targets)
    healed = replace(program, targets=targets, revision=program.revision + 1)
    write_durably(private_dir(versions) / f"{program.revision}.yaml", text.encode())
    write_durably(path, file.changed(text, healed).encode())
    return healed
