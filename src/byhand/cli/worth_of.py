"""What `byhand dataset worth` is asked about: a dataset beside another, or recordings that their own person names.

Rules of this module: of other people's recordings a figure is made only for ten of them or more, so that it is never
one about a person (docs/vocabulary.md: contributor). Your own you may name one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from byhand.cli import dataset_home, dataset_look
from byhand.cli import open as opened
from byhand.datasets.manifest import Part, pseudonym
from byhand.datasets.store import Dataset, open_at
from byhand.errors import UsageFault
from byhand.models.loading import of_torch
from byhand.ui import words
from byhand.vault.store import Vault

if TYPE_CHECKING:
    from byhand.models.learning import Split

PEOPLE = 10
"""Of fewer people nothing is counted."""
_NOT = "nothing was measured"
_CORRECTIONS, _SPELLED = 3.0, 5  # what `byhand learn` takes


class Asked(NamedTuple):
    """about: the data in question, in words. before, after: what is learned from; names of their datasets."""

    about: str
    before: Split
    after: Split
    without: tuple[str, ...]
    given: tuple[str, ...]


def in_question(home: Path, name: str, base: str, of: Sequence[str]) -> Asked:
    """What is learned from, with the data in question and without.

    Raises:
        UsageFault: what is in question is not said, or is of a few other people.
        LearnError: there is nothing to learn from.
    """
    if bool(base) is bool(of):
        raise UsageFault(
            "say what is in question: all of it beside another dataset, or some of its recordings",
            hints=(f"for example: byhand dataset worth {name} --base OTHER",
                   f"or: byhand dataset worth {name} --of 4k2q"), fate=_NOT,
        )  # fmt: skip
    learning = of_torch("learning")

    def taken(data: Sequence[Dataset], without: Iterable[str] = ()) -> Split:
        return learning.taken(data, corrections=_CORRECTIONS, without=frozenset(without), spelled=_SPELLED)

    data = open_at(dataset_look.chosen(home, name))
    held = data.manifest.recordings
    own = _own(home)
    if of:
        wanted = _named(own, held, of)
        of_nobody([one for one in held if one.recording in wanted], own)
        count = words.many(len(wanted), "recording")
        return Asked(
            f"{count} of {_called(data)}", taken([data], wanted), taken([data]),
            (f"{_called(data)} without {'it' if len(wanted) == 1 else 'them'}",), (_called(data),),
        )  # fmt: skip
    other = open_at(dataset_look.chosen(home, base))
    known = {one.recording for one in other.manifest.recordings}
    new = [one for one in held if one.recording not in known]
    of_nobody(new, own)
    if not new:
        raise UsageFault(f"{_called(data)} holds nothing that {_called(other)} has not", fate=_NOT)
    both = [data] if known <= {one.recording for one in held} else [other, data]
    if len(both) > 1 and len(new) < len(held):
        raise UsageFault(
            "each of both holds recordings of the other, and more",
            hints=("build one dataset of all of them, and ask what it adds to one of both",), fate=_NOT,
        )  # fmt: skip
    return Asked(
        f"{_called(data)} beside {_called(other)}", taken([other]), taken(both), (_called(other),),
        tuple(map(_called, both)),
    )  # fmt: skip


def _called(one: Dataset) -> str:
    return f"{one.manifest.name}@{one.manifest.version}"


def _own(home: Path) -> dict[str, str]:
    """Your recordings, by the name a dataset has for each."""
    if not Vault.exists(home):
        return {}
    key = dataset_home.key(home)
    with opened.vault(home) as vault:
        return {pseudonym(key, "recording", one.id): one.id for one in vault.recordings()}


def _named(own: Mapping[str, str], held: Sequence[Part], of: Sequence[str]) -> set[str]:
    """Recordings that are named: yours as you know them; those that are nobody's also as the dataset does.

    Raises:
        UsageFault: the dataset holds none of that name.
    """
    found: set[str] = set()
    there = {one.recording for one in held}
    for said in of:
        names = {name for name, mine in own.items() if mine.startswith(said)} | {said}
        if not names & there:
            raise UsageFault(
                f"the dataset holds no recording {words.shown(said, 40)}",
                hints=("to see your recordings, run: byhand list",), fate=_NOT,
            )  # fmt: skip
        found |= names & there
    return found


def of_nobody(parts: Sequence[Part], own: Mapping[str, str]) -> None:
    """own: of your recordings, by the name a dataset has for each.

    Raises:
        UsageFault: they are of others, and those are too few for a figure that is of none of them.
    """
    others = {one.person for one in parts if one.person and one.recording not in own}
    if 0 < len(others) < PEOPLE:
        raise UsageFault(
            f"that would be a figure about {words.many(len(others), 'person', 'people')}, and none is made of a person",
            hints=("your own recordings: byhand dataset worth NAME --of REC...",
                   f"of others it takes {PEOPLE} people or more"), fate=_NOT,
        )  # fmt: skip
