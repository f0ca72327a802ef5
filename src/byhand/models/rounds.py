"""What each version of a model came to: `rounds.jsonl` beside its versions. docs/formats/model.md.

    decided       a version was learned, and used from then on or not, and why
    measured      a version did tasks, or was asked: how many were right, and how often somebody would have been needed

Rules of this module: the file is only added to, and a line that was torn by a crash is left out. No content is in it:
numbers, names of tasks of a public suite, and sentences of ours. No torch.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from byhand.datasets import whole

FILE = "rounds.jsonl"


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


Line = Decided | Measured
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
