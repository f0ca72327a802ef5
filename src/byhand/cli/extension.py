"""Where the browser's extension is, what version it has, and what id a key gives it.

It lies beside the source in a checkout, and in the package once installed (pyproject.toml puts it there).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

import byhand
from byhand.errors import ByhandError, UsageFault

HOST = "org.byhand.recorder"
ID = "cadppmjnaadklncikpkehlnenfjadhok"
"""The id that the `key` in extension/manifest.json gives. Hosts answer it and the ids given to them, nobody else."""


class Manifest(msgspec.Struct, frozen=True):
    """What we read of extension/manifest.json."""

    version: str
    key: str = ""


def folder() -> Path:
    """The unpacked extension.

    Raises:
        ByhandError: it is not there.
    """
    package = Path(byhand.__file__).parent
    for place in (package / "extension", package.parent.parent / "extension"):
        if (place / "manifest.json").is_file():
            return place
    raise ByhandError(
        "the browser's extension is missing from this installation", hints=("install byhand anew",),
        fate="nothing was changed",
    )  # fmt: skip


def manifest(place: Path) -> Manifest:
    """Raises:
    ByhandError: it can't be read.
    """
    try:
        return msgspec.json.decode((place / "manifest.json").read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        raise ByhandError(
            "the extension's manifest can't be read", hints=(f"look at {place / 'manifest.json'}",),
            fate="nothing was changed",
        ) from None  # fmt: skip


def id_of(public: bytes) -> str:
    """The id of an extension: half the SHA-256 of its public key (DER), with the letters a to p for the digits."""
    return hashlib.sha256(public).hexdigest()[:32].translate(_LETTERS)


_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def ids(given: tuple[str, ...]) -> tuple[str, ...]:
    """Ours, then the ones given.

    Raises:
        UsageFault: one is no extension's id.
    """
    for one in given:
        if len(one) != 32 or set(one) - set("abcdefghijklmnop"):
            raise UsageFault(
                f"{one} is not an extension's id",
                hints=("it is 32 letters from a to p, as chrome://extensions shows it",), fate="nothing was changed",
            )  # fmt: skip
    return tuple(dict.fromkeys((ID, *given)))
