"""What was recorded by the whole real way, done again: events -> steps -> hands in a fresh browser."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Generator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace
from playwright.sync_api import ElementHandle, Error, Playwright

from byhand.agents.actuators.browser import BrowserHands
from byhand.agents.actuators.looking import Observer
from byhand.cli import extension
from byhand.datasets.formats.masked import is_masked
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.replaying import Replayed, replay
from byhand.episodes.build import build
from byhand.evals.miniwob.hand import Inputs
from byhand.evals.miniwob.stage import START
from byhand.events.kinds import Element, Numbered, Page, Snapshot, Wireframe
from tests.browser.miniwob import Act, do
from tests.browser.recorded import Recorded

EXTENSION = extension.folder()
CHROMIUM = "/usr/bin/chromium"
LISTED_S = 15.0
"""So long the list after the last act may take: 2.75 s in the page, 1 s to the vault, the rest is a busy machine's."""
LOOK_MS = 1100
"""A person looks over what they did before they send it off; so a list is made of it: one a second at most."""


class Case(NamedTuple):
    """A task as it was done by hand. typed, chosen: in order, also what the guard did not keep of it."""

    task: str
    seed: int
    reward: float
    typed: tuple[str, ...]
    chosen: tuple[str, ...]


class Again(NamedTuple):
    """A task done again by what was kept. reward: the page's own word on it, 1 where it was done right."""

    case: Case
    told: Replayed
    reward: float


@contextlib.contextmanager
def launched(play: Playwright) -> Generator[BrowserHands]:
    """Hands in a browser of their own. Playwright runs already, so `opened` can't start it."""
    browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    try:
        yield BrowserHands(browser, Error, Observer(EXTENSION), 3.0)
    finally:
        browser.close()


def hand(rig: Recorded, origin: str, task: str, seed: int, inputs: Inputs | None = None) -> Case:
    """Do a task, with the page's dice thrown by that seed, and look at what came of it."""
    asked: list[str] = []

    def looks(act: Act, _: ElementHandle) -> None:
        if not asked:
            asked.append(rig.page.locator("#query").inner_text())
        if act.role == "push button" and len(asked) == 1:
            asked.append("looked over")
            rig.page.wait_for_timeout(LOOK_MS)

    did, reward = do(rig.page, origin, task, looks, inputs, seed)
    _listed(rig, sum(act.why == "press" for act in did))
    secrets = iter(_secrets(task, asked[0] if asked else ""))
    typed = tuple(act.value or next(secrets, "") for act in did if act.why == "input")
    return Case(task, seed, reward, typed, tuple(act.value for act in did if act.why == "change" and act.value))


def _listed(rig: Recorded, presses: int) -> None:
    """Wait until the list of after the last press is kept. Where none comes, that is what the case has to show.

    By their order: times are drawn where `timing` is not granted.
    """
    until = time.monotonic() + LISTED_S
    while time.monotonic() < until:
        seen: list[str] = []
        for one in rig.events():
            match one.event:
                case Page(what="loaded", frame=1):
                    seen = []
                case Element(why="press", source="browser"):
                    seen.append("press")
                case Snapshot(why="change"):
                    seen.append("list")
                case _:
                    pass
        if seen.count("press") >= presses and seen[-1:] == ["list"]:
            return
        time.sleep(0.1)


def _secrets(task: str, query: str) -> tuple[str, ...]:
    """Passwords, which no expectation of what is kept holds."""
    said = re.findall(r'"(\S+)"', query)
    if task == "enter-password":
        return (said[0], said[0])
    return (said[1],) if task == "login-user" else ()


def events_of(rig: Recorded, pages: int) -> list[list[Numbered]]:
    """What was kept of each page since the recording began."""
    rig.kept(pages)
    vault = rig.person.vault()
    try:
        recording = vault.recordings()[-1].id
        events = list(vault.read(recording))
    finally:
        vault.close()
    borders = [-1, *(place for place, one in enumerate(events) if _is_left(one))]
    return [events[a + 1 : b + 1] for a, b in pairwise(borders)][-pages:]


def _is_left(one: Numbered) -> bool:
    return isinstance(one.event, Page) and one.event.what == "left" and one.event.frame == 1


def demonstration(events: Sequence[Numbered], name: str = "r") -> Demonstration:
    """All that was done there, as one episode."""
    first, *more = build(name, events).episodes
    steps = (*first.steps, *(step for one in more for step in one.steps))
    sights = {one.seq: one.event for one in events if isinstance(one.event, Snapshot | Wireframe)}
    return Demonstration(replace(first, steps=steps), sights, events)


def again(hands: BrowserHands, origin: str, case: Case, events: Sequence[Numbered]) -> Again:
    """Do it once more, in a page with the same dice; what was not kept is given."""
    told = demonstration(events, case.task)
    values = {"type": iter(case.typed), "select": iter(case.chosen)}
    given: dict[int, str] = {}
    for number, step in enumerate(told.episode.steps, 1):
        value = next(values.get(step.action.op, iter(())), "")
        if is_masked(step.action):
            given[number] = value
    start = f"{origin}/miniwob/{case.task}.html"
    done = replay(told, hands, start=start, given=given, ready=lambda: hands.page.evaluate(START, case.seed))
    return Again(case, done, hands.page.evaluate("WOB_RAW_REWARD_GLOBAL"))
