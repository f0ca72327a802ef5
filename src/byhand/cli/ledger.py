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
from byhand.ui import words
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import FILE, entries
from byhand.vault.ledger_file import verify as verify_file
from byhand.vault.store import Vault

Detail = dict[str, str | int | list[str]] | None

_WORDS = {
    "grant": "consent given",
    "withdraw": "consent withdrawn",
    "policy": "policy agreed to",
    "record_start": "recording began",
    "record_stop": "recording ended",
    "read": "recording read",
    "forget": "erased",
    "expire": "erased, its time was over",
    "repair": "torn end removed",
}

_ORDER = {name: place for place, name in enumerate((
    "recording", "recordings", "parts_of", "by", "grant", "streams", "apps", "sites", "purpose", "expires", "policy",
))}  # fmt: skip
_LISTS = {"recordings": "", "parts_of": "parts of", "apps": "in", "sites": "on"}


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


def _entries(home: Path) -> list[tuple[Entry, Detail]]:
    if not (home / FILE).exists():
        return []
    found = entries(home / FILE, _public_key(home))
    if not Vault.exists(home):
        return [(entry, None) for entry in found]
    with opened.vault(home) as vault:
        return [(entry, _detail(vault, entry)) for entry in found]


def _detail(vault: Vault, entry: Entry) -> Detail:
    try:
        kept = vault.detail(entry.seq)
    except VaultError:
        return None
    return read_detail(entry, kept) if kept else None


def _public_key(home: Path) -> Ed25519PublicKey:
    return device_key(open_keys(home, os.environ)).public_key()


def _row(entry: Entry, detail: Detail) -> tuple[Text, ...]:
    at = opened.local(entry.at)
    return (
        Text(f"{entry.seq}", "quiet"), Text(f"{at:%d %b %Y  %H:%M:%S}", "time"),
        Text(_WORDS.get(entry.kind, words.shown(entry.kind))),
        Text("details erased", "quiet") if detail is None else Text(_told(detail), "quiet"),
    )  # fmt: skip


def _told(detail: dict[str, str | int | list[str]]) -> str:
    """The details in the order a person asks for them; what is not in the table is told as it is."""
    names = sorted(detail, key=lambda name: _ORDER.get(name, len(_ORDER)))
    return "  ".join(part for part in (_part(name, detail[name]) for name in names) if part)


def _part(name: str, value: str | int | list[str]) -> str:
    if isinstance(value, list):
        listed = words.shown(", ".join(value), 160)
        return f"{_LISTS.get(name, name)} {listed}".strip() if value else ""
    if name == "expires":
        return f"until {opened.local(int(value)):%d %b %Y}"
    if name == "policy":
        return f"policy {words.shown(str(value), 13)}"
    return words.shown(str(value) if name == "recording" else f"{name} {value}", 80)
