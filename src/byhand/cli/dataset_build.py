"""`byhand dataset build`: recordings, after the person's edits, become a dataset."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand import __version__
from byhand.cli import corrections, dataset_follow, noting
from byhand.cli import dataset_home as at_home
from byhand.cli import open as opened
from byhand.cli.dataset_home import Address, As, Bar, EngineName
from byhand.cli.dataset_words import Words, WriterModel, WriterUrl, wanted
from byhand.cli.output import Json, emit, say
from byhand.cli.review import guard
from byhand.datasets import build as building
from byhand.datasets import versions
from byhand.datasets.build import Asked, Build
from byhand.datasets.engine import Engine
from byhand.datasets.manifest import Manifest, Part, pseudonym
from byhand.datasets.taken import About
from byhand.datasets.wording import Worded
from byhand.episodes import by_agent
from byhand.episodes.types import Action
from byhand.errors import Problem, UsageFault, VaultError
from byhand.events.kinds import Header
from byhand.review.apply import apply
from byhand.review.artefact import Shared
from byhand.review.books import Books
from byhand.review.source import Source, judge, load
from byhand.ui import words
from byhand.vault.grants import is_withdrawn
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import RecordingInfo, Vault

ALL = "all"
_NOT = "no dataset was made"
_RUN = "an agent did it, not you; a dataset is made of what people do"
Made = Callable[[Source], Shared | str]
"""What of a recording goes in, or why nothing does."""

From = Annotated[
    list[str],
    Parameter(
        name="--from", metavar="REC...", consume_multiple=True,
        help="Recordings: their ids, the beginning of one, last, or all.",
    ),
]  # fmt: skip
Shareable = Annotated[
    bool,
    Parameter(help="Take only what you approved to be shared. Without it the dataset is for your own use, for good."),
]


def dataset_build(
    *,
    from_: From,
    as_: As,
    shareable: Shareable = False,
    writer: WriterUrl = "",
    writer_model: WriterModel = "",
    engine: EngineName = "native",
    address: Address = "",
    json: Json = False,
) -> None:
    home = opened.home()
    place, manifest, aside = built(
        home, from_, as_, shareable=shareable, power=at_home.engine(engine, address), writer=writer,
        writer_model=writer_model,
    )  # fmt: skip
    if json:
        emit({**at_home.summary(place, manifest), "problems": at_home.told(aside)})
    else:
        tell(place, manifest, aside)


def built(
    home: Path, from_: Sequence[str], as_: str, *, shareable: bool, power: Engine | None = None, writer: str = "",
    writer_model: str = "",
) -> tuple[Path, Manifest, list[Problem]]:  # fmt: skip
    """Make the next version. Gives its folder, what it says of itself, and what was set aside, by its own names.

    Raises:
        UsageFault: there is nothing to put in, or a name does not fit.
        ByhandError: it can't be made.
    """
    root = at_home.root(home)
    folder = versions.home_of(root, as_)
    with opened.vault(home) as vault:
        dataset_follow.caught_up(home, vault)
        chosen = _chosen(vault, from_)
        erasures = len(dataset_follow.entries(home, vault))
        asked = Asked(folder.name, "train" if shareable else "mine", f"byhand {__version__}", erasures=erasures)
        made = _approved(home, vault) if shareable else _mine(home)
        asking = wanted(home, vault, writer, writer_model, shareable=shareable)
        key = at_home.key(home)
        names = {pseudonym(key, "recording", info.id): info.id for info in chosen}
        with building.begin(folder, asked) as build, Bar() as bar:
            if runs := [info for info in chosen if ALL in from_ and opened.of_a_run(vault, info)]:
                said = f"{words.many(len(runs), 'recording')} left out: an agent did it, not you"
                build.set_aside(Problem("runs", said))
                chosen = [info for info in chosen if info not in runs]
            corrects = corrections.recordings(home)
            for number, info in enumerate(chosen):
                bar("read", number, len(chosen))
                _take(home, vault, build, info, key, made, asking, corrects.get(info.id))
            try:
                manifest = build.finish(power or Engine(), bar, root=root, at=int(time.time()))
            except UsageFault as error:
                raise _by_their_own_names(error, names) from None
    aside = [Problem(names.get(one.source, one.source), one.message) for one in manifest.problems]
    return folder / f"v{manifest.version}", manifest, aside


def _chosen(vault: Vault, said: Sequence[str]) -> list[RecordingInfo]:
    if not said:
        raise UsageFault("say of which recordings", hints=("for example: --from last, or --from all",), fate=_NOT)
    found = vault.recordings() if ALL in said else [opened.choose_shown(vault, name) for name in said]
    return list({one.id: one for one in found}.values())


def _by_their_own_names(error: UsageFault, names: Mapping[str, str]) -> UsageFault:
    """In a dataset a recording has a pseudonym; its own person is told of it as they know it."""
    told = [hint.partition(": ") for hint in error.hints]
    hints = tuple(f"{names.get(source, source)}{colon}{why.removeprefix('set aside: ')}" for source, colon, why in told)
    return UsageFault(error.message, hints=hints, fate=error.fate)


def _take(
    home: Path, vault: Vault, build: Build, info: RecordingInfo, key: bytes, made: Made, asking: Words | None,
    corrects: Sequence[str] | None,
) -> None:  # fmt: skip
    """corrects: of a correction, the recordings of what the model did before it."""
    name = pseudonym(key, "recording", info.id)
    try:
        noting.note_reading(home, vault, info.id, "dataset build")
        source = load(vault, info)
        shared = made(source) if source.header.actor == "person" else _RUN
    except VaultError as error:
        build.set_aside(Problem(name, f"set aside: {error.message}"))
        return
    if isinstance(shared, str):
        build.set_aside(Problem(name, f"set aside: {shared}"))
        return
    told = shared.header
    own = part(source.header, key)
    about = About((told.screen_w, told.screen_h), told.monitors, corrects=corrects is not None)
    about = _going_on(home, vault, build, about, corrects or (), key, made)
    said = asking.of(info.id, own, shared.events, about) if asking else Worded({})
    if said.problem:
        build.set_aside(said.problem)
    build.take(own, shared.events, about, words=said.words)


def _going_on(
    home: Path, vault: Vault, build: Build, about: About, runs: Sequence[str], key: bytes, made: Made
) -> About:
    """With what the model did before, all of it or nothing: half a history would be a wrong one."""
    prior: list[Action] = []
    before: list[Part] = []
    there = {info.id: info for info in vault.recordings()}
    for one in runs:
        source, shared = None, "it was forgotten"
        try:
            if one in there:
                noting.note_reading(home, vault, one, "dataset build")
                source = load(vault, there[one])
                shared = made(source)
        except VaultError as error:
            shared = error.message
        if source is None or isinstance(shared, str):
            said = f"what the model did before this correction is left out: {shared}"
            build.set_aside(Problem(pseudonym(key, "recording", one), said))
            return about
        before.append(part(source.header, key))
        prior += by_agent.acts(shared.events)
    return msgspec.structs.replace(about, prior=tuple(prior), before=tuple(before))


def part(header: Header, key: bytes) -> Part:
    """The recording under its pseudonyms. A device is one person's."""
    return Part(
        recording=pseudonym(key, "recording", header.recording), person=pseudonym(key, "person", header.device),
        grant=pseudonym(key, "grant", header.grant), guard=f"{header.program}, contexts {header.contexts or 'none'}",
        purpose=header.purpose, streams=header.streams,
    )  # fmt: skip


def _mine(home: Path) -> Made:
    def made(source: Source) -> Shared | str:
        if source.info.state == "open":
            return "it is still being made"
        if source.problems:
            return "it is damaged"
        if is_withdrawn(home, source.header.grant):
            return "you took back the consent it was made under"
        return apply(source.header, source.events, source.draft.made)

    return made


def _approved(home: Path, vault: Vault) -> Made:
    books = Books(home, vault, device_key(open_keys(home, os.environ)), time.time, opened.local)
    finds, _ = guard(home)

    def made(source: Source) -> Shared | str:
        found = judge(source, books, home, finds)
        if found.approval.state == "approved" and found.made is not None:
            return found.made.shared
        return found.refused.message if found.refused is not None else found.approval.says

    return made


def tell(place: Path, manifest: Manifest, aside: list[Problem]) -> None:
    """Say what was made."""
    counts = ", ".join(f"{name} {count:,}" for name, count in manifest.split.counts.items())
    say(
        Text.assemble(
            ("built ", "quiet"), (f"{manifest.name} version {manifest.version}", "name"),
            (f"  {words.many(manifest.episodes, 'episode')}, {words.many(manifest.steps, 'step')}: {counts}", "quiet"),
        ),
        Text(f"  {place}", "quiet"),
    )  # fmt: skip
    if manifest.purpose == "mine":
        say(Text("  for your own use: it can't be shared", "quiet"))
    if manifest.doubles:
        say(Text(f"  {words.many(manifest.doubles, 'identical episode')} left out", "quiet"))
    for one in aside[:10]:
        say(Text.assemble(("problem  ", "warn"), words.shown(f"{one.source}: {one.message}", 160)))
    if len(aside) > 10:
        say(Text(f"  and {len(aside) - 10:,} more; all are in the manifest", "quiet"))
