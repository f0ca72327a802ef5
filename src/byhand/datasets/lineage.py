"""Which datasets were made here, of which recordings, and what became of them: `datasets/lineage.jsonl` of a home.

Rules of this module: the file is only added to, and light to read: forgetting must find what held a recording without
any large library. Models will add their own lines. Recordings stand in it by pseudonym.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from byhand.datasets import whole
from byhand.datasets.manifest import Parent

FILE = "lineage.jsonl"


class Made(msgspec.Struct, frozen=True, tag="made", tag_field="what"):
    """A version was made. place: its folder. at: UTC seconds. recordings: our own in it. erasures: see the manifest."""

    name: str
    version: int
    place: str
    recordings: tuple[str, ...]
    parents: tuple[Parent, ...]
    erasures: int
    at: int


class Erased(msgspec.Struct, frozen=True, tag="erased", tag_field="what"):
    """A version's data were erased. next: the version without them, 0 if none."""

    name: str
    version: int
    place: str
    recordings: tuple[str, ...]
    next: int
    at: int


class Trained(msgspec.Struct, frozen=True, tag="trained", tag_field="what"):
    """A model was trained on a version."""

    model: str
    name: str
    version: int
    place: str
    at: int


Line = Made | Erased | Trained
_LINE = msgspec.json.Decoder(Line)


def add(root: Path, line: Line) -> None:
    """`root`: the folder `datasets` of a home."""
    whole.add_line(whole.private_dir(root) / FILE, msgspec.json.encode(line))


def lines(root: Path) -> list[Line]:
    """All that can be read, oldest first: a line torn by a crash is left out."""
    try:
        data = (root / FILE).read_bytes()
    except OSError:
        return []
    found: list[Line] = []
    for line in data.splitlines():
        try:
            found.append(_LINE.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
    return found


def alive(root: Path) -> list[Made]:
    """Versions whose data are still there."""
    said = lines(root)
    gone = {(one.place, one.version) for one in said if isinstance(one, Erased)}
    return [
        one
        for one in said
        if isinstance(one, Made) and (one.place, one.version) not in gone and Path(one.place).exists()
    ]


def held(root: Path, recordings: Iterable[str]) -> list[Made]:
    """Versions, still there, that hold one of these recordings."""
    wanted = set(recordings)
    return [one for one in alive(root) if wanted & set(one.recordings)]


def models(root: Path, versions: Iterable[Made]) -> list[Trained]:
    """Models that were trained on one of these versions, or on one made of it."""
    known = {(one.name, one.version) for one in versions}
    said = lines(root)
    for one in said:
        if isinstance(one, Made) and any((parent.name, parent.version) in known for parent in one.parents):
            known.add((one.name, one.version))
    return [one for one in said if isinstance(one, Trained) and (one.name, one.version) in known]
