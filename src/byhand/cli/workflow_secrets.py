"""`byhand workflow secret`: what a workflow must type and no file may hold. It is asked for, or lies in the keyring."""

from __future__ import annotations

import getpass
import hashlib
import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter as Option
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, emit, on_terminal, say
from byhand.errors import UsageFault
from byhand.vault.keys import open_keys
from byhand.workflows.cells import Values
from byhand.workflows.program import Workflow


def secret(
    name: workflow_home.Name,
    parameter: Annotated[str, Option(metavar="PARAM", help="Which of its secrets.")],
    /,
    *,
    remove: Annotated[bool, Option(help="Take it out of the keyring again.")] = False,
    json: Json = False,
) -> None:
    """It is never an argument: arguments are seen by whoever lists the processes."""
    home = opened.home()
    program, _ = workflow_home.load(home, name)
    names = secret_names(program)
    if parameter not in names:
        raise UsageFault(
            f"{program.name} has no secret {parameter}",
            hints=(f"it has: {', '.join(names)}" if names else "it has none",), fate="nothing was changed",
        )  # fmt: skip
    keys = open_keys(home, os.environ)
    if remove:
        keys.delete(_under(program, parameter))
    else:
        keys.set(_under(program, parameter), _asked(parameter).encode())
    if json:
        emit({"workflow": program.name, "secret": parameter, "kept": not remove})
        return
    say("it is in the keyring no more" if remove else "it is kept, and will be typed without asking")
    if keys.announcement and not remove:
        say(Text(f"  {keys.announcement}", "quiet"))


def secret_names(program: Workflow) -> list[str]:
    return [one.name for one in program.parameters if one.kind == "secret"]


def secrets_of(home: Path, program: Workflow, *, attended: bool) -> Values:
    """The values of its secrets: from the keyring, else from the person.

    Raises:
        UsageFault: one is nowhere, and nobody is there to be asked.
    """
    found: dict[str, str] = {}
    for name in secret_names(program):
        held = open_keys(home, os.environ).get(_under(program, name))
        if held is None and not attended:
            raise UsageFault(
                f"the secret {name} is not known, and nobody is there to be asked",
                hints=(f"to keep it in the keyring, run: byhand workflow secret {program.name} {name}",),
                fate="nothing was done",
            )
        found[name] = _asked(name) if held is None else held.decode()
    return found


def _asked(name: str) -> str:
    if not on_terminal():
        raise UsageFault("a secret is typed at a terminal, by a person", fate="nothing was changed")
    given = getpass.getpass(f"{name}: ")
    if not given:
        raise UsageFault("nothing was typed", fate="nothing was changed")
    return given


def _under(program: Workflow, name: str) -> str:
    # A file store makes a file of the name, so the person's own words are not in it.
    return f"workflow-{hashlib.sha256(f'{program.name} {name}'.encode()).hexdigest()[:32]}"
