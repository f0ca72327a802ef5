"""A model of ours as an agent in BrowserGym: from its observation to a line of its high-level actions.

    agent = Agent(load("chores", home), Looking(extension, Error), page=lambda: env.unwrapped.page)
    obs, _ = env.reset(seed=200_000)
    obs, reward, done, *_ = env.step(agent.act(obs))

Rules of this module: what is decided on is our list of the page, made when the observation is prepared; what was done
before is told as `byhand do` tells it. An act that BrowserGym says went wrong was not done, if the page is as it was:
on a slow machine its half a second is over before the page has gone on. The same act on the same page is not tried a
third time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from byhand.errors import UsageFault
from byhand.evals.browsergym.acts import Line, Page, infeasible, line, option
from byhand.evals.browsergym.looking import Looking
from byhand.events.kinds import OBSERVER
from byhand.models import history
from byhand.models.decision import Decides, Decision, Did, Look

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

_TIMES = 3


class Prepared(NamedTuple):
    """An observation as it is decided on: values alone, so that it can be kept.

    begins: nothing was done so far. wrong: the last act went wrong, as BrowserGym says.
    """

    goal: str
    page: Page
    begins: bool
    wrong: bool


class Agent:
    """Has what BrowserGym's experiments ask of an agent: `action_set`, `obs_preprocessor`, `get_action`.

    Args:
        decider: who decides.
        looking: how a page is seen.
        page: the active tab; without it the observation has to hold it (`use_raw_page_output=True`).

    Raises:
        UsageFault: the model understands lists of another observer.
    """

    def __init__(self, decider: Decides, looking: Looking, page: Callable[[], Tab] | None = None) -> None:
        if decider.observer != OBSERVER:
            raise UsageFault(
                f"{decider.name} learned from observer {decider.observer}, and pages are told by {OBSERVER}",
                hints=("train it anew on what is recorded now",), fate="nothing was done",
            )  # fmt: skip
        self._decider, self._looking, self._page = decider, looking, page
        self._begin()

    def _begin(self) -> None:
        self.did: list[Did] = []
        self.least = 1.0
        self._last: Did | None = None
        self._wants = ""
        self._was: tuple[object, ...] = ()
        self._met: Counter[int] = Counter()

    @property
    def action_set(self) -> Any:
        """All that it may answer with."""
        return import_module("browsergym.core.action.highlevel").HighLevelActionSet(("chat", "infeas", "bid"))

    def obs_preprocessor(self, obs: Mapping[str, Any]) -> Prepared:
        """Looks at the page. Of the observation only the goal is read, and what became of the last act.

        Raises:
            UsageFault: nobody says which page it is.
        """
        tab: Tab | None = self._page() if self._page else obs.get("page")
        if tab is None:
            raise UsageFault(
                "the observation holds no page", fate="nothing was done",
                hints=("make the environment with use_raw_page_output=True, or the agent with page=",),
            )  # fmt: skip
        return Prepared(obs["goal"], self._looking.look(tab), not obs["last_action"], bool(obs["last_action_error"]))

    def get_action(self, obs: Prepared) -> tuple[str, dict[str, Any]]:
        """The next line, and that there is nothing to tell beside it."""
        if obs.begins:
            self._begin()
        done = not obs.wrong or _looks(obs.page) != self._was
        if self._last is not None and done:
            self.did.append(self._last)
        self._last, wants, self._wants, self._was = None, self._wants, "", _looks(obs.page)
        if wants and done and (pressed := option(wants, obs.page)):
            return pressed, {}
        return self._decided(obs).text, {}

    def act(self, obs: Mapping[str, Any]) -> str:
        """Both at once."""
        return self.get_action(self.obs_preprocessor(obs))[0]

    def _decided(self, obs: Prepared) -> Line:
        seen = obs.page.seen
        if seen is None:
            return infeasible(f"nothing of this page may be seen: {obs.page.why}")
        decision = self._decider.decide(Look(obs.goal, seen, tuple(self.did)))
        self.least = min(self.least, decision.sure)
        found = line(decision, obs.page)
        if decision.op != "done" and self._again(decision, obs.page):
            return infeasible("it went round in circles")
        self._last, self._wants = history.by_model(decision, seen, self.did), found.wants
        return found

    def _again(self, decision: Decision, page: Page) -> bool:
        """Was that decided on this very page too often?"""
        at = (decision.op, decision.node, decision.to, decision.text, decision.keys, decision.dy > 0)
        key = hash((at, _looks(page)))
        self._met[key] += 1
        return self._met[key] >= _TIMES


def _looks(page: Page) -> tuple[object, ...]:
    """By which a page is known as the same."""
    if page.seen is None:
        return ()
    states = tuple(one.state for one in page.things.values())
    return page.seen.page, page.seen.nodes, page.seen.names, page.seen.states, page.seen.holds, page.seen.places, states
