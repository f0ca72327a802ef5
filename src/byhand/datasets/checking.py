"""Is a dataset what its manifest says? Each file's hash, each picture's name, each row count."""

from __future__ import annotations

from pathlib import Path

import msgspec

from byhand.datasets import versions, whole
from byhand.datasets.manifest import FILE
from byhand.datasets.media import FOLDER
from byhand.datasets.shards import names_hash
from byhand.errors import Problem


class Verdict(msgspec.Struct, frozen=True):
    """files, media: how many were looked at."""

    ok: bool
    files: int
    media: int
    problems: tuple[Problem, ...]


def verify(place: Path) -> Verdict:
    """Look at every byte of a version.

    Raises:
        UsageFault: its data were erased.
        ByhandError: its manifest can't be read.
    """
    made = versions.present(place)
    found: list[Problem] = []
    for name, file in sorted(made.files.items()):
        path = place / name
        if not path.is_file():
            found.append(Problem(name, "it is missing"))
        elif path.stat().st_size != file.bytes or whole.sha256(path) != file.sha256:
            found.append(Problem(name, "its bytes are not those it was made with"))
    media = sorted(path for path in (place / FOLDER).rglob("*") if path.is_file())
    found += [
        Problem(f"media/{path.name}", "its bytes are not those it was made with")
        for path in media
        if whole.sha256(path) != path.name.partition(".")[0]
    ]
    if names_hash([path.name for path in media]) != made.media.sha256:
        found.append(Problem("media", f"{made.media.count} files were there, now there are {len(media)}, or others"))
    known = {FILE, *made.files}
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_file() and name not in known and not name.startswith(f"{FOLDER}/"):
            found.append(Problem(name, "the manifest does not know it"))
    return Verdict(not found, len(made.files), len(media), tuple(found))
