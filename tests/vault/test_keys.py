"""Promises of vault.keys: one suite for every store, and how a store is chosen."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from byhand.errors import KeyMissing, VaultDamaged
from byhand.vault.keys import FileStore, KeyringStore, KeyStore, MemoryStore, device_key, open_keys, within


class PretendKeyring:
    """A keyring as a backend offers it: text by service and user name."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.wrong: Exception | None = None
        self.asleep: threading.Event | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._behave()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._behave()
        self.held[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        self._behave()
        del self.held[(service, username)]

    def _behave(self) -> None:
        if self.asleep is not None:
            self.asleep.wait(30)
        if self.wrong is not None:
            raise self.wrong


@pytest.fixture(params=["memory", "file", "keyring"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> KeyStore:
    match request.param:
        case "memory":
            return MemoryStore()
        case "file":
            return FileStore(tmp_path / "keys")
        case _:
            return KeyringStore(PretendKeyring(), "home")


def test_a_secret_comes_back_as_it_was(store: KeyStore) -> None:
    """All bytes, over what was there before, each under its own name."""
    assert store.get("one") is None
    store.set("one", bytes(range(256)))
    store.set("two", b"")
    store.set("one", b"\x00\xff" * 16)
    assert store.get("one") == b"\x00\xff" * 16
    assert store.get("two") == b""


def test_a_deleted_secret_is_gone_and_deleting_again_is_fine(store: KeyStore) -> None:
    """Forgetting may be repeated after a crash."""
    store.set("one", b"secret")
    store.delete("one")
    store.delete("one")
    assert store.get("one") is None


def test_the_device_key_is_made_only_when_asked_for(store: KeyStore) -> None:
    """Then it stays the same."""
    with pytest.raises(KeyMissing, match="no key yet"):
        device_key(store)
    made = device_key(store, create=True)
    assert device_key(store).private_bytes_raw() == made.private_bytes_raw()
    assert device_key(store, create=True).private_bytes_raw() == made.private_bytes_raw()


def test_key_files_are_private_and_announced(tmp_path: Path) -> None:
    """Folder 0700, file 0600, and the person is told where they lie."""
    store = FileStore(tmp_path / "keys")
    store.set("one", b"secret")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "one").stat().st_mode) == 0o600
    assert str(tmp_path / "keys") in store.announcement


def test_two_homes_share_a_keyring_without_meeting(tmp_path: Path) -> None:
    """Each home has a name of its own there."""
    keyring = PretendKeyring()
    one = open_keys(tmp_path / "one", {}, find=lambda: keyring)
    two = open_keys(tmp_path / "two", {}, find=lambda: keyring)
    one.set("vault", b"1")
    assert two.get("vault") is None


def test_the_keyring_is_chosen_where_it_works_and_remembered(tmp_path: Path) -> None:
    """When it is gone later, that is said; no new key is made in another place."""
    keyring = PretendKeyring()
    open_keys(tmp_path, {}, find=lambda: keyring).set("vault", b"1")
    assert open_keys(tmp_path, {}, find=lambda: keyring).get("vault") == b"1"
    with pytest.raises(KeyMissing, match="is gone") as caught:
        open_keys(tmp_path, {}, find=lambda: None)
    assert caught.value.hints
    assert not (tmp_path / "keys").exists()
    with pytest.raises(KeyMissing, match="forbids"):
        open_keys(tmp_path, {"BYHAND_KEYRING": "file"}, find=lambda: keyring)


@pytest.mark.parametrize("fault", ["none", "refuses", "raises"])
def test_without_a_working_keyring_files_are_chosen_and_remembered(tmp_path: Path, fault: str) -> None:
    """Also when a keyring turns up later: keys do not move by themselves."""
    keyring = PretendKeyring()
    keyring.wrong = RuntimeError("locked")

    def find() -> PretendKeyring | None:
        if fault == "raises":
            raise OSError("no bus")
        return keyring if fault == "refuses" else None

    store = open_keys(tmp_path, {}, find=find)
    assert isinstance(store, FileStore)
    keyring.wrong = None
    assert isinstance(open_keys(tmp_path, {}, find=lambda: keyring), FileStore)


def test_the_environment_can_ask_for_files(tmp_path: Path) -> None:
    """BYHAND_KEYRING=file does not even look for a keyring."""

    def find() -> None:
        raise AssertionError("looked for a keyring")

    assert isinstance(open_keys(tmp_path, {"BYHAND_KEYRING": "file"}, find=find), FileStore)


def test_a_keyring_that_does_not_answer_does_not_block_us(tmp_path: Path) -> None:
    """A locked keyring waits for the person; we go on and say so."""
    keyring = PretendKeyring()
    store = KeyringStore(keyring, "home", patience_s=0.05)
    keyring.asleep = threading.Event()
    try:
        with pytest.raises(KeyMissing, match="does not answer"):
            store.get("vault")
        assert isinstance(open_keys(tmp_path, {}, find=lambda: keyring, patience_s=0.05), FileStore)
        with pytest.raises(TimeoutError):
            within(keyring.asleep.wait, 0.05)
    finally:
        keyring.asleep.set()


def test_a_keyring_that_refuses_says_so_without_quoting_anything() -> None:
    """Backends put all sorts of things into their messages."""
    keyring = PretendKeyring()
    keyring.wrong = RuntimeError("a secret path")
    with pytest.raises(KeyMissing, match="refuses: RuntimeError") as caught:
        KeyringStore(keyring, "home").set("vault", b"1")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff", b'{"store":"cloud","name":"x"}'])
def test_a_choice_that_cant_be_read_is_not_made_anew(tmp_path: Path, content: bytes) -> None:
    """A new choice could mean new keys, and with them the loss of what is there."""
    (tmp_path / "keystore").write_bytes(content)
    with pytest.raises(VaultDamaged, match="where the keys are"):
        open_keys(tmp_path, {}, find=lambda: None)
