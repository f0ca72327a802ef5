"""Twenty families of MiniWoB++ tasks, ten of each: done by hand under the real recorder, then again by what was kept.

A try counts once the page itself says that the hand did it right; ten such of each family are done again. What the
guard did not keep of what was typed is given, as a person would have to.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.report import Row
from byhand.events.kinds import Numbered
from tests.browser.again import Again, Case, again, events_of, hand, launched
from tests.browser.miniwob import TASKS, unpacked, vocabulary
from tests.browser.recorded import Recorded, recorded, serving
from tests.browser.test_miniwob import POLICY

ROW = "replay"
_EACH = 10
_TRIES = 60


def measure(share: float) -> Iterator[Row]:
    done = list(again_all(max(1, round(_EACH * share))))
    good = [one for one in done if one.told.reached and one.reward == 1]
    for one in done:
        if one not in good:
            about = f"reward {one.reward:g}, {one.told.done} of {one.told.steps} steps; {one.told.why or 'reached'}"
            print(f"  {one.case.task} {one.case.seed}: {about}", flush=True)
    compared = Counter(one.told.compared for one in done)
    families = len({one.case.task for one in done})
    rate = len(good) / len(done) if done else 0.0
    said = f"{families} MiniWoB++ families, {len(done)} episodes; in {compared['page']} what changed in the page's list"
    yield Row(
        "our own recordings done again: end reached and the page's own reward", "100 %", f"{rate:.1%}", "-",
        f"{said} was compared too", len(good) == len(done) and families == len(TASKS),
    )  # fmt: skip


def again_all(each: int) -> Iterator[Again]:
    with tempfile.TemporaryDirectory(prefix="b") as name, sync_playwright() as play:
        folder = Path(name)
        html = unpacked(folder)
        with serving(html) as origin:
            policy = POLICY.format(words=json.dumps(vocabulary(html)), origin=origin)
            with recorded(play, folder, policy, Recorded) as rig:
                cases, events = _by_hand(rig, origin, each)
            with launched(play) as hands:
                for case, kept in zip(cases, events, strict=True):
                    if case is not None:
                        yield again(hands, origin, case, kept)


def _by_hand(rig: Recorded, origin: str, each: int) -> tuple[list[Case | None], list[list[Numbered]]]:
    """Every try has a page of its own; None where it was no success."""
    rig.open("about:blank")
    tries: list[Case | None] = []
    for task in TASKS:
        print(f"  by hand: {task}", flush=True)
        good = 0
        for seed in range(1, _TRIES + 1):
            if good == each:
                break
            try:
                case = hand(rig, origin, task, seed)
            except Exception as error:  # a variant of the task that these hands don't know
                print(f"    seed {seed}: {type(error).__name__}", flush=True)
                tries.append(None)
                rig.page.mouse.up()
                continue
            tries.append(case if case.reward == 1 else None)
            good += case.reward == 1
    return tries, events_of(rig, len(tries))
