"""A model on the disk: what it is, in words (`model.json`), and its weights. docs/formats/model.md.

    NAME/
      v1/
        model.json       what it is and what it learned from
        weights.pt       the network, as torch saves tensors; read without running anything
        weights-1.pt ... instead of it, of several that decide together
        adapter_*        instead of it, of an adapter: as PEFT saves one
        log.jsonl        one line a look: how it went
        README.md        the card
        cases.json       which held-back acts it was right on, by hash
      current            the version that is used where none is named
      training.pt      only while it is learned: what is needed to go on

Rules of this module: a version is there whole or not at all, and is never changed. Weights are only read as numbers.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import nn

from byhand.errors import LearnError, UsageFault
from byhand.models import current, features
from byhand.models.committee import Committee
from byhand.models.deciding import Deciding
from byhand.models.network import Network, Shape

SCHEMA = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_VERSION = re.compile(r"v([1-9]\d{0,5})")


class Source(msgspec.Struct, frozen=True):
    """A dataset's version it learned from. grants: pseudonyms of the grants it was recorded under."""

    dataset: str
    version: int
    manifest: str
    grants: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    purpose: str = "mine"


class Adapter(msgspec.Struct, frozen=True):
    """Of a model that is a vision-language model with weights learned beside its own (`models.vision`).

    base: the model it is for, a name at Hugging Face or a folder. revision: which exactly. telling: version of how it
    is told of a page. rank: of the weights. longest: tokens of a conversation. pictures: of how many of the acts it
    learned from a picture was shown.
    """

    base: str
    revision: str
    telling: int
    rank: int
    longest: int
    pictures: int = 0


class Pictures(msgspec.Struct, frozen=True):
    """Of a model that tells acts from pictures (`models.pictures`).

    version: of what it is shown and says. widths: of its network. op_heat, where_heat: what its logits are divided by.
    """

    version: int
    widths: tuple[int, int, int, int]
    op_heat: float = 1.0
    where_heat: float = 1.0


class Member(msgspec.Struct, frozen=True):
    """One of several networks that decide together. name, version: it was copied from. heat: see `About`."""

    name: str
    version: int
    shape: Shape
    heat: float = 1.0


class Private(msgspec.Struct, frozen=True):
    """What all steps together may tell of one unit by the weights (`models.private`).

    unit: "episode" or "person"; units: how many there are. noise: its deviation, in lengths that the gradient of a unit
    may have (clip). rate: chance of a unit to be in a step.
    """

    epsilon: float
    delta: float
    unit: str
    units: int
    noise: float
    clip: float
    rate: float
    steps: int


class About(msgspec.Struct, frozen=True):
    """What a model is. observer: version of the observer whose lists it reads. features: of what is told of a list.

    parent: name and version of the model it was begun from. figures: on examples that were held back. left: acts no
    example was made of, by reason. heat: what its logits are divided by. examples, episodes, steps: how many it learned
    from, and how many batches. corrections: how much an act counted that corrects a model. adapter: None for a network
    of our own; else it has no shape and no features. batch: examples at once, or units where it is private. rate: how
    far each went at most. spelled: of how many people or episodes a text must be to be spelled. tests: it learned from
    what its datasets keep for tests, too. private: None where nothing is hidden. pictures: None for a model that acts;
    else it reads no lists, and has no shape and no features. members: networks that decide together, of the same
    features; then it has no shape of its own, and what it learned from is what they did.
    """

    schema: int
    name: str
    version: int
    observer: int
    features: int
    shape: Shape
    seed: int
    sources: tuple[Source, ...]
    examples: int
    episodes: int
    steps: int
    seconds: float
    program: str
    heat: float = 1.0
    figures: dict[str, float] = {}
    left: dict[str, int] = {}
    parent: str = ""
    corrections: float = 1.0
    adapter: Adapter | None = None
    batch: int = 32
    rate: float = 1e-3
    spelled: int = 1
    tests: bool = False
    private: Private | None = None
    pictures: Pictures | None = None
    members: tuple[Member, ...] = ()


def folder(home: Path, name: str) -> Path:
    """Where the versions of a model lie.

    Raises:
        UsageFault: it can't be called so.
    """
    if not _NAME.fullmatch(name):
        raise UsageFault(
            "a model's name is made of small letters, digits, dots and dashes",
            hints=("for example: invoices",), fate="nothing was done",
        )  # fmt: skip
    return home / "models" / name


def versions(place: Path) -> list[int]:
    """Those that are whole, oldest first."""
    found = (_VERSION.fullmatch(one.name) for one in place.glob("v*") if (one / "model.json").exists())
    return sorted(int(match[1]) for match in found if match)


def names(home: Path) -> Iterator[str]:
    """All models of a home that have a version."""
    for place in sorted((home / "models").glob("*")):
        if versions(place):
            yield place.name


def latest(home: Path) -> str:
    """The version that was made last, as "invoices@v2".

    Raises:
        LearnError: there is none.
    """
    made = [
        place
        for name in names(home)
        for place in ((home / "models" / name).glob("v*"))
        if _VERSION.fullmatch(place.name)
    ]
    if not made:
        raise LearnError(
            "there are no models yet",
            hints=("to make one, run: byhand learn DATASET --as NAME",),
            fate="nothing was done",
        )
    last = max(made, key=lambda place: (place / "model.json").stat().st_mtime_ns)
    return f"{last.parent.name}@{last.name}"


def save(place: Path, about: About, network: nn.Module | None, *, beside: dict[str, bytes] | None = None) -> Path:
    """Write a version; it is there whole, or not at all.

    Args:
        place: of the model's versions.
        about: what it is; its number must be free.
        network: its weights; None where they are among the other files.
        beside: other files, by name.

    Raises:
        LearnError: that version is there already.
    """
    goes = place / f"v{about.version}"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".", dir=place))
    try:
        if network is not None:
            torch.save(network.state_dict(), made / "weights.pt")
        (made / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(about)))
        for name, data in (beside or {}).items():
            (made / name).write_bytes(data)
        for one in made.iterdir():
            _flush(one)
        made.rename(goes)
        _flush(place)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        if goes.exists():
            raise LearnError(
                f"{about.name} has a version {about.version} already", fate="nothing was changed"
            ) from None
        raise LearnError(f"the model can't be written: {error.strerror}", fate="no version was made") from None
    return goes


def read(place: Path) -> About:
    """Raises:
    LearnError: it is not there, of a newer program, or damaged.
    """
    try:
        about = msgspec.json.decode((place / "model.json").read_bytes(), type=About)
    except FileNotFoundError:
        raise LearnError(
            f"there is no model {place.parent.name} {place.name}",
            hints=("to see those there are, run: byhand model list",),
            fate="nothing was done",
        ) from None
    except (msgspec.MsgspecError, OSError):
        raise LearnError(f"{place.parent.name} {place.name} can't be read", fate="nothing was done") from None
    if about.schema > SCHEMA:
        raise LearnError(
            f"{about.name} {place.name} was made by a newer byhand", hints=("pip install --upgrade byhand",)
        )  # fmt: skip
    return about


def network(place: Path, about: About) -> Network:
    """Its network, with its weights.

    Raises:
        LearnError: they are missing, damaged, or of another kind of features.
    """
    if about.adapter is not None:
        raise LearnError(
            f"{about.name} v{about.version} is an adapter of {about.adapter.base}, and no network of its own",
            hints=("to begin an adapter with it, run: byhand learn with --model and --from",), fate="nothing was done",
        )  # fmt: skip
    if about.pictures is not None:
        raise LearnError(
            f"{about.name} v{about.version} tells what was done from pictures, and does nothing itself",
            hints=("to let it tell, run: byhand label",), fate="nothing was done",
        )  # fmt: skip
    if about.members:
        raise LearnError(
            f"{about.name} v{about.version} is {len(about.members)} networks that decide together",
            hints=(f"to begin with one of them, name it: {about.members[0].name}@v{about.members[0].version}",),
            fate="nothing was done",
        )  # fmt: skip
    _reads_as_now(about)
    made = Network(about.shape)
    weighed(made, place, about)
    return made


def _reads_as_now(about: About) -> None:
    if about.features != features.VERSION:
        raise LearnError(
            f"{about.name} v{about.version} reads pages in another way than this byhand tells them",
            hints=("to learn it anew, run: byhand learn with the same dataset",), fate="nothing was done",
        )  # fmt: skip


def weighed(network: nn.Module, place: Path, about: About, file: str = "weights.pt") -> None:
    """Give it the weights of that version, or of another file of it.

    Raises:
        LearnError: they are missing, damaged, or of another network.
    """
    try:
        weights: dict[str, Any] = torch.load(place / file, map_location="cpu", weights_only=True)
        network.load_state_dict(weights)
    except Exception:  # whatever a damaged file makes torch raise
        raise LearnError(
            f"the weights of {about.name} v{about.version} are missing or damaged", fate="nothing was done"
        ) from None


def chosen(home: Path, name: str) -> Path:
    """The folder of the version a person means: "invoices" is the one that is used, "invoices@v2" that
    one.

    Raises:
        LearnError: there is none.
        UsageFault: it can't be called so.
    """
    called, _, version = name.partition("@")
    place = folder(home, called)
    if version:
        return place / (version if version.startswith("v") else f"v{version}")
    there = versions(place)
    if not there:
        raise LearnError(
            f"there is no model {called}",
            hints=(
                f"to make one, run: byhand learn DATASET --as {called}",
                "the baseline that learned nothing is called: rules",
            ),
            fate="nothing was done",
        )
    return place / f"v{current.number(place, there)}"


def weights_of(number: int) -> str:
    """The file of one of several that decide together, counted from 1."""
    return f"weights-{number}.pt"


def load(name: str, home: Path) -> Deciding | Committee:
    """Ready to decide.

    Raises:
        LearnError: see `chosen`, `network` and `read`.
        UsageFault: it can't be called so.
    """
    place = chosen(home, name)
    about = read(place)
    if about.members:
        _reads_as_now(about)
        return Committee(
            [_member(place, about, number) for number in range(1, len(about.members) + 1)],
            f"{about.name} v{about.version}",
        )
    return Deciding(network(place, about), f"{about.name} v{about.version}", about.observer, about.heat)


def _member(place: Path, about: About, number: int) -> Deciding:
    one = about.members[number - 1]
    made = Network(one.shape)
    weighed(made, place, about, weights_of(number))
    return Deciding(made, f"{one.name} v{one.version}", about.observer, one.heat)


def _flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
