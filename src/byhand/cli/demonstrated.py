"""What a person names as REC or EPISODE, as episodes: read from the vault, after their edits.

Rules of this module: what was cut is not read further than this. Edits that can't be read are no edits that can be left
out: then nothing is told. An episode has the id that a dataset of the recording gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from cyclopts import Parameter

from byhand.cli import dataset_home as at_home
from byhand.cli import noting
from byhand.cli import open as opened
from byhand.datasets.manifest import pseudonym
from byhand.episodes.build import build
from byhand.episodes.types import Episode
from byhand.errors import NoSuchRecording, UsageFault, VaultDamaged
from byhand.events.kinds import Header, Numbered
from byhand.review.apply import apply
from byhand.review.source import load
from byhand.vault.store import RecordingInfo, Vault

Which = Annotated[
    str,
    Parameter(
        name="REC|EPISODE", help="A recording: its id, the beginning of one, or last; or the id of one of its episodes."
    ),
]
_EPISODE = re.compile(r"[0-9a-f]{6,16}")
_NOTHING = "nothing was written"


class Demonstrated(NamedTuple):
    """A recording, or one episode of it. events: all of the recording's, under the numbers the episodes know."""

    info: RecordingInfo
    header: Header
    episodes: tuple[Episode, ...]
    events: list[Numbered]


def demonstrated(home: Path, vault: Vault, which: str, verb: str) -> Demonstrated:
    """Read it, and say so in the ledger.

    Raises:
        NoSuchRecording: nothing is called so.
        UsageFault: several are, or nothing was done in it.
        VaultDamaged: it can't be read whole.
    """
    try:
        info = opened.choose_shown(vault, which)
    except NoSuchRecording:
        if not _EPISODE.fullmatch(which) or not vault.recordings():
            raise
        return _episode(home, vault, which, verb)
    found = read(home, vault, info, verb)
    if not found.episodes:
        raise UsageFault(
            f"nothing was done in recording {info.id}", hints=(f"to see what is in it, run: byhand show {info.id}",),
            fate=_NOTHING,
        )  # fmt: skip
    return found


def _episode(home: Path, vault: Vault, which: str, verb: str) -> Demonstrated:
    for info in reversed(vault.recordings()):
        try:
            found = read(home, vault, info, verb)
        except VaultDamaged:
            continue  # an episode of another one may be meant
        fitting = tuple(one for one in found.episodes if one.id.startswith(which))
        if len(fitting) > 1:
            raise UsageFault(f"{len(fitting)} episodes begin with {which}", hints=tuple(_ids(fitting)), fate=_NOTHING)
        if fitting:
            return found._replace(episodes=fitting)
    raise NoSuchRecording(
        f"there is no recording or episode {which}", hints=("to see what there is, run: byhand list",), fate=_NOTHING
    )


def _ids(episodes: tuple[Episode, ...]) -> Iterator[str]:
    return (f"there is {one.id}, of {len(one.steps)} steps" for one in episodes[:8])


def by_a_person(found: Demonstrated) -> Demonstrated:
    """Raises:
    UsageFault: an agent did what it shows; of that nothing is learned.
    """
    if found.header.actor == "agent":
        raise UsageFault(
            f"recording {found.info.id} shows what an agent did, not what you did",
            hints=("show it yourself, with: byhand record",), fate=_NOTHING,
        )  # fmt: skip
    return found


def one(found: Demonstrated) -> Episode:
    """The only episode.

    Raises:
        UsageFault: there are several.
    """
    first, *more = found.episodes
    if more:
        raise UsageFault(
            f"recording {found.info.id} holds {len(found.episodes)} episodes", hints=tuple(_ids(found.episodes)),
            fate=_NOTHING,
        )  # fmt: skip
    return first


def read(home: Path, vault: Vault, info: RecordingInfo, verb: str) -> Demonstrated:
    """All of a recording after its edits; that it was read is said in the ledger. There may be no episode in it.

    Raises:
        VaultDamaged: it can't be read whole.
    """
    noting.note_reading(home, vault, info.id, verb)
    source = load(vault, info)
    if source.problems:
        raise VaultDamaged(f"recording {info.id} can't be read whole", hints=tuple(source.problems[:5]), fate=_NOTHING)
    shared = apply(source.header, source.events, source.draft.made)
    events = [Numbered(seq, event) for seq, event in enumerate(shared.events)]
    built = build(pseudonym(at_home.key(home), "recording", info.id), events, source.header.monitors)
    episodes = tuple(episode for episode in built.episodes if episode.steps)
    return Demonstrated(info, source.header, episodes, events)
