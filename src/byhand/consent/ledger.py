"""The ledger: who was allowed what, when it was used, and when it was erased. Pure. See docs/formats/ledger.md.

Each entry names the hash of the one before and holds only a salted commitment to its details. The details lie in the
vault, where they can be erased while the entry still proves that something stood there. After each entry comes a
checkpoint: the root of the RFC 6962 Merkle tree over all entries, signed by the device.

Rules of this module: a line counts by its exact bytes. Whatever can be written in two ways (hex in capitals, other
spaces) is accepted in one way only, so that no flipped bit passes.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Kind = Literal[
    "grant", "withdraw", "policy", "record_start", "record_stop", "read", "approve", "take_back", "export", "forget",
    "expire", "repair", "allow", "disallow", "run", "send",
]  # fmt: skip
Detail = Mapping[str, str | int | tuple[str, ...]]
SALT_BYTES = 32
NOTHING = "0" * 64
_PURPOSE = b"byhand ledger checkpoint 1\n"


class Entry(msgspec.Struct, frozen=True, tag="entry", tag_field="line", forbid_unknown_fields=True):
    """One thing that happened. at: UTC seconds. commitment, prev: 32 bytes in hex. A reader takes any `kind`."""

    seq: int
    at: int
    kind: str
    commitment: str
    prev: str


class Checkpoint(msgspec.Struct, frozen=True, tag="checkpoint", tag_field="line", forbid_unknown_fields=True):
    """The device's word that the first `size` entries have this root."""

    size: int
    root: str
    signature: str


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, and in which line, counted from 1."""

    line: int
    message: str


_LINE = msgspec.json.Decoder(Entry | Checkpoint)


def commitment(salt: bytes, detail: bytes) -> str:
    """What an entry says about its details. Without the salt nobody can try out guesses."""
    return hmac.new(salt, detail, hashlib.sha256).hexdigest()


def pack_detail(detail: Detail) -> bytes:
    return msgspec.json.encode(detail, order="sorted")


def read_detail(entry: Entry, kept: bytes) -> dict[str, str | int | list[str]] | None:
    """The details (salt and words, as the vault keeps them), or None when they are not what the entry committed to."""
    salt, words = kept[:SALT_BYTES], kept[SALT_BYTES:]
    if not hmac.compare_digest(commitment(salt, words), entry.commitment):
        return None
    return msgspec.json.decode(words, type=dict[str, str | int | list[str]])


class Tree:
    """The RFC 6962 Merkle tree over leaves given one by one: only the roots of its full subtrees are held."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """`leaf` is a leaf's hash."""
        size, node = self.size, leaf
        while size & 1:
            node = _node(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        *rest, node = self._peaks
        for peak in reversed(rest):
            node = _node(peak, node)
        return node


def leaf_hash(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Chain:
    """The state after so many lines: takes the next one if it fits, and makes new ones.

    entries: how many; signed: how many of them a checkpoint covers; lines: how many were taken.
    """

    def __init__(self, public_key: Ed25519PublicKey) -> None:
        self._public_key = public_key
        self._tree = Tree()
        self._last = NOTHING
        self._signed_lines = 0
        self.signed = 0
        self.lines = 0

    @property
    def entries(self) -> int:
        return self._tree.size

    def take(self, line: bytes) -> Entry | Checkpoint | Fault:
        """The line (without its newline) as a value; or what is wrong, and then the state is what it was."""
        try:
            value = _LINE.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return Fault(self.lines + 1, "it is no ledger line")
        if msgspec.json.encode(value) != line:
            return Fault(self.lines + 1, "it is not written as we write it")
        taken = self._entry(value, line) if isinstance(value, Entry) else self._checkpoint(value)
        if not isinstance(taken, Fault):
            self.lines += 1
            if isinstance(taken, Checkpoint):
                self.signed, self._signed_lines = taken.size, self.lines
        return taken

    def _entry(self, entry: Entry, line: bytes) -> Entry | Fault:
        if entry.seq != self.entries:
            return Fault(self.lines + 1, f"entry {self.entries} was expected here, this is entry {entry.seq}")
        if entry.prev != self._last:
            return Fault(self.lines + 1, "it does not name the entry before it")
        leaf = leaf_hash(line)
        self._tree.add(leaf)
        self._last = leaf.hex()
        return entry

    def _checkpoint(self, checkpoint: Checkpoint) -> Checkpoint | Fault:
        try:
            signature = bytes.fromhex(checkpoint.signature)
            self._public_key.verify(signature, _signed(checkpoint.size, checkpoint.root))
        except (ValueError, InvalidSignature):
            return Fault(self.lines + 1, "the signature does not fit")
        if signature.hex() != checkpoint.signature:
            return Fault(self.lines + 1, "it is not written as we write it")
        if checkpoint.size != self.entries or checkpoint.root != self._tree.root().hex():
            # The checkpoint is genuine, so the fault lies between the last good one and here.
            return Fault(self._signed_lines + 1, "it is not what was signed")
        return checkpoint

    def entry(self, at: int, kind: Kind, salt: bytes, detail: bytes) -> bytes:
        """The line of the next entry; `take` it to go on. `salt`: 32 random bytes."""
        if len(salt) != SALT_BYTES:
            raise ValueError("a salt has 32 bytes")
        return msgspec.json.encode(Entry(self.entries, at, kind, commitment(salt, detail), self._last))

    def checkpoint(self, key: Ed25519PrivateKey) -> bytes:
        """The line that signs all entries so far; `take` it to go on."""
        root = self._tree.root().hex()
        return msgspec.json.encode(Checkpoint(self.entries, root, key.sign(_signed(self.entries, root)).hex()))


def _signed(size: int, root: str) -> bytes:
    return _PURPOSE + f"{size}\n{root}\n".encode()


class Verdict(msgspec.Struct, frozen=True):
    """What a check of the whole ledger found.

    line: number of the first bad line, from 1; 0 where none is. entries: how many are good, signed ones only where
        something is wrong.
    torn: the bad line is a last one without its end, as a crash leaves it.
    """

    ok: bool
    entries: int
    line: int = 0
    message: str = ""
    torn: bool = False


def check(data: bytes, public_key: Ed25519PublicKey, at_least: int = 0) -> Verdict:
    """Check a whole ledger.

    Args:
        data: the file's bytes.
        public_key: the device's.
        at_least: how many entries are known from elsewhere to have been there (a file cut short is valid in itself).
    """
    chain = Chain(public_key)
    *lines, rest = data.split(b"\n")
    for line in lines:
        found = chain.take(line)
        if isinstance(found, Fault):
            return Verdict(ok=False, entries=chain.signed, line=found.line, message=found.message)
    if rest:
        message = "the last line has no end, as after a crash"
        return Verdict(ok=False, entries=chain.entries, line=len(lines) + 1, message=message, torn=True)
    if chain.signed != chain.entries:
        message = "the last entry is not signed, as after a crash"
        return Verdict(ok=False, entries=chain.entries, line=len(lines), message=message, torn=True)
    if chain.entries < at_least:
        message = f"it ends after {chain.entries} entries, and there were at least {at_least}"
        return Verdict(ok=False, entries=chain.entries, line=len(lines) + 1, message=message)
    return Verdict(ok=True, entries=chain.entries)
