"""Demonstrations for the bench of workflows: a task of the office done once with real keys and presses in a real
Chromium, kept by the real recorder, and compiled as `byhand workflow make` does it.

Rules of this module: what was recorded is a home in a folder of its own, so that it is done once and compiled anew each
time; a folder is used again as long as nothing has changed that has a part in recording.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
from playwright.sync_api import Playwright

from byhand.cli.demonstrated import demonstrated
from byhand.evals.office.catalog import APPS, FAMILIES, rows
from byhand.evals.office.families import Act, Family, Hand, Row
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site
from byhand.events.kinds import Page, Snapshot, Wireframe
from byhand.vault.keys import FileStore
from byhand.vault.store import Vault
from byhand.workflows.compiling.make import make
from byhand.workflows.compiling.shown import Shown
from byhand.workflows.program import Workflow
from tests.browser.office import by_hand
from tests.browser.recorded import Recorded, recorded

POLICY = """\
version = 1
streams = ["actions", "text"]
words = {words}

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""
_ROOT = Path(__file__).parent.parent
CACHE = Path(tempfile.gettempdir()) / "byhand-bench-workflow"
_PARTS = (
    "src/byhand/recorder", "src/byhand/capture", "src/byhand/privacy", "src/byhand/events", "src/byhand/evals/office",
    "src/byhand/vault", "src/byhand/seal", "extension", "tests/browser/office.py", "tests/browser/recorded.py",
    "bench/showing.py",
)  # fmt: skip
_LISTED_S = 30.0
_LONGEST = 60
SEED = 1
"""Of the records, and of the one row that is shown. The rows that are run are drawn by another."""


class Seen(NamedTuple):
    """How a person looks their work over: the list, and the column they search it by; "" where they need not search."""

    link: str
    search: str


LOOKS = {
    "invoices-vendor": Seen("Vendors", "name"), "invoices-enter": Seen("Invoices", "number"),
    "invoices-postpone": Seen("Invoices", "number"), "invoices-delete": Seen("Invoices", "number"),
    "invoices-email": Seen("Vendors", "name"), "invoices-block": Seen("Vendors", "name"),
    "moderation-rule": Seen("Rules", "code"), "moderation-decide": Seen("Queue", "title"),
    "moderation-escalate": Seen("Queue", "title"), "moderation-note": Seen("Authors", "name"),
    "tickets-person": Seen("People", "name"), "tickets-report": Seen("Bugs", "title"),
    "tickets-assign": Seen("Bugs", "title"), "tickets-close": Seen("Bugs", "title"),
    "tickets-away": Seen("People", "name"),
}  # fmt: skip


def looked_over(family: Family) -> Hand:
    """The family's hand, and a look at the list in which the record stands then."""
    seen = LOOKS[family.name]
    return (
        *family.hand, Act("press", seen.link, role="link"), Act("fill", "Search", f"{{{seen.search}}}"),
        Act("press", "Show"),
    )  # fmt: skip


def shown_row(family: Family) -> Row:
    return rows(family, SEED, 2)[0]


def home_of(name: str) -> Path:
    """Where the family's recording is kept, once it was made."""
    return CACHE / "shown" / _sources() / name


def compiled(play: Playwright, name: str) -> Workflow:
    """The program of one demonstration of that family.

    Raises:
        Exception: it could not be recorded or compiled.
    """
    home = home_of(name)
    if not (home / "whole").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="b", ignore_cleanup_errors=True) as folder:
            origin = _record(play, Path(folder), FAMILIES[name])
            shutil.copytree(Path(folder) / "h", home, ignore=lambda _, names: [one for one in names if "sock" in one])
        (home / "whole").write_text(origin)
    with Vault.open(home, FileStore(home / "keys")) as vault:
        told = demonstrated(home, vault, "last", "workflow make")
    sights = {each.seq: each.event for each in told.events if isinstance(each.event, Snapshot | Wireframe)}
    return make([Shown(episode, sights) for episode in told.episodes], name)


def _record(play: Playwright, folder: Path, family: Family) -> str:
    with served(Site(APPS[family.app], seed=SEED)) as app:
        origin = app.url.rstrip("/")
        policy = POLICY.format(origin=origin, words=json.dumps(vocabulary(family), ensure_ascii=False))
        with recorded(play, folder, policy, Recorded) as rig:
            rig.context.set_default_timeout(30_000)
            rig.page.set_viewport_size(
                {"width": 1280, "height": 800}
            )  # as wide as the hands' own: all columns in sight
            rig.page.goto(app.entry)

            pages = 0

            def listed() -> None:
                """Another page than the last time is open, and its list is kept."""
                nonlocal pages
                until = time.monotonic() + _LISTED_S
                while (now := _listed_pages(rig)) <= pages:
                    if time.monotonic() > until:
                        raise TimeoutError("the page's list was not kept")
                    time.sleep(0.2)
                pages = now

            rig.page.goto(f"{origin}/")
            listed()
            before, row = app.state().tables, shown_row(family)
            by_hand(rig.page, looked_over(family), row, listed)
            if (verdict := family.verdict(before, app.state().tables, row)) != "right":
                raise RuntimeError(f"the hand's own row is {verdict}")
            rig.kept()
            rig.ask("stop")
        return origin


def vocabulary(family: Family) -> list[str]:
    """What a policy clears for this app: its own labels. Nothing of any record: what is typed stays masked."""
    app = APPS[family.app]
    fields = [app.optional, app.required]
    told: list[str] = [app.title]
    for one in app.collections:
        fields += [*one.fields, *(one.lines.fields if one.lines else ())]
        told += [one.one, one.many, *(each for form in one.forms for each in (form.opens, form.title, form.button))]
        told += [deed.label for deed in one.deeds]
    told += [each for one in fields for each in (one.label, one.group, *one.options)]
    return sorted({one for one in told if 0 < len(one) <= _LONGEST})


def _listed_pages(rig: Recorded) -> int:
    """How many pages have come, if the last of them is listed; else 0."""
    told = [one.event for one in rig.events() if isinstance(one.event, Snapshot | Page)]
    loads = [place for place, event in enumerate(told) if isinstance(event, Page) and event.what == "loaded"]
    listed = bool(loads) and any(isinstance(event, Snapshot) for event in told[loads[-1] :])
    return len(loads) if listed else 0


@functools.cache
def _sources() -> str:
    """A name for all that has a part in a recording, as it was when this process began."""
    made = hashlib.sha256()
    for part in _PARTS:
        path = _ROOT / part
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.suffix in (".py", ".js", ".json", ".css", ".txt"):
                made.update(one.read_bytes())
    return made.hexdigest()[:12]


def written(program: Workflow) -> bytes:
    """For a digest: the same program has the same bytes."""
    return msgspec.json.encode(program)
