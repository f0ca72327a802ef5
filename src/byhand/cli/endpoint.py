"""A model at an endpoint: whether it may be shown pages, with which key it is asked, and what the ledger is told.

Rules of this module: without a person's signed yes to that recipient nothing goes to another computer; on this one,
where everything is theirs already, the address they typed is enough. A yes is looked for before each try, so that one
that is taken back ends it. The ledger has an entry before each try, and where it can't be written nothing is sent. The
key comes from the keyring or the environment, never from an argument.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.agents.actuators.glancing import Glance
from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.showing import Showing
from byhand.agents.brake import Brake
from byhand.agents.picturing import Picturing
from byhand.cli import open as opened
from byhand.cli.browsers import for_a_window
from byhand.cli.output import margin, say
from byhand.consent import showing
from byhand.consent.allowance import Why, covers
from byhand.consent.policy import parse
from byhand.errors import NoGrant, UsageFault
from byhand.models.decision import Decides
from byhand.models.endpoints.address import Address, address, named
from byhand.models.endpoints.asking import Elsewhere, Sending
from byhand.models.loading import load
from byhand.recorder.redactors import redactors
from byhand.ui import words
from byhand.ui.png import encode
from byhand.vault import allowances
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import Ledger
from byhand.vault.store import Vault

KEY = "BYHAND_MODEL_KEY"
_FATE = "nothing was sent"
_GOAL, _ACTS = "your goal, what was done for it", "before each act"
_WHY: dict[Why, str] = {
    "none": "you have not said yes to that", "forged": "your yes to that was changed after it was given",
    "withdrawn": "your yes to that was taken back", "expired": "your yes to that has ended",
    "early": "this computer's clock stands before the day your yes was given",
    "other": "your yes is for other sites or for other content", "limit": "your yes to that has a limit",
}  # fmt: skip

Url = Annotated[
    str,
    Parameter(
        name="--endpoint", metavar="URL",
        help="Where a model such as openai:NAME listens. It is shown the page, as the guard lets it through; another "
        f"computer needs https and byhand model allow. A key is read from the keyring or {KEY}.",
    ),
]  # fmt: skip


@contextmanager
def deciding(home: Path, name: str, url: str, told: str = _GOAL, when: str = _ACTS) -> Generator[Decides]:
    """Whoever decides, by name: a model of ours, or one at an address.

    Args:
        home: BYHAND_HOME.
        name: of the model.
        url: of its endpoint, or "".
        told: what it is told besides the page, for the person who is told so.
        when: it is.

    Raises:
        UsageFault, LearnError: there is none, or the words don't fit together.
        NoGrant: it is on another computer, and nobody signed a yes to showing it pages.
        KeyMissing, VaultError: what is sent can't be written down.
    """
    if named(name) is None:
        if url:
            hints = (f"for example: --model openai:NAME --endpoint {words.shown(url, 80)}",)
            raise UsageFault("only a model at an endpoint has an address", hints=hints, fate=_FATE)
        yield load(name, home)
        return
    to = address(name, url)
    with ExitStack() as held:
        door = Door(home, to, held)
        door.asked()
        door.writes()
        one = Elsewhere(to, key_of(home, to), door.opens)
        say(_sentence(to, told, when), on=margin())
        yield one


def attach(decider: Decides, home: Path, hands: PageHands, glance: Glance, brake: Brake) -> None:
    """Its hands are there: what it may look at, and the person who ends it. Nothing to do for a model of ours."""
    if not isinstance(decider, Elsewhere):
        return
    decider.pulled = brake.pulled
    if decider.to.pictured:
        policy, grant = parse(opened.agreed_policy(home), "the agreed policy"), opened.grant(home)
        app = for_a_window(os.environ).browser.window
        decider.pictures = Showing(
            hands, glance, Picturing(policy, grant, app=app, extra=redactors()), encode
        )  # fmt: skip


def counted(decider: Decides) -> str:
    """How often a model elsewhere was shown something, for the report; "" of a model of ours."""
    if not isinstance(decider, Elsewhere):
        return ""
    vain = f"; {words.many(decider.mistakes, 'answer')} of no use" if decider.mistakes else ""
    return f"{words.many(decider.sent, 'time')}, {decider.to.origin}{vain}"


class Door:
    """What lets a page out to one address.

    Args:
        home: BYHAND_HOME.
        to: where.
        held: closes what it opens.
    """

    def __init__(self, home: Path, to: Address, held: ExitStack) -> None:
        self._home, self._to, self._held = home, to, held
        self._ledger: Ledger | None = None

    def asked(self) -> None:
        """Raises:
        NoGrant: it may not be shown pages.
        """
        to = self._to
        if to.here:
            return
        grant, home = opened.grant(self._home), self._home
        given = allowances.load(home)
        public = device_key(open_keys(home, os.environ)).public_key().public_bytes_raw()
        wanted = showing.wanted(to.origin, what(to), grant.sites)
        gone = allowances.withdrawn(home, [one.id for one in given])
        fitting, why = covers(given, gone, wanted, int(time.time()), public)
        if not fitting:
            raise NoGrant(
                f"pages would be shown to {words.shown(to.origin, 80)}: {_WHY[why]}",
                hints=(f"to say yes to it, run: byhand model allow {to.name} --endpoint {to.origin}",), fate=_FATE,
            )  # fmt: skip

    def writes(self) -> Ledger:
        """Where sends are written down. Raises: KeyMissing: nobody ever gave a consent here. VaultError."""
        if self._ledger is None:
            keys = open_keys(self._home, os.environ)
            key = device_key(keys)
            vault = self._held.enter_context(Vault.open(self._home, keys))
            self._ledger = Ledger(self._home, key, vault.keep_detail)
        return self._ledger

    def opens(self, sending: Sending) -> None:
        """Raises:
        ConsentError, VaultError, LedgerBroken: nothing may be sent, or that it is can't be written down.
        """
        self.asked()
        told: dict[str, str | int | tuple[str, ...]] = {
            "to": sending.to, "model": sending.model, "bytes": sending.bytes, "elements": sending.elements,
            "pictures": sending.pictures,
        }  # fmt: skip
        self.writes().record("send", told, at=int(time.time()))


def what(to: Address) -> showing.What:
    return "pictures" if to.pictured else "lists"


def under(to: Address) -> str:
    """The name of its key in the keyring: of the recipient, whatever model is asked there."""
    return f"model-{hashlib.sha256(to.origin.encode()).hexdigest()[:32]}"


def key_of(home: Path, to: Address) -> str:
    """The key for its door, or "". One that was kept for that recipient goes before what the environment has.

    Raises:
        UsageFault: it can't be one; it is not quoted.
        KeyMissing: the keyring can't be asked.
    """
    kept = open_keys(home, os.environ).get(under(to))
    return checked((kept.decode("utf-8", "replace") if kept is not None else os.environ.get(KEY, "")).strip())


def checked(key: str) -> str:
    """Raises:
    UsageFault: it can't be sent as one.
    """
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageFault("that key has signs in it that no key has", hints=(f"look at {KEY}",), fate=_FATE)
    return key


def _sentence(to: Address, told: str, when: str) -> Text:
    shown = "a picture of the page, masked" if to.pictured else "the page's elements, by cleared names"
    return Text.assemble(
        ("byhand: ", "quiet"), f"{told}, and {shown}, go to ", words.shown(to.origin, 120),
        " on this computer" if to.here else ", which is not this computer", f", {when}",
    )  # fmt: skip
