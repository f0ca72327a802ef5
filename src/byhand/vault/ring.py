"""The generations of the vault's key. One is good at a time; forgetting makes the next and destroys the last."""

from __future__ import annotations

import secrets

from byhand.errors import KeyMissing
from byhand.seal.envelope import KEY_BYTES
from byhand.vault.keys import KeyStore


class Ring:
    """The vault keys of one vault file in one key store. Its id is in their names: no other file's are touched."""

    def __init__(self, keys: KeyStore, vault: str) -> None:
        self._keys = keys
        self._vault = vault
        self._cached: tuple[int, bytes] | None = None

    def key(self, generation: int) -> bytes:
        """The vault key of a generation.

        Raises:
            KeyMissing: the store does not hold it, or can't be asked.
        """
        if self._cached is not None and self._cached[0] == generation:
            return self._cached[1]
        key = self._keys.get(self._name(generation))
        if key is None or len(key) != KEY_BYTES:
            raise KeyMissing(
                "the key of this vault is not where it was put",
                hints=("its recordings can't be read without it", "to start anew, run: byhand forget --all"),
                fate="nothing was changed",
            )
        self._cached = (generation, key)
        return key

    def make(self, generation: int) -> bytes:
        """A new key for a generation, stored and read back before anybody relies on it."""
        key = secrets.token_bytes(KEY_BYTES)
        self._keys.set(self._name(generation), key)
        if self._keys.get(self._name(generation)) != key:
            raise KeyMissing("the key store does not give back what was put in")
        return key

    def destroy(self, generation: int) -> None:
        self._cached = None
        self._keys.delete(self._name(generation))

    def destroy_around(self, generation: object) -> None:
        """All keys a vault of this generation can have. A generation that can't be read any more names none."""
        if isinstance(generation, int):
            for near in (generation - 1, generation, generation + 1):
                self.destroy(near)

    def _name(self, generation: int) -> str:
        return f"vault-{self._vault}-{generation}"
