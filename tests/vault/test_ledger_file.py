"""Promises of vault.ledger_file."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.consent.ledger import read_detail
from byhand.errors import LedgerBroken
from byhand.vault.keys import MemoryStore
from byhand.vault.ledger_file import Ledger, entries, verify
from byhand.vault.store import Vault

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = KEY.public_key()


def _ledger(home: Path, kept: dict[int, bytes] | None = None) -> Ledger:
    return Ledger(home, KEY, ({} if kept is None else kept).__setitem__)


def test_what_is_recorded_verifies_and_its_details_are_found_again(tmp_path: Path) -> None:
    """Through the vault, where they are erasable."""
    with Vault.open(tmp_path, MemoryStore()) as vault:
        ledger = Ledger(tmp_path, KEY, vault.keep_detail)
        assert ledger.record("grant", {"grant": "g1", "streams": ("actions",)}, at=5) == 0
        assert ledger.record("read", {"recording": "r1"}, at=6) == 1
        path = tmp_path / "ledger.jsonl"
        assert verify(path, PUBLIC, at_least=vault.details_kept()).ok
        first, second = entries(path, PUBLIC)
        assert (first.kind, second.kind, second.at) == ("grant", "read", 6)
        assert read_detail(first, vault.detail(0) or b"") == {"grant": "g1", "streams": ["actions"]}
        assert read_detail(second, vault.detail(0) or b"") is None


def test_several_processes_append_to_one_ledger(tmp_path: Path) -> None:
    """Recorder and command line each have their own view of the file and see what the other added."""
    one, other = _ledger(tmp_path), _ledger(tmp_path)
    assert [ledger.record("read", {}, at=at) for at, ledger in enumerate([one, other, one, other, other])] == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert verify(tmp_path / "ledger.jsonl", PUBLIC).entries == 5


def test_every_flipped_bit_is_found(tmp_path: Path) -> None:
    """Any bit of the file, the newlines included; the verdict points at the line or one beside it."""
    ledger = _ledger(tmp_path)
    for at in range(3):
        ledger.record("read", {"n": at}, at=at)
    path = tmp_path / "ledger.jsonl"
    good = path.read_bytes()
    for place in range(len(good)):
        for bit in range(8):
            raw = bytearray(good)
            raw[place] ^= 1 << bit
            path.write_bytes(bytes(raw))
            verdict = verify(path, PUBLIC)
            assert not verdict.ok, (place, bit)
            hit = good[:place].count(b"\n") + 1
            assert abs(verdict.line - hit) <= 1


def test_nothing_is_added_to_a_ledger_that_was_changed(tmp_path: Path) -> None:
    """The error names the line; the file stays as it is."""
    ledger = _ledger(tmp_path)
    for at in range(3):
        ledger.record("read", {}, at=at)
    path = tmp_path / "ledger.jsonl"
    raw = path.read_bytes().replace(b'"at":1', b'"at":7')
    path.write_bytes(raw)
    with pytest.raises(LedgerBroken, match="line 3"):
        _ledger(tmp_path).record("read", {}, at=9)
    assert path.read_bytes() == raw


def test_a_removed_tail_is_found_by_what_the_vault_remembers(tmp_path: Path) -> None:
    """A file cut behind a checkpoint is valid in itself; the number of kept details is not."""
    kept: dict[int, bytes] = {}
    ledger = _ledger(tmp_path, kept)
    for at in range(3):
        ledger.record("read", {}, at=at)
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:4]))
    assert verify(path, PUBLIC).ok
    verdict = verify(path, PUBLIC, at_least=max(kept) + 1)
    assert (verdict.ok, verdict.line) == (False, 5)
    with pytest.raises(LedgerBroken, match="shorter"):
        ledger.record("read", {}, at=9)


def test_a_crash_anywhere_in_a_write_is_repaired_and_said_so(tmp_path: Path) -> None:
    """Whatever part of the last entry and its checkpoint reached the disk, the next entry goes on, and tells."""
    ledger = _ledger(tmp_path)
    ledger.record("grant", {}, at=1)
    path = tmp_path / "ledger.jsonl"
    before = path.stat().st_size
    ledger.record("read", {}, at=2)
    good = path.read_bytes()
    entry_end = good.index(b"\n", before) + 1
    for size in range(before + 1, len(good)):
        path.write_bytes(good[:size])
        assert verify(path, PUBLIC).torn
        _ledger(tmp_path).record("read", {}, at=3)
        assert verify(path, PUBLIC).ok
        kinds = [entry.kind for entry in entries(path, PUBLIC)]
        assert kinds == (["grant", "repair", "read"] if size < entry_end else ["grant", "read", "repair", "read"])
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_signed_line_is_never_repaired_away(tmp_path: Path) -> None:
    """A flipped bit before the last line is no crash."""
    ledger = _ledger(tmp_path)
    ledger.record("grant", {}, at=1)
    ledger.record("read", {}, at=2)
    path = tmp_path / "ledger.jsonl"
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b'"entry"')] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(LedgerBroken, match="line 3"):
        _ledger(tmp_path).record("read", {}, at=3)


def test_another_key_does_not_verify(tmp_path: Path) -> None:
    """The checkpoints are the device's."""
    _ledger(tmp_path).record("grant", {}, at=1)
    assert not verify(tmp_path / "ledger.jsonl", Ed25519PrivateKey.generate().public_key()).ok


def test_a_ledger_that_is_not_there_has_no_entries(tmp_path: Path) -> None:
    """Before the first consent there is nothing, and nothing is made by looking."""
    assert verify(tmp_path / "ledger.jsonl", PUBLIC).ok
    assert not verify(tmp_path / "ledger.jsonl", PUBLIC, at_least=1).ok
    assert entries(tmp_path / "ledger.jsonl", PUBLIC) == []
    assert list(tmp_path.iterdir()) == []
