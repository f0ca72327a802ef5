"""Tasks of the office shown by hand and recorded.

    python -m stage.office_demonstrations --families invoices-delete,tickets-person --each 20 --home DIR

As `stage.demonstrations`, and by its means: `byhand record --browser`, with its own consent, guard and vault. Each task
begins at a page that no task goes to, by which a recording of many is told apart. Every row has an office begun anew by
its seed. Killed at any moment, the same command goes on where it was.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from byhand.evals.office.catalog import APPS, FAMILIES, rows
from byhand.evals.office.families import AppName
from byhand.evals.office.goals import SHOWN, WORDS, Which, goal
from byhand.evals.office.serve import Served, served
from byhand.evals.office.site import Site
from byhand.evals.seeds import FIRST_TESTED
from byhand.events.kinds import Numbered
from byhand.events.kinds import Page as PageEvent
from stage.demonstrations import Notes, Wanted, agree, gone_on, left, recording, shown, tell_apart
from stage.episodes import Shown
from stage.office_hand import by_hand
from stage.pace import Listed, PacedHand

BEGINS = "/help"
"""No task goes there."""
WEB: tuple[AppName, ...] = ("invoices", "moderation", "tickets")
POLICY = """\
# Offices of made-up records, served by this computer: nothing there is a person's.
version = 1
title = "The office, shown by hand"
purposes = ["mine", "train"]
streams = ["actions", "text"]
retention_days = 90

[[apps]]
id = "chromium"
name = "Browser"
browser = true
"""
SITE = """
[[sites]]
origin = "{origin}"
UNSAFE_public = true
"""
_DRAWN = 8
_SIZE = {"width": 1280, "height": 800}
"""As an agent's window has it."""
_STOPS_WITHIN_S = 30
_RESTS_MS = 300


def batches(wanted: Sequence[Wanted], size: int) -> Iterator[Sequence[Wanted]]:
    """What goes into one recording each: tasks of one app, the apps in turn, so that what is there is even."""
    parts: list[list[Sequence[Wanted]]] = []
    for app in WEB:
        part = [one for one in wanted if FAMILIES[one.task].app == app]
        parts.append([part[at : at + size] for at in range(0, len(part), size)])
    for turn in range(max(map(len, parts))):
        yield from (part[turn] for part in parts if turn < len(part))


def spans(events: Sequence[Numbered], shown: Sequence[Shown]) -> list[tuple[int, int]]:
    """First and last event of each task: from the page after the one it begins at, to when its last page was left.

    Raises:
        ValueError: there are not as many beginnings as tasks.
    """
    begun = [at for at, one in enumerate(events) if _is(one, "loaded") and _page(one) == BEGINS]
    if len(begun) < len(shown):
        raise ValueError(f"{len(begun)} beginnings were kept of {len(shown)} tasks")
    found: list[tuple[int, int]] = []
    for at, until in zip(begun[: len(shown)], [*begun[1:], len(events)], strict=False):
        first = next((place for place in range(at + 1, until) if _is(events[place], "loaded")), -1)
        if first < 0:
            raise ValueError("a task has no page")
        last = next((place for place in range(until - 1, first, -1) if _is(events[place], "left")), until - 1)
        found.append((events[first].seq, events[last].seq))
    return found


def _is(one: Numbered, what: str) -> bool:
    return isinstance(one.event, PageEvent) and one.event.what == what and one.event.frame == 1


def _page(one: Numbered) -> str:
    return one.event.page if isinstance(one.event, PageEvent) else ""


def show(office: Served, paced: PacedHand, listed: Listed, wanted: Wanted, which: Which) -> Shown:
    """Do a row once, before the eyes of whoever records. which: in whose words it was asked for."""
    family, page = FAMILIES[wanted.task], paced.page
    drawn = rows(family, wanted.seed, _DRAWN)
    row = drawn[wanted.seed % len(drawn)]
    office.reset(wanted.seed)
    before = office.state().tables
    page.goto(f"{office.url}{BEGINS[1:]}?enter={office.site.app.people[0]}")
    listed.wait()
    page.goto(office.url)
    listed.wait()
    begun = time.monotonic()
    acts, unlisted = paced.acts, paced.unlisted
    with contextlib.suppress(Error):  # it is told as one that failed
        by_hand(page, paced, family.hand, row)
    done = family.verdict(before, office.state().tables, row) == "right"
    listed.wait()
    page.wait_for_timeout(_RESTS_MS)
    return Shown(
        *wanted, goal(family.name, row, which, wanted.seed), "done" if done else "failed", paced.acts - acts,
        paced.unlisted - unlisted, round(time.monotonic() - begun, 3),
    )  # fmt: skip


def batch(
    home: Path, env: Mapping[str, str], offices: Mapping[AppName, Served], wanted: Sequence[Wanted], notes: Notes,
    which: Which,
) -> list[Shown]:  # fmt: skip
    """One recording of several rows, told apart."""
    shown: list[Shown] = []
    with recording(env) as one, sync_playwright() as play:
        browser = play.chromium.connect_over_cdp(one.devtools)
        page = browser.contexts[0].pages[0]
        page.set_viewport_size({"width": _SIZE["width"], "height": _SIZE["height"]})
        page.set_default_timeout(8000)
        listed = Listed(page)
        paced = PacedHand(page, listed)
        for each in wanted:
            shown.append(show(offices[FAMILIES[each.task].app], paced, listed, each, which))
            notes.add(one.id, shown[-1])
        page.goto("about:blank")
        browser.close()
    tell_apart(home, one.id, notes, spans)
    return shown


@contextlib.contextmanager
def offices_at(home: Path) -> Generator[dict[AppName, Served]]:
    """All apps, where the consent says that they are; anywhere before there is one."""
    policy = home / "demonstrations" / "policy.toml"
    told = policy.read_text() if policy.exists() else ""
    ports = [int(port) for port in re.findall(r'origin = "http://127\.0\.0\.1:(\d+)"', told)] or [0] * len(WEB)
    with contextlib.ExitStack() as held:
        yield {
            app: held.enter_context(served(Site(APPS[app]), port)) for app, port in zip(WEB, ports, strict=True)
        }  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--families", default="", help="names, with commas; without it all that are to be shown")
    ask.add_argument("--each", type=int, default=20, help="how often each is shown")
    ask.add_argument("--first", type=int, default=0, help="the first seed")
    ask.add_argument("--various", action="store_true", help="said as many people would, not as one")
    ask.add_argument("--home", type=Path, required=True, help="a BYHAND_HOME for them alone")
    ask.add_argument("--batch", type=int, default=24, help="rows a recording")
    said = ask.parse_args()
    home: Path = said.home.resolve()
    seeds = range(said.first, said.first + said.each)
    if seeds.stop > FIRST_TESTED:
        raise SystemExit(f"seeds from {FIRST_TESTED} on are for testing")
    families = said.families.split(",") if said.families else list(SHOWN)
    if unknown := [one for one in families if one not in WORDS or not WORDS[one].shown]:
        raise SystemExit(f"no words are there to show {', '.join(unknown)} with")
    which: Which = "various" if said.various else "shown"
    env, notes = gone_on(home, spans)
    with offices_at(home) as offices:
        origins = [one.url.rstrip("/") for one in offices.values()]
        agree(home, env, POLICY + "".join(SITE.format(origin=origin) for origin in origins))
        todo = left(families, seeds, notes.all())
        shown(batches(todo, said.batch), notes, lambda wanted: batch(home, env, offices, wanted, notes, which))


if __name__ == "__main__":
    main()
