"""Promises of seal.segment, seal.header, seal.keys and seal.envelope, with test vectors that are never edited."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.errors import VaultDamaged, VaultError
from byhand.events import codec
from byhand.events.kinds import KINDS
from byhand.seal import envelope, keys, segment
from byhand.seal.header import open_end, open_header, seal_header
from byhand.seal.segment import Place

VECTORS = Path(__file__).parent.parent / "vectors"
KEY = bytes(range(32))
NONCE = bytes(12)
PLACE = Place("rec", "grant", "ab" * 32, 40, 2, bytes(32))
SECRET = b"a secret nobody may see" * 10


def _vector(name: str) -> dict[str, str]:
    return json.loads((VECTORS / name).read_text())


def _hex(vector: dict[str, str], name: str) -> bytes:
    return bytes.fromhex(vector[name])


@pytest.mark.parametrize("name", ["events-1.json", "events-1-text.json", "events-1-browser.json", "events-1-run.json"])
def test_columns_of_version_1_read_as_they_always_did(name: str) -> None:
    """A vector was written when its kinds were; a change here is a new version, not an edit."""
    vector = json.loads((VECTORS / name).read_text())
    by_name = {kind.__name__.lower(): kind for kind in KINDS}
    events = codec.decode(bytes.fromhex(vector["columns"]))
    for event, told in zip(events, vector["events"], strict=True):
        assert type(event) is by_name[told.pop("kind")]
        for field, value in told.items():
            mine = getattr(event, field)
            assert (mine.hex() if isinstance(mine, bytes) else list(mine) if isinstance(mine, tuple) else mine) == value
    assert codec.encode(events).hex() == vector["columns"]


def test_what_was_sealed_as_version_1_opens_as_it_always_did() -> None:
    """Key, header, segment and end, byte for byte; the associated data is what the page says."""
    vector = _vector("segment-1.json")
    name, grant, policy_hash = vector["recording"], vector["grant"], vector["policy_hash"]
    key = keys.unwrap(_hex(vector, "vault_key"), 3, name, _hex(vector, "wrapped"))
    assert key == _hex(vector, "recording_key")
    sealed = _hex(vector, "header")
    assert open_header(key, name, grant, policy_hash, vector["purpose"], sealed).driver == vector["header_driver"]
    assert segment.chain_hash(sealed) == _hex(vector, "prev")
    place = Place(name, grant, policy_hash, 0, int(vector["count"]), _hex(vector, "prev"))
    assert segment.open_segment(key, place, _hex(vector, "segment")) == _hex(vector, "columns")
    assert segment.chain_hash(_hex(vector, "segment")) == _hex(vector, "chain_hash")
    parts = ["byhand", 1, "segment", name, grant, policy_hash, 0, int(vector["count"]), _hex(vector, "prev")]
    assert msgspec.msgpack.encode(parts) == _hex(vector, "associated")
    end = open_end(key, name, _hex(vector, "end"))
    assert (end.events, end.last) == (int(vector["end_events"]), _hex(vector, "chain_hash"))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_segment_opens_only_whole_with_its_key_and_in_its_place(data: st.DataObject) -> None:
    """One flipped bit, or one part of the place changed, and nothing comes out; the error quotes nothing."""
    sealed = segment.seal_segment(KEY, NONCE, PLACE, SECRET)
    assert segment.open_segment(KEY, PLACE, sealed) == SECRET
    key, place, raw = KEY, PLACE, bytearray(sealed)
    match data.draw(st.sampled_from(["bit", "short", "key", "place"])):
        case "bit":
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        case "short":
            del raw[data.draw(st.integers(0, len(raw) - 1)) :]
        case "key":
            key = bytes(32)
        case _:
            field = data.draw(st.sampled_from(Place.__struct_fields__))
            value = getattr(PLACE, field)
            other = value + 1 if isinstance(value, int) else value[:-1]
            place = msgspec.structs.replace(PLACE, **{field: other})
    with pytest.raises(VaultError) as caught:
        segment.open_segment(key, place, bytes(raw))
    assert "secret" not in str(caught.value)


def test_what_is_sealed_shows_nothing_of_it() -> None:
    """Neither plain nor compressed bytes of the content."""
    sealed = segment.seal_segment(KEY, NONCE, PLACE, SECRET)
    assert b"secret" not in sealed
    assert zstandard.ZstdCompressor(level=3).compress(SECRET)[8:24] not in sealed


def test_places_that_read_alike_are_not_alike() -> None:
    """Moving a letter from one part of the place to the next is another place."""
    one = segment.seal_segment(KEY, NONCE, Place("ab", "c", "", 0, 1, b""), b"x")
    with pytest.raises(VaultDamaged):
        segment.open_segment(KEY, Place("a", "bc", "", 0, 1, b""), one)


def test_a_segment_that_would_fill_the_memory_is_refused() -> None:
    """A sealed frame that claims more than a segment can hold is not unpacked."""
    bomb = zstandard.ZstdCompressor().compress(b"\0" * 2000)
    writer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    untold = writer.compress(b"\0" * 2000) + writer.flush()
    for packed, fine in ((bomb, True), (untold, False)):
        sealed = envelope.seal(KEY, NONCE, "segment", msgspec.structs.astuple(PLACE), packed)
        if fine:
            assert segment.open_segment(KEY, PLACE, sealed) == b"\0" * 2000
        else:
            with pytest.raises(VaultDamaged, match="impossible size"):
                segment.open_segment(KEY, PLACE, sealed)


def test_what_a_newer_byhand_sealed_is_said_so() -> None:
    """The version is in the open; it is no damage."""
    sealed = b"BYH\x02" + envelope.seal(KEY, NONCE, "detail", (), b"x")[4:]
    with pytest.raises(VaultError, match="newer byhand") as caught:
        envelope.open_sealed(KEY, "detail", (), sealed)
    assert not isinstance(caught.value, VaultDamaged)


def test_one_thing_cant_pass_for_another() -> None:
    """A sealed header is no end, a wrapped key no detail, even under the same key and the same nonce."""
    sealed = envelope.seal(KEY, NONCE, "end", ("rec",), b"x")
    with pytest.raises(VaultDamaged):
        envelope.open_sealed(KEY, "detail", ("rec",), sealed)


@pytest.mark.parametrize("change", [{"generation": 4}, {"recording": "other"}, {"vault_key": bytes(32)}])
def test_a_wrapped_key_is_good_for_one_recording_and_one_generation(change: dict[str, object]) -> None:
    """It can't be moved to another row, nor be taken from an older copy of the file."""
    wrapped = keys.wrap(KEY, 3, "rec", b"\x01" * 32, NONCE)
    told: dict[str, object] = {"vault_key": KEY, "generation": 3, "recording": "rec", "wrapped": wrapped}
    assert keys.unwrap(KEY, 3, "rec", wrapped) == b"\x01" * 32
    with pytest.raises(VaultDamaged):
        keys.unwrap(**(told | change))  # type: ignore[arg-type]


def test_a_nonce_or_key_of_a_wrong_length_is_a_mistake() -> None:
    """Misuse raises before anything is sealed."""
    with pytest.raises(ValueError, match="nonce"):
        envelope.seal(KEY, b"", "detail", (), b"x")
    with pytest.raises(ValueError, match="key"):
        keys.wrap(KEY, 1, "rec", b"short", NONCE)


def test_a_header_of_a_newer_version_is_refused() -> None:
    """What it says may mean something we do not know."""
    vector = _vector("segment-1.json")
    key = _hex(vector, "recording_key")
    told = ("rec1", "g1", vector["policy_hash"], "train")
    made = open_header(key, *told, _hex(vector, "header"))
    newer = seal_header(key, NONCE, msgspec.structs.replace(made, version=2))
    with pytest.raises(VaultError, match="newer byhand"):
        open_header(key, *told, newer)
