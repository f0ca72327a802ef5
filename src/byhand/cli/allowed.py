"""Allowances of this home, listed: signed yeses to a step of a workflow, or to showing pages to a model."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.text import Text

from byhand.cli.output import columns, emit, say
from byhand.consent.allowance import Allowance, verified
from byhand.ui import words
from byhand.vault import allowances
from byhand.vault.keys import device_key, open_keys


def listed(
    home: Path, mine: Sequence[Allowance], nothing: str, terms: Callable[[Allowance], str], *, as_json: bool
) -> None:
    """Each with how it stands.

    Args:
        home: BYHAND_HOME.
        mine: those that are meant.
        nothing: said where there are none.
        terms: until when one holds, and for what.
        as_json: for programs.
    """
    gone = allowances.withdrawn(home, [one.id for one in mine])
    public = device_key(open_keys(home, os.environ)).public_key().public_bytes_raw() if mine else b""
    standing = {one.id: _standing(one, gone, public) for one in mine}
    if as_json:
        emit([{"allowance": one, "standing": standing[one.id]} for one in mine])
    elif not mine:
        say(nothing)
    else:
        columns(
            (
                Text(one.id, "quiet"),
                Text(words.shown(one.says, 160), "name"),
                standing[one.id],
                Text(terms(one), "quiet"),
            )
            for one in mine
        )


def _standing(one: Allowance, gone: set[str], public: bytes) -> str:
    if not verified(one, public):
        return "changed"
    if one.id in gone:
        return "taken back"
    return "good" if time.time() < one.expires else "ended"
