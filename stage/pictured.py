"""Tasks shown by real X input on a virtual screen, and recorded with pictures.

    python -m stage.pictured --tasks click-button,click-tab --each 6 --home DIR
    python -m stage.pictured --families tickets-away --each 2 --home DIR

As `stage.demonstrations` and `stage.office_demonstrations`, by their means; but the browser stands on a screen, the
desktop's driver records beside its extension, and the consent covers pictures. Hands keep a person's pace: pictures are
taken when the screen stands still, and never many.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from byhand.evals.miniwob import pages
from byhand.evals.miniwob.catalog import ORACLES
from byhand.evals.miniwob.hand import Inputs
from byhand.evals.miniwob.stage import Stage
from byhand.evals.office.catalog import FAMILIES
from byhand.evals.office.goals import WORDS
from byhand.evals.seeds import FIRST_TESTED
from stage import demonstrations, episodes, office_demonstrations
from stage.demonstrations import (
    BYHAND,
    WHEELS,
    Notes,
    Wanted,
    agree,
    agreed_port,
    gone_on,
    left,
    recording,
    shown,
    tell_apart,
)
from stage.desktop import Desktop, wait_for
from stage.episodes import Shown
from stage.hands import Hands
from stage.inputs import on_a_desktop
from stage.pace import Listed, PacedHand

STREAMS = ("actions", "text", "pointer", "frames")
POLICY = """\
# Pages of made-up names and words, served by this computer: nothing there is a person's.
version = 1
title = "Shown by hand, with pictures"
purposes = ["mine", "train"]
streams = {streams}
retention_days = 90
words = {words}

[[apps]]
id = "chromium"
name = "Browser"
browser = true
"""
_SITE = office_demonstrations.SITE
_LOOKS_MS = 1900
_PACE = 0.6
_MIDDLE = (0.5, 0.6)
_PRESSES, _BETWEEN_S = 10, 3.0


class Beside(NamedTuple):
    """What a batch is shown with. paced: a hand for one task."""

    page: Page
    listed: Listed
    inputs: Inputs

    def paced(self) -> PacedHand:
        return PacedHand(self.page, self.listed, self.inputs, _LOOKS_MS)


@contextlib.contextmanager
def _beside(env: Mapping[str, str], display: str, first: str) -> Generator[tuple[str, Beside]]:
    """One recording, its id and its hands. It begins at a page that is no task's: there the hand comes to the page,
    and the keys are known to be meant for it.
    """
    with recording(env) as one, sync_playwright() as play, Hands(display, pace=_PACE) as hands:
        browser = play.chromium.connect_over_cdp(one.devtools)
        page = browser.contexts[0].pages[0]
        page.set_default_timeout(8000)
        beside = Beside(page, Listed(page), on_a_desktop(page, hands))
        page.goto(first)
        beside.listed.wait()
        _arrive(env, beside)
        yield one.id, beside
        page.goto("about:blank")
        browser.close()


def _arrive(env: Mapping[str, str], beside: Beside) -> None:
    """Press the page until it was pictured: a browser tells accessibility late where it is. Where it never does, the
    first tasks have no pictures.
    """
    wide, high = beside.page.evaluate("[innerWidth, innerHeight]")
    for _ in range(_PRESSES):
        beside.inputs.mouse.click(wide * _MIDDLE[0], high * _MIDDLE[1])
        with contextlib.suppress(TimeoutError):
            wait_for(lambda: _pictured(env), "the first picture", _BETWEEN_S)
            return


def _pictured(env: Mapping[str, str]) -> int:
    """How many pictures the recorder has kept."""
    done = subprocess.run([BYHAND, "status", "--json"], env=dict(env), capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["kept"].get("frame", 0) if done.stdout.startswith("{") else 0


def _tasks(home: Path, env: Mapping[str, str], display: str, origin: str, notes: Notes) -> Callable[..., list[Shown]]:
    def batch(wanted: Sequence[Wanted]) -> list[Shown]:
        done: list[Shown] = []
        with _beside(env, display, f"{origin}/miniwob/enter-text.html") as (name, beside):
            stage = Stage(beside.page, origin)
            for each in wanted:
                done.append(demonstrations.show(stage, beside.listed, each, beside.paced()))
                beside.page.wait_for_timeout(_LOOKS_MS)
                notes.add(name, done[-1])
        tell_apart(home, name, notes, episodes.spans)
        return done

    return batch


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--tasks", default="", help="of MiniWoB++, with commas")
    ask.add_argument("--families", default="", help="of the office, with commas, instead")
    ask.add_argument("--each", type=int, default=4, help="how often each is shown")
    ask.add_argument("--first", type=int, default=0, help="the first seed")
    ask.add_argument("--home", type=Path, required=True, help="a BYHAND_HOME for them alone")
    ask.add_argument("--batch", type=int, default=24, help="tasks a recording")
    said = ask.parse_args()
    home: Path = said.home.resolve()
    seeds = range(said.first, said.first + said.each)
    if seeds.stop > FIRST_TESTED:
        raise SystemExit(f"seeds from {FIRST_TESTED} on are for testing")
    names = (said.tasks or said.families).split(",")
    known = ORACLES if said.tasks else WORDS
    if bool(said.tasks) == bool(said.families) or any(one not in known for one in names):
        raise SystemExit("say --tasks or --families, and names that are there")
    spans = office_demonstrations.spans if said.families else episodes.spans
    with Desktop() as desktop:
        own, notes = gone_on(home, spans)
        env = own | {name: value for name, value in desktop.env.items() if name != "HOME"}
        todo = left(names, seeds, notes.all())
        (_office if said.families else _miniwob)(home, env, desktop.display, todo, said.batch, notes)


def _miniwob(home: Path, env: dict[str, str], display: str, todo: Sequence[Wanted], size: int, notes: Notes) -> None:
    html = pages.unpacked(WHEELS, WHEELS / "unpacked")
    with pages.served(html, agreed_port(home)) as origin:
        said = POLICY.format(streams=json.dumps(STREAMS), words=json.dumps(pages.vocabulary(html)))
        agree(home, env, said + _SITE.format(origin=origin), ",".join(STREAMS))
        shown(demonstrations.batches(todo, size), notes, _tasks(home, env, display, origin, notes))


def _office(home: Path, env: dict[str, str], display: str, todo: Sequence[Wanted], size: int, notes: Notes) -> None:
    with office_demonstrations.offices_at(home) as offices:
        said = POLICY.format(streams=json.dumps(STREAMS), words="[]")
        sites = "".join(_SITE.format(origin=one.url.rstrip("/")) for one in offices.values())
        agree(home, env, said + sites, ",".join(STREAMS))

        def batch(wanted: Sequence[Wanted]) -> list[Shown]:
            done: list[Shown] = []
            first = offices[FAMILIES[wanted[0].task].app]
            with _beside(env, display, f"{first.url}help?enter={first.site.app.people[0]}") as (name, beside):
                for each in wanted:
                    office = offices[FAMILIES[each.task].app]
                    done.append(office_demonstrations.show(office, beside.paced(), beside.listed, each, "shown"))
                    notes.add(name, done[-1])
            tell_apart(home, name, notes, office_demonstrations.spans)
            return done

        shown(office_demonstrations.batches(todo, size), notes, batch)


if __name__ == "__main__":
    main()
