"""What each version of a model came to: `rounds.jsonl` beside its versions. docs/formats/model.md.

    decided       a version was learned, and used from then on or not, and why
    used          a person said which is used
    measured      a version did tasks, or was asked: how many were right, and how often somebody would have been needed

Rules of this module: the file is only added to, and a line that was torn by a crash is left out. No content is in it:
numbers, names of tasks of a public suite, and sentences of ours. No torch.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from byhand.datasets import whole

FILE = "rounds.jsonl"
_DRAWS, _SEED = 2000, 0


class Decided(msgspec.Struct, frozen=True, tag="decided", tag_field="what"):
    """A version was learned. rival: what it was compared with, "" where nothing was there. cases: acts both answered;
    before, after: shares right; low, high: 95 % interval of the difference. at: UTC seconds.
    """

    version: int
    promoted: bool
    at: int
    parent: str = ""
    rival: str = ""
    why: str = ""
    cases: int = 0
    before: float = 0.0
    after: float = 0.0
    low: float = 0.0
    high: float = 0.0


class Used(msgspec.Struct, frozen=True, tag="used", tag_field="what"):
    """A person promoted a version, or went back to it."""

    version: int
    at: int


class Played(msgspec.Struct, frozen=True, array_like=True):
    """A task it did. acts: of it. asked: so often somebody was needed. right: None where nothing tells."""

    acts: int
    asked: int
    right: bool | None = None


class Measured(msgspec.Struct, frozen=True, tag="measured", tag_field="what"):
    """A version did tasks. suite: which. seeds: the first, where it has seeds. tasks: their names."""

    version: int
    suite: str
    at: int
    played: tuple[Played, ...]
    tasks: tuple[str, ...] = ()
    seeds: int = 0


Line = Decided | Used | Measured
_LINE = msgspec.json.Decoder(Line)


def add(place: Path, line: Line) -> None:
    """place: of the model's versions."""
    whole.add_line(whole.private_dir(place) / FILE, msgspec.json.encode(line))


def lines(place: Path) -> list[Line]:
    """All that can be read, oldest first."""
    try:
        data = (place / FILE).read_bytes()
    except OSError:
        return []
    found: list[Line] = []
    for line in data.splitlines():
        with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
            found.append(_LINE.decode(line))
    return found


def rate(played: Sequence[Played]) -> tuple[float, float, float]:
    """So often somebody was needed in 100 acts, with its 95 % interval: whole tasks are drawn again.

    Where nobody was ever needed, drawing again says nothing; the upper end is then that of so many acts without a case
    (three in so many).
    """
    acts, asked = (np.array([getattr(one, name) for one in played], dtype=float) for name in ("acts", "asked"))
    if not acts.sum():
        return (math.inf, 0.0, math.inf) if asked.sum() else (0.0, 0.0, math.inf)
    whole = 100 * float(asked.sum()) / float(acts.sum())
    if not asked.sum():
        return 0.0, 0.0, min(100.0, 300 / float(acts.sum()))
    drawn = np.random.default_rng(_SEED).integers(0, len(played), (_DRAWS, len(played)))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 100 * asked[drawn].sum(1) / acts[drawn].sum(1)
    low, high = np.nanquantile(found, (0.025, 0.975))
    return float(whole), float(low), float(high)
