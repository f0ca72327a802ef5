"""Promises of consent.ledger."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from byhand.consent.ledger import Chain, Entry, Fault, Tree, check, commitment, leaf_hash, pack_detail, read_detail

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


def _root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + _root(leaves[:split]) + _root(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_the_tree_is_that_of_rfc_6962(lines: list[bytes]) -> None:
    """Adding leaf by leaf gives the root of the recursive definition, at every size."""
    tree = Tree()
    assert tree.root() == _root([])
    for size, line in enumerate(lines, 1):
        tree.add(leaf_hash(line))
        assert tree.root() == _root([leaf_hash(one) for one in lines[:size]])
        assert tree.size == size


def test_the_tree_has_the_published_roots() -> None:
    """Known answers for the empty tree and the tree of one empty leaf."""
    tree = Tree()
    assert tree.root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    tree.add(leaf_hash(b""))
    assert tree.root().hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def _book(count: int) -> list[bytes]:
    chain, lines = Chain(KEY.public_key()), list[bytes]()
    for at in range(count):
        for line in (chain.entry(at, "read", bytes([at]) * 32, b"{}"), b""):
            lines.append(line or chain.checkpoint(KEY))
            assert not isinstance(chain.take(lines[-1]), Fault)
    return lines


@given(st.data())
def test_a_line_removed_repeated_or_moved_is_found(data: st.DataObject) -> None:
    """Except that a checkpoint less, behind which others follow, takes nothing away from what they sign."""
    lines = _book(5)
    at = data.draw(st.integers(0, 9))
    to = data.draw(st.integers(0, 9).filter(lambda one: one != at))
    way = data.draw(st.sampled_from(["remove entry", "repeat entry", "move"]))
    changed = list(lines)
    match way:
        case "remove entry":
            del changed[at // 2 * 2]
        case "repeat entry":
            changed.insert(to, lines[at // 2 * 2])
        case _:
            changed.insert(to, changed.pop(at))
    assert not check(b"".join(line + b"\n" for line in changed), KEY.public_key()).ok


def test_a_whole_ledger_verifies() -> None:
    """And says how many entries it has."""
    verdict = check(b"".join(line + b"\n" for line in _book(5)), KEY.public_key())
    assert (verdict.ok, verdict.entries, verdict.line) == (True, 5, 0)


def test_details_are_proved_by_their_salt_and_hidden_without_it() -> None:
    """The same words commit differently each time; other words or another salt do not fit."""
    words = pack_detail({"recording": "r1", "apps": ("mail", "calendar")})
    assert commitment(b"a" * 32, words) != commitment(b"b" * 32, words)
    entry = Entry(0, 1, "read", commitment(b"a" * 32, words), "0" * 64)
    assert read_detail(entry, b"a" * 32 + words) == {"apps": ["mail", "calendar"], "recording": "r1"}
    assert read_detail(entry, b"b" * 32 + words) is None
    assert read_detail(entry, b"a" * 32 + pack_detail({"recording": "r2"})) is None


def test_an_entry_of_a_kind_we_do_not_know_still_verifies() -> None:
    """A newer byhand may add kinds; the chain counts bytes, not meanings."""
    chain = Chain(KEY.public_key())
    line = chain.entry(1, "read", bytes(32), b"{}").replace(b'"read"', b'"dream"')
    assert not isinstance(chain.take(line), Fault)


def test_the_ledger_of_version_1_verifies_as_it_always_did() -> None:
    """A vector that is never edited; any change of it is found."""
    vector = json.loads((Path(__file__).parent.parent / "vectors" / "ledger-1.json").read_text())
    public_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["public_key"]))
    data = "".join(f"{line}\n" for line in vector["lines"]).encode()
    assert check(data, public_key).entries == 3
    first = msgspec.json.decode(vector["lines"][0], type=Entry)
    kept = bytes.fromhex(vector["salt_of_entry_0"]) + vector["detail_of_entry_0"].encode()
    assert read_detail(first, kept) == {"grant": "g1", "streams": ["actions"]}
    assert check(data.replace(b"forget", b"forgot"), public_key).line == 5


def test_a_line_written_another_way_is_found() -> None:
    """A space more in a checkpoint changes no value and no signature, and is found all the same."""
    lines = _book(2)
    data = b"".join(line + b"\n" for line in lines).replace(b'"size":1', b'"size": 1')
    verdict = check(data, KEY.public_key())
    assert (verdict.ok, verdict.line, verdict.message) == (False, 2, "it is not written as we write it")
