"""`byhand export`: everything held about the person, written where they say, for them alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import noting
from byhand.cli import open as opened
from byhand.cli.output import Json, emit, say
from byhand.consent import grant as grants
from byhand.errors import ByhandError, UsageFault, VaultDamaged
from byhand.review import mine
from byhand.review.books import Books
from byhand.review.source import load
from byhand.ui import words
from byhand.vault.grants import load_grants
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import RecordingInfo, Vault

ALL = "all"


def export(
    rec: Annotated[str, Parameter(help="A recording: its id, the beginning of one, last, or all.")] = "last",
    /,
    *,
    mine_: Annotated[bool, Parameter(name="--mine", help="For yourself: everything, also what you cut.")] = False,
    output: Annotated[
        Path | None,
        Parameter(name=("-o", "--output"), metavar="PLACE", help="A folder to make, or a file that ends in .zip."),
    ] = None,
    json: Json = False,
) -> None:
    if not mine_:
        raise UsageFault(
            "say for whom: --mine writes everything for yourself",
            hints=("to share a recording, approve it first: byhand review",), fate="nothing was written",
        )  # fmt: skip
    home = opened.home()
    with opened.vault(home) as vault:
        chosen = vault.recordings() if rec == ALL else [opened.choose(vault, rec)]
        place = (output or Path(f"byhand-{ALL if rec == ALL else chosen[0].id}")).absolute()
        problems: list[str] = []
        count, size = _write(place, _files(home, vault, chosen, problems, whole=rec == ALL))
    if json:
        emit({"recordings": [one.id for one in chosen], "place": str(place), "files": count, "bytes": size})
    else:
        say(
            Text.assemble(
                ("wrote ", "quiet"),
                (str(place), "name"),
                (f"  {words.many(count, 'file')}, {words.size(size)}", "quiet"),
            ),
            Text("  it is not encrypted: whoever can read it can see the recording", "quiet"),
        )
    if problems:
        raise VaultDamaged(
            f"{words.many(len(problems), 'place')} can't be read",
            hints=tuple(problems[:5]), fate="everything else was written",
        )  # fmt: skip


def _files(
    home: Path, vault: Vault, chosen: list[RecordingInfo], problems: list[str], *, whole: bool
) -> Iterator[mine.File]:
    books = Books(home, vault, device_key(open_keys(home, os.environ)), time.time, opened.local)
    given, _ = load_grants(home)
    policy: str | None = None
    with contextlib.suppress(ByhandError):
        policy = opened.agreed_policy(home)
    if whole:
        yield "README.txt", mine.README_ALL.encode()
        yield "ledger.jsonl", mine.lines(books.told())
        for one in given:
            yield f"grants/{one.id}.json", grants.encode(one)
        if policy is not None:
            yield "policy.toml", policy.encode()
    for info in chosen:
        noting.note_reading(home, vault, info.id, "export", kind="export")
        try:
            source = load(vault, info)
            grant = next((one for one in given if one.id == source.header.grant), None)
            made = list(mine.files(source, grant, policy, books.about(info.id)))
        except VaultDamaged as error:
            problems.append(f"{info.id}: {error.message}")
            continue
        problems += [f"{info.id}: {problem}" for problem in source.problems]
        yield from ((f"recordings/{info.id}/{name}" if whole else name, data) for name, data in made)


def _write(place: Path, files: Iterator[mine.File]) -> tuple[int, int]:
    """All or nothing, for the person alone, and never over what is there. Returns how many files and bytes."""
    if place.exists() or place.is_symlink():
        raise UsageFault(
            f"{place} is there already", hints=("choose another place with -o PLACE",), fate="nothing was written"
        )
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        if place.suffix.lower() == ".zip":
            done = _zip(part, files)
            os.link(part, place)  # fails where somebody put something there meanwhile
            part.unlink()
        else:
            done = _folder(part, files)
            part.rename(place)
    except OSError as error:
        raise ByhandError(
            f"{place} can't be written: {(error.strerror or '').lower()}",
            hints=("choose another place with -o PLACE",),
            fate="nothing was written",
        ) from None
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        with contextlib.suppress(OSError):
            part.unlink()
    return done


def _folder(part: Path, files: Iterator[mine.File]) -> tuple[int, int]:
    part.mkdir(mode=0o700)
    count = size = 0
    for name, data in files:
        file = part / name
        folder = part
        for step in Path(name).parts[:-1]:
            folder /= step
            folder.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
        count, size = count + 1, size + len(data)
    return count, size


def _zip(part: Path, files: Iterator[mine.File]) -> tuple[int, int]:
    count = size = 0
    with (
        os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name, data in files:
            about = zipfile.ZipInfo(name, time.localtime()[:6])
            about.external_attr = 0o600 << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(about, data)
            count, size = count + 1, size + len(data)
    return count, size
