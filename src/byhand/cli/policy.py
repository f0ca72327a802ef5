"""`byhand policy check|example|show|schema`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit, say
from byhand.cli.programs import open_programs
from byhand.consent.example import example as example_policy
from byhand.consent.policy import Policy, parse, policy_hash, public_origins, schema_text, unsafe
from byhand.consent.policy import check as check_policy
from byhand.errors import CaptureError, PolicyError
from byhand.privacy.rules.contexts import never_kept
from byhand.ui import words

File = Annotated[Path, Parameter(help="A policy file; - reads it from stdin.")]


def check(file: File, /, *, json: Json = False) -> None:
    text, source = opened.policy_file(file)
    problems = check_policy(text, source)
    if json:
        warnings = unsafe(text, source)
        emit({"good": not problems, "hash": policy_hash(text), "problems": problems, "unsafe": warnings})
    if problems:
        first, *more = problems
        raise PolicyError(
            f"{first.source}: {first.message}",
            hints=tuple(f"{problem.source}: {problem.message}" for problem in more),
            fate="nothing was recorded",
        )
    if not json:
        say(Text.assemble(("good  ", "good"), f"{source} can be agreed to"))
        for warning in unsafe(text, source):
            say(Text.assemble(("warn  ", "warn"), f"{warning.source}: {warning.message}"))
        describe(parse(text, source), text)


def example(*, json: Json = False) -> None:
    try:
        programs = open_programs(os.environ)
    except CaptureError:
        programs = ()  # without a desktop the example still explains itself
    text = example_policy(programs)
    if json:
        emit({"policy": text, "apps": [{"id": app, "name": name} for app, name in programs]})
    else:
        say(text.rstrip("\n"))


def show(*, json: Json = False) -> None:
    text = opened.agreed_policy(opened.home())
    policy = parse(text, "the agreed policy")
    if json:
        emit({"hash": policy_hash(text), "policy": policy, "text": text})
    else:
        describe(policy, text)


def schema(*, json: Json = False) -> None:  # noqa: ARG001  every verb takes it, and a schema is JSON anyway
    say(schema_text().rstrip("\n"))


def describe(policy: Policy, text: str) -> None:
    """A policy in a few aligned lines."""
    apps = ", ".join(words.shown(app.name or app.id, 40) for app in policy.apps)
    sites = ", ".join(words.shown(site.origin, 60) for site in policy.sites)
    rows = [
        ("title", words.shown(policy.title)), ("streams", ", ".join(policy.streams)),
        ("purposes", ", ".join(policy.purposes)),
        ("programs", apps or "none, so nothing is recorded"), ("sites", sites or "none"),
        ("never", ", ".join(f"{words.shown(name, 60)} ({kind})" for name, kind in never_kept(policy))),
        ("UNSAFE", ", ".join(words.shown(name, 60) for name in policy.contexts.unsafe_allow)),
        ("public", ", ".join(f"{words.shown(name, 60)} (UNSAFE)" for name in sorted(public_origins(policy)))),
        ("kept for", words.many(policy.retention_days, "day")), ("at most", words.size(policy.quota_mb * 1e6)),
    ]  # fmt: skip
    if policy.hours is not None:
        rows.append(("hours", f"{', '.join(policy.hours.days)}, {policy.hours.start} to {policy.hours.end}"))
    rows.append(("hash", policy_hash(text)[:16]))
    columns(((Text(name, "quiet"), value) for name, value in rows if value), indent=2)
