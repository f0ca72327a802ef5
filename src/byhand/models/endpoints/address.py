"""Where a model listens that is none of ours, and what is spoken there.

Rules of this module: pure. An address has no secret in it. Off this computer it is https or nothing.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal, get_args
from urllib.parse import urlsplit

import msgspec

from byhand.errors import UsageFault

Kind = Literal["openai", "openai-computer", "anthropic-computer"]
"""openai: chat completions, which most servers speak. The others: the computer tools, by pictures."""
KINDS: tuple[Kind, ...] = get_args(Kind)
_ENDS: dict[Kind, str] = {
    "openai": "/chat/completions", "openai-computer": "/responses", "anthropic-computer": "/messages",
}  # fmt: skip
_PORTS = {"http": 80, "https": 443}
_MOST_NAME = 200
_FATE = "nothing was sent"


class Address(msgspec.Struct, frozen=True):
    """kind: what is spoken. model: its name there. origin: scheme, host and port, as an allowance names it.
    here: on this computer.
    """

    kind: Kind
    model: str
    origin: str
    host: str
    port: int
    path: str
    secure: bool
    here: bool

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"{self.kind}:{self.model}"

    @property
    def pictured(self) -> bool:
        """Is it shown pictures, and no list?"""
        return self.kind != "openai"


def named(name: str) -> tuple[Kind, str] | None:
    """Kind and name of a model elsewhere; None where the name is of another model."""
    prefix, colon, model = name.partition(":")
    kind: Kind | None = next((one for one in KINDS if one == prefix), None)
    return (kind, model) if colon and kind is not None else None


def address(name: str, url: str) -> Address:
    """Raises:
    UsageFault: it is no such model or address, holds a secret, or would be spoken to in the open over a network.
    """
    found = named(name)
    if found is None:
        hints = ("for example: openai:qwen3, openai-computer:computer-use-preview",)
        raise UsageFault("that is no model at an endpoint", hints=hints, fate=_FATE)
    kind, model = found
    if not model.strip() or len(model) > _MOST_NAME or not model.isprintable():
        raise UsageFault("say which model", hints=(f"for example: --model {kind}:NAME",), fate=_FATE)
    if not url:
        hints = (f"for example: --model {kind}:NAME --endpoint http://127.0.0.1:8000/v1",)
        raise UsageFault("a model at an endpoint needs its address", hints=hints, fate=_FATE)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in _PORTS or not host or parts.query or parts.fragment or not url.isprintable() or " " in url:
        raise UsageFault(
            "that is no address of an endpoint", hints=("for example: http://127.0.0.1:8000/v1",), fate=_FATE
        )
    if "@" in parts.netloc:
        raise UsageFault("an address must not hold a name or a password", hints=("keys go elsewhere",), fate=_FATE)
    secure, here = parts.scheme == "https", is_here(host)
    if not (here or secure):
        hints = ("use an address with https", "or one on this computer that leads there, as a tunnel does")
        raise UsageFault("what a page shows would go over the network unencrypted", hints=hints, fate=_FATE)
    port = port or _PORTS[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{shown}" + ("" if port == _PORTS[parts.scheme] else f":{port}")
    path = parts.path.rstrip("/")
    return Address(
        kind, model.strip(), origin, host, port, path if path.endswith(_ENDS[kind]) else path + _ENDS[kind], secure,
        here,
    )  # fmt: skip


def is_here(host: str) -> bool:
    """Does it name this computer? Whether what answers there is here too is looked at before anything is sent."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
