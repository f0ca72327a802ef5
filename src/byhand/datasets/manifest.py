"""What a dataset says of itself: the file `manifest.json`. See docs/formats/dataset.md.

Rules of this module: values only. Nothing in it depends on when, where or with which engine a dataset was built, so
that two builds of the same have the same bytes. No person and no recording has its own name here, only a pseudonym.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Literal

import msgspec

from byhand.errors import Problem, VaultDamaged, VaultError

SCHEMA = 1
FILE = "manifest.json"
TABLES = ("episodes", "steps", "elements", "events")
_FILE = re.compile(r"[a-z]+/[a-z]+(-\d{5})?\.(parquet|svg)|README\.md|card\.html")
"""Files a version may have beside its manifest and its media."""
Purpose = Literal["mine", "train"]
SplitName = Literal["train", "validation", "test", "aside"]
SPLITS: tuple[SplitName, ...] = ("train", "validation", "test", "aside")


class Parent(msgspec.Struct, frozen=True):
    """A version this one was made from. sha256: of its manifest."""

    name: str
    version: int
    sha256: str


class Part(msgspec.Struct, frozen=True, order=True):
    """A recording that is in it. All names are pseudonyms. own: made here, not imported."""

    recording: str
    person: str = ""
    grant: str = ""
    guard: str = ""
    purpose: Purpose = "mine"
    streams: tuple[str, ...] = ()
    episodes: int = 0
    own: bool = True


class File(msgspec.Struct, frozen=True):
    sha256: str
    bytes: int
    rows: int = 0


class Media(msgspec.Struct, frozen=True):
    """All files of `media`. sha256: over their sorted names, one a line; each name is the hash of its file."""

    count: int = 0
    bytes: int = 0
    sha256: str = hashlib.sha256(b"").hexdigest()


class Split(msgspec.Struct, frozen=True):
    """by: what no two splits share. counts: episodes in each."""

    by: tuple[str, ...] = ()
    counts: dict[str, int] = msgspec.field(default_factory=dict[str, int])


class Manifest(msgspec.Struct, frozen=True):
    """purpose: `train` may be shared: each recording in it was approved for that; `mine` is for the person's own use.

    erasures: entries of the ledger that were looked at for erasures when this was made.
    doubles: identical episodes that were left out. problems: what was set aside, and why.
    """

    schema: int
    name: str
    version: int
    purpose: Purpose
    program: str
    reducer: int
    source: str
    parents: tuple[Parent, ...]
    recordings: tuple[Part, ...]
    erasures: int
    split: Split
    doubles: int
    episodes: int
    steps: int
    events: int
    files: dict[str, File]
    media: Media
    problems: tuple[Problem, ...] = ()


class Gone(msgspec.Struct, frozen=True):
    """Lies beside a manifest whose data were erased. next: the version without it, 0 if nothing was left for one."""

    recordings: tuple[str, ...]
    next: int


def pack(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n"


def read(data: bytes) -> Manifest:
    """Raises:
    VaultError: a newer byhand made it.
    VaultDamaged: it is no manifest.
    """
    try:
        schema = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("schema")
        if schema is not None and msgspec.json.decode(schema, type=int) > SCHEMA:
            raise VaultError("this dataset was made by a newer byhand", hints=("update byhand to read it",))
        made = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise VaultDamaged("the manifest of this dataset can't be read") from None
    if not all(_FILE.fullmatch(name) for name in made.files):
        raise VaultDamaged("the manifest of this dataset names files outside of it")
    return made


def pseudonym(key: bytes, what: Literal["recording", "person", "grant"], name: str) -> str:
    """A name that only the home's key (32 bytes that never leave it) leads back to."""
    return hmac.new(key, f"byhand dataset {what}\0{name}".encode(), hashlib.sha256).hexdigest()[:20]
