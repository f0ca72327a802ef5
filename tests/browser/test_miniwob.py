"""Twenty tasks of MiniWoB++, done by hand in a real browser while the real recorder records: each act is kept once, as
what it was, and its element is found again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import ElementHandle, Page, Playwright

from byhand.evals.miniwob.pages import vocabulary
from tests.browser.miniwob import TASKS, TOLD, Act, do, unpacked
from tests.browser.recorded import Kept, Recorded, acts, is_left, recorded, serving

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
MATCHES = """
(wanted, selector) => {
  const all = (root, css) => [...root.querySelectorAll(css)];
  const [kind] = selector.split('/', 1);
  let found;
  if (kind === 'xpath') {
    const made = document.evaluate(selector.slice(6), document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    found = Array.from({ length: made.snapshotLength }, (_, i) => made.snapshotItem(i));
  } else if (kind === 'text') {
    const those = all(document, '*').filter((one) => one.textContent.includes(selector.slice(5)));
    found = those.filter((one) => !those.some((other) => other !== one && one.contains(other)));
  } else found = all(document, selector);
  return found.length === 1 && found[0] === wanted;
}
"""


class Done(NamedTuple):
    """A task that was done twice. did: its acts. kept: what was kept of it. astray: selectors that led elsewhere."""

    did: list[Act]
    reward: float
    kept: list[Kept]
    again: float
    found: int
    astray: list[str]


@pytest.fixture(scope="module")
def done(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Done]]:
    """All tasks, done in one recording and then, while it is paused, once more."""
    folder = tmp_path_factory.mktemp("b")
    html = unpacked(folder)
    with serving(html) as origin:
        policy = POLICY.format(words=json.dumps(vocabulary(html)), origin=origin)
        with recorded(play, folder, policy, Recorded) as rig:
            rig.open("about:blank")
            first: dict[str, tuple[list[Act], Any]] = {}
            for task in TASKS:
                first[task] = do(rig.page, origin, task, nothing)
            events = rig.kept(len(TASKS))
            rig.ask("pause")
            borders = [-1, *(place for place, one in enumerate(events) if is_left(one))]
            kept = {task: events[a + 1 : b] for task, (a, b) in zip(TASKS, pairwise(borders), strict=True)}
            yield {task: again(rig.page, origin, task, *first[task], kept[task]) for task in TASKS}


def nothing(act: Act, element: ElementHandle) -> None:
    """Nothing is looked at the first time."""


def again(page: Page, origin: str, task: str, did: list[Act], reward: float, kept: list[Kept]) -> Done:
    """Do it once more, and ask at each act whether the selectors kept of it find its element."""
    told = [one for one in kept if one["kind"] == "element" and one["why"] != "focus"]
    astray: list[str] = []
    found = 0

    def looks(act: Act, element: ElementHandle) -> None:
        nonlocal found
        while told and told[0]["why"] != act.why:
            told.pop(0)
        for selector in told.pop(0)["selectors"] if told else ():
            found += 1
            if not matches(page, element, selector):
                astray.append(f"{act.why}: {selector}")

    _, reward_again = do(page, origin, task, looks)
    return Done(did, reward, kept, reward_again, found, astray)


def matches(page: Page, element: ElementHandle, selector: str) -> bool:
    """Does it lead to that element alone?"""
    aria: Any = re.fullmatch(r'aria/(.*)\[role="(\w+)"\]', selector)
    if not aria:
        return element.evaluate(MATCHES, selector)
    found = page.get_by_role(aria[2], name=aria[1], exact=True).element_handles()
    return len(found) == 1 and page.evaluate("([a, b]) => a === b", [found[0], element])


def as_typed(value: str, typed: str) -> bool:
    """Is it what was typed, with placeholders for what the policy doesn't clear?"""
    pieces = re.split(r"<[A-Z]+(?:-\d+)?>", value)
    return re.fullmatch(".+".join(map(re.escape, pieces)), typed) is not None


@pytest.mark.parametrize("task", TASKS)
def test_each_act_is_kept_once_and_as_what_it_was(done: dict[str, Done], task: str):
    """The task was done right; of each act one event of its kind was kept, with role and name; and nothing else."""
    one = done[task]
    assert one.reward == 1, one.did
    kept = acts(one.kept)
    assert [told[:3] for told in kept] == [told[:3] for told in TOLD[task]]
    for (*_, value), (*_, said) in zip(kept, TOLD[task], strict=True):
        assert as_typed(value, said)


@pytest.mark.parametrize("task", TASKS)
def test_each_element_is_found_again_by_all_that_was_kept_of_it(done: dict[str, Done], task: str):
    """The same task is done anew; just before each act every selector leads to its element, and to no other."""
    assert done[task].again == 1
    assert done[task].astray == []
    assert done[task].found
