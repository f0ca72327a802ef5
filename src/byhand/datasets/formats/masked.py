"""Whether something in an action was not kept, so that whoever does it again has to give it. Pure."""

from __future__ import annotations

import re

from byhand.episodes.types import Action

PLACEHOLDER = re.compile(r"<([A-Z]+)(?:-\d+)?>")
"""What stands for a masked part of a text: docs/formats/events.md."""
_OPTION = re.compile(r"option (\d+) of \d+")


def is_masked(action: Action) -> bool:
    return action.masked or PLACEHOLDER.search(action.text) is not None


def option_place(action: Action) -> int | None:
    """Which option was chosen, from 0, where its words were not kept but its place was."""
    told = _OPTION.fullmatch(action.target.holds) if action.target else None
    return int(told[1]) - 1 if told else None
