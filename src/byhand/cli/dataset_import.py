"""`byhand dataset import`: demonstrations of others, in their format, become a dataset."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from byhand import __version__
from byhand.cli import dataset_home as at_home
from byhand.cli import open as opened
from byhand.cli.dataset_build import tell
from byhand.cli.dataset_home import Address, As, Bar, EngineName
from byhand.cli.output import Json, emit
from byhand.datasets import build as building
from byhand.datasets import versions
from byhand.datasets.build import Asked
from byhand.datasets.formats.port import Format
from byhand.datasets.formats.registry import formats
from byhand.datasets.sources import looks
from byhand.errors import UsageFault

_NOT = "no dataset was made"


def dataset_import(
    format_: Annotated[str, Parameter(name="FORMAT", help="Of what is read, by its name.")],
    path: Annotated[Path, Parameter(help="A file or a folder. Nothing outside of it is opened.")],
    /,
    *,
    as_: As,
    engine: EngineName = "native",
    address: Address = "",
    json: Json = False,
) -> None:
    read = known(format_, "read", _NOT).read
    assert read is not None
    if not path.exists():
        raise UsageFault(f"there is no file or folder {path}", fate=_NOT)
    home = opened.home()
    root = at_home.root(home)
    folder = versions.home_of(root, as_)
    power = at_home.engine(engine, address)
    # Whose work it is can't be known here, so it stays with whoever brought it.
    asked = Asked(folder.name, "mine", f"byhand {__version__}", source=format_, like=looks(path))
    with building.begin(folder, asked) as build, Bar() as bar:
        build.gather(read(path), bar)
        manifest = build.finish(power, bar, root=root, at=int(time.time()))
    place = folder / f"v{manifest.version}"
    if json:
        emit({**at_home.summary(place, manifest), "problems": at_home.told(manifest.problems)})
    else:
        tell(place, manifest, list(manifest.problems))


def known(name: str, what: Literal["read", "written"], fate: str) -> Format:
    """The format of that name, which can be read, or written.

    Raises:
        UsageFault: there is none.
    """
    found = formats()
    fit = [one.name for one in found.values() if (one.read if what == "read" else one.write) is not None]
    hints = (f"those that can be {what}: {', '.join(sorted(fit))}",)
    if name not in found:
        raise UsageFault(f"there is no format {name}", hints=hints, fate=fate)
    if name not in fit:
        raise UsageFault(f"{name} can only be {'written' if what == 'read' else 'read'}", hints=hints, fate=fate)
    return found[name]
