"""`byhand workflow run --model`: a model lends its voice where a page has changed."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from byhand.agents.actuators.desktop import DesktopHands
from byhand.agents.actuators.page import PageHands
from byhand.agents.brake import Brake
from byhand.agents.voice import ModelVoice
from byhand.cli import endpoint
from byhand.cli.do_means import eyes
from byhand.cli.workflow_work import on_desktop
from byhand.errors import UsageFault
from byhand.models.decision import Decides
from byhand.models.endpoints.address import named
from byhand.workflows.program import Workflow

_FATE = "nothing was done"


def voice_of(home: Path, program: Workflow, name: str, url: str) -> AbstractContextManager[Decides | None]:
    """The model that is asked; None where none is wanted.

    Raises:
        UsageFault: the words don't fit together, or it can't be asked about such a program.
        LearnError, NoGrant: there is no such model, or it may not be shown pages.
    """
    if not name:
        if url:
            raise UsageFault("an endpoint needs a model", hints=("add: --model openai:NAME",), fate=_FATE)
        return nullcontext()
    if on_desktop(program):
        raise UsageFault(
            "a model is asked about pages, and this workflow is done in a desktop program",
            hints=("leave --model out",), fate=_FATE,
        )  # fmt: skip
    found = named(name)
    if found is not None and found[0] != "openai":
        raise UsageFault(
            "a computer tool answers by places in a picture, and here an element of a list is asked for",
            hints=("a chat model can be asked: --model openai:NAME",), fate=_FATE,
        )  # fmt: skip
    return endpoint.deciding(home, name, url, "a step's target", "where the page does not tell which it is")


def lent(decider: Decides | None, home: Path, hands: PageHands | DesktopHands, brake: Brake) -> ModelVoice | None:
    """Its voice, with eyes in that browser."""
    if decider is None or not isinstance(hands, PageHands):
        return None
    glance = eyes(home, hands)
    endpoint.attach(decider, home, hands, glance, brake)
    return ModelVoice(decider, glance)
