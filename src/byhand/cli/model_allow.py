"""`byhand model allow`: a signed yes to showing pages to a model at an endpoint; and the key for its door."""

from __future__ import annotations

import getpass
import os
import secrets
import time
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import allowed, endpoint, noting
from byhand.cli import open as opened
from byhand.cli.output import Json, Yes, emit, on_terminal, say
from byhand.cli.question import agree
from byhand.consent import showing
from byhand.consent.allowance import Allowance, make
from byhand.errors import UsageFault
from byhand.events.ids import short
from byhand.models.endpoints.address import Address, address
from byhand.ui import words
from byhand.vault import allowances
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import Vault

_NOTHING = "nothing was allowed"
_NOBODY = "no page is shown to any model but on this computer"

Name = Annotated[str, Parameter(metavar="MODEL", help="As openai:NAME. Without it, what is allowed is listed.")]
Days = Annotated[int, Parameter(metavar="N", help="How long it holds, 1 to 90.")]


def model_allow(
    name: Name = "",
    /,
    *,
    url: Annotated[str, Parameter(name="--endpoint", metavar="URL", help="Where it listens.")] = "",
    days: Days = 30,
    key: Annotated[bool, Parameter(help="Ask for the key of its door, and keep it in the keyring.")] = False,
    withdraw: Annotated[str, Parameter(metavar="ID", help="Take this one back.")] = "",
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Returns 3 when the answer is no."""
    home = opened.home()
    if withdraw:
        _withdraw(home, withdraw, as_json=json)
        return 0
    if not name:
        allowed.listed(home, _mine(home), _NOBODY, _until, as_json=json)
        return 0
    to = address(name, url)
    if to.here and not key:
        if json:
            emit({"allowance": None, "key": False})
        else:
            say(f"{words.shown(to.origin, 80)} is this computer: nothing has to be allowed")
        return 0
    made = None if to.here else _made(home, to, days, yes=yes)
    if made is None and not to.here:
        say("nothing was allowed, nothing was written")
        return 3
    kept = _keep(home, to) if key else ""
    if json:
        emit({"allowance": made, "key": key})
        return 0
    if made is not None:
        say(Text.assemble(("allowed  ", "good"), (made.says, "name")), Text(f"  {_until(made)}", "quiet"))
        say(Text(f"  to take it back, run: byhand model allow --withdraw {made.id}", "quiet"))
    if key:
        say("its key is kept", *([Text(f"  {kept}", "quiet")] if kept else []))
    return 0


def _made(home: Path, to: Address, days: int, *, yes: bool) -> Allowance | None:
    """Asked for, signed, in the ledger and on the disk; None for a no."""
    grant, what = opened.grant(home), endpoint.what(to)
    if what == "pictures" and "frames" not in grant.streams:
        raise UsageFault(
            "your consent covers no pictures, and a computer tool is shown some",
            hints=("to add them, run: byhand consent give --streams actions,frames", "or use openai:NAME"),
            fate=_NOTHING,
        )  # fmt: skip
    signer = device_key(open_keys(home, os.environ))
    says = showing.says(to.origin, what, grant.sites)
    wanted = showing.wanted(to.origin, what, grant.sites)
    made = make(wanted, says, "", int(time.time()), days, short(secrets.token_bytes(8)), signer)
    if not (yes or agree(f"{words.shown(says, 400)}, with your goal and what was done for it?  {_until(made)}")):
        return None
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        noting.note(
            home, vault, "allow",
            {"to": to.origin, "allowance": made.id, "act": made.act[:16], "sites": grant.sites, "by": f"shows {what}",
             "expires": made.expires},
        )  # fmt: skip
    allowances.save(home, made)
    return made


def _keep(home: Path, to: Address) -> str:
    """Ask for the key, unseen. Gives what is to be said of where it lies."""
    if not on_terminal():
        hints = ("run it at a terminal", f"or set {endpoint.KEY}")
        raise UsageFault("a key has to be typed by a person", hints=hints, fate="no key was kept")
    try:
        given = endpoint.checked(
            getpass.getpass(f"the key for {words.shown(to.origin, 80)} (nothing is shown): ").strip()
        )
    except (EOFError, KeyboardInterrupt):
        given = ""
    keys = open_keys(home, os.environ)
    if not given:
        keys.delete(endpoint.under(to))
        return "none was given: what was kept before is gone"
    keys.set(endpoint.under(to), given.encode())
    return keys.announcement


def _mine(home: Path) -> list[Allowance]:
    return [one for one in allowances.load(home) if one.program == showing.PROGRAM]


def _withdraw(home: Path, name: str, *, as_json: bool) -> None:
    if not any(one.id == name for one in _mine(home)):
        raise UsageFault(
            f"no model has an allowance {words.shown(name, 20)}",
            hints=("to see them, run: byhand model allow",), fate="nothing was changed",
        )  # fmt: skip
    allowances.take_back(home, name, int(time.time()))
    with Vault.open(home, open_keys(home, os.environ)) as vault:
        noting.note(home, vault, "disallow", {"by": "model allow", "allowance": name})
    if as_json:
        emit({"withdrawn": name})
    else:
        say("it is taken back; nothing more is sent")


def _until(one: Allowance) -> str:
    return f"until {opened.local(one.expires):%d %b %Y}"
