"""Wires one recording: consent checked, keys and vault opened, the sign shown, the driver chosen.

In that order: whatever is missing ends it before a hook is installed.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand import __version__
from byhand.capture.browser.driver import BrowserDriver
from byhand.capture.driver import Desktop, Driver
from byhand.capture.open import open_driver
from byhand.capture.scripted import ScriptedDriver
from byhand.capture.together import Together
from byhand.capture.x11.hotkey import Hotkey
from byhand.consent.decide import decide
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, parse
from byhand.errors import (
    AlreadyRecording,
    LedgerBroken,
    NoGrant,
    PolicyError,
    RecorderError,
    UsageFault,
    VaultDamaged,
    VaultError,
)
from byhand.events.ids import device_id, short
from byhand.events.kinds import Actor, Header
from byhand.privacy.frames import vision
from byhand.privacy.guard import Guard
from byhand.privacy.rules.listed import shipped
from byhand.recorder.browsers import Browsers
from byhand.recorder.clocks import system_clocks
from byhand.recorder.control import Command, Control, Status
from byhand.recorder.daemon import Job, Recorder, Sign
from byhand.recorder.eyes import Looker
from byhand.recorder.indicator import Indicator
from byhand.recorder.late import Late
from byhand.recorder.launch import Order
from byhand.recorder.redactors import redactors
from byhand.recorder.sandbox import Hardened
from byhand.vault.durable import private_dir
from byhand.vault.grants import is_withdrawn, load_grants, load_policy
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import Ledger, entries, verify
from byhand.vault.lock import Lock
from byhand.vault.store import Vault

CHORD = "ctrl+alt+shift+p"
_NOTHING = "nothing was recorded"
_CLOCK_SLACK_S = 3600


class _Quiet:
    """For the scripted twin, which observes nobody: there is no desktop to show a sign on."""

    def show(self, state: str, text: str) -> None: ...


@contextlib.contextmanager
def prepare(
    order: Order, hardened: Hardened, report: Callable[[Status], None], environ: Mapping[str, str]
) -> Generator[Recorder]:
    """A recorder, ready to run; what it holds is given back at the end.

    Raises:
        ConsentError: no valid grant.
        AlreadyRecording: another recorder runs in this home.
        CaptureError, VaultError, PolicyError: what the desktop, the vault or the policy say.
    """
    home = Path(order.home)
    now = int(time.time())
    with contextlib.ExitStack() as stack:
        policy, grant, signing, vault, ledger = _ground(home, order.grant, now, stack, environ)
        sign, driver, notes = _seat(order, environ)
        driver, browsers = _browsers(home, policy, grant, driver)
        stack.callback(browsers.close)
        desktop = driver.describe()
        header = _header(grant, signing, desktop, "person")
        scale = max((monitor.scale for monitor in desktop.monitors), default=1.0)
        guard = Guard(
            policy, grant, screen=(desktop.screen_w, desktop.screen_h), scale=scale, seed=secrets.token_bytes(32),
            extra=redactors(),
        )  # fmt: skip
        recorder = Recorder(
            Job(
                header=header, policy=policy, grant=grant, task=order.task, seconds=order.seconds, home=home,
                expires_ns=header.mono_ns + (grant.expires - now) * 1_000_000_000,
            ),
            driver=driver, vault=vault, sign=sign, clocks=system_clocks(),
            guard=guard, late=_late(grant, guard, environ, scale, stack), browsers=browsers,
            withdrawn=lambda: is_withdrawn(home, grant.id), report=report, pid=os.getpid(),
            notes=(*notes, *_not_given_up(hardened)),
        )  # fmt: skip
        _listen(home, recorder, stack)
        if isinstance(sign, Indicator):
            _bring_up(sign, recorder, environ, stack)
        browsers.open(header.recording, order.task)
        with _begun(vault, ledger, header, recorder, now):
            yield recorder


@contextlib.contextmanager
def prepare_run(
    home: Path, driver: Driver, report: Callable[[Status], None], environ: Mapping[str, str]
) -> Generator[Recorder]:
    """A recorder of what a workflow does, ready to run in the run's own process: the driver is told of each act.

    The sign is the run itself, which says what it does; the window that is recorded is its own, so no hook is
    installed. All else is as for a person: consent, guard, vault, ledger, work hours, retention.

    Raises:
        ConsentError: no valid grant.
        AlreadyRecording: another recorder runs in this home.
        VaultError, PolicyError: what the vault or the policy say.
    """
    now = int(time.time())
    with contextlib.ExitStack() as stack:
        policy, grant, signing, vault, ledger = _ground(home, "", now, stack, environ)
        header = _header(grant, signing, driver.describe(), "agent")
        recorder = Recorder(
            Job(
                header=header, policy=policy, grant=grant, task="", seconds=None, home=home,
                expires_ns=header.mono_ns + (grant.expires - now) * 1_000_000_000,
            ),
            driver=driver, vault=vault, sign=_Quiet(), clocks=system_clocks(),
            guard=Guard(policy, grant, seed=secrets.token_bytes(32), extra=redactors(), watches=False),
            withdrawn=lambda: is_withdrawn(home, grant.id), report=report, pid=os.getpid(),
        )  # fmt: skip
        _listen(home, recorder, stack)
        with _begun(vault, ledger, header, recorder, now):
            yield recorder


class _Ground(NamedTuple):
    """What every recording stands on."""

    policy: Policy
    grant: Grant
    signing: Ed25519PrivateKey
    vault: Vault
    ledger: Ledger


def _ground(
    home: Path, wanted: str, now: int, stack: contextlib.ExitStack, environ: Mapping[str, str]
) -> _Ground:  # fmt: skip
    policy_text, policy = _policy(home)  # first: without a yes there is not even a folder to make
    _take_the_lock(home, stack)
    keys = open_keys(home, environ)
    signing = device_key(keys)
    grant = _consent(home, wanted, policy_text, now, signing)
    _check_clock(home, now, signing)
    vault = stack.enter_context(Vault.open(home, keys, quota_bytes=policy.quota_mb * 1_000_000))
    _check_vault(vault)
    _check_ledger(home, signing, vault)
    ledger = Ledger(home, signing, vault.keep_detail)
    if vault.expire(time.time_ns(), policy.retention_days).events:
        ledger.record("expire", {"days": policy.retention_days}, at=now)
    return _Ground(policy, grant, signing, vault, ledger)


def _listen(home: Path, recorder: Recorder, stack: contextlib.ExitStack) -> None:
    control = Control(home, recorder.inbox.tell, recorder.status)
    control.start()
    stack.callback(control.stop)


@contextlib.contextmanager
def _begun(vault: Vault, ledger: Ledger, header: Header, recorder: Recorder, now: int) -> Generator[None]:
    """In the vault and in the ledger; its end stands in the ledger too."""
    vault.begin(header)
    ledger.record("record_start", {"recording": header.recording, "grant": header.grant}, at=now)
    yield
    try:
        ledger.record("record_stop", {"recording": header.recording}, at=int(time.time()))
    except VaultError:
        if recorder.status().error is None:  # else that is the news, and a full disk has told it already
            raise


def _late(
    grant: Grant, guard: Guard, environ: Mapping[str, str], scale: float, stack: contextlib.ExitStack
) -> Late | None:
    """What looks through pictures without boxes, where they are granted and the extra `vision` is there."""
    if "frames" not in grant.streams or sys.platform != "linux" or not vision.installed():
        return None
    late = Late(guard, Looker(environ, scale))
    stack.callback(late.close)
    return late


def _take_the_lock(home: Path, stack: contextlib.ExitStack) -> None:
    lock = Lock(private_dir(private_dir(home) / "run") / "recorder.lock")
    if not lock.take():
        raise AlreadyRecording(
            "a recording runs already", hints=("to see it, run: byhand status", "to end it, run: byhand stop"),
            fate="that one goes on",
        )  # fmt: skip
    stack.callback(lock.give)


def _policy(home: Path) -> tuple[str, Policy]:
    try:
        agreed = load_policy(home)
        if agreed is None:
            raise NoGrant("no consent was given", hints=("to give it, run: byhand consent give",), fate=_NOTHING)
        text = agreed.decode()
    except (OSError, UnicodeDecodeError):
        raise PolicyError(
            "the policy can't be read",
            hints=(f"look at {home / 'policy.toml'}", "or give consent again"),
            fate=_NOTHING,
        ) from None
    return text, parse(text, "policy.toml")


def _consent(home: Path, wanted: str, policy_text: str, now: int, signing: Ed25519PrivateKey) -> Grant:
    grants, _ = load_grants(home)
    withdrawn = {grant.id for grant in grants if is_withdrawn(home, grant.id)}
    chosen = [grant for grant in grants if not wanted or grant.id == wanted]
    return decide(chosen, withdrawn, policy_text, now, signing.public_key().public_bytes_raw())


def _check_clock(home: Path, now: int, signing: Ed25519PrivateKey) -> None:
    """A clock set back would make an expired grant good again, and stamps that lie."""
    known = entries(home / "ledger.jsonl", signing.public_key())
    behind = known[-1].at - now if known else 0
    if behind > _CLOCK_SLACK_S:
        raise RecorderError(
            f"this computer's clock is {behind // 3600} h behind the last entry in the ledger",
            hints=("set the clock right", "to check it, run: byhand doctor"),
            fate=_NOTHING,
        )


def _check_vault(vault: Vault) -> None:
    if vault.damage:
        raise VaultDamaged(
            vault.damage,
            hints=("what is left can still be read: byhand list", "to start anew, run: byhand forget --all"),
            fate=_NOTHING,
        )


def _check_ledger(home: Path, signing: Ed25519PrivateKey, vault: Vault) -> None:
    """A ledger that was changed or cut short must not grow on as if nothing were wrong; a crash's torn end may."""
    verdict = verify(home / "ledger.jsonl", signing.public_key(), at_least=vault.details_kept())
    if not verdict.ok and not verdict.torn:
        raise LedgerBroken(
            f"the ledger is broken at line {verdict.line}: {verdict.message}",
            hints=(
                "to see how much of it is good, run: byhand ledger verify",
                f"put {home / 'ledger.jsonl'} back from a backup",
                "or start anew: move that folder away and give consent again",
            ),
            fate=_NOTHING,
        )


def _seat(order: Order, environ: Mapping[str, str]) -> tuple[Sign, Driver, tuple[str, ...]]:
    name, _, argument = order.driver.partition(":")
    if name == "scripted":
        return (
            _Quiet(),
            ScriptedDriver(Path(argument).read_text(), realtime=True),
            ("a script was recorded, not a person",),
        )
    if name == "browser":
        if order.detached:
            raise UsageFault(
                "a browser alone is not recorded in the background",
                hints=("its sign is the line in this terminal: leave --background out",), fate=_NOTHING,
            )  # fmt: skip
        # The sign is the status line of the terminal, and the badge of the extension.
        return _Quiet(), BrowserDriver(Path(order.home), alone=True), ()
    if sys.platform in ("darwin", "win32"):
        # The sign is the status line of the terminal; there the command line refuses to record in the background.
        return _Quiet(), open_driver(environ), ()
    indicator = Indicator(environ)
    return indicator, open_driver(environ, name=order.driver, own=indicator.windows), ()


def _browsers(home: Path, policy: Policy, grant: Grant, driver: Driver) -> tuple[Driver, Browsers]:
    """The driver with what browsers tell beside it, wherever a site may be recorded at all."""
    if isinstance(driver, BrowserDriver):
        return driver, Browsers(home, (policy, grant), driver)
    if not grant.sites:
        return driver, Browsers(home, (policy, grant))
    beside = BrowserDriver(home, alone=False)
    together = Together(driver, beside)
    return together, Browsers(home, (policy, grant), beside, together)


def _bring_up(sign: Indicator, recorder: Recorder, environ: Mapping[str, str], stack: contextlib.ExitStack) -> None:
    """Show the window and take the pause chord. No sign, no recording."""

    def toggle() -> None:
        verb: Literal["resume", "pause"] = "resume" if recorder.state == "paused" else "pause"
        recorder.inbox.tell(Command(verb))

    sign.start(clicked=toggle, lost=recorder.fail)
    stack.callback(sign.stop)
    hotkey = Hotkey(environ, CHORD, toggle)
    hotkey.start()
    stack.callback(hotkey.stop)


def _not_given_up(hardened: Hardened) -> tuple[str, ...]:
    return () if hardened.no_network else ("this system can't take the network away from the recorder's process",)


def _header(grant: Grant, signing: Ed25519PrivateKey, desktop: Desktop, actor: Actor) -> Header:
    mono, utc = time.monotonic_ns(), time.time_ns()
    return Header(
        version=1, recording=short(secrets.token_bytes(7)), device=device_id(signing.public_key().public_bytes_raw()),
        grant=grant.id, policy_hash=grant.policy_hash, purpose=grant.purpose, streams=tuple(grant.streams),
        driver=desktop.driver, program=f"byhand {__version__}", boot_id=_boot_id(), mono_ns=mono - mono % 1000,
        utc_ns=utc - mono % 1000, layout=desktop.layout, screen_w=desktop.screen_w, screen_h=desktop.screen_h,
        monitors=desktop.monitors, contexts=shipped().version, actor=actor,
    )  # fmt: skip


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:  # not Linux: the process's own start stands for the boot
        return f"start-{time.time_ns() - time.monotonic_ns()}"
