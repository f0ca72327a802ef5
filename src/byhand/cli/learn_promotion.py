"""After `byhand learn`: is the new version used from here on, or the one before? The worse one is kept, and not used.

Rules of this module: it is decided on acts that were held back from both. What saw a recording that was forgotten or
left out since is no longer preferred, however good it is.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace
from rich.text import Text

from byhand.cli.model import erased
from byhand.cli.output import say
from byhand.errors import LearnError
from byhand.models import rounds
from byhand.models.loading import load, of_torch

if TYPE_CHECKING:
    from byhand.models.learning import Learned, Split
    from byhand.models.promotion import Verdict


class Promotion(NamedTuple):
    """promoted: the new version is the one that is used. rival: whom it was compared with, "" where nobody is there.
    used: the version that is used now. verdict: None where nothing was compared.
    """

    promoted: bool
    rival: str
    used: int
    why: str
    verdict: Verdict | None = None

    def told(self) -> Mapping[str, object]:
        """For programs."""
        figures = self.verdict._asdict() if self.verdict is not None else {}
        return {
            "promoted": self.promoted, "current": self.used, "rival": self.rival, "why": self.why,
            "compared": {key: value for key, value in figures.items() if key not in ("promoted", "why")},
        }  # fmt: skip


def pinned(place: Path) -> None:
    """Until it is decided, what is used so far is used, also where learning is cut short."""
    checkpoint, current = of_torch("checkpoint"), of_torch("current")
    if there := checkpoint.versions(place):
        current.use(place, there, current.number(place, there))


def promoted(
    home: Path, split: Split, made: Learned, parent: Path | None, left_out: frozenset[str], device: str
) -> Promotion:
    """Decide, and point to the version that is used.

    Args:
        home: BYHAND_HOME.
        split: what it learned from, and what was held back.
        made: the new version.
        parent: folder of the version it was begun from.
        left_out: recordings (pseudonyms) it was told to leave out.
        device: where both are asked.
    """
    found = _pointed(home, split, made, parent, left_out, device)
    line = rounds.Decided(
        made.about.version, found.promoted, int(time.time()), made.about.parent, found.rival, found.why
    )  # fmt: skip
    if (told := found.verdict) is not None:
        line = replace(
            line, cases=told.cases, before=told.before, after=told.after, low=told.low, high=told.high
        )  # fmt: skip
    rounds.add(made.place.parent, line)
    return found


def _pointed(
    home: Path, split: Split, made: Learned, parent: Path | None, left_out: frozenset[str], device: str
) -> Promotion:  # fmt: skip
    checkpoint, current = of_torch("checkpoint"), of_torch("current")
    place, number = made.place.parent, made.about.version
    there = checkpoint.versions(place)
    older = [one for one in there if one != number]
    rival = place / f"v{current.number(place, older)}" if older else parent
    if rival is None:
        current.use(place, there, number)
        return Promotion(True, "", number, "it is the first")
    found = _decided(home, split, made, rival, left_out, device)
    if not older and not found.promoted:  # there is nothing else to use
        found = found._replace(promoted=True, why=f"{found.why}; there is no other version of {made.about.name}")
    if found.promoted:
        current.use(place, there, number)
    return found._replace(used=current.number(place, there))


def _decided(
    home: Path, split: Split, made: Learned, rival: Path, left_out: frozenset[str], device: str
) -> Promotion:  # fmt: skip
    name = f"{rival.parent.name} {rival.name}"
    try:
        about = of_torch("checkpoint").read(rival)
        asked = load(f"{rival.parent.name}@{rival.name}", home) if about.adapter is not None or about.members else None
        verdict: Verdict = of_torch("judging").judged(split.held, split.observer, made.place, rival, device, asked)
    except LearnError as error:
        return Promotion(True, name, 0, f"which can't be asked any more: {error.message}")
    saw: set[str] = {one for source in about.sources for one in source.recordings}
    if left_out & saw:
        return Promotion(True, name, 0, "which saw recordings that are left out now", verdict)
    if erased(home, about) and not erased(home, made.about):
        return Promotion(True, name, 0, "which saw recordings that were erased since", verdict)
    return Promotion(verdict.promoted, name, 0, verdict.why, verdict)


def tell(made: Mapping[str, Any]) -> None:
    """For a person, where there was something to decide.

    Args:
        made: what `Promotion.told` gave, and the model's name and version.
    """
    rival, why = made["rival"], made["why"]
    if not rival:
        return
    if made["promoted"]:
        say(Text(f"  used from here on: against {rival}, {why}", "quiet"))
        return
    say(
        Text(f"  not promoted: against {rival}, {why}", "warn"),
        Text(
            f"  v{made['current']} is used as before; to use this one: "
            f"byhand model promote {made['model']}@v{made['version']}",
            "quiet",
        ),
    )
