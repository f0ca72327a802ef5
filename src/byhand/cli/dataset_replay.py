"""`byhand dataset replay`: is each episode's end reached when it is done again in a fresh browser?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.agents.actuators.browser import opened as browser
from byhand.cli import extension
from byhand.cli import open as opened
from byhand.cli.browsers import for_a_window
from byhand.cli.dataset_home import Name
from byhand.cli.dataset_look import chosen
from byhand.cli.output import Json, emit, say
from byhand.datasets.replaying import replay
from byhand.datasets.store import open_at
from byhand.errors import UsageFault
from byhand.ui import words


def dataset_replay(
    name: Name,
    /,
    *,
    start: Annotated[
        str, Parameter(metavar="ADDRESS", help="Where each episode begins, where its address was not kept whole.")
    ] = "",
    given: Annotated[
        Path | None,
        Parameter(metavar="FILE", help="What was typed and not kept, as JSON: {episode: {number of the step: text}}."),
    ] = None,
    json: Json = False,
) -> int:
    texts = _given(given) if given is not None else {}
    dataset = open_at(chosen(opened.home(), name))
    reached = total = 0
    with browser(for_a_window(os.environ).program, extension.folder()) as hands:
        for demonstration in dataset.demonstrations():
            told = replay(demonstration, hands, start=start, given=texts.get(demonstration.episode.id))
            total += 1
            reached += told.reached
            if json:
                emit(told)
            elif told.why:
                about = f"{told.done} of {words.many(told.steps, 'step')}: {told.why}"
                say(Text.assemble((f"{told.episode}  ", "name"), words.shown(about, 160)))
    if not json:
        say(f"{words.many(total, 'episode')} done again, the end of {reached:,} was reached")
    return 0 if reached == total else 1


def _given(file: Path) -> dict[str, dict[int, str]]:
    """Raises:
    UsageFault: it can't be read. What is in it is not told.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, dict[int, str]])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise UsageFault(
            f"{file} is no JSON of texts by episode and step",
            hints=('for example: {"3f9a1c0d2b7e4451": {"3": "..."}}',), fate="nothing was replayed",
        ) from None  # fmt: skip
