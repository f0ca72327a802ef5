"""Finds what the verbs work on: BYHAND_HOME, the vault in it, and the consent that holds.

Rule of this module: looking leaves no trace. Where there is no home yet, none is made.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from byhand.cli import noting
from byhand.consent.decide import decide
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, parse
from byhand.errors import ByhandError, GrantForged, NoGrant, NoSuchRecording, PolicyError, UsageFault, VaultError
from byhand.vault.grants import is_withdrawn, load_grants, load_policy
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import RecordingInfo, Vault

_GIVE = "to give consent, run: byhand consent give"
_NOTHING = "nothing was recorded"


def home(environ: Mapping[str, str] | None = None) -> Path:
    """Where all of Byhand's state is. Nothing is created."""
    known = os.environ if environ is None else environ
    if given := known.get("BYHAND_HOME"):
        return Path(given).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "byhand"
    if sys.platform == "win32":
        return Path(known.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "byhand"
    return Path(known.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "byhand"


@contextmanager
def vault(folder: Path) -> Generator[Vault]:
    """The vault, after what was due to go has gone: whoever looks into it keeps the retention's clock.

    Raises:
        NoSuchRecording: there is none yet.
        VaultError: it can't be opened.
    """
    if not Vault.exists(folder):
        raise _none_yet()
    with Vault.open(folder, open_keys(folder, os.environ)) as held:
        if not held.damage:
            expired = held.expire(time.time_ns(), _retention_days(folder))
            if expired.whole:
                noting.note(folder, held, "expire", {"recordings": expired.whole})
        yield held


def _retention_days(folder: Path) -> int:
    # Not being able to read the policy must not keep a recording longer than the shortest usual time.
    try:
        return parse(agreed_policy(folder), "policy.toml").retention_days
    except ByhandError:
        return Policy(version=1).retention_days


def policy_file(file: Path) -> tuple[str, str]:
    """A policy's text, and what to call it in errors.

    Raises:
        PolicyError: it can't be read.
    """
    source = "stdin" if str(file) == "-" else str(file)
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise _unread(source, (error.strerror or "it can't be read").lower()) from None
    try:
        return data.decode(), source
    except UnicodeDecodeError:
        raise _unread(source, "it is not UTF-8 text") from None


def agreed_policy(folder: Path) -> str:
    """The policy as it was agreed to.

    Raises:
        NoGrant: none ever was.
        PolicyError: its file can't be read.
    """
    try:
        data = load_policy(folder)
    except OSError as error:
        raise _unread("the agreed policy", (error.strerror or "it can't be read").lower()) from None
    if data is None:
        raise NoGrant("no policy was agreed to", hints=("to give consent, run: byhand consent give",), fate=_NOTHING)
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise _unread("the agreed policy", "it is not UTF-8 text") from None


def _unread(source: str, why: str) -> PolicyError:
    return PolicyError(
        f"{source}: {why}", hints=("to see a policy that works, run: byhand policy example",), fate=_NOTHING
    )


def grant(folder: Path) -> Grant:
    """The consent that holds now.

    Raises:
        ConsentError: none does.
    """
    grants, problems = load_grants(folder)
    if not grants:
        if problems:
            raise GrantForged(f"{problems[0].source}: {problems[0].message}", hints=(_GIVE,), fate=_NOTHING)
        raise NoGrant("no consent was given", hints=(_GIVE,), fate=_NOTHING)
    withdrawn = {one.id for one in grants if is_withdrawn(folder, one.id)}
    public = device_key(open_keys(folder, os.environ)).public_key().public_bytes_raw()
    return decide(grants, withdrawn, agreed_policy(folder), int(time.time()), public)


def _none_yet() -> NoSuchRecording:
    return NoSuchRecording("there are no recordings yet", hints=("to make one, run: byhand record",))


def choose(held: Vault, name: str) -> RecordingInfo:
    """The recording a person means: its id, the beginning of one, or `last`.

    Raises:
        NoSuchRecording: none fits.
        UsageFault: several do.
    """
    known = held.recordings()
    if not known:
        raise _none_yet()
    if name == "last":
        return known[-1]
    fitting = [one for one in known if one.id == name] or [one for one in known if name and one.id.startswith(name)]
    if len(fitting) > 1:
        raise UsageFault(
            f"{len(fitting)} recordings begin with {name}", hints=tuple(f"there is {one.id}" for one in fitting[:5])
        )
    if not fitting:
        raise NoSuchRecording(f"there is no recording {name}", hints=("to see what there is, run: byhand list",))
    return fitting[0]


def of_a_run(held: Vault, one: RecordingInfo) -> bool:
    """Did a workflow do what it shows? One that can't be opened is taken for a person's, whom it may not fail."""
    try:
        return held.header(one.id).actor == "agent"
    except VaultError:
        return False


def choose_shown(held: Vault, name: str) -> RecordingInfo:
    """Like `choose`, but `last` is the last one that a person made, and no run's.

    Raises:
        NoSuchRecording: none fits.
        UsageFault: several do.
    """
    if name != "last":
        return choose(held, name)
    shown = (one for one in reversed(held.recordings()) if not of_a_run(held, one))
    return next(shown, None) or choose(held, name)


def boot_id() -> str:
    """Names this boot: monotonic stamps are only comparable within one. "" where the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def zone() -> tzinfo | None:
    """The time zone of this computer."""
    return datetime.now().astimezone().tzinfo


def local(utc_s: float) -> datetime:
    """A moment by this computer's clock.

    Args:
        utc_s: UTC seconds.
    """
    return datetime.fromtimestamp(utc_s, tz=UTC).astimezone(zone())
