"""A signed yes."""

from __future__ import annotations

import msgspec

from byhand.consent.policy import Purpose, Stream


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
