"""`byhand review`: the page on which a person sees, cuts, paints and approves what would leave."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
import time
import webbrowser
from collections.abc import Generator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import running
from byhand.cli.output import Json, emit, say
from byhand.consent.policy import Policy, parse
from byhand.errors import NoGrant, NotRecording, UsageFault
from byhand.privacy.text.cleaner import for_policy
from byhand.privacy.text.detect.site import PatternDetector
from byhand.privacy.text.detect.union import detectors
from byhand.recorder.redactors import redactors
from byhand.review.books import Books
from byhand.review.deciding import Clocks, Decisions
from byhand.review.desk import Clean, Desk
from byhand.review.door import Door
from byhand.review.looking import Finds, finder
from byhand.review.serve import serve
from byhand.vault.keys import device_key, open_keys
from byhand.vault.lock import Lock


def review(
    rec: Annotated[str, Parameter(help="A recording to begin with: its id, the beginning of one, or last.")] = "",
    /,
    *,
    open_: Annotated[bool, Parameter(name="--open", help="Open the page in your browser.")] = False,
    port: Annotated[int, Parameter(metavar="N", help="Serve on this port; without it, on any free one.")] = 0,
    json: Json = False,
) -> None:
    home = opened.home()
    with opened.vault(home) as vault, _alone(home), contextlib.ExitStack() as kept:
        chosen = opened.choose(vault, rec).id if rec else ""
        books = Books(home, vault, device_key(open_keys(home, os.environ)), time.time, opened.local)
        desk = Desk(home, vault, books, *guard(home))
        decisions = Decisions(desk, Clocks(time.time_ns, time.monotonic_ns, opened.boot_id()), _tell_recorder)

        def ready(door: Door) -> None:
            address = door.address(chosen)
            if json:
                emit({"url": address, "port": door.port})
            else:
                say(
                    Text.assemble(("review  ", "quiet"), (address, "name")),
                    Text("  good once, for one browser on this computer; Ctrl-C ends it", "quiet"),
                )
            if open_:
                webbrowser.open(kept.enter_context(_doormat(address)).as_uri())

        why = serve(desk, decisions, port, ready)
    if why and not json:
        say(Text(f"ended: {why}", "quiet"))


def guard(home: Path) -> tuple[Finds, Clean]:
    """The second look and the guard, with what the agreed policy and installed packages add to them.

    Raises:
        RecorderError: a detector that is asked for can't be loaded.
        PolicyError: the agreed policy can't be read.
    """
    try:
        policy = parse(opened.agreed_policy(home), "policy.toml")
    except NoGrant:
        policy = Policy(version=1)
    extra = redactors()
    own = [PatternDetector(rule.name, rule.kind, rule.pattern) for rule in policy.redact]
    finds = finder(detectors(presidio=policy.guard.presidio, extra=(*own, *extra)))
    return finds, for_policy(policy, secrets.token_bytes(32), extra).clean


@contextlib.contextmanager
def _alone(home: Path) -> Generator[None]:
    lock = Lock(home / "review.lock")
    if not lock.take():
        raise UsageFault("a review page is open already", hints=("end that one first, with Ctrl-C where it runs",))
    try:
        yield
    finally:
        lock.give()


@contextlib.contextmanager
def _doormat(address: str) -> Generator[Path]:
    """A file for the person alone that leads to the address: everybody here could read it on a command line."""
    with tempfile.TemporaryDirectory(prefix="byhand-") as folder:
        file = Path(folder) / "review.html"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f'<!doctype html><meta http-equiv="refresh" content="0;url={address}"><title>Byhand</title>\n')
        yield file


def _tell_recorder(home: Path, span_ns: int) -> None:
    with contextlib.suppress(NotRecording):
        running.order(home, "forget", last_ns=span_ns)
