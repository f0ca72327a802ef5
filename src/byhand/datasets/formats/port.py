"""What a format is: a name, and a function for each way it goes. Read by the store, by the commands, by third parties.

Rules of this module: types only, no IO.

A reader takes a path (a file or a folder) and yields, in the order of the source, what it finds: a `Demonstration`
where it tells actions, a `Recording` where it tells events (whoever reads on runs the reducer over those), and a
`Problem` for each thing that was wrong, with file and line in `source`. It never raises for bad data, holds one
demonstration in memory at a time, and opens nothing outside of the path it was given.

A writer takes demonstrations and an empty folder, writes its files there and yields a `Problem` for each thing the
format can't say. It never takes the folder away or renames it: `out.export` does, so that nothing half-written is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from byhand.episodes.types import Episode
from byhand.errors import Problem
from byhand.events.kinds import Numbered, Snapshot, Wireframe

Split = Literal["train", "validation", "test"]
PictureMedia = Literal["image/png", "image/webp", "image/jpeg"]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the screen looked like, as the bytes of a picture file.

    w, h: its size in pixels. x, y: its corner in device pixels of the desktop.
    """

    media: PictureMedia
    data: bytes = field(repr=False)
    w: int
    h: int
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Markup:
    """A page as HTML, where a source tells it so."""

    html: str = field(repr=False)


Sight = Picture | Snapshot | Wireframe | Markup
"""What an `Observation` names, looked up."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """An episode with all that a format may want to say of it.

    sights: by `Observation.seq`. May look things up only when asked, one at a time; one that isn't kept isn't in it.
    events: the episode's own, in order; empty where the source tells none. May be read only when asked.
    screen: size of the desktop in device pixels, (0, 0) if unknown.
    utc_ns: the wall clock when CLOCK_MONOTONIC was 0; 0 if unknown.
    split: part of the dataset it lies in; formats that know splits keep them apart.
    source: "file:line" it was read from; "" for our own.
    """

    episode: Episode
    sights: Mapping[int, Sight] = field(default_factory=dict[int, Sight], repr=False)
    events: Sequence[Numbered] = field(default=(), repr=False)
    screen: tuple[int, int] = (0, 0)
    utc_ns: int = 0
    split: Split = "train"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """Kept events of a source that tells events and not actions: to be reduced, like a recording of our own.

    name: the same in every import. events: numbered from 0; tasks are told by their marks.
    """

    name: str
    events: Sequence[Numbered] = field(repr=False)
    sights: Mapping[int, Sight] = field(default_factory=dict[int, Sight], repr=False)
    screen: tuple[int, int] = (0, 0)
    utc_ns: int = 0
    source: str = ""


Imported = Demonstration | Recording | Problem
Reader = Callable[[Path], Iterator[Imported]]
Writer = Callable[[Iterable[Demonstration], Path], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to say demonstrations.

    name: as typed; docs/formats/NAME.md describes it. says: what it is, in one line. media: of its main file.
    read, write: None where it doesn't go that way. needs: the extra to install, "" for none.
    """

    name: str
    says: str
    media: str
    read: Reader | None = None
    write: Writer | None = None
    needs: str = ""
