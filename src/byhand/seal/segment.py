"""The sealed segment: columns, compressed, encrypted, bound to their place and chained. See docs/formats/segment.md."""

from __future__ import annotations

import hashlib

import msgspec
import zstandard

from byhand.errors import VaultDamaged
from byhand.seal.envelope import open_sealed, seal

LEVEL = 3
LARGEST = 1 << 30
"""Bytes of columns we are ready to unpack: a segment that claims more is damaged or meant to fill the memory."""


class Place(msgspec.Struct, frozen=True):
    """Where a segment belongs. `prev`: hash of the segment before (of the sealed header for the first), 32 bytes."""

    recording: str
    grant: str
    policy_hash: str
    first_seq: int
    count: int
    prev: bytes


def seal_segment(key: bytes, nonce: bytes, place: Place, columns: bytes) -> bytes:
    return seal(key, nonce, "segment", _bound(place), zstandard.ZstdCompressor(level=LEVEL).compress(columns))


def open_segment(key: bytes, place: Place, sealed: bytes) -> bytes:
    """The columns.

    Raises:
        VaultDamaged: bytes, key or place are not what they were.
    """
    packed = open_sealed(key, "segment", _bound(place), sealed)
    try:
        # -1: the frame does not tell. A frame that tells is believed by zstandard, whatever max_output_size says.
        if not 0 <= zstandard.frame_content_size(packed) <= LARGEST:
            raise VaultDamaged("a segment claims an impossible size")
        return zstandard.ZstdDecompressor().decompress(packed)
    except zstandard.ZstdError:
        raise VaultDamaged("a segment does not unpack") from None


def chain_hash(sealed: bytes) -> bytes:
    """What the next segment names as the one before it."""
    return hashlib.sha256(sealed).digest()


def _bound(place: Place) -> tuple[object, ...]:
    return msgspec.structs.astuple(place)
