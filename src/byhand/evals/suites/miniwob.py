"""Tasks of MiniWoB++ done by whoever decides: live pages, real input, and the page's own word on whether it was right.

Rules of this module: right is a raw reward of 1 and nothing less. Seeds are those for tests, and the same for all that
are compared. What is shown is what the recorder's guard lets through on a site that a policy calls public, as in the
recordings a model learns from.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.doing import do
from byhand.agents.goal import Limits, Means
from byhand.errors import UsageFault
from byhand.evals.figure import wilson
from byhand.evals.live import Nobody, Unwritten, Yes, eyes, patience
from byhand.evals.miniwob import pages
from byhand.evals.miniwob.catalog import BY_ELEMENTS, LEFT_OUT, ORACLES
from byhand.evals.miniwob.stage import Stage
from byhand.evals.seeds import FIRST_TESTED, tested
from byhand.events.kinds import OBSERVER
from byhand.models.decision import Decides, Decision, Look

RANDOM = "random"
"""The decider that presses anything: what a task gives to whoever knows nothing."""
_ACTS, _SECONDS = 25, 40.0
_PRESSED = frozenset({"button", "link", "checkbox", "radio", "tab", "menuitem", "option", "text", "textbox", ""})


class Played(msgspec.Struct, frozen=True):
    """One episode. reward: the raw one; 0 where the page was never finished. why: what it stopped at, "" if nothing.

    acts: done. unsure: the least sure act. seconds: from the first look to the end.
    """

    task: str
    seed: int
    reward: float
    acts: int
    seconds: float
    why: str = ""
    unsure: float = 1.0

    @property
    def right(self) -> bool:
        return self.reward == 1


class Score(msgspec.Struct, frozen=True):
    """Of one task. low, high: the share's 95 % interval (Wilson). seed_from: the first of n seeds in a row, of which it
    was not right on those in `wrong`: so two who did the same can be compared seed by seed.
    """

    task: str
    n: int
    successes: int
    low: float
    high: float
    acts: float
    seconds: float
    whys: dict[str, int] = {}
    seed_from: int = 0
    wrong: tuple[int, ...] = ()


def score(task: str, played: Sequence[Played]) -> Score:
    """All episodes of a task as one line."""
    hits, count = sum(one.right for one in played), len(played)
    low, high = wilson(hits, count)
    whys: dict[str, int] = {}
    for one in played:
        if not one.right:
            why = one.why or "done, and not right"
            whys[why] = whys.get(why, 0) + 1
    return Score(
        task, count, hits, round(low, 4), round(high, 4), sum(one.acts for one in played) / max(1, count),
        round(sum(one.seconds for one in played) / max(1, count), 3), whys,
        min((one.seed for one in played), default=0), tuple(one.seed for one in played if not one.right),
    )  # fmt: skip


class Random:
    """Satisfies `Decides`: presses any thing there is. The same each time by its seed."""

    name, observer = RANDOM, OBSERVER

    def __init__(self, seed: int = 0) -> None:
        self._draw = random.Random(seed)  # noqa: S311  no secret

    def decide(self, look: Look) -> Decision:
        nodes = [node for node, role in zip(look.seen.nodes, look.seen.roles, strict=True) if role in _PRESSED]
        return Decision("click", self._draw.choice(nodes)) if nodes else Decision("done")


def chosen(said: str) -> tuple[str, ...]:
    """Tasks by name; "" is all that can be done to elements of a list.

    Raises:
        UsageFault: there is none of that name, or nobody could do it.
    """
    if not said:
        return tuple(sorted(BY_ELEMENTS))
    names = tuple(one.strip() for one in said.split(",") if one.strip())
    for name in names:
        if name in LEFT_OUT:
            raise UsageFault(f"the task {name} is left out: {LEFT_OUT[name]}", fate="nothing was measured")
        if name not in ORACLES:
            raise UsageFault(
                f"there is no task {name}", hints=(f"the first of them: {', '.join(sorted(ORACLES)[:6])}",),
                fate="nothing was measured",
            )  # fmt: skip
    return names


def measure(
    decider: Decides, tasks: Sequence[str], episodes: int, *, wheels: Path, program: str, extension: Path,
    seed_from: int = 2 * FIRST_TESTED, told: Callable[[Played], object] = lambda _: None,
) -> Iterator[Score]:  # fmt: skip
    """Each task so often, one after the other.

    Args:
        decider: who decides.
        tasks: see `chosen`.
        episodes: of each.
        wheels: the wheel of pages, or a folder that holds it.
        program: Chromium.
        extension: folder of the browser's extension, whose observer is used.
        seed_from: the first seed.
        told: of each episode.

    Raises:
        UsageFault: seeds that are learned from, or the pages are not there.
    """
    tested(seed_from)
    with playing(wheels, program, extension) as play:
        for task in tasks:
            done: list[Played] = []
            for seed in range(seed_from, seed_from + episodes):
                done.append(play(decider, task, seed))
                told(done[-1])
            yield score(task, done)


Plays = Callable[[Decides, str, int], Played]


@contextmanager
def playing(wheels: Path, program: str, extension: Path) -> Generator[Plays]:
    """A warm browser in which episodes are played, until the end of the block."""
    with (
        tempfile.TemporaryDirectory(prefix="byhand-") as folder,
        pages.served(pages.unpacked(wheels, Path(folder))) as origin,
        opened(program, extension) as hands,
    ):
        stage = Stage(hands.tab.page, origin)
        yield lambda decider, task, seed: play(hands, stage, decider, task, seed)


def play(
    hands: PageHands, stage: Stage, decider: Decides, task: str, seed: int, *, sure: float = 0.0
) -> Played:  # fmt: skip
    """One episode. sure: below it it stops, as it does where nobody is there to be asked."""
    goal = stage.begin(task, seed)
    hands.view = None
    ends = _Ends(decider, stage)
    means = Means(
        hands=hands, eyes=eyes(hands, stage.origin, decider), decider=ends, brake=Nobody(), leave=Yes(),
        book=Unwritten(),
    )  # fmt: skip
    began = time.monotonic()
    outcome = do(goal, means, limits=Limits(_ACTS, patience(decider, _SECONDS), sure, patience_s=4.0))
    reward = stage.reward()
    why = outcome.stop.kind if outcome.stop is not None else "" if reward is not None else "said done too early"
    return Played(task, seed, reward or 0.0, outcome.steps, time.monotonic() - began, why, ends.least)


class _Ends:
    """Nothing is asked once the page has ended the episode."""

    def __init__(self, decider: Decides, stage: Stage) -> None:
        self._decider, self._stage = decider, stage
        self.name, self.observer = decider.name, decider.observer
        self.least = 1.0

    def decide(self, look: Look) -> Decision:
        if self._stage.reward() is not None:
            return Decision("done")
        found = self._decider.decide(look)
        self.least = min(self.least, found.sure)
        return found
