"""Lengths of time as a person types them: `20s`, `20m`, `1h30m`, `7d`. Pure."""

from __future__ import annotations

import re

from byhand.errors import UsageFault

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])[a-z]*\s*", re.IGNORECASE)


def seconds(text: str, option: str) -> float:
    """The length in seconds.

    Args:
        text: what was typed.
        option: where it was typed, for the error.

    Raises:
        UsageFault: it can't be read, or is nothing.
    """
    place, total = 0, 0.0
    for part in _PART.finditer(text.strip()):
        if part.start() != place:
            break
        total += float(part[1]) * _UNITS[part[2].lower()]
        place = part.end()
    if place != len(text.strip()) or total <= 0:
        raise UsageFault(f"{option} {text} is not a length of time", hints=("write it like 20s, 20m, 1h30m or 7d",))
    return total
