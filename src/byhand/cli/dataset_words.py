"""Words of a model for what nobody named: whom `byhand dataset build --writer` may ask, of what, and who is told.

Rules of this module: without the option nothing is asked. Off this computer goes only what was approved to be shared;
of all else the writer must be on this computer. A person is told before the first request, and the ledger before
each recording's first; where the ledger can't take it, nothing is sent.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import noting
from byhand.cli.output import margin, say
from byhand.datasets import wording
from byhand.datasets.manifest import Part
from byhand.datasets.taken import About
from byhand.datasets.wording import Asking, Worded
from byhand.errors import UsageFault
from byhand.events.kinds import AnyEvent
from byhand.ui import words
from byhand.vault.store import Vault

KEY = "BYHAND_WRITER_KEY"
_NOT = "no dataset was made"

WriterUrl = Annotated[
    str,
    Parameter(
        name="--writer", metavar="URL",
        help="Ask a model what an episode was for where you didn't say: an OpenAI-compatible address such as "
        "http://127.0.0.1:8080/v1. It is sent what was done to what, not what was typed. Another computer needs "
        f"https and --shareable. A key is read from {KEY}.",
    ),
]  # fmt: skip
WriterModel = Annotated[
    str, Parameter(metavar="NAME", help="The model to ask, by the name the writer knows it by.")
]  # fmt: skip


class Words:
    """Asks for one build; made by `wanted`."""

    def __init__(self, home: Path, vault: Vault, asking: Asking) -> None:
        self._home = home
        self._vault = vault
        self._asking = asking
        self._told = False

    def of(self, recording: str, part: Part, events: Sequence[AnyEvent], about: About) -> Worded:
        """What the model says of its episodes. `part`: what the recording goes by in the dataset."""
        to = self._asking.to
        if not to.here and part.purpose != "train":
            return Worded({})  # such a one is not approved, so it was not taken; asked for once more all the same

        def before() -> None:
            noting.note(
                self._home, self._vault, "export", {"recording": recording, "by": f"dataset build, words to {to.shown}"}
            )
            if not self._told:
                self._told = True
                say(self._sentence(), on=margin())

        return wording.worded(self._asking, part, events, about, before)

    def _sentence(self) -> Text:
        to = self._asking.to
        return Text.assemble(
            ("byhand: ", "quiet"),
            "what was done to what, without what was typed, goes to ",
            words.shown(to.shown, 120),
            " on this computer" if to.here else ", which is not this computer",
            ", to be put into words by ",
            words.shown(to.model, 80),
        )


def wanted(home: Path, vault: Vault, url: str, model: str, *, shareable: bool) -> Words | None:
    """Raises:
    UsageFault: the options don't fit together, or what is for one's own use would leave this computer.
    """
    if not url:
        if model:
            raise UsageFault("a model needs an address", hints=("add: --writer URL",), fate=_NOT)
        return None
    if not model:
        raise UsageFault("say which model", hints=("add: --writer-model NAME",), fate=_NOT)
    to = wording.endpoint(url, model)
    if not to.here and not shareable:
        raise UsageFault(
            "what is for your own use does not leave this computer, not even to be put into words",
            hints=("use a writer on this computer: --writer http://127.0.0.1:8080/v1",
                   "or build of what you approved to be shared: --shareable"), fate=_NOT,
        )  # fmt: skip
    return Words(home, vault, Asking(to, os.environ.get(KEY, "")))
