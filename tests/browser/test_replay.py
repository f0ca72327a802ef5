"""What was recorded by the whole real way is done again in a fresh browser, and the page says it was done right.

Twenty families of tasks, ten of each, are a row of the bench (`bench/replay.py`); here are three, one of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from byhand.evals.miniwob.pages import vocabulary
from tests.browser.again import Again, again, events_of, hand, launched
from tests.browser.miniwob import TASKS, unpacked
from tests.browser.recorded import Recorded, recorded, serving
from tests.browser.test_miniwob import POLICY

FAMILIES = ("choose-list", "click-checkboxes", "use-autocomplete")


@pytest.fixture(scope="module")
def done(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Again]]:
    """Each by hand, then by what was kept of it. The recorder and its browser have ended by then."""
    folder = tmp_path_factory.mktemp("b")
    html = unpacked(folder)
    with serving(html) as origin:
        policy = POLICY.format(words=json.dumps(vocabulary(html)), origin=origin)
        with recorded(play, folder, policy, Recorded) as rig:
            rig.open("about:blank")
            cases = [hand(rig, origin, task, TASKS[task][0]) for task in FAMILIES]
            events = events_of(rig, len(cases))
        with launched(play) as hands:
            yield {case.task: again(hands, origin, case, kept) for case, kept in zip(cases, events, strict=True)}


@pytest.mark.parametrize("task", FAMILIES)
def test_what_was_done_by_hand_is_done_again(done: dict[str, Again], task: str):
    """All steps, the end that was seen, and the page's own reward."""
    one = done[task]
    assert one.case.reward == 1
    assert one.told.why == ""
    assert one.told.reached
    assert one.reward == 1
