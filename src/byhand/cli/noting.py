"""Entries the command line adds to the ledger: a grant, a withdrawal, a reading, an erasure."""

from __future__ import annotations

import os
import time
from pathlib import Path

from rich.text import Text

from byhand.cli.output import margin, say
from byhand.consent.ledger import Detail, Kind
from byhand.errors import ByhandError
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import Ledger
from byhand.vault.store import Vault


def note(home: Path, vault: Vault, kind: Kind, detail: Detail) -> None:
    """Add an entry, dated now.

    Raises:
        LedgerBroken, VaultFull, KeyMissing: it can't be added.
    """
    key = device_key(open_keys(home, os.environ))
    Ledger(home, key, vault.keep_detail).record(kind, detail, at=int(time.time()))


def note_reading(home: Path, vault: Vault, recording: str, verb: str, *, kind: Kind = "read") -> None:
    """Say that a recording was read. Where that can't be written, a person may read their own all the same."""
    try:
        note(home, vault, kind, {"recording": recording, "by": verb})
    except ByhandError as error:
        say(Text.assemble(("byhand: ", "quiet"), ("warning: ", "yellow"), error.message), on=margin())
