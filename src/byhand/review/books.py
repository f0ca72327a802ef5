"""The ledger as the review page needs it: what it says, whether it is whole, and entries of its own."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.consent.ledger import Detail, Entry, Kind, Verdict, read_detail
from byhand.errors import VaultError
from byhand.ui import ledger_words
from byhand.vault.ledger_file import FILE, Ledger, entries, verify
from byhand.vault.store import Vault


class Line(msgspec.Struct, frozen=True):
    """One entry, in words. `erased`: what it was about was erased."""

    seq: int
    at: int
    kind: str
    group: str
    says: str
    detail: str
    recording: str
    erased: bool


class Books:
    """Reads and adds to the ledger of a home. `now` gives UTC seconds, `local` a moment by the person's clock."""

    def __init__(
        self,
        home: Path,
        vault: Vault,
        key: Ed25519PrivateKey,
        now: Callable[[], float],
        local: ledger_words.Local,
    ) -> None:
        self._path = home / FILE
        self._vault = vault
        self._public = key.public_key()
        self._ledger = Ledger(home, key, vault.keep_detail)
        self._now = now
        self._local = local

    def record(self, kind: Kind, detail: Detail) -> tuple[int, int]:
        """One more entry, dated now. Returns its number and its time, UTC seconds.

        Raises:
            LedgerBroken, VaultFull, KeyMissing, VaultDamaged: it can't be added.
        """
        at = int(self._now())
        return self._ledger.record(kind, detail, at=at), at

    def verdict(self) -> Verdict:
        """Is it whole?"""
        return verify(self._path, self._public, at_least=self._vault.details_kept())

    def lines(self) -> list[Line]:
        """All entries, newest first."""
        return [self._line(entry) for entry in reversed(entries(self._path, self._public))]

    def confirms(self, seq: int, recording: str, sha256: str) -> bool:
        """Whether entry `seq` is the approval of these bytes, and the last word about this recording's approval."""
        last = -1
        for entry in entries(self._path, self._public):
            if entry.kind in {"approve", "take_back"}:
                said = self._words(entry)
                if said is not None and said.get("recording") == recording:
                    fits = hmac.compare_digest(str(said.get("sha256", "")), sha256)
                    last = entry.seq if entry.kind == "approve" and fits else -1
        return last == seq >= 0

    def told(self) -> list[tuple[Entry, ledger_words.Detail | None]]:
        """All entries with their details, oldest first; None where those were erased."""
        return [(entry, self._words(entry)) for entry in entries(self._path, self._public)]

    def about(self, recording: str) -> list[tuple[Entry, ledger_words.Detail | None]]:
        """Those that name a recording."""
        return [(entry, said) for entry, said in self.told() if said is not None and _names(said, recording)]

    def _words(self, entry: Entry) -> ledger_words.Detail | None:
        try:
            kept = self._vault.detail(entry.seq)
        except VaultError:
            return None
        return read_detail(entry, kept) if kept else None

    def _line(self, entry: Entry) -> Line:
        said = self._words(entry)
        return Line(
            seq=entry.seq,
            at=entry.at,
            kind=entry.kind,
            group=ledger_words.group(entry.kind),
            says=ledger_words.says(entry.kind),
            detail="" if said is None else ledger_words.told(said, self._local),
            recording="" if said is None else str(said.get("recording", "")),
            erased=said is None,
        )


def _names(said: ledger_words.Detail, recording: str) -> bool:
    return any(value == recording or (isinstance(value, list) and recording in value) for value in said.values())
