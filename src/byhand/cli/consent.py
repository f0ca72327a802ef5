"""`byhand consent give|show|withdraw`."""

from __future__ import annotations

import os
import secrets
import textwrap
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import noting, running
from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit, margin, on_terminal, say
from byhand.cli.question import agree
from byhand.consent.grant import Grant, make
from byhand.consent.notice import notice, questions
from byhand.consent.policy import Policy, Purpose, parse, policy_hash, unsafe
from byhand.errors import ByhandError, NoGrant, UsageFault
from byhand.events.ids import short
from byhand.privacy.rules.listed import shipped
from byhand.ui import words
from byhand.vault.grants import is_withdrawn, load_grants, load_policy, save_grant, save_policy
from byhand.vault.grants import withdraw as mark_withdrawn
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import Vault

_WIDTH = 92
_DECLINED = 3


def give(
    *,
    policy: Annotated[
        Path | None, Parameter(metavar="FILE", help="What may be recorded; the policy agreed to before, if left out.")
    ] = None,
    streams: Annotated[
        str, Parameter(metavar="NAMES", help="What to say yes to: actions, text, timing, pointer, frames, with commas.")
    ] = "",
    days: Annotated[int, Parameter(metavar="N", help="How long the yes holds, 1 to 90.")] = 30,
    purpose: Annotated[
        Literal["mine", "train"], Parameter(help="mine: for yourself, never shared. train: may be shared after review.")
    ] = "mine",
    apps: Annotated[str, Parameter(metavar="NAMES", help="Only these programs of the policy, with commas.")] = "",
    sites: Annotated[str, Parameter(metavar="NAMES", help="Only these sites of the policy, with commas.")] = "",
    yes: Annotated[
        bool, Parameter(name=("--yes", "-y"), help="Answer yes to the streams named; without names, to actions.")
    ] = False,
    json: Json = False,
) -> int:
    """Returns 3 when the answer is no: then there is no consent."""
    home = opened.home()
    text, source = _policy(home, policy)
    asked = _Asked(text, parse(text, source), purpose, days, _names(apps), _names(sites))
    wanted = _names(streams)
    asked.rehearse(wanted or ["actions"])
    for warning in unsafe(text, source) if yes else ():  # without --yes the notice says it
        say(Text(f"{warning.source}: {warning.message}", "warn"), on=margin())
    agreed = wanted or ["actions"] if yes else _ask(asked, wanted)
    if not agreed:
        if json:
            emit({"given": False})
        else:
            say("nothing was recorded, nothing was written")
        return _DECLINED
    grant, announcement = _keep(home, asked, agreed)
    if json:
        emit({"given": True, "grant": grant, "keys": announcement})
        return 0
    say(Text.assemble(("agreed  ", "good"), "you can start with: byhand record"))
    _describe(grant)
    if announcement:
        say(Text(f"  {announcement}", "quiet"))
    return 0


class _Asked(msgspec.Struct, frozen=True):
    """What the person is asked to agree to. apps, sites: None covers all the policy lists."""

    text: str
    policy: Policy
    purpose: Purpose
    days: int
    apps: list[str] | None
    sites: list[str] | None

    def sign(self, streams: list[str], key: Ed25519PrivateKey) -> Grant:
        name = short(secrets.token_bytes(8))
        return make(
            self.text, self.policy, streams, self.apps, self.sites, self.purpose, int(time.time()), self.days, name, key
        )

    def rehearse(self, streams: list[str]) -> None:
        """Raises what signing would raise, before anybody is asked and before a byte is written."""
        self.sign(streams, Ed25519PrivateKey.generate())


def _policy(home: Path, file: Path | None) -> tuple[str, str]:
    if file is not None:
        return opened.policy_file(file)
    try:
        return opened.agreed_policy(home), "the agreed policy"
    except NoGrant:
        raise UsageFault(
            "say which policy to agree to, with --policy FILE",
            hints=("to make one, run: byhand policy example > policy.toml",), fate="nothing was written",
        ) from None  # fmt: skip


def _names(text: str) -> list[str] | None:
    return [name.strip() for name in text.split(",") if name.strip()] or None


def _ask(asked: _Asked, wanted: list[str] | None) -> list[str]:
    """Show the notice and ask about each stream. `actions` comes first; without it nothing else can be kept."""
    if not on_terminal():
        raise UsageFault(
            "a person has to answer this, at a terminal",
            hints=("or say yes beforehand: add --yes, and --streams with what it is for",), fate="nothing was written",
        )  # fmt: skip
    console = margin()
    for section in notice(asked.policy, asked.purpose, asked.days, shipped().version):
        say(Text(section.heading, "bold"), on=console)
        for line in section.lines:
            say(textwrap.fill(line, _WIDTH, initial_indent="  · ", subsequent_indent="    "), on=console)
        say(on=console)
    agreed: list[str] = []
    for question in questions(asked.policy):
        if wanted is not None and question.stream not in wanted and question.stream != "actions":
            continue
        say(Text(textwrap.fill(question.note, _WIDTH), "quiet"), on=console)
        if agree(question.text):
            agreed.append(question.stream)
        elif question.stream == "actions":
            return []
    return agreed


def _keep(home: Path, asked: _Asked, agreed: list[str]) -> tuple[Grant, str]:
    """From here on there is something on the disk: key, vault, policy, grant, and the ledger's word for them."""
    keys = open_keys(home, os.environ)
    grant = asked.sign(agreed, device_key(keys, create=True))
    with Vault.open(home, keys) as vault:
        text = asked.text.encode()
        if load_policy(home) != text:
            noting.note(home, vault, "policy", {"policy": policy_hash(asked.text)})
            save_policy(home, text)
        detail = {"grant": grant.id, "policy": grant.policy_hash, "purpose": grant.purpose, "streams": grant.streams,
                  "apps": grant.apps, "sites": grant.sites, "expires": grant.expires}  # fmt: skip
        noting.note(home, vault, "grant", detail)
    save_grant(home, grant)
    return grant, keys.announcement


def show(*, json: Json = False) -> None:
    grant = opened.grant(opened.home())
    if json:
        emit(grant)
    else:
        _describe(grant)


def withdraw(*, json: Json = False) -> None:
    home = opened.home()
    now = int(time.time())
    grants, _ = load_grants(home)
    ids = [grant.id for grant in grants if not is_withdrawn(home, grant.id)]
    if not ids:
        raise NoGrant("there is no consent to take back", fate="nothing is being recorded")
    ran = running.is_there(home)
    for name in ids:
        mark_withdrawn(home, name, now)
    # A recorder also looks for the withdrawal by itself, once a second: it does not have to answer, and may be gone.
    with suppress(ByhandError):
        running.order(home, "withdraw")
    ended = ran and running.has_ended(home)
    _note_withdrawal(home, ids)
    if json:
        emit({"withdrawn": ids, "recording_ended": ended})
        return
    say("your consent is withdrawn" + ("; the recording has ended" if ended else ""))
    say(Text("  what was recorded before is still there; to erase it, run: byhand forget --all", "quiet"))


def _note_withdrawal(home: Path, ids: list[str]) -> None:
    """Last, because it may fail: what counts has been done by now."""
    try:
        with Vault.open(home, open_keys(home, os.environ)) as vault:
            for name in ids:
                noting.note(home, vault, "withdraw", {"grant": name})
    except ByhandError as error:
        error.fate = "your consent is withdrawn all the same; only the ledger does not say so"
        raise


def _describe(grant: Grant) -> None:
    ends = opened.local(grant.expires)
    rows = [
        ("grant", grant.id),
        ("streams", ", ".join(grant.streams)),
        ("programs", ", ".join(words.shown(app, 40) for app in grant.apps)),
        ("sites", ", ".join(words.shown(site, 60) for site in grant.sites)),
        ("purpose", "for yourself, never shared" if grant.purpose == "mine" else "training, after your review"),
        ("until", f"{ends:%a %d %b %Y  %H:%M}"),
        ("policy", grant.policy_hash[:16]),
    ]
    columns(((Text(name, "quiet"), value) for name, value in rows if value), indent=2)
