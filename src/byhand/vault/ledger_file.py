"""The ledger on disk: `ledger.jsonl`, only ever appended to. Its rules are `byhand.consent.ledger`'s."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from byhand.consent.ledger import SALT_BYTES, Chain, Detail, Entry, Fault, Kind, Verdict, check, pack_detail
from byhand.errors import LedgerBroken, VaultFull
from byhand.vault.durable import private_dir, sync_dir
from byhand.vault.lock import Lock

FILE = "ledger.jsonl"

KeepDetail = Callable[[int, bytes], None]
"""Puts salt and words of an entry where they can be erased: `Vault.keep_detail`."""


class Ledger:
    """Appends to the ledger of a home. Several processes may; each entry is on the disk when `record` returns."""

    def __init__(self, home: Path, key: Ed25519PrivateKey, keep: KeepDetail) -> None:
        self._path = private_dir(home) / FILE
        self._lock = Lock(home / "ledger.lock")
        self._key = key
        self._keep = keep
        self._forget_place()

    def _forget_place(self) -> None:
        self._chain = Chain(self._key.public_key())
        self._offset = 0

    def record(self, kind: Kind, detail: Detail, *, at: int) -> int:
        """One more entry, signed and durable. Returns its number.

        `detail` is what is told about it, erasable; `at` is UTC seconds.

        Raises:
            LedgerBroken: what is there does not verify; nothing is added to a ledger that was tampered with.
        """
        with self._lock:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                torn = self._catch_up(handle)
                if torn:
                    self._write(handle, "repair", {"bytes": torn}, at)
                return self._write(handle, kind, detail, at)
            except BaseException:
                self._forget_place()  # what is on the disk counts: read it again next time
                raise
            finally:
                os.close(handle)

    def _catch_up(self, handle: int) -> int:
        """Take the lines others added.

        What a crash tore off at the very end was never signed nor acknowledged: it is cut away. Returns how many bytes
        that was (1 where a whole entry only lacked its signature).
        """
        size = os.fstat(handle).st_size
        if size < self._offset:
            raise self._broken(Fault(1, "it became shorter"))
        *lines, rest = os.pread(handle, size - self._offset, self._offset).split(b"\n")
        for line in lines:
            found = self._chain.take(line)
            if isinstance(found, Fault):
                raise self._broken(found)
            self._offset += len(line) + 1
        unsigned = self._chain.signed != self._chain.entries
        if rest:
            os.ftruncate(handle, self._offset)
            os.fsync(handle)
        return len(rest) or int(unsigned)

    def _write(self, handle: int, kind: Kind, detail: Detail, at: int) -> int:
        salt, words = secrets.token_bytes(SALT_BYTES), pack_detail(detail)
        entry = self._chain.entry(at, kind, salt, words)
        number = self._chain.entries
        self._take(entry)
        checkpoint = self._chain.checkpoint(self._key)
        self._take(checkpoint)
        data = entry + b"\n" + checkpoint + b"\n"
        new = self._offset == 0
        try:
            _put(handle, data, self._offset)
        except OSError as error:
            os.ftruncate(handle, self._offset)
            raise VaultFull(f"the ledger can't be written: {error.strerror}", fate="nothing was added to it") from None
        if new:
            sync_dir(self._path.parent)
        self._offset += len(data)
        # After the entry: an entry without details reads as erased, details without an entry would accuse the file.
        self._keep(number, salt + words)
        return number

    def _take(self, line: bytes) -> None:
        found = self._chain.take(line)
        if isinstance(found, Fault):
            raise self._broken(found)

    def _broken(self, fault: Fault) -> LedgerBroken:
        return LedgerBroken(
            f"the ledger is broken at line {fault.line}: {fault.message}",
            hints=("to see all of it, run: byhand ledger verify", f"the file is {self._path}"),
            fate="nothing was added to it",
        )


def _put(handle: int, data: bytes, offset: int) -> None:
    if os.pwrite(handle, data, offset) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(handle)


def verify(path: Path, public_key: Ed25519PublicKey, *, at_least: int = 0) -> Verdict:
    """Check the ledger's file. One that is not there has no entries.

    `at_least`: entries known to have been there, from `Vault.details_kept()`.
    """
    return check(_bytes(path), public_key, at_least)


def entries(path: Path, public_key: Ed25519PublicKey) -> list[Entry]:
    """The entries, up to the first line that does not verify."""
    chain = Chain(public_key)
    made: list[Entry] = []
    for line in _bytes(path).split(b"\n")[:-1]:
        found = chain.take(line)
        if isinstance(found, Fault):
            break
        if isinstance(found, Entry):
            made.append(found)
    return made


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
