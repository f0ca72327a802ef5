"""Where datasets lie, and which versions of them there are. Light: no large library.

    BYHAND_HOME/datasets/NAME/v1/manifest.json      a dataset of the home
    FOLDER/v1/manifest.json                         one that was built somewhere else

A dataset is named `NAME` (its newest version), `NAME@2`, or by the path of its folder or of one version's.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from byhand.datasets import manifest
from byhand.datasets.manifest import Gone, Manifest
from byhand.errors import ByhandError, UsageFault, VaultDamaged

GONE = "erased.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_KEPT = "no dataset was made or changed"


def versions(folder: Path) -> list[int]:
    """Numbers of all versions, also those whose data were erased."""
    found = (path.name for path in folder.glob("v*") if (path / manifest.FILE).exists())
    return sorted(int(name[1:]) for name in found if name[1:].isdigit())


def living(folder: Path) -> list[int]:
    """Versions whose data are there."""
    return [one for one in versions(folder) if not (folder / f"v{one}" / GONE).exists()]


def next_version(folder: Path) -> int:
    return max(versions(folder), default=0) + 1


def home_of(root: Path, name: str) -> Path:
    """The folder of a dataset to be made.

    Raises:
        UsageFault: the name can't be one.
    """
    if "/" in name or "\\" in name:
        folder = Path(name).expanduser().absolute()
        if not folder.parent.is_dir():
            raise UsageFault(f"there is no folder {folder.parent}", fate=_KEPT)
        name = folder.name
    else:
        folder = root / name
    if not _NAME.fullmatch(name):
        raise UsageFault(
            f"a dataset can't be called {name}",
            hints=("small letters, digits, dots and dashes, 64 at most",), fate=_KEPT,
        )  # fmt: skip
    return folder


def find(root: Path, said: str) -> Path:
    """The folder of the version a person means.

    Raises:
        UsageFault: there is none of that name, or it was erased.
    """
    name, _, number = said.partition("@")
    path = Path(name).expanduser()
    folder = root / name if _NAME.fullmatch(name) and (root / name).is_dir() else path.absolute()
    if (folder / manifest.FILE).exists():
        return folder
    known = versions(folder) if folder.is_dir() else []
    if not known:
        raise UsageFault(f"there is no dataset {said}", hints=("to see what there is, run: byhand dataset list",))
    if number:
        wanted = number.removeprefix("v")
        if not wanted.isdigit() or int(wanted) not in known:
            raise UsageFault(f"{name} has no version {number}", hints=(f"it has {', '.join(map(str, known))}",))
        return folder / f"v{int(wanted)}"
    return folder / f"v{(living(folder) or known)[-1]}"


def load(place: Path) -> Manifest:
    """The manifest of a version.

    Raises:
        ByhandError: it can't be read.
    """
    try:
        data = (place / manifest.FILE).read_bytes()
    except OSError as error:
        raise ByhandError(f"{place} can't be read: {(error.strerror or '').lower()}") from None
    return manifest.read(data)


def present(place: Path) -> Manifest:
    """The manifest of a version whose data are there.

    Raises:
        UsageFault: they were erased.
    """
    made = load(place)
    if gone(place) is not None:
        raise UsageFault(
            f"version {made.version} of {made.name} was erased: it held a recording that was forgotten",
            hints=("to see which versions are whole, run: byhand dataset list",),
        )
    return made


def gone(place: Path) -> Gone | None:
    """What its data were erased for, or None."""
    try:
        return msgspec.json.decode((place / GONE).read_bytes(), type=Gone)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise VaultDamaged("what was noted of an erased version can't be read") from None


def listed(root: Path) -> list[tuple[Path, Manifest]]:
    """All versions in the home, by name and number."""
    found: list[tuple[Path, Manifest]] = []
    for folder in sorted(root.iterdir() if root.is_dir() else ()):
        found += [(folder / f"v{one}", load(folder / f"v{one}")) for one in versions(folder)]
    return found
