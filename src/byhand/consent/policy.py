"""What may be recorded here at all, by whom it is decided, and for how long it is kept. Never a learned model."""

from __future__ import annotations

from typing import Literal

import msgspec

Stream = Literal["actions", "text", "timing", "pointer", "frames"]
Purpose = Literal["mine", "train"]
STREAMS: tuple[Stream, ...] = ("actions", "text", "timing", "pointer", "frames")


class AppRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One program. `id` is its window class in lower case, as `byhand policy example` lists it."""

    id: str
    name: str = ""
    streams: tuple[Stream, ...] = STREAMS
    browser: bool = False


class SiteRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One web origin, for example "https://mail.example.org"; `*.` in front of the host covers its subdomains."""

    origin: str
    streams: tuple[Stream, ...] = STREAMS


class WorkHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Local time. Outside of it nothing is recorded."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    start: str
    end: str


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See docs/formats/policy.md. The default records nothing: `apps` is empty."""

    version: Literal[1]
    title: str = ""
    purposes: tuple[Purpose, ...] = ("mine",)
    streams: tuple[Stream, ...] = ("actions",)
    apps: tuple[AppRule, ...] = ()
    sites: tuple[SiteRule, ...] = ()
    words: tuple[str, ...] = ()
    retention_days: int = 7
    quota_mb: int = 2000
    hours: WorkHours | None = None
