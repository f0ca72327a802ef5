"""`byhand office`: the small apps to try workflows on, served on this computer, and what came about in them."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Generator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.output import Json, columns, emit, say
from byhand.errors import UsageFault
from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.desktop.running import held
from byhand.evals.office.desktop.running import opened as opened_form
from byhand.evals.office.drifts import DRIFTS, named
from byhand.evals.office.serve import Served, ending, served
from byhand.evals.office.site import TOKEN, Site

AppChoice = Literal["invoices", "moderation", "tickets", "expenses"]
Drifts = Annotated[str, Parameter(metavar="NAMES", help="What is other than usual: names with commas between them.")]
Port = Annotated[int, Parameter(metavar="N", help="The port it is served on.")]
Seed = Annotated[
    int, Parameter(metavar="N", help="Its records are drawn from this number; the same one draws the same.")
]


class _Running(msgspec.Struct):
    """What a served app leaves in the home, for `state` and `reset` to find it."""

    app: str
    process: int
    url: str = ""
    entry: str = ""
    token: str = ""
    port: int = 0
    file: str = ""


def serve(
    *,
    app: Annotated[AppChoice, Parameter(help="Which of them.")] = "invoices",
    drift: Drifts = "",
    seed: Seed = 1,
    after: Annotated[int, Parameter(metavar="N", help="EXPIRED ends the session after so many requests.")] = 4,
    port: Annotated[int, Parameter(metavar="N", help="Serve on this port; without it, on any free one.")] = 0,
    json: Json = False,
) -> None:
    if app == "expenses":
        _form(_drifts(drift), seed, json=json)
        return
    site = Site(APPS[app], seed, _drifts(drift), after=after)
    with ending(os.getppid()) as wait, served(site, port) as one, _told(_web(one, app)) as running:
        if json:
            emit(
                {
                    "app": app, "url": one.url, "entry": one.entry, "token": one.token, "port": one.port, "seed": seed,
                    "drifts": sorted(one.site.drifts),
                }
            )  # fmt: skip
        else:
            say(
                Text.assemble((f"{app}  ", "quiet"), (running.entry, "name")),
                Text("  open it in a browser on this computer; Ctrl-C ends it", "quiet"),
            )
        wait(lambda: False)


def _form(drifts: frozenset[str], seed: int, *, json: bool) -> None:
    """The desktop form, until it is closed."""
    with (
        tempfile.TemporaryDirectory(prefix="byhand-office-") as folder,
        ending(os.getppid()) as wait,
        opened_form(Path(folder), os.environ, seed, drifts) as form,
        _told(_Running("expenses", os.getpid(), file=str(form.file))),
    ):
        if json:
            emit({"app": "expenses", "process": form.process.pid, "seed": seed, "drifts": sorted(form.state().drifts)})
        else:
            say(Text("expenses is open on your desktop; close it, or press Ctrl-C here", "quiet"))
        wait(lambda: form.process.poll() is not None)


def state(*, port: Port = 0, json: Json = False) -> None:
    """The records, by table."""
    running = _running(port)
    told = _held(running)
    if json:
        emit(told)
        return
    say(Text.assemble((running.app, "name"), (f"  seed {told['seed']}  ", "quiet"), ", ".join(told["drifts"])))
    columns(((Text(table, "quiet"), f"{len(held):,}") for table, held in told["tables"].items()), indent=2)
    columns(((Text(what, "quiet"), f"{count:,}") for what, count in sorted(told["counts"].items())), indent=2)


def reset(
    *,
    port: Port = 0,
    drift: Annotated[str | None, Parameter(metavar="NAMES", help="Other drifts than now; '' for none.")] = None,
    seed: Annotated[int | None, Parameter(metavar="N", help="Another seed than now.")] = None,
    json: Json = False,
) -> None:
    running = _running(port)
    if running.file:
        raise UsageFault("a form begins again when it is opened again", hints=("close its window, then open it anew",))
    wanted: dict[str, object] = {}
    if drift is not None:
        wanted["drifts"] = sorted(_drifts(drift))
    if seed is not None:
        wanted["seed"] = seed
    told = msgspec.json.decode(_ask(running, "/api/reset", msgspec.json.encode(wanted)))
    if json:
        emit(told)
    else:
        say(Text.assemble((running.app, "name"), (" is as it was at the beginning", "quiet")))


def show(*, json: Json = False) -> None:
    """The tasks, and the drifts."""
    if json:
        emit(
            {
                "tasks": [
                    {"name": one.name, "app": one.app, "says": one.says, "shape": one.shape, "risky": one.risky,
                     "untouched": sorted(one.untouched)}
                    for one in FAMILIES.values()
                ],
                "drifts": [
                    {"name": one.name, "does": one.does, "possible": one.possible, "saved": one.saved}
                    for one in DRIFTS.values()
                ],
            }
        )  # fmt: skip
        return
    columns((Text(one.name, "name"), Text(one.says), Text(", ".join(one.shape), "quiet")) for one in FAMILIES.values())
    say()
    columns(
        (Text(one.name, "name"), Text(one.does), Text("" if one.possible else "must stop", "warn"))
        for one in DRIFTS.values()
    )


def _drifts(text: str) -> frozenset[str]:
    try:
        return named(text)
    except KeyError as unknown:
        raise UsageFault(
            f"there is no drift {unknown.args[0]}", hints=(f"there are {', '.join(DRIFTS)}",), fate="nothing was served"
        ) from None


def _folder() -> Path:
    return opened.home() / "office"


@contextlib.contextmanager
def _told(running: _Running) -> Generator[_Running]:
    """A note of it in the home, readable by its person alone, for as long as it runs."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    note = folder / f"{running.port or running.process}.json"
    note.unlink(missing_ok=True)
    note.touch(0o600, exist_ok=False)
    note.write_bytes(msgspec.json.encode(running))
    try:
        yield running
    finally:
        note.unlink(missing_ok=True)


def _web(one: Served, app: str) -> _Running:
    return _Running(app, os.getpid(), one.url, one.entry, one.token, one.port)


def _held(running: _Running) -> dict[str, Any]:
    """What the app says that it holds."""
    if not running.file:
        return msgspec.json.decode(_ask(running, "/api/state"))
    try:
        return held(Path(running.file)).as_json()
    except OSError:
        raise UsageFault("what is being served does not answer") from None


def _running(port: int) -> _Running:
    """The one that is meant.

    Raises:
        UsageFault: none runs, or several do and none was named.
    """
    found: list[_Running] = []
    for note in sorted(_folder().glob("*.json")):
        with contextlib.suppress(OSError, msgspec.DecodeError):
            one = msgspec.json.decode(note.read_bytes(), type=_Running)
            if _lives(one.process) and port in (0, one.port):
                found.append(one)
    if not found:
        raise UsageFault("no office is being served", hints=("to serve one, run: byhand office serve --app invoices",))
    if len(found) > 1:
        raise UsageFault(
            "several are being served", hints=tuple(f"for {one.app}, add: --port {one.port}" for one in found)
        )
    return found[0]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _ask(running: _Running, path: str, body: bytes | None = None) -> bytes:
    if not re.fullmatch(r"http://127\.0\.0\.1:\d+/", running.url):
        raise UsageFault("the note of what is being served makes no sense")
    asked = urllib.request.Request(  # noqa: S310  on loopback, as was just seen
        running.url.rstrip("/") + path, data=body, headers={TOKEN: running.token}
    )
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
            return answer.read()
    except (urllib.error.URLError, OSError):
        raise UsageFault("what is being served does not answer") from None
