"""`byhand ledger show|verify`."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit, say
from byhand.consent.ledger import Entry, Verdict, read_detail
from byhand.errors import LedgerBroken, VaultError
from byhand.ui import ledger_words, words
from byhand.ui.ledger_words import Detail
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import FILE, entries
from byhand.vault.ledger_file import verify as verify_file
from byhand.vault.store import Vault


def show(*, json: Json = False) -> None:
    home = opened.home()
    found = _entries(home)
    if json:
        emit([{"seq": e.seq, "at": e.at, "kind": e.kind, "commitment": e.commitment, "detail": d} for e, d in found])
    elif not found:
        say("the ledger is empty: nothing was agreed to yet")
    else:
        columns(_row(entry, detail) for entry, detail in found)


def verify(*, json: Json = False) -> None:
    home = opened.home()
    verdict = _verdict(home)
    if json:
        emit(verdict)
    if not verdict.ok:
        hint = (
            "what a crash left is removed before the next entry is written" if verdict.torn
            else "somebody or something changed the file; restore it from a backup to see what it said"
        )  # fmt: skip
        where = f" at line {verdict.line}" if verdict.line else ""
        raise LedgerBroken(
            f"the ledger is broken{where}: {verdict.message}",
            hints=(f"{words.many(verdict.entries, 'entry', 'entries')} before that are good", hint),
        )
    if not json:
        count = words.many(verdict.entries, "entry", "entries")
        say(Text.assemble(("good  ", "good"), f"{count}, unbroken and signed"))


def _verdict(home: Path) -> Verdict:
    if not (home / FILE).exists() and not Vault.exists(home):
        return Verdict(ok=True, entries=0)
    at_least = 0
    if Vault.exists(home):
        with opened.vault(home) as vault:
            at_least = vault.details_kept()
    return verify_file(home / FILE, _public_key(home), at_least=at_least)


def _entries(home: Path) -> list[tuple[Entry, Detail | None]]:
    if not (home / FILE).exists():
        return []
    found = entries(home / FILE, _public_key(home))
    if not Vault.exists(home):
        return [(entry, None) for entry in found]
    with opened.vault(home) as vault:
        return [(entry, _detail(vault, entry)) for entry in found]


def _detail(vault: Vault, entry: Entry) -> Detail | None:
    try:
        kept = vault.detail(entry.seq)
    except VaultError:
        return None
    return read_detail(entry, kept) if kept else None


def _public_key(home: Path) -> Ed25519PublicKey:
    return device_key(open_keys(home, os.environ)).public_key()


def _row(entry: Entry, detail: Detail | None) -> tuple[Text, ...]:
    at = opened.local(entry.at)
    return (
        Text(f"{entry.seq}", "quiet"), Text(f"{at:%d %b %Y  %H:%M:%S}", "time"),
        Text(ledger_words.says(entry.kind)),
        Text("details erased", "quiet") if detail is None else Text(ledger_words.told(detail, opened.local), "quiet"),
    )  # fmt: skip
