"""Grants, withdrawals and the agreed policy, as small files in the home.

    grants/<id>.json        a grant, as it was signed
    grants/<id>.withdrawn   it was withdrawn; holds when, in UTC seconds
    policy.toml             the policy that was agreed to, byte for byte

Rules of this module: whether a grant is good is for `consent` to say. That a withdrawal exists is enough, whatever is
in it: taking a yes back must not fail on a damaged file.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from byhand.consent.grant import Grant
from byhand.errors import Problem
from byhand.vault.durable import private_dir, sync_dir, write_durably

_ID = re.compile(r"[a-z0-9]{1,64}")


def save_grant(home: Path, grant: Grant) -> None:
    write_durably(_path(home, grant.id, "json"), msgspec.json.format(msgspec.json.encode(grant), indent=2) + b"\n")


def load_grants(home: Path) -> tuple[list[Grant], list[Problem]]:
    """All grants, oldest first, withdrawn ones too; and the files that hold none."""
    grants: list[Grant] = []
    problems: list[Problem] = []
    for path in sorted((home / "grants").glob("*.json")):
        if path.name.startswith("."):
            continue
        try:
            grant = msgspec.json.decode(path.read_bytes(), type=Grant)
        except OSError as error:
            problems.append(Problem(str(path), f"the grant can't be read: {error.strerror}"))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            problems.append(Problem(str(path), "this is no grant"))
        else:
            if grant.id == path.stem and _ID.fullmatch(grant.id):
                grants.append(grant)
            else:
                problems.append(Problem(str(path), "the grant in it has another id"))
    return sorted(grants, key=lambda grant: (grant.given, grant.id)), problems


def withdraw(home: Path, grant_id: str, at: int) -> None:
    """Take a yes back, at `at` (UTC seconds). A recorder under this grant sees it within a second."""
    write_durably(_path(home, grant_id, "withdrawn"), f"{at}\n".encode())


def is_withdrawn(home: Path, grant_id: str) -> bool:
    """One look at the file system: the recorder asks every second. What can't be looked at counts as withdrawn."""
    try:
        _path(home, grant_id, "withdrawn", make=False).stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def withdrawn_at(home: Path, grant_id: str) -> int | None:
    """When it was withdrawn; 0 where that can't be read any more; None where it was not."""
    if not is_withdrawn(home, grant_id):
        return None
    try:
        return int(_path(home, grant_id, "withdrawn", make=False).read_bytes())
    except (OSError, ValueError):
        return 0


def delete_grants(home: Path) -> None:
    """With everything else a person wants gone."""
    folder = home / "grants"
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        sync_dir(folder)


def save_policy(home: Path, toml: bytes) -> None:
    write_durably(private_dir(home) / "policy.toml", toml)


def load_policy(home: Path) -> bytes | None:
    """The bytes agreed to, or None before the first consent. Raises: OSError."""
    try:
        return (home / "policy.toml").read_bytes()
    except FileNotFoundError:
        return None


def _path(home: Path, grant_id: str, ending: str, *, make: bool = True) -> Path:
    if not _ID.fullmatch(grant_id):
        raise ValueError("a grant's id has lower-case letters and digits only")
    folder = home / "grants"
    return (private_dir(folder) if make else folder) / f"{grant_id}.{ending}"
