"""Which version of a model is used where none is named: the file `current` beside its versions. docs/formats/model.md.

    3       the version that is used
    2       the one that was used before it; not there where none was

Rules of this module: the file is written whole or not at all. Without it, or where its version is gone, the newest is
used.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from byhand.errors import UsageFault

FILE = "current"


def number(place: Path, there: Sequence[int]) -> int:
    """The version that is used.

    Args:
        place: of the model's versions.
        there: their numbers, oldest first; at least one.
    """
    said = [one for one in _read(place)[:1] if one in there]
    return said[0] if said else there[-1]


def before(place: Path, there: Sequence[int]) -> int:
    """The version that was used before, or else the next older one.

    Raises:
        UsageFault: there is none.
    """
    now = number(place, there)
    said = [one for one in _read(place)[1:2] if one in there and one != now]
    older = [one for one in there if one < now]
    if not said and not older:
        raise UsageFault(
            f"there is no version of {place.name} before v{now}",
            hints=("to see those there are, run: byhand model list",), fate="nothing was changed",
        )  # fmt: skip
    return said[0] if said else older[-1]


def use(place: Path, there: Sequence[int], to: int) -> None:
    """Use that version from here on; the one that was used so far is kept in mind.

    Raises:
        UsageFault: there is none of that number.
    """
    if to not in there:
        known = ", ".join(f"v{one}" for one in there)
        raise UsageFault(
            f"there is no model {place.name} v{to}", hints=(f"there are: {known}",), fate="nothing was changed"
        )
    now = number(place, there)
    if now == to and _read(place)[:1] == [to]:
        return
    half = place / f".{FILE}.{os.getpid()}"
    half.write_text(f"{to}\n" + (f"{now}\n" if now != to else ""), "ascii")
    with half.open("rb") as file:
        os.fsync(file.fileno())
    half.replace(place / FILE)


def _read(place: Path) -> list[int]:
    try:
        return [int(line) for line in (place / FILE).read_text("ascii").split()]
    except (OSError, ValueError):
        return []
