"""Which sites a policy may call public (`UNSAFE_public`): those where nothing can be of a person. Pure.

Rule of this module: what other people wrote is nobody's here to give away, and a yes to a policy is one person's. So a
policy can't say of somebody's real site that its words are nobody's; it can of an origin that no other computer
answers, or whose name was set apart so that nothing real has it (RFC 2606, RFC 6761). `file://` is none: what lies on a
disk is everybody's pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

_SET_APART = ("localhost", "test", "example")


def may_be(origin: str) -> bool:
    """May this origin, as a policy writes it, be called public? Only by itself, without `*.`."""
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return False
    if not origin.startswith(("http://", "https://")) or "*" in host:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.rpartition(".")[2] in _SET_APART


def said(origins: Iterable[str]) -> str:
    """What is told of such sites wherever a policy is shown."""
    return (
        f"what stands on {', '.join(origins)} and what is typed there is kept as it is, because the policy says that "
        "it is no person's; only what looks like a password, a key or a card's number is not"
    )
