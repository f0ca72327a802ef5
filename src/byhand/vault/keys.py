"""Where keys live: the desktop's keyring, else a private file (announced), else memory (tests).

`open_keys` chooses once per home and remembers it, so that a keyring that went away gives a clear error instead of a
silent new key. All calls to a keyring are time-boxed: a locked one asks the person and would block us for ever.
"""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.errors import KeyMissing, VaultDamaged
from byhand.vault.durable import private_dir, sync_dir, write_durably

SERVICE = "byhand"
PATIENCE_S = 8.0
"""A keyring that needs longer is waiting for the person. Long enough for a cold start of its service."""

_T = TypeVar("_T")


class KeyStore(Protocol):
    """Holds small secrets by name. `announcement` is what the person should be told about where they lie, or ""."""

    @property
    def announcement(self) -> str: ...

    def get(self, name: str) -> bytes | None:
        """The secret, or None when there is none of that name.

        Raises:
            KeyMissing: the store can't be asked.
        """
        ...

    def set(self, name: str, value: bytes) -> None:
        """Store it for good, over what was there. Raises like `get`."""
        ...

    def delete(self, name: str) -> None:
        """Destroy it; not being there is fine. Raises like `get`."""
        ...


class MemoryStore:
    """The in-memory twin."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.announcement = ""

    def get(self, name: str) -> bytes | None:
        return self.held.get(name)

    def set(self, name: str, value: bytes) -> None:
        self.held[name] = value

    def delete(self, name: str) -> None:
        self.held.pop(name, None)


class FileStore:
    """One file per secret, readable by the person alone. Whoever can read their files can read the recordings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.announcement = (
            f"no keyring is used: the keys lie in {folder}, for you alone; keep it out of backups,"
            " or what you forget can come back from one"
        )

    def get(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(error) from None

    def set(self, name: str, value: bytes) -> None:
        try:
            write_durably(private_dir(self._folder) / name, value)
        except OSError as error:
            raise self._unusable(error) from None

    def delete(self, name: str) -> None:
        path = self._folder / name
        try:
            with contextlib.suppress(FileNotFoundError):
                # Overwritten first, for file systems that write in place; elsewhere the drive's own trimming helps.
                with path.open("r+b") as file:
                    file.write(bytes(path.stat().st_size))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
                sync_dir(self._folder)
        except OSError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: OSError) -> KeyMissing:
        return KeyMissing(f"the keys in {self._folder} can't be used: {error.strerror}")


class Backend(Protocol):
    """What we need of a backend of the `keyring` package."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyringStore:
    """The desktop's own keyring. `home_name` keeps two homes of one person apart."""

    def __init__(self, backend: Backend, home_name: str, patience_s: float = PATIENCE_S) -> None:
        self._backend = backend
        self._home = home_name
        self._patience_s = patience_s
        self.announcement = ""

    def get(self, name: str) -> bytes | None:
        held = self._ask(lambda: self._backend.get_password(SERVICE, self._user(name)))
        if held is None:
            return None
        try:
            return base64.b64decode(held, validate=True)
        except ValueError:
            raise KeyMissing("the keyring holds something else under the name of our key") from None

    def set(self, name: str, value: bytes) -> None:
        self._ask(lambda: self._backend.set_password(SERVICE, self._user(name), base64.b64encode(value).decode()))

    def delete(self, name: str) -> None:
        # Backends differ in how they say "was not there", so look instead of reading their errors.
        if self.get(name) is not None:
            self._ask(lambda: self._backend.delete_password(SERVICE, self._user(name)))

    def _user(self, name: str) -> str:
        return f"{self._home}:{name}"

    def _ask(self, call: Callable[[], _T]) -> _T:
        try:
            return within(call, self._patience_s)
        except TimeoutError:
            raise KeyMissing(
                "the keyring does not answer", hints=("unlock the keyring, then try again", _DOCTOR)
            ) from None
        except Exception as error:  # each backend has its own tree of errors
            raise KeyMissing(
                f"the keyring refuses: {type(error).__name__}", hints=("unlock the keyring, then try again", _DOCTOR)
            ) from None


_DOCTOR = "to see what is wrong, run: byhand doctor"


def within(call: Callable[[], _T], patience_s: float) -> _T:
    """The call's result.

    Raises:
        TimeoutError: it took longer. Its thread is left behind: a blocked bus call can't be ended from outside.
    """
    done: list[_T] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(call())
        except BaseException as error:  # handed to the caller below
            failed.append(error)

    thread = threading.Thread(target=work, name="byhand keyring", daemon=True)
    thread.start()
    thread.join(patience_s)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


class _Choice(msgspec.Struct, frozen=True):
    """The file `keystore` in the home: which store holds its keys, and its name there."""

    store: Literal["keyring", "file"]
    name: str


def open_keys(
    home: Path,
    environ: Mapping[str, str],
    *,
    find: Callable[[], Backend | None] | None = None,
    patience_s: float = PATIENCE_S,
) -> KeyStore:
    """The store that holds this home's keys; chosen on the first call and then kept to.

    BYHAND_KEYRING=file chooses the file, for machines without a keyring that a person unlocks. `find` looks for the
    desktop's keyring.

    Raises:
        KeyMissing: the store chosen before can't be used now.
        VaultDamaged: what was chosen before can't be read.
    """
    find = find or desktop_keyring
    remembered = private_dir(home) / "keystore"
    forced = environ.get("BYHAND_KEYRING") == "file"
    chosen = _recall(remembered)
    if chosen is None:
        backend = None if forced else _found(find, patience_s)
        name = secrets.token_hex(6)
        if backend is not None and not _works(KeyringStore(backend, name, patience_s)):
            backend = None
        chosen = _Choice("file" if backend is None else "keyring", name)
        write_durably(remembered, msgspec.json.encode(chosen))
    elif chosen.store == "keyring":
        if forced:
            raise KeyMissing(
                "this home's keys are in the keyring, and BYHAND_KEYRING=file forbids to look there",
                hints=("unset BYHAND_KEYRING", "or choose another BYHAND_HOME"),
            )
        backend = _found(find, patience_s)
        if backend is None:
            raise KeyMissing(
                "the keyring that holds this home's keys is gone",
                hints=("log in to the desktop you recorded on, or start its keyring", _DOCTOR),
                fate="nothing was changed; the recordings can be read again when the keyring is back",
            )
    else:
        backend = None
    return FileStore(home / "keys") if backend is None else KeyringStore(backend, chosen.name, patience_s)


def _recall(path: Path) -> _Choice | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Choice)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise VaultDamaged(
            f"{path} can't be read, and it says where the keys are",
            hints=('put back {"store":"file","name":"..."} or "keyring" from a backup',),
        ) from None


def _found(find: Callable[[], Backend | None], patience_s: float) -> Backend | None:
    try:
        return within(find, patience_s)
    except Exception:  # whatever a backend raises: there is no usable keyring
        return None


def _works(store: KeyringStore) -> bool:
    """A keyring that is there may still refuse (locked, no default collection): try before we rely on it."""
    probe = secrets.token_bytes(8)
    try:
        store.set("probe", probe)
        held = store.get("probe")
        store.delete("probe")
    except KeyMissing:
        return False
    return held == probe


def desktop_keyring() -> Backend | None:
    """The desktop's keyring, if there is one that encrypts. May block: call it `within` a time."""
    import keyring  # noqa: PLC0415  loads every installed backend; only this room needs it
    from keyring.backends import chainer  # noqa: PLC0415

    best = keyring.get_keyring()
    ranked: list[Any] = list(best.backends) if isinstance(best, chainer.ChainerBackend) else [best]
    # "fail" and "null" keep nothing; "keyrings.alt" keeps plain text in a file.
    refused = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
    return next((one for one in ranked if not type(one).__module__.startswith(refused)), None)


def device_key(store: KeyStore, *, create: bool = False) -> Ed25519PrivateKey:
    """The key this device signs grants and the ledger with.

    Raises:
        KeyMissing: there is none, and `create` is false; or the store can't be asked.
    """
    held = store.get("device")
    if held is None:
        if not create:
            raise KeyMissing("this device has no key yet", hints=("to make one, give a consent: byhand consent give",))
        store.set("device", Ed25519PrivateKey.generate().private_bytes_raw())
        held = store.get("device")
    if held is None or len(held) != 32:
        raise KeyMissing("the key store does not give back the device's key")
    return Ed25519PrivateKey.from_private_bytes(held)
