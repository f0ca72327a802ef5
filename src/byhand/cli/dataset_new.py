"""What a person approved, made or corrected that the newest version of a dataset does not hold: `learn --follow` asks.

Rules of this module: it looks and makes nothing. Of a dataset to be shared only what has an approval is new; whether
that holds is found by the build, by the same code as ever. A recording that a build left out is new again only when a
byte of it, or of what lies beside it, has changed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from byhand.cli import corrections, dataset_follow, dataset_home
from byhand.cli import open as opened
from byhand.datasets import versions
from byhand.datasets.manifest import Manifest, pseudonym
from byhand.errors import UsageFault
from byhand.review import draft
from byhand.vault.keys import open_keys
from byhand.vault.ledger_file import FILE
from byhand.vault.store import RecordingInfo, Vault

_OWN = "byhand"


class New(NamedTuple):
    """came: recordings (pseudonyms) it does not hold. corrected: those it holds as demonstrations like any other, and
    that are known to correct a model since.
    """

    came: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()


class Watched:
    """A dataset of this home, made of recordings.

    Args:
        home: BYHAND_HOME.
        name: without a version.

    Raises:
        UsageFault: there is none of that name, or it is of demonstrations that were imported.
    """

    def __init__(self, home: Path, name: str) -> None:
        self._home, self.name = home, name
        self._folder = dataset_home.root(home) / name
        self._left: dict[str, bytes] = {}
        self._actors: dict[str, bool] = {}
        self._ledger: tuple[int, int] | None = None
        self._looked: frozenset[str] = frozenset()
        self._tagged: frozenset[str] | None = None
        place, _ = self.newest()
        if place.parent != self._folder or versions.load(place).source != _OWN:
            raise UsageFault(
                f"{name} is not made of recordings of this computer, so nothing can come to it",
                hints=("follow a dataset that `byhand dataset build` made",), fate="no model was made",
            )  # fmt: skip

    def newest(self) -> tuple[Path, Manifest]:
        """Its newest version that is there; of one that was erased with nothing after it, what it held."""
        place = versions.find(dataset_home.root(self._home), self.name)
        return place, versions.load(place)

    def living(self) -> bool:
        """Is there a version to learn from?"""
        return bool(versions.living(self._folder))

    def look(self) -> New:
        """What came. Forgetting is followed first.

        Raises:
            ByhandError: it can't be looked.
        """
        if not Vault.exists(self._home):
            return New()
        with opened.vault(self._home) as vault:
            self._caught_up(vault)
            _, made = self.newest()
            key = dataset_home.key(self._home)
            held = {one.recording for one in made.recordings} if self.living() else set[str]()
            known = {info.id: pseudonym(key, "recording", info.id) for info in vault.recordings()}
            self._looked = frozenset(known)
            came = {known[info.id] for info in vault.recordings() if self._is_new(vault, info, known, held, made)}
            corrects = frozenset(known[one] for one in corrections.recordings(self._home) if one in known) & held
        if self._tagged is None:  # the build before tagged what it knew of
            self._tagged = corrects
        return New(frozenset(came), corrects - self._tagged)

    def built(self, new: New) -> None:
        """A version was made since that look: what it does not hold was left out, and is as it is."""
        key = dataset_home.key(self._home)
        _, made = self.newest()
        held = {one.recording for one in made.recordings} if self.living() else set[str]()
        with opened.vault(self._home) as vault:
            for info in vault.recordings():
                name = pseudonym(key, "recording", info.id)
                if info.id in self._looked and name not in held:
                    self._left[info.id] = vault.fingerprint(info.id)
                elif name in held:
                    self._left.pop(info.id, None)
        self._tagged = (self._tagged or frozenset()) | new.corrected | (self._corrects(key) & new.came)

    def _corrects(self, key: bytes) -> frozenset[str]:
        return frozenset(pseudonym(key, "recording", one) for one in corrections.recordings(self._home))

    def corrections_in(self, new: New) -> int:
        """How many of what came show what a person did after they took over."""
        key = open_keys(self._home, os.environ).get(dataset_home.KEY)
        return len(self._corrects(key) & (new.came | new.corrected)) if key else 0

    def _caught_up(self, vault: Vault) -> None:
        """All of the ledger is read only where it grew."""
        file = self._home / FILE
        about = file.stat() if file.exists() else None
        now = (about.st_size, about.st_mtime_ns) if about else (0, 0)
        if now != self._ledger:
            dataset_follow.caught_up(self._home, vault)
            self._ledger = now

    def _is_new(
        self, vault: Vault, info: RecordingInfo, known: dict[str, str], held: set[str], made: Manifest
    ) -> bool:  # fmt: skip
        if info.state == "open" or known[info.id] in held or self._by_an_agent(vault, info):
            return False
        if made.purpose == "train" and not vault.has_sheet(info.id, draft.APPROVAL):
            return False
        return self._left.get(info.id) != vault.fingerprint(info.id)

    def _by_an_agent(self, vault: Vault, info: RecordingInfo) -> bool:
        if info.id not in self._actors:
            self._actors[info.id] = opened.of_a_run(vault, info)
        return self._actors[info.id]
