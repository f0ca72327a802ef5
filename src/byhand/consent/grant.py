"""A signed yes.

What is signed: the line `byhand grant 1`, then the grant as JSON without its signature: keys sorted, no spaces, UTF-8.
Any other byte makes another grant. The page, with test vectors: docs/formats/grant.md.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from byhand.consent.policy import STREAMS, Policy, Purpose, Stream, policy_hash
from byhand.errors import GrantForged, UsageFault
from byhand.events.ids import device_id

VERSION = 1
MAX_DAYS = 90
DAY_S = 86_400
_DOMAIN = b"byhand grant 1\n"
_NOTHING = "nothing was recorded"


class Grant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person's yes to one version of a policy. See docs/formats/grant.md.

    device: id of the device; public_key: its Ed25519 key, 32 bytes in hex; signature: over all other fields, in hex.
    apps, sites: what of the policy is covered. given, expires: UTC seconds; at most 90 days apart.
    """

    version: int
    id: str
    device: str
    public_key: str
    policy_hash: str
    purpose: Purpose
    streams: tuple[Stream, ...]
    apps: tuple[str, ...]
    sites: tuple[str, ...]
    given: int
    expires: int
    signature: str = ""


def make(
    policy_text: str,
    policy: Policy,
    streams: Sequence[str],
    apps: Sequence[str] | None,
    sites: Sequence[str] | None,
    purpose: str,
    given: int,
    days: int,
    id: str,  # noqa: A002  the word the format uses
    private_key: Ed25519PrivateKey,
) -> Grant:
    """Sign a yes.

    Args:
        policy_text: the policy's exact text.
        policy: the same, read.
        streams: what the person said yes to; `actions` is always among them.
        apps: window classes out of the policy; None covers all it lists.
        sites: origins out of the policy; None covers all it lists.
        purpose: "mine" or "train".
        given: now, UTC seconds.
        days: 1 to 90.
        id: a fresh name, for example `events.ids.short(random)`.
        private_key: the device's.

    Raises:
        UsageFault: the policy does not allow it, or `days` is out of range.
    """
    if not 1 <= days <= MAX_DAYS:
        raise UsageFault(f"a grant lasts 1 to {MAX_DAYS} days", fate=_NOTHING)
    allowed_apps = tuple(rule.id for rule in policy.apps)
    allowed_sites = tuple(rule.origin for rule in policy.sites)
    if not allowed_apps:
        raise UsageFault(
            "the policy lists no program, so there is nothing to agree to",
            hints=("to see a policy that lists the open ones, run: byhand policy example",),
            fate=_NOTHING,
        )
    if purpose not in policy.purposes:
        raise UsageFault(
            f"the policy has no purpose {purpose!r}", hints=(f"it has: {', '.join(policy.purposes)}",), fate=_NOTHING
        )
    _within("stream", ("actions", *streams), policy.streams)
    covered_apps = allowed_apps if apps is None else tuple(app.lower() for app in apps)
    _within("program", covered_apps, allowed_apps)
    covered_sites = allowed_sites if sites is None else tuple(sites)
    _within("site", covered_sites, allowed_sites)
    public = private_key.public_key().public_bytes_raw()
    grant = Grant(
        version=VERSION,
        id=id,
        device=device_id(public),
        public_key=public.hex(),
        policy_hash=policy_hash(policy_text),
        purpose="train" if purpose == "train" else "mine",
        streams=tuple(stream for stream in STREAMS if stream == "actions" or stream in streams),
        apps=tuple(dict.fromkeys(covered_apps)),
        sites=tuple(dict.fromkeys(covered_sites)),
        given=given,
        expires=given + days * DAY_S,
    )
    return msgspec.structs.replace(grant, signature=private_key.sign(signed_bytes(grant)).hex())


def signed_bytes(grant: Grant) -> bytes:
    """The exact bytes under the signature."""
    fields = msgspec.structs.asdict(grant)
    del fields["signature"]
    return _DOMAIN + msgspec.json.encode(fields, order="sorted")


def verify(grant: Grant) -> None:
    """Does the signature fit, and are the fields ones that `make` could have written?

    Raises:
        GrantForged: no.
    """
    try:
        public = binascii.unhexlify(grant.public_key)
        Ed25519PublicKey.from_public_bytes(public).verify(binascii.unhexlify(grant.signature), signed_bytes(grant))
    except (ValueError, InvalidSignature):
        raise _forged("its signature does not fit") from None
    if grant.device != device_id(public):
        raise _forged("it names another device than its key belongs to")
    if grant.version != VERSION or not 0 < grant.expires - grant.given <= MAX_DAYS * DAY_S:
        raise _forged("no version of this program writes such a grant")


def encode(grant: Grant) -> bytes:
    """The file of a grant: indented JSON, to be read by people too."""
    return msgspec.json.format(msgspec.json.encode(grant), indent=2) + b"\n"


def decode(data: bytes) -> Grant:
    """Read the file of a grant; says nothing of its signature.

    Raises:
        GrantForged: these are not the bytes of a grant.
    """
    try:
        return msgspec.json.decode(data, type=Grant)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _forged("its file can't be read") from None


def _within(noun: str, wanted: Sequence[str], allowed: Sequence[str]) -> None:
    beyond = next((name for name in wanted if name not in allowed), None)
    if beyond is not None:
        hint = f"it has: {', '.join(allowed)}" if allowed else f"it lists no {noun}"
        raise UsageFault(f"the policy has no {noun} {beyond!r}", hints=(hint,), fate=_NOTHING)


def _forged(why: str) -> GrantForged:
    return GrantForged(
        f"the grant was changed after it was given: {why}",
        hints=("to give a new one, run: byhand consent give",),
        fate=_NOTHING,
    )
