"""Where workflows are, and how a verb finds the one that is meant.

BYHAND_HOME/workflows/NAME.yaml        the program
BYHAND_HOME/workflows/NAME.versions/   what it was before each change that was accepted
BYHAND_HOME/workflows/NAME.runs/       its journal, and a folder for each run with its report
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from byhand.errors import UsageFault, WorkflowError
from byhand.workflows import file
from byhand.workflows.program import Workflow

Name = Annotated[str, Parameter(metavar="NAME", help="A workflow's name, or the path of a .yaml file.")]
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def folder(home: Path) -> Path:
    return home / "workflows"


def runs(home: Path, name: str) -> Path:
    """Of a program of that name, wherever its file is."""
    return folder(home) / f"{checked(name)}.runs"


def checked(name: str) -> str:
    """Raises:
    UsageFault: no file of ours is called so.
    """
    if not _NAME.fullmatch(name):
        raise UsageFault(
            "a workflow's name is small letters, digits, dots and dashes",
            hints=("for example: enter-invoice",), fate="nothing was done",
        )  # fmt: skip
    return name


def place(home: Path, name: str) -> Path:
    """The file that a person means.

    Raises:
        WorkflowError: it is not there.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = Path(name).expanduser()
        if not path.is_file():
            raise WorkflowError(f"there is no file {path}", fate="nothing was done")
        return path
    path = folder(home) / f"{checked(name)}.yaml"
    if not path.is_file():
        raise WorkflowError(
            f"there is no workflow {name}",
            hints=("to see what there is, run: byhand workflow list",), fate="nothing was done",
        )  # fmt: skip
    return path


def load(home: Path, name: str) -> tuple[Workflow, Path]:
    """Read it.

    Raises:
        WorkflowError: it is not there, or can't be read.
        WorkflowError: it makes no sense; with the line.
    """
    path = place(home, name)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise WorkflowError(f"{path} can't be read", fate="nothing was done") from None
    return file.read(text, path.name), path
