"""`byhand doctor`: is this desktop fit for recording, and if not, what mends it?"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.text import Text

from byhand.cli import checks
from byhand.cli import open as opened
from byhand.cli.browser_host import listed
from byhand.cli.output import Json, columns, emit, say
from byhand.ui import words

_SIGNS = {"ok": ("ok", "good"), "warn": ("warn", "warn"), "fail": ("fail", "bad")}


def doctor(*, json: Json = False) -> int:
    """Returns 1 if something fails; a warning is no failure."""
    findings = list(examine(opened.home(), os.environ))
    failed = [finding for finding in findings if finding.verdict == "fail"]
    if json:
        emit({"good": not failed, "findings": findings})
        return 1 if failed else 0
    rows: list[tuple[Text, ...]] = []
    for finding in findings:
        rows.append((Text(*_SIGNS[finding.verdict]), Text(finding.name), Text(finding.says, "quiet")))
        if finding.mend:
            rows.append((Text(), Text(), Text(f"→ {finding.mend}")))
    columns(rows)
    say()
    warned = sum(finding.verdict == "warn" for finding in findings)
    if failed:
        say(Text(f"{words.many(len(failed), 'thing')} must be mended before recording works", "bad"))
    elif warned:
        say(f"ready to record, with {words.many(warned, 'warning')}")
    else:
        say(Text("ready to record", "good"))
    return 1 if failed else 0


def examine(home: Path, environ: Mapping[str, str]) -> Iterator[checks.Finding]:
    """All checks, in the order in which one depends on the other."""
    yield checks.python()
    yield checks.session(environ, joined=bool(listed(home)))
    yield from checks.display(environ)
    yield checks.accessibility(environ)
    if (chromium := checks.chromium(checks.running_programs(environ.get("DISPLAY", "")))) is not None:
        yield chromium
    yield from checks.browsers(home, environ)
    yield checks.contexts()
    yield checks.sandbox()
    yield checks.home(home)
    yield checks.keys(home, environ)
    yield checks.disk(home)
    yield checks.clock(time.time(), checks.newest(home, environ))
