"""AES-256-GCM around one thing. See docs/formats/segment.md.

Rules of this module: the caller brings the nonce, 12 fresh random bytes each time. A nonce derived from a place
(recording, sequence) would be used twice when a write fails and other events take the same place, and one repeated
nonce breaks GCM. With random ones a key may seal 2**32 things; a recording's key seals three a second at most.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from byhand.errors import VaultDamaged, VaultError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
MAGIC = b"BYH\x01"

What = Literal["key", "header", "segment", "end", "detail", "sheet"]


def seal(key: bytes, nonce: bytes, what: What, bound: tuple[object, ...], data: bytes) -> bytes:
    """Magic, nonce, ciphertext and tag, good only together with `what` and `bound`."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a nonce has 12 bytes")
    return MAGIC + nonce + AESGCM(key).encrypt(nonce, data, _associated(what, bound))


def open_sealed(key: bytes, what: What, bound: tuple[object, ...], sealed: bytes) -> bytes:
    """The content.

    Raises:
        VaultError: a newer byhand sealed it.
        VaultDamaged: the bytes, the key or what they are bound to is not what it was.
    """
    if sealed[:3] == MAGIC[:3] and sealed[3:4] > MAGIC[3:]:
        raise VaultError("this was sealed by a newer byhand", hints=("update byhand to read it",))
    if sealed[:4] != MAGIC or len(sealed) < 4 + NONCE_BYTES + TAG_BYTES:
        raise VaultDamaged(f"the sealed {what} does not verify")
    try:
        return AESGCM(key).decrypt(sealed[4:16], sealed[16:], _associated(what, bound))
    except InvalidTag:
        raise VaultDamaged(f"the sealed {what} does not verify") from None


def _associated(what: What, bound: tuple[object, ...]) -> bytes:
    # msgpack marks where each part ends, so no two different tuples give the same bytes.
    return msgspec.msgpack.encode(("byhand", 1, what, *bound))
