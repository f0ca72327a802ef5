"""`byhand guide`: what was done as a step guide, in Markdown, HTML or PDF."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.demonstrated import Which, demonstrated
from byhand.cli.output import Json, emit, say
from byhand.cli.printing import pdf
from byhand.cli.writing import write
from byhand.errors import UsageFault
from byhand.events.time import utc
from byhand.ui import words
from byhand.ui.guide.making import guide as made_of
from byhand.ui.guide.markdown import markdown
from byhand.ui.guide.page import page

ENDINGS = (".html", ".md", ".pdf")


def guide(
    which: Which = "last",
    /,
    *,
    output: Annotated[
        Path | None,
        Parameter(
            name=("-o", "--output"),
            metavar="FILE",
            help="Where to write it; .html, .md or .pdf says how. (default HTML)",
        ),
    ] = None,
    json: Json = False,
) -> None:
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise UsageFault(
            "a guide is written as .html, .md or .pdf",
            hints=("for example: -o guide.html",),
            fate="nothing was written",
        )
    home = opened.home()
    with opened.vault(home) as vault:
        found = demonstrated(home, vault, which, "guide")
    began = utc(found.header, found.header.mono_ns).astimezone(opened.zone())
    told = made_of(found.episodes, found.events, when=f"{began.day} {began:%B %Y}")
    file = (output or Path(f"byhand-guide-{found.info.id}.html")).absolute()
    pictures: dict[str, str] = {}
    match file.suffix.lower():
        case ".md":
            folder = file.with_name(f"{file.stem}-pictures")
            text, pictures = markdown(told, folder.name)
            if pictures:
                folder.mkdir(mode=0o700, exist_ok=True)
            for name, picture in pictures.items():
                write(folder / name, picture.encode("utf-8", "replace"))
            data = text.encode("utf-8", "replace")
        case ".pdf":
            data = pdf(page(told), os.environ)
        case _:
            data = page(told).encode("utf-8", "replace")
    size = write(file, data)
    if json:
        emit(
            {
                "recording": found.info.id, "episodes": [one.id for one in found.episodes], "steps": told.steps,
                "file": str(file), "pictures": len(pictures), "bytes": size,
            }
        )  # fmt: skip
        return
    about = f"  {words.many(told.steps, 'step')}, {words.size(size)}"
    say(
        Text.assemble(("wrote ", "quiet"), (str(file), "name"), (about, "quiet")),
        Text("  it is not encrypted: whoever can read the file can see what was done", "quiet"),
    )
