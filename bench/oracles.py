"""Are the oracles right? Each task with many seeds, judged by the page: `python -m bench.oracles --each 20`.

It is a bench and no test as it takes minutes: the tests do one task of each kind.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Error, Page, sync_playwright

from byhand.evals.miniwob import pages
from byhand.evals.miniwob.catalog import BY_ELEMENTS, ORACLES, Oracle
from byhand.evals.miniwob.hand import PageHand
from byhand.evals.miniwob.stage import Stage

WHEELS = Path(__file__).parents[1] / ".venv" / "pages"
UNPACKED = WHEELS / "unpacked"
CHROMIUM = "/usr/bin/chromium"


class Measured(NamedTuple):
    """A task. failed: the seeds it was not done with. seconds: from begin to reward, of all."""

    task: str
    tried: int
    failed: tuple[int, ...]
    acts: int
    seconds: float


def measured(stage: Stage, task: str, oracle: Oracle, seeds: range) -> Measured:
    failed: list[int] = []
    acts = 0

    def count() -> None:
        nonlocal acts
        acts += 1

    begun = time.monotonic()
    for seed in seeds:
        stage.begin(task, seed)
        if not done(stage, oracle, PageHand(stage.page, before=count)):
            failed.append(seed)
    return Measured(task, len(seeds), tuple(failed), acts, time.monotonic() - begun)


def done(stage: Stage, oracle: Oracle, hand: PageHand, tell: Callable[[str], object] = bool) -> bool:
    """Did the page say that it was done right?"""
    try:
        oracle(hand)
        for _ in range(20):
            if (reward := stage.reward()) is not None:
                return reward == 1
            stage.page.wait_for_timeout(20)
    except (AssertionError, Error, ValueError, IndexError, KeyError, StopIteration) as error:
        tell(f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
    return False


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--tasks", default="", help="names, with commas; all without it")
    ask.add_argument("--each", type=int, default=20, help="seeds of each")
    ask.add_argument("--first", type=int, default=0, help="the first seed")
    said = ask.parse_args()
    tasks = said.tasks.split(",") if said.tasks else list(ORACLES)
    html = pages.unpacked(WHEELS, UNPACKED)
    whole: list[Measured] = []
    with pages.served(html) as origin, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page: Page = browser.new_page(viewport={"width": 900, "height": 640})
        stage = Stage(page, origin)
        for task in tasks:
            one = measured(stage, task, ORACLES[task], range(said.first, said.first + said.each))
            whole.append(one)
            right = one.tried - len(one.failed)
            print(
                f"{task:30} {right:3}/{one.tried}  {one.acts / one.tried:5.1f} acts"
                f"  {one.seconds / one.tried:6.2f} s each  {one.seconds / max(one.acts, 1):5.2f} s an act"
                + (f"  failed: {one.failed}" if one.failed else ""),
                flush=True,
            )  # fmt: skip
        browser.close()
    perfect = [one for one in whole if not one.failed]
    plain = [one for one in perfect if one.task in BY_ELEMENTS]
    print(f"{len(perfect)} of {len(whole)} tasks without a failure, {len(plain)} of them by elements alone")


if __name__ == "__main__":
    main()
