"""`byhand completion`: the completion script for a shell."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.completion import ShellDetectionError

from byhand import __version__
from byhand.cli.help import Page
from byhand.cli.output import Json, emit, say
from byhand.cli.verbs import build
from byhand.errors import UsageFault

Shell = Literal["bash", "zsh", "fish", "powershell"]


def completion(
    shell: Annotated[Shell | None, Parameter(help="For which shell; the one that runs this, if left out.")] = None,
    /,
    *,
    install: Annotated[bool, Parameter(help="Put it where the shell looks for it.")] = False,
    json: Json = False,
) -> None:
    app = build(__version__, Page())
    try:
        if install:
            path = app.install_completion(shell=shell)
            if json:
                emit({"installed": str(path)})
            else:
                say(f"installed in {path}", "it works in the next shell you open")
            return
        script = app.generate_completion(shell=shell)
    except ShellDetectionError:
        raise UsageFault("can't tell which shell this is", hints=("name it: byhand completion bash",)) from None
    if json:
        emit({"script": script})
    else:
        sys.stdout.write(script)
