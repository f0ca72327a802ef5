"""`byhand replay`: a recording as one HTML page."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import noting
from byhand.cli import open as opened
from byhand.cli.output import Json, emit, say
from byhand.cli.show import Rec
from byhand.cli.writing import write
from byhand.events.kinds import Mark, Numbered
from byhand.events.time import utc
from byhand.ui import words
from byhand.ui.replay import render


def replay(
    rec: Rec = "last",
    /,
    *,
    output: Annotated[
        Path | None, Parameter(name=("-o", "--output"), metavar="FILE", help="Where to write the page.")
    ] = None,
    open_: Annotated[bool, Parameter(name="--open", help="Show it in your browser.")] = False,
    json: Json = False,
) -> None:
    home = opened.home()
    with opened.vault(home) as vault:
        info = opened.choose(vault, rec)
        header = vault.header(info.id)
        began = utc(header, header.mono_ns).astimezone(opened.zone())
        noting.note_reading(home, vault, info.id, "replay")
        events = list(vault.read(info.id))
        page = render(header, events, title=_task(events) or f"{began:%a %d %b %Y, %H:%M}")
    file = (output or Path(f"byhand-{info.id}.html")).absolute()
    size = write(file, page.encode("utf-8", "replace"))
    if json:
        emit({"recording": info.id, "file": str(file), "bytes": size})
    else:
        say(
            Text.assemble(("wrote ", "quiet"), (str(file), "name"), (f"  {words.size(size)}", "quiet")),
            Text("  it is not encrypted: whoever can read the file can see the recording", "quiet"),
        )
    if open_:
        webbrowser.open(file.as_uri())


def _task(events: Sequence[Numbered]) -> str:
    """The person's own words for what they did, "" where they said none."""
    marks = (one.event for one in events if isinstance(one.event, Mark))
    return next((mark.text for mark in marks if mark.what == "task_begin" and mark.text), "")
