"""Real X input on a virtual desktop, seen by its driver and by the browser's extension: each act is one action, and it
can be done again.

Twenty families of tasks, ten of each, are a row of the bench (`bench/replay.py`); here are three, one of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Playwright

from byhand.datasets.formats.port import Demonstration
from byhand.evals.miniwob.pages import vocabulary
from byhand.events.kinds import Numbered, Snapshot
from tests.browser.again import Again, again, demonstration, events_of, hand, launched
from tests.browser.miniwob import TASKS, unpacked
from tests.browser.recorded import serving
from tests.browser.test_miniwob import POLICY
from tests.browser.together import together, witnessed

FAMILIES = {
    "choose-list": ["navigate", "select", "click"],
    "enter-text": ["navigate", "click", "type", "click"],
    "drag-box": ["navigate", "drag", "click"],
}
"""What is done in each, as the actions it is."""
POINTED = {"click", "drag", "select"}


class Done(NamedTuple):
    """A task that was done by hand, and again. events: what was kept of it; told: what it was reduced to."""

    events: list[Numbered]
    told: Demonstration
    again: Again


@pytest.fixture(scope="module")
def done(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Done]]:
    """Each by hand, then by what was kept of it. The desktop, its recorder and its browser have ended by then."""
    folder = tmp_path_factory.mktemp("b")
    html = unpacked(folder)
    with serving(html) as origin:
        policy = POLICY.format(words=json.dumps(vocabulary(html)), origin=origin)
        with together(play, folder, policy, origin) as (rig, inputs):
            cases = [hand(rig, origin, task, TASKS[task][0], inputs) for task in FAMILIES]
            _, *events = events_of(rig, len(cases) + 1)
        with launched(play) as hands:
            yield {
                case.task: Done(kept, demonstration(kept), again(hands, origin, case, kept))
                for case, kept in zip(cases, events, strict=True)
            }


@pytest.mark.parametrize("task", FAMILIES)
def test_an_act_seen_by_both_witnesses_is_one_action_with_the_browsers_target(done: dict[str, Done], task: str):
    """No press was told by one side alone, none became two actions; each target has the page's own selectors."""
    one = done[task]
    acts = [step.action for step in one.told.episode.steps]
    assert [act.op for act in acts] == FAMILIES[task]
    seen = witnessed(one.events, one.told)
    assert seen.presses == seen.both == seen.once == sum(act.op in POINTED for act in acts)
    targets = [act.target for act in acts if act.op in POINTED]
    assert all(found and found.source == "browser" and found.selectors for found in targets)


@pytest.mark.parametrize("task", FAMILIES)
def test_what_was_done_by_real_input_is_done_again(done: dict[str, Done], task: str):
    """All steps, what changed in the page's list until it stood still, and the page's own reward."""
    one = done[task].again
    assert one.case.reward == 1
    assert one.told.why == ""
    assert one.told.reached
    assert one.told.compared == "page"
    assert one.reward == 1


@pytest.mark.parametrize("task", FAMILIES)
def test_every_list_says_where_the_page_lies(done: dict[str, Done], task: str):
    """Also the first, made before any pointer was over that page: at the same corner, to the pixel."""
    lists = [one.event for one in done[task].events if isinstance(one.event, Snapshot)]
    assert len({(one.x, one.y) for one in lists}) == 1
