"""A model by its name: one that was learned here, or one of those that come along."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from byhand.errors import UsageFault
from byhand.models.decision import Decides
from byhand.models.rules import Rules

_EXTRAS = {"private": "private", "vision.opening": "vlm", "vision.learning": "vlm", "vision.speaking": "vlm"}
"""Modules of this room that need more than the others."""


def load(name: str, home: Path) -> Decides:
    """Ready to decide.

    Args:
        name: as `byhand learn --as` gave it, with or without its version ("chores@v2"); `rules` is the baseline that
            learned nothing.
        home: BYHAND_HOME.

    Raises:
        UsageFault: it can't be called so, or what models need is not installed.
        LearnError: there is none of that name, or it can't be read.
    """
    if name == Rules.name:
        return Rules()
    checkpoint = of_torch("checkpoint")
    place = checkpoint.chosen(home, name)
    about = checkpoint.read(place)
    speaks = about.adapter is not None
    return of_torch("vision.speaking").load(place, about) if speaks else checkpoint.load(name, home)


def of_torch(name: str) -> ModuleType:
    """A module of this room that needs torch. It is a heavy thing, and whoever learns nothing does without.

    Raises:
        UsageFault: it is not installed.
    """
    try:
        return import_module(f"byhand.models.{name}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("byhand"):
            raise
        raise UsageFault(
            f"this needs {error.name}, which is not installed",
            hints=(f"to install what models need, run: pip install 'byhand[{_EXTRAS.get(name, 'learn')}]'",),
            fate="nothing was done",
        ) from None  # fmt: skip
