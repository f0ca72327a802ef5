"""Forgetting follows a recording into the datasets that hold it.

What is gone is read from the ledger: each version says how many entries were there when it was made, and every `forget`
and `expire` after that counts. So it works whoever forgot, and again after a crash.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text

from byhand.cli.dataset_home import KEY, root
from byhand.cli.output import margin, say
from byhand.consent.ledger import Entry
from byhand.datasets import lineage
from byhand.datasets.erasing import Without, erase
from byhand.datasets.manifest import pseudonym
from byhand.errors import ByhandError
from byhand.review.books import Books
from byhand.ui import ledger_words, words
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import Vault

_ERASING = {"forget", "expire"}
Told = Sequence[tuple[Entry, ledger_words.Detail | None]]


def entries(home: Path, vault: Vault) -> Told:
    """All of the ledger, oldest first.

    Raises:
        LedgerBroken, KeyMissing: it can't be read.
    """
    keys = open_keys(home, os.environ)
    return Books(home, vault, device_key(keys), time.time, lambda at: datetime.fromtimestamp(at, UTC)).told()


def follow(home: Path, vault: Vault) -> list[Without]:
    """Take out of all datasets what was forgotten since they were made. Light where there is nothing to do."""
    place = root(home)
    made = lineage.alive(place)
    key = open_keys(home, os.environ).get(KEY) if made else None
    if key is None:
        return []
    told = entries(home, vault)
    there = {pseudonym(key, "recording", one.id) for one in vault.recordings()}
    gone: set[str] = set()
    for one in made:
        gone |= _gone(told[one.erasures :], one.recordings, there, key)
    return erase(place, gone, erasures=len(told), at=int(time.time())) if gone else []


def _gone(told: Told, held: Collection[str], there: Collection[str], key: bytes) -> set[str]:
    """Which of the recordings held were erased, whole or in part."""
    found: set[str] = set()
    for entry, said in told:
        if entry.kind not in _ERASING:
            continue
        if not said:  # everything was forgotten, also which recordings those were
            found |= set(held) - set(there)
            continue
        for name in ("recordings", "parts_of"):
            listed = said.get(name, [])
            names = listed if isinstance(listed, list) else []
            found |= {pseudonym(key, "recording", one) for one in names} & set(held)
    return found


def tell(changed: Sequence[Without]) -> None:
    """Say what became of datasets."""
    for one in changed:
        versions = ", ".join(map(str, one.erased))
        after = f"version {one.next} is without it" if one.next else f"no version follows: {one.why}"
        say(
            Text.assemble(("erased from ", "quiet"), one.name, (f"  version {versions}; {after}", "quiet")),
            *(Text(f"  a model was trained on it: {words.shown(model)}", "warn") for model in one.models),
        )  # fmt: skip


def caught_up(home: Path, vault: Vault) -> None:
    """What every verb of datasets does first. What hinders it is told, and stops nobody from looking."""
    try:
        changed = follow(home, vault)
    except ByhandError as error:
        say(Text.assemble(("byhand: ", "quiet"), ("warning: ", "yellow"), error.message), on=margin())
        return
    for one in changed:
        said = f"byhand: {one.name} held a recording that was forgotten: version {one.next or 'none'} is without it"
        say(Text(said, "quiet"), on=margin())


def as_json(changed: Sequence[Without]) -> list[dict[str, object]]:
    return [
        {"dataset": one.name, "erased": one.erased, "next": one.next, "models": one.models, "why": one.why}
        for one in changed
    ]
