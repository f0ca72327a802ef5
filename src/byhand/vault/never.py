"""The person's own list of sites of which nothing is ever kept: `never.txt` in BYHAND_HOME.

One origin a line, as a policy writes one; lines that begin with # are the person's own notes. It wins over every
policy and grant, in recordings of the desktop too. A person may edit it; a recorder reads it when it starts.
"""

from __future__ import annotations

from pathlib import Path

from byhand.consent.policy import origin_of
from byhand.errors import VaultError
from byhand.vault.durable import private_dir, write_durably

_HEAD = "# Sites of which Byhand never keeps anything, whatever a policy says. One origin a line.\n"


def never(home: Path) -> frozenset[str]:
    """The origins on the list.

    Raises:
        VaultError: it can't be read. Nothing may be recorded then.
    """
    return frozenset(filter(None, map(_origin, _lines(home))))


def add(home: Path, origin: str) -> None:
    """Put an origin on the list, for good.

    Raises:
        VaultError: the list can't be written.
    """
    lines = _lines(home)
    if origin in map(_origin, lines):
        return
    text = "".join(f"{line}\n" for line in lines) or _HEAD
    try:
        write_durably(private_dir(home) / "never.txt", f"{text}{origin}\n".encode())
    except OSError as error:
        raise _fault(home, "written", error) from None


def _lines(home: Path) -> list[str]:
    try:
        return (home / "never.txt").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise _fault(home, "read", error) from None


def _origin(line: str) -> str:
    return "" if line.lstrip().startswith("#") else origin_of(line.strip())


def _fault(home: Path, what: str, error: Exception) -> VaultError:
    said = error.strerror if isinstance(error, OSError) and error.strerror else "it is no text"
    return VaultError(
        f"the list of sites that are never recorded can't be {what}: {said.lower()}",
        hints=(f"look at {home / 'never.txt'}",),
    )
