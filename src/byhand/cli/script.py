"""`byhand script`: what was done on a page as a Playwright test."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.demonstrated import Which, demonstrated, one
from byhand.cli.output import Json, emit, say
from byhand.cli.writing import write
from byhand.datasets.formats.playwright import parameters
from byhand.datasets.formats.playwright import script as script_of
from byhand.errors import UsageFault
from byhand.ui import words


def script(
    which: Which = "last",
    /,
    *,
    output: Annotated[
        Path | None, Parameter(name=("-o", "--output"), metavar="FILE", help="Where to write it. (default test_ID.py)")
    ] = None,
    json: Json = False,
) -> None:
    home = opened.home()
    with opened.vault(home) as vault:
        found = demonstrated(home, vault, which, "script")
    episode = one(found)
    lost: Counter[str] = Counter()
    text = script_of(episode, lost)
    if text is None:
        raise UsageFault(
            "nothing of it was done on a page", hints=("a script is made of what a browser's extension told",),
            fate="nothing was written",
        )  # fmt: skip
    file = (output or Path(f"test_{episode.id}.py")).absolute()
    size = write(file, text.encode("utf-8", "replace"))
    asked = {f"BYHAND_STEP_{number}": name for number, name in parameters(episode).items()}
    left_out = [f"{words.many(count, 'step')} left out: {why}" for why, count in sorted(lost.items())]
    if json:
        emit(
            {
                "recording": found.info.id, "episode": episode.id, "file": str(file), "bytes": size,
                "parameters": asked, "left_out": left_out,
            }
        )  # fmt: skip
        return
    say(Text.assemble(("wrote ", "quiet"), (str(file), "name"), (f"  {words.size(size)}", "quiet")))
    for variable, name in asked.items():
        say(Text(f"  set {variable} when you run it: {name} was not kept", "quiet"))
    for why in left_out:
        say(Text(f"  {why}", "warn"))
