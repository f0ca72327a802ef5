"""Does the office hold as tasks of BrowserGym? Run where that is installed: `python -m bench.browsergym --each 2`.

Four questions of each task: does a row done by the task's own hand come to a reward of 1, and nothing done to none? Can
somebody who knows nothing of us do one, by BrowserGym's own tree? Is the list that our model is shown the same whether
BrowserGym wrote its marks on the page or not? `runs/browsergym.sh` makes the environment; the gate does without.
"""

from __future__ import annotations

import argparse
import contextlib
import re
from importlib import import_module
from typing import Any

from byhand.cli import extension
from byhand.evals.browsergym import tasks
from byhand.evals.browsergym.looking import Looking
from byhand.evals.seeds import FIRST_TESTED

_QUICK = {"pre_observation_delay": 0.05}
_LINE = re.compile(r"\[(\w+)\] (\w+) '((?:[^'\\]|\\.)*)'")
_TITLE = re.compile(r'(?:Close |the bug )"?(.+?)"?(?:\.$| and close)')
_SIZE, _SMALLER = {"width": 1280, "height": 800}, {"width": 1200, "height": 800}
_CLOSED = "byhand.office.tickets-close"


def done(name: str, seed: int, *, raw: bool) -> tuple[float, float]:
    """Rewards: of doing nothing, and of its own hand."""
    env: Any = import_module("gymnasium").make(f"browsergym/{name}", use_raw_page_output=raw, **_QUICK)
    try:
        env.reset(seed=seed)
        _, nothing, _, _, _ = env.step("noop(0)")
        with contextlib.suppress(import_module("playwright.sync_api").Error):  # it did not get to its end
            env.unwrapped.task.cheat(env.unwrapped.page, [])
        _, reward, over, _, _ = env.step("noop(0)")
        return nothing, reward * over
    finally:
        env.close()


def stranger(seed: int) -> float:
    """Closes a ticket, knowing nothing but BrowserGym's tree and the goal: searched for, shown, opened, closed."""
    flat: Any = import_module("browsergym.utils.obs").flatten_axtree_to_str
    env: Any = import_module("gymnasium").make(f"browsergym/{_CLOSED}", **_QUICK)
    try:
        obs, _ = env.reset(seed=seed)
        reward, over, found = 0.0, False, _TITLE.search(obs["goal"])
        title = found[1] if found else ""
        for role, name in (("searchbox", "Search"), ("button", "Show"), ("link", title), ("button", "Close")):
            bids = [
                bid for bid, has, called in _LINE.findall(flat(obs["axtree_object"])) if (has, called) == (role, name)
            ]
            if not bids or over:
                break
            act = f"fill({bids[0]!r}, {title!r})" if role == "searchbox" else f"click({bids[0]!r})"
            obs, reward, over, _, _ = env.step(act)
        return reward
    finally:
        env.close()


def alike(name: str, seed: int) -> bool:
    """Is a marked page listed as one without marks?"""
    lists: list[Any] = []
    fault: type[Exception] = import_module("playwright.sync_api").Error
    for raw in (True, False):
        env: Any = import_module("gymnasium").make(f"browsergym/{name}", use_raw_page_output=raw, **_QUICK)
        try:
            env.reset(seed=seed)
            for size in (_SMALLER, _SIZE):  # a newer Chromium forgets its size with BrowserGym's screenshot
                env.unwrapped.page.set_viewport_size(size)
            seen = Looking(extension.folder(), fault).look(env.unwrapped.page).seen
            assert seen is not None
            lists.append((seen.nodes, seen.roles, seen.tags, seen.names, seen.states, seen.holds, seen.places))
        finally:
            env.close()
    return lists[0] == lists[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=1, help="rows of each task")
    parser.add_argument("--tasks", default="", help="by name, all if left out")
    said = parser.parse_args()
    names = tasks.register()
    chosen = [one.strip() for one in said.tasks.split(",") if one.strip()] or names
    seeds = range(2 * FIRST_TESTED, 2 * FIRST_TESTED + said.each)
    right = 0
    for name in chosen:
        told = [done(name, seed, raw=True) for seed in seeds]
        good = sum(one == (0.0, 1.0) for one in told)
        right += good
        print(f"{name}: {good} of {len(told)}" + ("" if good == len(told) else f"  {told}"), flush=True)
    print(f"done by their own hands: {right} of {len(chosen) * len(seeds)}")
    print(f"a stranger closes tickets: {sum(stranger(seed) for seed in seeds):g} of {len(seeds)}")
    same = [alike(name, seeds[0]) for name in (chosen[0], _CLOSED)]
    print(f"listed alike with marks and without: {sum(same)} of {len(same)}")


if __name__ == "__main__":
    main()
