"""What is made of a recorded state is what the observer tells: live pages, told by both at the same moment.

The states are made by the very script that made the recorded ones (`core.getDOMInfo`), so whatever differs here, a
model would have learned from one page and be shown another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from playwright.sync_api import Page

from byhand.agents.actuators.glancing import Glance
from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.seeing import Seeing
from byhand.cli import extension
from byhand.datasets.formats.miniwob_dom import Dom, Numbers
from byhand.datasets.formats.miniwob_human import demos
from byhand.datasets.formats.miniwob_pages import TOLD_ALIKE
from byhand.datasets.formats.miniwob_seen import Seen
from byhand.evals.live import consented
from byhand.evals.miniwob import pages
from byhand.evals.miniwob.stage import Stage
from byhand.events.kinds import OBSERVER, Snapshot
from byhand.privacy.listing import Listed
from tests.datasets.formats.miniwob_made import Made, node

WHEELS = Path(__file__).parents[3] / ".venv" / "pages"
STATE = "JSON.stringify(core.getDOMInfo())"
SEED = 100
_FIRST_LINE = 2
"""Pixels by which a text in two lines may lie elsewhere: a state has the box around both."""


class Row(NamedTuple):
    """An element; above: the name and place of what it lies in."""

    role: str
    tag: str
    name: str
    states: str
    holds: str
    box: tuple[int, ...]
    above: str


def rows(of: Listed | Snapshot) -> list[Row]:
    def above(at: int) -> str:
        return f"{of.tags[at]} {of.names[at]!r} {of.places[4 * at : 4 * at + 2]}" if at >= 0 else ""

    return [
        Row(
            of.roles[at], of.tags[at], of.names[at], of.states[at], of.holds[at], tuple(of.places[4 * at : 4 * at + 4]),
            above(of.parents[at]),
        )
        for at in range(len(of.nodes))
    ]  # fmt: skip


def alike(ours: Row | None, live: Row | None) -> bool:
    if ours is None or live is None:
        return False
    if live.name.endswith("sec") and live.box[0] > 200:  # the clock
        return ours[:2] == live[:2]
    if ours[:5] != live[:5] or ours.above != live.above:
        return False
    if live.tag == "span" and live.box[1] < 50 and live.box[0] < 160:  # in bold: its letters are in no state
        return all(0 <= one < most for one, most in zip(ours.box, (160, 50, 160, 50), strict=True))
    off = _FIRST_LINE if live.tag in ("span", "a") else 0
    return all(abs(one - other) <= off for one, other in zip(ours.box, live.box, strict=True))


def nothing(_: Page) -> tuple[float, float] | None:
    return None


def scrolled(page: Page) -> tuple[float, float] | None:
    page.mouse.move(60, 150)
    page.mouse.wheel(0, 100)
    page.wait_for_function("document.querySelector('#main').scrollTop >= 30")
    return 60, 150


def pressed(*selectors: str) -> Callable[[Page], tuple[float, float] | None]:
    def does(page: Page) -> tuple[float, float] | None:
        at = None
        for selector in selectors:
            box = page.locator(selector).first.bounding_box()
            assert box is not None
            at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            page.mouse.click(*at)
        return at

    return does


def menu(page: Page) -> tuple[float, float] | None:
    at = pressed(".more")(page)
    page.wait_for_function("getComputedStyle(document.querySelector('.more')).cursor === 'pointer'")
    return at


def typed(page: Page) -> tuple[float, float] | None:
    at = pressed(".email-thread", ".email-forward .icon", ".forward-sender")(page)
    page.keyboard.type("Ada")
    return at


STATES: dict[str, tuple[str, Callable[[Page], tuple[float, float] | None]]] = {
    **{task: (task, nothing) for task in sorted(TOLD_ALIKE)},
    "a mail is open": ("email-inbox-nl-turk", pressed(".email-thread")),
    "mails, scrolled": ("email-inbox-nl-turk", scrolled),
    "mails, looked through": ("email-inbox-nl-turk", pressed("#open-search", "#search-input")),
    "a mail is answered": ("email-inbox-nl-turk", pressed(".email-thread", ".email-reply .icon", "#reply-text")),
    "a mail is sent on": ("email-inbox-nl-turk", typed),
    "a star is set": ("email-inbox-nl-turk", pressed(".email-thread", ".email-actions .star >> visible=true")),
    "a menu is open": ("social-media", menu),
    "boxes are checked": ("click-checkboxes", pressed("input", "label")),
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, Glance, PageHands]]:
    folder = tmp_path_factory.mktemp("pages")
    with (
        pages.served(pages.unpacked(WHEELS, folder)) as origin,
        opened("/usr/bin/chromium", extension.folder()) as hands,
    ):
        yield Stage(hands.tab.page, origin), Glance(hands, Seeing(*consented(origin))), hands


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_told_as_the_observer_tells_the_page(live: tuple[Stage, Glance, PageHands], name: str):
    """The same elements in the same order, in every column but the numbers."""
    stage, glance, hands = live
    task, does = STATES[name]
    utterance = stage.begin(task, SEED)
    page = stage.page
    page.wait_for_load_state("load")
    point = does(page)
    hands.view = None
    told = glance.see()
    state = msgspec.json.decode(page.evaluate(STATE), type=Dom)
    seen = Seen(task, utterance)
    seen.point = point
    assert told is not None
    both = list(zip_longest(rows(seen.listed(Numbers().flat(state))), rows(told)))
    assert [pair for pair in both if not alike(*pair)] == []
    assert len(both) > len(rows(seen.listed({})))


def test_only_lists_that_were_compared_pass_for_the_observers(tmp_path: Path):
    """Of other tasks the states tell too little: no model that learned from them is shown a live page."""
    versions: dict[str, set[int]] = {}
    for task in ("enter-text", "choose-list"):
        made = Made(task, [node("BUTTON", "ok", text="Submit")])
        made.press("ok")
        (demo,) = demos(made.write(tmp_path, task))
        events = getattr(demo, "events", [])
        versions[task] = {one.event.observer for one in events if isinstance(one.event, Snapshot)}
    assert versions == {"enter-text": {OBSERVER}, "choose-list": {0}}
