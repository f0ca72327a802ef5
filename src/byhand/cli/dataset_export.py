"""`byhand dataset export`: a dataset in the format of somebody else's tools."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import dataset_home as at_home
from byhand.cli import noting
from byhand.cli import open as opened
from byhand.cli.dataset_home import Name
from byhand.cli.dataset_import import known
from byhand.cli.dataset_look import chosen
from byhand.cli.output import Json, emit, say
from byhand.datasets.formats.out import export
from byhand.datasets.manifest import SPLITS, Manifest, SplitName, pseudonym
from byhand.datasets.store import open_at
from byhand.errors import UsageFault
from byhand.ui import words
from byhand.vault.store import Vault

PARTS: tuple[SplitName, ...] = ("train", "validation", "test")
"""What is exported where no split is named: what was set aside shares a person or a task with another split."""
_MOST = 10
_NOT = "nothing was written"


def dataset_export(
    name: Name,
    format_: Annotated[str, Parameter(name="FORMAT", help="What to write, by its name.")],
    out: Annotated[Path, Parameter(help="The folder to make.")],
    /,
    *,
    split: Annotated[SplitName | None, Parameter(help="Only the episodes of one split.")] = None,
    shareable: Annotated[bool, Parameter(help="Refuse a dataset that is for your own use only.")] = False,
    json: Json = False,
) -> None:
    kind = known(format_, "written", _NOT)
    home = opened.home()
    place = chosen(home, name)
    dataset = open_at(place)
    made = dataset.manifest
    if shareable and made.purpose != "train":
        raise UsageFault(
            f"{made.name} is for your own use only, so it can't be shared",
            hints=("build one of what you approved: byhand dataset build --shareable",), fate=_NOT,
        )  # fmt: skip
    chosen_splits = _splits(made, split)
    _note(home, made)
    episodes = chain.from_iterable(map(dataset.demonstrations, chosen_splits))
    problems = export(kind, episodes, out.absolute())
    if json:
        emit(
            {
                "name": made.name, "version": made.version, "format": format_, "place": str(out.absolute()),
                "purpose": made.purpose, "problems": at_home.told(problems),
            }
        )  # fmt: skip
        return
    say(Text.assemble(("wrote ", "quiet"), (str(out), "name"), (f"  {made.name}@{made.version} as {format_}", "quiet")))
    if made.purpose == "mine":
        say(Text("  for your own use: it must not be shared", "quiet"))
    untold: dict[str, list[str]] = {}
    for one in problems:
        untold.setdefault(one.message, []).append(one.source)
    for message, sources in list(untold.items())[:_MOST]:
        of = sources[0] if len(sources) == 1 else words.many(len(sources), "episode")
        say(Text.assemble(("not told  ", "warn"), words.shown(f"{of}: {message}", 160)))
    if len(untold) > _MOST:
        say(Text(f"  and {len(untold) - _MOST:,} more; --json tells all", "quiet"))


def _splits(made: Manifest, split: SplitName | None) -> tuple[SplitName, ...]:
    """Those to write.

    Raises:
        UsageFault: there is no episode in them.
    """
    wanted = (split,) if split else PARTS
    if not any(made.split.counts.get(name) for name in wanted):
        there = ", ".join(f"{name} {count:,}" for name in SPLITS if (count := made.split.counts.get(name)))
        raise UsageFault(
            f"{made.name} has no episodes in {split or ', '.join(PARTS)}",
            hints=(f"it has {there}; to name one: --split NAME",), fate=_NOT,
        )  # fmt: skip
    return wanted


def _note(home: Path, made: Manifest) -> None:
    """The ledger says that recordings were copied out, also by way of a dataset."""
    own = {part.recording for part in made.recordings if part.own}
    if not own or not Vault.exists(home):
        return
    with opened.vault(home) as vault:
        key = at_home.key(home)
        for info in vault.recordings():
            if pseudonym(key, "recording", info.id) in own:
                noting.note_reading(home, vault, info.id, "dataset export", kind="export")
