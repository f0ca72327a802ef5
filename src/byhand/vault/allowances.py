"""Allowances as small files in the home, beside the grants.

    allowances/<id>.json        an allowance, as it was signed
    allowances/<id>.withdrawn   it was taken back; holds when, in UTC seconds

Rules of this module: whether one is good is for `consent.allowance` to say. That it was taken back is enough, whatever
is in that file.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from byhand.consent.allowance import Allowance
from byhand.vault.durable import private_dir, write_durably

_ID = re.compile(r"[a-z0-9]{1,64}")


def save(home: Path, allowance: Allowance) -> None:
    data = msgspec.json.format(msgspec.json.encode(allowance), indent=2) + b"\n"
    write_durably(_path(home, allowance.id, "json"), data)


def load(home: Path) -> list[Allowance]:
    """All, oldest first, those taken back too. A file that holds none allows nothing, and is passed over."""
    found: list[Allowance] = []
    for path in sorted((home / "allowances").glob("[!.]*.json")):
        try:
            one = msgspec.json.decode(path.read_bytes(), type=Allowance)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            continue
        if one.id == path.stem and _ID.fullmatch(one.id):
            found.append(one)
    return sorted(found, key=lambda one: (one.given, one.id))


def take_back(home: Path, name: str, at: int) -> None:
    """At `at` (UTC seconds); a run that is on asks again from its next act on."""
    write_durably(_path(home, name, "withdrawn"), f"{at}\n".encode())


def withdrawn(home: Path, names: list[str]) -> set[str]:
    """Those of them that were taken back. What can't be looked at counts as taken back."""
    gone: set[str] = set()
    for name in names:
        try:
            (home / "allowances" / f"{name}.withdrawn").stat()
        except FileNotFoundError:
            continue
        except OSError:
            pass
        gone.add(name)
    return gone


def _path(home: Path, name: str, ending: str) -> Path:
    if not _ID.fullmatch(name):
        raise ValueError("an allowance's id has lower-case letters and digits only")
    return private_dir(home / "allowances") / f"{name}.{ending}"
