"""A recording's own key, wrapped by the vault's key of one generation. Destroying either makes the recording noise."""

from __future__ import annotations

from byhand.errors import VaultDamaged
from byhand.seal.envelope import KEY_BYTES, open_sealed, seal


def wrap(vault_key: bytes, generation: int, recording: str, key: bytes, nonce: bytes) -> bytes:
    """`key` under `vault_key`, good only for this recording and this generation."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return seal(vault_key, nonce, "key", (recording, generation), key)


def unwrap(vault_key: bytes, generation: int, recording: str, wrapped: bytes) -> bytes:
    """The recording's key.

    Raises:
        VaultDamaged: it does not verify.
    """
    key = open_sealed(vault_key, "key", (recording, generation), wrapped)
    if len(key) != KEY_BYTES:
        raise VaultDamaged("the sealed key has a wrong length")
    return key
