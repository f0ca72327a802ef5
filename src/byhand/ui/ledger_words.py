"""What an entry of the ledger says, for a person: on the command line and on the review page. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from byhand.ui import words

Detail = dict[str, str | int | list[str]]
Group = Literal["grants", "shares", "reads", "erasures", "recordings", "other"]
Local = Callable[[float], datetime]
"""UTC seconds -> the moment by the person's clock."""

SAYS = {
    "grant": "consent given",
    "withdraw": "consent withdrawn",
    "policy": "policy agreed to",
    "record_start": "recording began",
    "record_stop": "recording ended",
    "read": "recording read",
    "approve": "approved to be shared",
    "take_back": "approval taken back",
    "export": "copied out for yourself",
    "forget": "erased",
    "expire": "erased, its time was over",
    "repair": "torn end removed",
    "allow": "act allowed beforehand",
    "disallow": "allowance taken back",
    "run": "an agent's run",
    "send": "page shown to a model",
}

_GROUPS: dict[str, Group] = {
    "grant": "grants", "withdraw": "grants", "policy": "grants", "approve": "shares", "take_back": "shares",
    "share": "shares", "send": "shares", "read": "reads", "export": "reads", "forget": "erasures", "expire": "erasures",
    "record_start": "recordings", "record_stop": "recordings", "allow": "grants", "disallow": "grants",
}  # fmt: skip
_ORDER = {name: place for place, name in enumerate((
    "workflow", "to", "model", "allowance", "act", "acts", "limit", "rows", "done", "recording", "recordings",
    "elements", "pictures", "bytes", "parts_of", "by", "grant", "streams", "apps", "sites", "purpose", "expires",
    "policy", "sha256",
))}  # fmt: skip
_LISTS = {"recordings": "", "parts_of": "parts of", "apps": "in", "sites": "on"}


def says(kind: str) -> str:
    """`recording read`; a kind of another version as it is."""
    return SAYS.get(kind, words.shown(kind))


def group(kind: str) -> Group:
    """Under which heading a person looks for it."""
    return _GROUPS.get(kind, "other")


def told(detail: Detail, local: Local) -> str:
    """The details in the order a person asks for them; what is not in the table is told as it is."""
    names = sorted(detail, key=lambda name: _ORDER.get(name, len(_ORDER)))
    return "  ".join(part for part in (_part(name, detail[name], local) for name in names) if part)


def _part(name: str, value: str | int | list[str], local: Local) -> str:
    if isinstance(value, list):
        listed = words.shown(", ".join(value), 160)
        return f"{_LISTS.get(name, name)} {listed}".strip() if value else ""
    if name == "expires":
        return f"until {local(int(value)):%d %b %Y}"
    if name == "policy":
        return f"policy {words.shown(str(value), 13)}"
    if name == "sha256":
        return f"bytes {words.shown(str(value), 13)}"
    return words.shown(str(value) if name == "recording" else f"{name} {value}", 80)
