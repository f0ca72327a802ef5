"""A signed yes, given beforehand, to one act of one program that can't be undone.

What is signed: the line `byhand allowance 1`, then the allowance as JSON without its signature, as with a grant. The
page: docs/formats/allowance.md.

Rules of this module: pure. An allowance covers exactly the act it names: its sentence, what the program knows its
target by (`act`, a digest), its risk, its site or desktop program. Whether its limit holds is for the caller to say,
who has the row.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from byhand.consent.grant import DAY_S, MAX_DAYS
from byhand.errors import UsageFault
from byhand.events.ids import device_id

VERSION = 1
_DOMAIN = b"byhand allowance 1\n"
# As for grants: a clock corrected by a time server may step back a little.
_CLOCK_SLACK_S = 300


class Allowance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person's yes. See docs/formats/allowance.md.

    program: its name. act: digest of the act and of its target's evidence, in hex. says: its sentence, for people.
    risk: what it does. site: origin it may be done on, or "". app: desktop program it may be done in, or "".
    limit: a condition over the row that must hold, or "". given, expires: UTC seconds; at most 90 days apart.
    """

    version: int
    id: str
    device: str
    public_key: str
    program: str
    act: str
    says: str
    risk: str
    site: str
    app: str
    limit: str
    given: int
    expires: int
    signature: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """What is about to be done; the fields are those of `Allowance`."""

    program: str
    act: str
    risk: str
    site: str = ""
    app: str = ""


Why = Literal["none", "forged", "withdrawn", "expired", "early", "other", "limit"]
WHY: dict[Why, str] = {
    "none": "there is no allowance for it",
    "forged": "its allowance was changed after it was given",
    "withdrawn": "its allowance was taken back",
    "expired": "its allowance has ended",
    "early": "this computer's clock stands before the day its allowance was given",
    "other": "its allowance is for another site, or for the act as it was before",
    "limit": "it is beyond the limit of its allowance",
}
"""Why none covers it, as the end of a sentence; the closest reason first when there are several."""
_CLOSEST: tuple[Why, ...] = ("limit", "expired", "withdrawn", "early", "forged", "other", "none")


def make(wanted: Wanted, says: str, limit: str, given: int, days: int, id: str, key: Ed25519PrivateKey) -> Allowance:  # noqa: A002
    """Sign a yes.

    Args:
        wanted: what may be done. One of `site` and `app` is named.
        says: its sentence.
        limit: a condition, or "".
        given: now, UTC seconds.
        days: 1 to 90.
        id: a fresh name, for example `events.ids.short(random)`.
        key: the device's.

    Raises:
        UsageFault: `days` is out of range, or it would hold everywhere.
    """
    if not 1 <= days <= MAX_DAYS:
        raise UsageFault(f"an allowance lasts 1 to {MAX_DAYS} days", fate="nothing was allowed")
    if bool(wanted.site) == bool(wanted.app):
        raise UsageFault(
            "an allowance is for one site or one program",
            hints=("say which with --site ORIGIN or --app PROGRAM",), fate="nothing was allowed",
        )  # fmt: skip
    public = key.public_key().public_bytes_raw()
    made = Allowance(
        VERSION, id, device_id(public), public.hex(), wanted.program, wanted.act, says, wanted.risk, wanted.site,
        wanted.app, limit, given, given + days * DAY_S,
    )  # fmt: skip
    return msgspec.structs.replace(made, signature=key.sign(signed_bytes(made)).hex())


def signed_bytes(allowance: Allowance) -> bytes:
    """The exact bytes under the signature."""
    fields = msgspec.structs.asdict(allowance)
    del fields["signature"]
    return _DOMAIN + msgspec.json.encode(fields, order="sorted")


def verified(allowance: Allowance, public_key: bytes) -> bool:
    """It was given on this device, and is what was given.

    Args:
        allowance: as it was read.
        public_key: the device's, 32 bytes.
    """
    try:
        public = binascii.unhexlify(allowance.public_key)
        Ed25519PublicKey.from_public_bytes(public).verify(
            binascii.unhexlify(allowance.signature), signed_bytes(allowance)
        )
    except (ValueError, InvalidSignature):
        return False
    right = allowance.version == VERSION and 0 < allowance.expires - allowance.given <= MAX_DAYS * DAY_S
    return right and public == public_key and allowance.device == device_id(public)


def covers(
    allowances: Sequence[Allowance], withdrawn: AbstractSet[str], wanted: Wanted, now: int, public_key: bytes
) -> tuple[tuple[Allowance, ...], Why]:
    """Those that cover it but for their limits, and why none does where there is none.

    Args:
        allowances: all of this device.
        withdrawn: ids of those taken back.
        wanted: what is about to be done.
        now: UTC seconds.
        public_key: the device's, 32 bytes.
    """
    whys: set[str] = {_against(one, withdrawn, wanted, now, public_key) for one in allowances}
    fitting = tuple(one for one in allowances if not _against(one, withdrawn, wanted, now, public_key))
    if fitting:
        return fitting, "none"
    for why in _CLOSEST:
        if why in whys:
            return (), why
    return (), "none"


def _against(
    one: Allowance, withdrawn: AbstractSet[str], wanted: Wanted, now: int, public_key: bytes
) -> Why | Literal[""]:
    if one.program != wanted.program:
        return "none"
    if not verified(one, public_key):
        return "forged"
    if (one.act, one.risk, one.site, one.app) != (wanted.act, wanted.risk, wanted.site, wanted.app):
        return "other"
    if one.id in withdrawn:
        return "withdrawn"
    if now >= one.expires:
        return "expired"
    return "early" if now < one.given - _CLOCK_SLACK_S else ""
