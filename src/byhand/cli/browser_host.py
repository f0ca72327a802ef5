"""Native messaging manifests and the launcher they name: written, looked at, taken away.

A manifest can name a program but give it no arguments, so each browser gets a launcher of its own, a shell script of
one line that only this person can read or run. What was written is listed in BYHAND_HOME/browser/installed.json, and
only what stands there is taken away again.
"""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

import byhand
from byhand.cli import extension
from byhand.cli.browsers import Browser, Found
from byhand.errors import ByhandError
from byhand.vault.durable import private_dir, write_durably

Standing = Literal["right", "missing", "another's", "out of date"]
FILE = f"{extension.HOST}.json"
_RELAY = Path(byhand.__file__).parent / "capture" / "browser" / "host.py"


class HostManifest(msgspec.Struct, frozen=True):
    """A native messaging manifest, as browsers read it."""

    name: str
    description: str
    path: str
    type: str
    allowed_origins: tuple[str, ...]


class Written(msgspec.Struct, frozen=True):
    """What was written for one browser. made: folders that were not there before, innermost first."""

    browser: str
    manifest: str
    launcher: str
    extensions: tuple[str, ...]
    made: tuple[str, ...] = ()


def places(home: Path) -> Path:
    """Where launchers lie, and the list of what was written."""
    return home / "browser"


def install(home: Path, one: Found, ids: Sequence[str]) -> Written:
    """Write launcher and manifest for one browser.

    Raises:
        ByhandError: a file can't be written.
    """
    launcher = places(home) / f"host-{one.browser.name}.sh"
    manifest = one.hosts / FILE
    try:
        private_dir(private_dir(home) / "browser")
        before = {old.browser: old for old in listed(home)}
        old = before.pop(one.browser.name, None)
        made = old.made if old else tuple(str(path) for path in (one.hosts, *one.hosts.parents) if not path.exists())
        new = Written(one.browser.name, str(manifest), str(launcher), tuple(ids), made)
        _note(home, [*before.values(), new])  # first: what is listed and not there harms nobody
        write(home, one.browser, ids, manifest=manifest, launcher=launcher)
    except OSError as error:
        raise _unwritten(error, manifest) from None
    return new


def write(home: Path, browser: Browser, ids: Sequence[str], *, manifest: Path, launcher: Path) -> None:
    """The two files; whoever calls knows how they are taken away."""
    allowed = (f"--allow={one}" for one in ids if one != extension.ID)
    words = [sys.executable, "-I", "-S", str(_RELAY), str(home), browser.window, *allowed]
    script = (
        f'#!/bin/sh\n# Started by the browser; hands its messages to the recorder.\nexec {shlex.join(words)} "$@"\n'
    )
    write_durably(launcher, script.encode())
    launcher.chmod(0o700)
    manifest.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_durably(manifest, msgspec.json.format(msgspec.json.encode(described(launcher, ids))) + b"\n")


def described(launcher: Path, ids: Sequence[str]) -> HostManifest:
    return HostManifest(
        name=extension.HOST, description="Byhand's recorder, on this computer", path=str(launcher), type="stdio",
        allowed_origins=tuple(f"chrome-extension://{one}/" for one in ids),
    )  # fmt: skip


def listed(home: Path) -> list[Written]:
    """What was written and not taken away yet. A list that can't be read is an empty one."""
    try:
        return msgspec.json.decode((places(home) / "installed.json").read_bytes(), type=list[Written])
    except (OSError, msgspec.MsgspecError):
        return []


def standing(home: Path, one: Found) -> Standing:
    """Is the manifest of this browser there, and does it lead to this recorder?"""
    there = _read(one.hosts / FILE)
    if there is None:
        return "missing" if not (one.hosts / FILE).exists() else "out of date"
    if Path(there.path).parent != places(home):
        return "another's"
    note = next((note for note in listed(home) if note.browser == one.browser.name), None)
    ids = note.extensions if note else (extension.ID,)
    launcher = Path(there.path)
    fits = there == described(launcher, ids) and launcher.is_file() and str(_RELAY) in launcher.read_text("utf-8")
    return "right" if fits else "out of date"


def remove(home: Path) -> tuple[list[str], list[str]]:
    """Take away what `install` wrote.

    Returns:
        Files that were taken away, and files that were left because somebody else has changed them.

    Raises:
        ByhandError: a file can't be taken away.
    """
    gone: list[str] = []
    left: list[str] = []
    for note in listed(home):
        manifest, launcher = Path(note.manifest), Path(note.launcher)
        there = _read(manifest)
        try:
            if there is not None and there.path == note.launcher:
                manifest.unlink()
                gone.append(note.manifest)
                for folder in note.made:
                    with contextlib.suppress(OSError):  # others have put something into it since
                        Path(folder).rmdir()
            elif manifest.exists():
                left.append(note.manifest)
            if launcher.exists():
                launcher.unlink()
                gone.append(note.launcher)
        except OSError as error:
            raise _unwritten(error, manifest) from None
    (places(home) / "installed.json").unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the profile of a work window may be in it
        places(home).rmdir()
    return gone, left


def _read(manifest: Path) -> HostManifest | None:
    try:
        return msgspec.json.decode(manifest.read_bytes(), type=HostManifest)
    except (OSError, msgspec.MsgspecError):
        return None


def _note(home: Path, all_: list[Written]) -> None:
    write_durably(places(home) / "installed.json", msgspec.json.format(msgspec.json.encode(all_)) + b"\n")


def _unwritten(error: OSError, manifest: Path) -> ByhandError:
    return ByhandError(
        f"{error.filename or manifest} can't be changed: {(error.strerror or 'it failed').lower()}",
        hints=("what was written is listed by: byhand browser status",),
        fate="what was changed before stays; nothing was recorded",
    )
