"""Runs the suites, one after the other. What could not be measured is said, never left out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from byhand.errors import ByhandError, UsageFault
from byhand.evals.figure import Figure
from byhand.evals.suites import canaries, cost, frames, secrets, text, timing, utility
from byhand.evals.suites.canaries import Elsewhere

SUITES = ("text", "secrets", "frames", "timing", "utility", "cost", "canaries")
"""In the order of the scorecard."""


class Missed(msgspec.Struct, frozen=True):
    """A suite that gave no figure, and why: a sentence without content."""

    suite: str
    why: str


class Scores(msgspec.Struct, frozen=True):
    """All that was measured."""

    figures: tuple[Figure, ...]
    missed: tuple[Missed, ...]


def run(
    data: Path,
    wanted: Sequence[str] = SUITES,
    *,
    canaries_planted: int = 2_000,
    elsewhere: Sequence[Elsewhere] = (),
    told: Callable[[str], None] = lambda _: None,
) -> Scores:
    """Measure.

    Args:
        data: a folder that holds `screenleak`, `pii-nano`, `cmu-keystroke`, `aalto-keystroke`.
        wanted: names out of `SUITES`.
        canaries_planted: how many, for the suite of that name.
        elsewhere: more places in which canaries are looked for.
        told: called with each suite's name before it runs.

    Raises:
        UsageFault: there is no such folder, or no such suite.
    """
    if not data.is_dir():
        raise UsageFault("there is no folder of that name", hints=("give the data's folder: --data DIR",))
    if unknown := sorted(set(wanted) - set(SUITES)):
        raise UsageFault(f"there is no suite {unknown[0]}", hints=(f"suites: {', '.join(SUITES)}",))
    figures: list[Figure] = []
    missed: list[Missed] = []
    for suite in (name for name in SUITES if name in wanted):
        told(suite)
        try:
            found = _measure(suite, data, canaries_planted, elsewhere)
        except ByhandError as error:
            missed.append(Missed(suite, error.message))
            continue
        figures += found
        if not found:
            missed.append(Missed(suite, "there is no data for it in that folder"))
    return Scores(tuple(figures), tuple(missed))


def _measure(suite: str, data: Path, planted: int, elsewhere: Sequence[Elsewhere]) -> list[Figure]:
    if suite in ("frames", "timing") and find_spec("numpy") is None:
        raise UsageFault("it needs numpy; to install it, run: pip install 'byhand[evals]'")
    match suite:
        case "text":
            return text.measure(data)
        case "secrets":
            return secrets.measure()
        case "frames":
            return frames.measure(data)
        case "timing":
            return timing.measure(data)
        case "utility":
            return utility.measure()
        case "cost":
            return cost.measure()
        case _:
            with tempfile.TemporaryDirectory(prefix="byhand-eval-") as home:
                return canaries.measure(planted, Path(home), elsewhere=elsewhere)
