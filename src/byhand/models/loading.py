"""A model by its name: one that was trained here, or one of those that come along."""

from __future__ import annotations

from pathlib import Path

from byhand.errors import UsageFault
from byhand.models.decision import Decides
from byhand.models.rules import Rules


def load(name: str, home: Path) -> Decides:
    """Ready to decide.

    Args:
        name: as `byhand learn --as` gave it; `rules` is the baseline that learned nothing.
        home: BYHAND_HOME.

    Raises:
        UsageFault: there is none of that name.
    """
    del home
    if name == Rules.name:
        return Rules()
    raise UsageFault(
        f"there is no model {name}", hints=("the baseline that learned nothing is called: rules",),
        fate="nothing was done",
    )  # fmt: skip
