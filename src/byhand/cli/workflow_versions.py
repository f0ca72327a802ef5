"""`byhand workflow versions` and `byhand workflow rollback`: what a program was before, and back to it.

Rules of this module: going back is one more change. What the program is now is kept first, so that this can be taken
back too, and an old file comes back as it was, comments and all; only its revision is a new one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

from cyclopts import Parameter
from msgspec.structs import replace
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, columns, emit, say
from byhand.cli.writing import write
from byhand.errors import UsageFault, WorkflowError
from byhand.ui import words
from byhand.vault.durable import private_dir
from byhand.workflows import file
from byhand.workflows.program import Workflow

_NOTHING = "nothing was changed"


class _Version(NamedTuple):
    """program: None where its file makes no sense any more."""

    revision: int
    place: Path
    program: Workflow | None


def versions(name: workflow_home.Name, /, *, json: Json = False) -> None:
    program, path = workflow_home.load(opened.home(), name)
    found = [*_kept(path), _Version(program.revision, path, program)]
    if json:
        emit(
            [
                {
                    "revision": one.revision, "file": str(one.place), "now": one.place == path,
                    "good": one.program is not None,
                    "steps": len(one.program.steps) if one.program else 0,
                    "episodes": one.program.episodes if one.program else (),
                }
                for one in found
            ]
        )  # fmt: skip
        return
    columns(
        (
            Text(str(one.revision), "name"),
            f"{opened.local(one.place.stat().st_mtime):%d %b %Y %H:%M}",
            _told(one.program),
            Text("it is this now" if one.place == path else "", "quiet"),
        )
        for one in found
    )


def rollback(
    name: workflow_home.Name,
    revision: Annotated[
        int, Parameter(metavar="REVISION", help="As versions lists it; the one before, if left out.")
    ] = 0,
    /,
    *,
    json: Json = False,
) -> None:
    now, path = workflow_home.load(opened.home(), name)
    kept = _kept(path)
    chosen = next((one for one in reversed(kept) if revision in (0, one.revision)), None)
    if chosen is None:
        known = ", ".join(str(one.revision) for one in kept)
        raise UsageFault(
            f"{now.name} has no version {revision}" if revision else f"{now.name} was never anything else",
            hints=(f"it has: {known}",) if known else (), fate=_NOTHING,
        )  # fmt: skip
    if chosen.program is None:
        raise WorkflowError(
            f"version {chosen.revision} makes no sense",
            hints=(f"to see why, run: byhand workflow check {chosen.place}",), fate=_NOTHING,
        )  # fmt: skip
    after = max(now.revision, *(one.revision for one in kept)) + 1
    text = chosen.place.read_text("utf-8")
    before = _folder(path) / f"{now.revision}.yaml"
    private_dir(_folder(path))
    write(before, path.read_bytes())
    write(path, file.changed(text, replace(chosen.program, revision=after)).encode())
    if json:
        emit({"workflow": now.name, "revision": after, "as": chosen.revision, "before": str(before)})
        return
    say(
        Text.assemble((now.name, "name"), f" is again what it was in version {chosen.revision}"),
        Text(f"  {before} is what it was until now", "quiet"),
    )


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.stem}.versions")


def _kept(path: Path) -> list[_Version]:
    """In order, the oldest first."""
    places = [one for one in _folder(path).glob("*.yaml") if one.stem.isdecimal()]
    return [
        _Version(int(one.stem), one, _read(one)) for one in sorted(places, key=lambda place: int(place.stem))
    ]  # fmt: skip


def _read(place: Path) -> Workflow | None:
    try:
        return file.read(place.read_text("utf-8"), place.name)
    except (OSError, UnicodeDecodeError, WorkflowError):
        return None


def _told(program: Workflow | None) -> str:
    if program is None:
        return "makes no sense"
    shown = words.many(len(program.episodes), "demonstration")
    return f"{words.many(len(program.steps), 'step')}, {shown}"
