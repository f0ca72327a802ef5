"""What may be recorded here at all, by whom it is decided, and for how long it is kept. Never a learned model.

Rules of this module: `parse` accepts nothing that `check` has a word against, and every word names line and key. A
policy is known by the hash of its exact bytes: a comment added makes another policy. The page: docs/formats/policy.md.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Literal, NamedTuple, cast
from urllib.parse import urlsplit

import msgspec

from byhand.consent import public
from byhand.consent.example import example as example  # noqa: PLC0414  a policy's example is looked for here
from byhand.consent.fit import Misfit, misfits, spoken
from byhand.consent.lines import Path, line_of, lines_of
from byhand.consent.redact import RedactRule
from byhand.consent.redact import senseless as senseless_redact
from byhand.errors import PolicyError, Problem

Stream = Literal["actions", "text", "timing", "pointer", "frames"]
Purpose = Literal["mine", "train"]
STREAMS: tuple[Stream, ...] = ("actions", "text", "timing", "pointer", "frames")
MAX_RETENTION_DAYS = 365


class AppRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One program. `id` is its window class in lower case, as `byhand policy example` lists it."""

    id: str
    name: str = ""
    streams: tuple[Stream, ...] = STREAMS
    browser: bool = False


class SiteRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One web origin, for example "https://mail.example.org"; `*.` in front of the host covers its subdomains.

    public: what stands there is no person's, so it is kept as it stands, but for secrets (`consent.public`).
    """

    origin: str
    streams: tuple[Stream, ...] = STREAMS
    public: bool = msgspec.field(default=False, name="UNSAFE_public")


class WorkHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Local time. Outside of it nothing is recorded. An `end` before `start` is on the next morning."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    start: str
    end: str


class ContextRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Places of which nothing is kept, besides the list that comes with the program.

    apps: window classes; sites: web origins; titles: phrases, found as whole words in any window's title.
    unsafe_allow: origins and window classes that are recorded although that list names them.
    """

    apps: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    unsafe_allow: tuple[str, ...] = msgspec.field(default=(), name="UNSAFE_allow")


class GuardRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """presidio: ask Microsoft Presidio's recognisers too; where that extra is missing, nothing is recorded.

    scripted: keep what scripts of a page did in a person's place, marked as such; for tests of pages.
    """

    presidio: bool = False
    scripted: bool = False


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
    contexts: ContextRules = ContextRules()
    redact: tuple[RedactRule, ...] = ()
    guard: GuardRules = GuardRules()


# ---- reading


class _Said(NamedTuple):
    line: int
    message: str
    hint: str


def parse(text: str, source: str) -> Policy:
    """Read a policy.

    Args:
        text: the whole file.
        source: what to call it in errors, for example "policy.toml".

    Raises:
        PolicyError: it can't be read or makes no sense; the message names the first line at fault.
    """
    policy, said = _read(text)
    if policy is None:
        first, more = said[0], len(said) - 1
        hints = (first.hint or "to see a policy that works, run: byhand policy example",)
        if more:
            left = "is 1 more problem" if more == 1 else f"are {more} more problems"
            hints += (f"there {left}; to see all, run: byhand policy check {source}",)
        raise PolicyError(f"{source} line {first.line}: {first.message}", hints=hints, fate="nothing was recorded")
    return policy


def check(text: str, source: str) -> list[Problem]:
    """Everything that is wrong with a policy, in the order of its lines; empty when it is good."""
    return [
        Problem(f"{source} line {one.line}", f"{one.message}; {one.hint}" if one.hint else one.message)
        for one in _read(text)[1]
    ]


def unsafe(text: str, source: str) -> list[Problem]:
    """What a good policy opens that otherwise never is: to be shown wherever the policy is. In the order of lines."""
    policy, lines = _read(text)[0], lines_of(text)
    if policy is None:
        return []
    found = [
        (
            line_of(lines, ("contexts", "UNSAFE_allow", place)),
            f"UNSAFE: {allowed} is recorded even where it is on the list of what is never recorded",
        )
        for place, allowed in enumerate(policy.contexts.unsafe_allow)
    ]
    found += [
        (line_of(lines, ("sites", place, "UNSAFE_public")), f"UNSAFE: {public.said([site.origin])}")
        for place, site in enumerate(policy.sites)
        if site.public
    ]
    return [Problem(f"{source} line {line}", message) for line, message in sorted(found, key=itemgetter(0))]


def policy_hash(text: str) -> str:
    """SHA-256 of the policy's exact bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a policy (its TOML read as JSON), as published in docs/schema/policy.schema.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Byhand policy",
        **msgspec.json.schema(Policy),
    }


def schema_text() -> str:
    """The published file's exact text."""
    return json.dumps(json_schema(), indent=2) + "\n"


def _read(text: str) -> tuple[Policy | None, list[_Said]]:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_syntax(text, str(error))]
    except RecursionError:
        return None, [_Said(1, "is nested too deep to be a policy", "")]
    found = misfits(values, Policy)
    policy = None if found else msgspec.convert(values, Policy)
    if policy is not None:
        found = _senseless(policy, values)
    lines = lines_of(text)
    said = sorted(_Said(line_of(lines, one.path), _sentence(one), one.hint) for one in found)
    return (None if said else policy), said


def _sentence(found: Misfit) -> str:
    path = found.path[:-1] if found.said.startswith("has an unknown") else found.path
    return f"{spoken(path)} {found.said}".strip()


def _syntax(text: str, said: str) -> _Said:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", said)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    what = re.sub(r" \(at .*\)$", "", said)
    return _Said(
        line, f"is not TOML: {what[:1].lower()}{what[1:]}", "to see a policy that works, run: byhand policy example"
    )


# ---- sense

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?|\[[0-9a-f:]+\]")
_PUBLIC_HINT = "it can of one origin on this computer (127.0.0.1, localhost) or under .test, .example or .localhost"
_ORIGIN_HINT = 'write it like "https://mail.example.org", "https://*.example.org" or "file://"'


def _senseless(policy: Policy, values: dict[str, Any]) -> list[Misfit]:
    """What fits its type and still makes no sense. `values` tells what was written from what is a default."""
    found: list[Misfit] = []
    if not 1 <= policy.retention_days <= MAX_RETENTION_DAYS:
        found.append(Misfit(("retention_days",), f"must be between 1 and {MAX_RETENTION_DAYS}"))
    if policy.quota_mb < 10:
        found.append(Misfit(("quota_mb",), "must be at least 10"))
    if not policy.purposes:
        found.append(Misfit(("purposes",), "names no purpose", "allowed: mine, train"))
    if "actions" not in policy.streams:
        found.append(Misfit(("streams",), "must name 'actions', which every grant covers"))
    for name in ("streams", "purposes", "words"):
        found += _twice(getattr(policy, name), (name,))
    found += _twice([app.id for app in policy.apps], ("apps",), "id")
    found += _twice([site.origin for site in policy.sites], ("sites",), "origin")
    for place, app in enumerate(policy.apps):
        if not app.id or app.id != app.id.strip().lower():
            said = "must be the window class in lower case"
            found.append(Misfit(("apps", place, "id"), said, "to see it, run: byhand policy example"))
        found += _beyond(policy, app.streams, ("apps", place, "streams"), values)
    for place, site in enumerate(policy.sites):
        if not _is_origin(site.origin):
            found.append(Misfit(("sites", place, "origin"), "is not a web origin", _ORIGIN_HINT))
        elif site.public and not public.may_be(site.origin):
            said = "can't be said of a site that may be somebody's"
            found.append(Misfit(("sites", place, "UNSAFE_public"), said, _PUBLIC_HINT))
        found += _beyond(policy, site.streams, ("sites", place, "streams"), values)
    for place, word in enumerate(policy.words):
        if not word.strip() or len(word) > 60:
            found.append(Misfit(("words", place), "must be a word or a phrase of at most 60 characters"))
    if policy.hours is not None:
        found += _odd_hours(policy.hours)
    return found + _odd_contexts(policy) + senseless_redact(policy.redact)


def _twice(names: Sequence[str], path: Path, key: str = "") -> list[Misfit]:
    return [
        Misfit((*path, place, key) if key else (*path, place), f"names {name!r} a second time")
        for place, name in enumerate(names)
        if name in names[:place]
    ]


def _beyond(policy: Policy, streams: Sequence[Stream], path: Path, values: dict[str, Any]) -> list[Misfit]:
    part, place, key = path
    written = cast("dict[str, Any]", values[str(part)][place])
    if key not in written:
        return []
    found = _twice(streams, path)
    for number, stream in enumerate(streams):
        if stream not in policy.streams:
            said = f"names {stream!r}, which the policy's own streams do not"
            found.append(Misfit((*path, number), said, f"the policy has: {', '.join(policy.streams)}"))
    return found


def _odd_contexts(policy: Policy) -> list[Misfit]:
    rules = policy.contexts
    found: list[Misfit] = []
    for name in ("apps", "sites", "titles"):
        found += _twice(getattr(rules, name), ("contexts", name))
    found += _twice(rules.unsafe_allow, ("contexts", "UNSAFE_allow"))
    for place, app in enumerate(rules.apps):
        if not app or app != app.strip().lower():
            said = "must be the window class in lower case"
            found.append(Misfit(("contexts", "apps", place), said, "to see it, run: byhand policy example"))
    for place, site in enumerate(rules.sites):
        if not _is_origin(site):
            found.append(Misfit(("contexts", "sites", place), "is not a web origin", _ORIGIN_HINT))
    for place, title in enumerate(rules.titles):
        if not 2 < len(title.strip()) <= 80 or not any(letter.isalnum() for letter in title):
            found.append(Misfit(("contexts", "titles", place), "must be a phrase of 3 to 80 characters"))
    listed = {rule.id for rule in policy.apps} | {rule.origin for rule in policy.sites}
    for place, allowed in enumerate(rules.unsafe_allow):
        if allowed not in listed:
            hint = "write it exactly as [[apps]] or [[sites]] has it"
            said = "names no program and no site of this policy"
            found.append(Misfit(("contexts", "UNSAFE_allow", place), said, hint))
    return found


def _odd_hours(hours: WorkHours) -> list[Misfit]:
    found = [
        Misfit(("hours", name), "is not a time of day", 'write it like "09:00"')
        for name, value in (("start", hours.start), ("end", hours.end))
        if not _HOUR.fullmatch(value)
    ]
    if not hours.days:
        found.append(Misfit(("hours", "days"), "names no day", "leave [hours] out to record at any time"))
    if hours.start == hours.end:
        found.append(Misfit(("hours", "end"), "is the same as the start", "leave [hours] out to record at any time"))
    return found + _twice(hours.days, ("hours", "days"))


def _is_origin(origin: str) -> bool:
    if origin in ("file://", "about:"):
        return True
    scheme, found, rest = origin.partition("://")
    host, _, port = rest.rpartition(":") if re.search(r":\d+$", rest) else (rest, "", "")
    # "https://*.org" would cover half the web.
    wide = host.startswith("*.") and "." not in host[2:]
    fits = bool(found) and scheme in ("http", "https") and bool(_HOST.fullmatch(host)) and not wide
    return fits and (not port or 0 < int(port) < 65536)


# ---- matching


def app_rule(policy: Policy, app: str) -> AppRule | None:
    """The rule for a window class (lower case), if there is one."""
    return next((rule for rule in policy.apps if rule.id == app), None)


def site_rule(policy: Policy, url: str) -> SiteRule | None:
    """The rule for a page's address: the exact origin first, then the closest `*.`. None when no rule covers it."""
    origin = origin_of(url)
    if not origin:
        return None
    scheme, _, host = origin.partition("://")
    wanted = [origin]
    while "." in host:
        host = host.partition(".")[2]
        wanted.append(f"{scheme}://*.{host}")
    rules = {
        rule.origin.removesuffix(_DEFAULT_PORTS.get(rule.origin.partition(":")[0], "-")): rule for rule in policy.sites
    }
    return next((rules[one] for one in wanted if one in rules), None)


def public_origins(policy: Policy) -> frozenset[str]:
    """Of the sites whose words are nobody's, as kept events name them."""
    return frozenset(rule.origin for rule in policy.sites if rule.public)


_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def origin_of(url: str) -> str:
    """Scheme, host and port of an address as a rule would write it; "" when it has none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme == "file":
        return "file://"
    if parts.scheme == "about":
        return "about:"
    if parts.scheme not in ("http", "https") or not host:
        return ""
    shown = f"[{host}]" if ":" in host else host.rstrip(".")
    number = "" if port is None or f":{port}" == _DEFAULT_PORTS[parts.scheme] else f":{port}"
    return f"{parts.scheme}://{shown}{number}"


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def within_hours(policy: Policy, local_time: datetime) -> bool:
    """May anything be recorded at this time of the person's own clock?"""
    hours = policy.hours
    if hours is None:
        return True
    now, today = f"{local_time:%H:%M}", local_time.weekday()
    if hours.start < hours.end:
        return _DAYS[today] in hours.days and hours.start <= now < hours.end
    late = _DAYS[today] in hours.days and now >= hours.start
    return late or (_DAYS[today - 1] in hours.days and now < hours.end)
