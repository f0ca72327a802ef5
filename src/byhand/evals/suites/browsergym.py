"""Tasks of BrowserGym done by whoever decides: its environment, its actions, and its task's word on what came of it.

Rules of this module: right is a reward of 1, and of MiniWoB++ a raw one, where BrowserGym counts any part of it. Seeds
are those for tests; BrowserGym's MiniWoB++ draws another seed from each, so an instance is not the one that the suite
`miniwob` has under it. It runs where BrowserGym does (`runs/browsergym.sh`).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from byhand.errors import CaptureError, UsageFault
from byhand.evals.browsergym import tasks
from byhand.evals.browsergym.agent import Agent
from byhand.evals.browsergym.looking import Looking
from byhand.evals.miniwob import pages
from byhand.evals.seeds import FIRST_TESTED, tested
from byhand.evals.suites.miniwob import Played, Score, score
from byhand.models.decision import Decides

_ACTS, _SPACE = 25, "browsergym/"
_WAITS_S = 0.5
"""BrowserGym's own: so long it waits after an act before it looks."""
_SAYS = ("send_msg_to_user(", "report_infeasible(")
"""Lines that are no act."""
_RAW, _MINIWOB, _URL = "RAW_REWARD_GLOBAL", "miniwob.", "MINIWOB_URL"


def chosen(said: str) -> tuple[str, ...]:
    """Tasks by BrowserGym's names, and those of the office registered; "" is all of the office.

    Raises:
        UsageFault: there is none of that name, or BrowserGym is not here.
    """
    names = tuple(one.strip().removeprefix(_SPACE) for one in said.split(",") if one.strip()) or tuple(tasks.names())
    tasks.register()
    gym = import_module("gymnasium")
    for name in names:
        if f"{_SPACE}{name}" not in gym.registry:
            benchmark = name.partition(".")[0]
            if benchmark.isidentifier() and benchmark != "byhand":
                tasks.browsergym(f"browsergym.{benchmark}")  # importing it registers its tasks
        if f"{_SPACE}{name}" not in gym.registry:
            raise UsageFault(
                f"BrowserGym has no task {name}", fate="nothing was measured",
                hints=("for example: --tasks byhand.office.invoices-delete,miniwob.click-button",),
            )  # fmt: skip
    return names


def measure(
    decider: Decides, names: Sequence[str], episodes: int, *, wheels: Path, extension: Path,
    seed_from: int = 2 * FIRST_TESTED, waits_s: float = _WAITS_S, how: Mapping[str, Any] | None = None,
    told: Callable[[Played], object] = lambda _: None,
) -> Iterator[Score]:  # fmt: skip
    """Each task so often, one after the other.

    Args:
        decider: who decides.
        names: what `chosen` gave.
        episodes: of each.
        wheels: the wheel of MiniWoB++'s pages, or a folder that holds it; read where its tasks are among them and
            MINIWOB_URL does not say where they are served.
        extension: folder of the browser's extension, whose observer is used.
        seed_from: the first seed.
        waits_s: so long BrowserGym waits after an act.
        how: more for BrowserGym's environment, such as its `viewport` or `task_kwargs`.
        told: of each episode.

    Raises:
        UsageFault: seeds that are learned from, or pages that are not there.
        CaptureError: the browser can't be started.
    """
    tested(seed_from)
    with ExitStack() as held:
        if any(name.startswith(_MINIWOB) for name in names) and not os.environ.get(_URL):
            held.enter_context(_served(wheels))
        for name in names:
            with playing(name, extension, decider, {"pre_observation_delay": waits_s} | dict(how or {})) as play:
                done: list[Played] = []
                for seed in range(seed_from, seed_from + episodes):
                    done.append(play(seed))
                    told(done[-1])
                yield score(name, done)


@contextmanager
def _served(wheels: Path) -> Generator[None]:
    with (
        tempfile.TemporaryDirectory(prefix="byhand-") as folder,
        pages.served(pages.unpacked(wheels, Path(folder))) as origin,
    ):
        os.environ[_URL] = f"{origin}/miniwob/"
        try:
            yield
        finally:
            del os.environ[_URL]


@contextmanager
def playing(
    name: str, extension: Path, decider: Decides, how: Mapping[str, Any]
) -> Generator[Callable[[int], Played]]:  # fmt: skip
    """An environment in which episodes of one task are played, until the end of the block."""
    fault: type[Exception] = tasks.browsergym("playwright.sync_api").Error
    env: Any = import_module("gymnasium").make(f"{_SPACE}{name}", use_raw_page_output=True, **how)
    agent = Agent(decider, Looking(extension, fault))
    try:
        yield lambda seed: _play(env, agent, name, seed, fault)
    finally:
        env.close()


def _play(env: Any, agent: Agent, name: str, seed: int, fault: type[Exception]) -> Played:
    try:
        obs, _ = env.reset(seed=seed)
    except fault:
        raise CaptureError(
            "BrowserGym could not begin a task", hints=("is there a browser for its Playwright? runs/browsergym.sh",),
            fate="nothing was done",
        ) from None  # fmt: skip
    began, reward, why, acts = time.monotonic(), 0.0, "limit", 0
    for _ in range(_ACTS):
        line = agent.act(obs)
        obs, reward, over, cut, info = env.step(line)
        acts += not line.startswith(_SAYS) and not obs["last_action_error"]
        if over or cut:
            raw = info["task_info"].get(_RAW)
            reward, why = float(reward if raw is None else raw), _why(obs, info["task_info"])
            break
    return Played(name, seed, reward, acts, time.monotonic() - began, why, agent.least)


def _why(obs: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """What ended it early: the agent's own word where it gave up, or BrowserGym's."""
    last = obs["chat_messages"][-1]
    return str(last["message"] if last["role"] == "infeasible" else told.get("error", ""))
