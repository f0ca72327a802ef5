"""Tasks of the office as BrowserGym's: `gym.make("browsergym/byhand.office.invoices-delete")`.

    from byhand.evals.browsergym import tasks
    tasks.register()

Rules of this module: importing it registers nothing. Each episode has an office of its own on 127.0.0.1, with records,
row and words by the seed. It is over, with a reward of 1, once the app's records show exactly what was asked for and
nothing else; or with none when the agent sends a message, as that is how one says there that it is done.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from byhand.errors import UsageFault
from byhand.evals.office.catalog import FAMILIES
from byhand.evals.office.drifts import named
from byhand.evals.office.errand import Errand
from byhand.evals.office.families import spoken
from byhand.evals.office.goals import WORDS
from byhand.evals.office.playing import Player
from byhand.evals.seeds import FIRST_TESTED

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PREFIX = "byhand.office."
_SIZE = {"width": 1280, "height": 800}
_TIMEOUT_MS = 10_000
_THERE = "made => performance.timeOrigin !== made && document.readyState === 'complete'"
_SAID = ("assistant", "infeasible")


def names() -> list[str]:
    """Of all of them, as BrowserGym is asked for them: those of which a sentence says it all."""
    return sorted(f"{PREFIX}{family}" for family in WORDS if family in FAMILIES)


def register() -> list[str]:
    """Tell gymnasium of them; a second time nothing happens. Gives their names.

    Raises:
        UsageFault: BrowserGym is not installed here.
    """
    core = browsergym("browsergym.core.task")
    registry: Mapping[str, Any] = import_module("gymnasium").registry
    told: Any = import_module("browsergym.core.registration").register_task
    for name in names():
        if f"browsergym/{name}" not in registry:
            told(name, _task(core.AbstractBrowserTask, name.removeprefix(PREFIX)), default_task_kwargs={"drifts": ()})
    return names()


def browsergym(name: str) -> Any:
    """A module of it.

    Raises:
        UsageFault: it is not installed here.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("byhand"):
            raise
        raise UsageFault(
            f"this needs {error.name}, which is not installed",
            hints=("BrowserGym asks for an environment of its own: runs/browsergym.sh makes one",),
            fate="nothing was done",
        ) from None  # fmt: skip


class Round:
    """An episode, in words of ours: what BrowserGym's task does at each turn.

    Args:
        family: of the task.
        seed: None draws one for tests.
        drifts: what is other than usual.
    """

    def __init__(self, family: str, seed: int | None, drifts: Sequence[str] = ()) -> None:
        seed = FIRST_TESTED + secrets.randbelow(1 << 20) if seed is None else seed
        self.errand = Errand(family, seed, named(",".join(drifts)))
        self._needless = self.errand.verdict() == "right"

    def begin(self, page: Page) -> str:
        page.goto(self.errand.entry, timeout=_TIMEOUT_MS)
        return self.errand.goal

    def judged(self, messages: Sequence[Mapping[str, Any]]) -> tuple[float, bool, str]:
        """Reward, whether it is over, and the verdict. A row that asks for what is so already is right if the agent
        says that it is done.
        """
        verdict = self.errand.verdict()
        said = bool(messages) and messages[-1]["role"] in _SAID
        right = verdict == "right" and (said or not self._needless)
        return float(right), right or said, verdict

    def cheat(self, page: Page) -> None:
        """As the task's own hand does it, by roles and labels."""
        row = self.errand.row
        _Patient(page).all(spoken(self.errand.family.hand, self.errand.says), dict(row.values), row)


class _Patient(Player):
    """With an old Playwright: it goes on before a newer Chromium is on the page that each press leads to, and calls no
    group by its legend.
    """

    def press(self, target: Locator) -> None:
        made = self.page.evaluate("performance.timeOrigin")
        super().press(target)
        self.page.wait_for_function(_THERE, arg=made)

    def _choose(self, label: str, option: str) -> None:
        legend = self.page.locator("legend").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
        group = self.page.locator("fieldset").filter(has=legend)
        if group.count():
            self.tick(group.get_by_label(option, exact=True), on=True)
        else:
            super()._choose(label, option)


def _task(base: Any, family: str) -> type:
    """BrowserGym's class for one family."""

    class OfficeTask(base):
        def __init__(self, seed: int | None, drifts: Sequence[str] = ()) -> None:
            base.__init__(self, seed)
            self.viewport, self.slow_mo, self.timeout = _SIZE, 0, _TIMEOUT_MS
            self._round = Round(family, seed, drifts)

        @classmethod
        def get_task_id(cls) -> str:
            return f"{PREFIX}{family}"

        def setup(self, page: Page) -> tuple[str, dict[str, Any]]:
            return self._round.begin(page), {}

        def validate(
            self, page: Page, chat_messages: Sequence[Mapping[str, Any]]
        ) -> tuple[float, bool, str, dict[str, Any]]:
            del page
            reward, done, verdict = self._round.judged(chat_messages)
            return reward, done, "", {"verdict": verdict}

        def cheat(self, page: Page, chat_messages: Sequence[Mapping[str, Any]]) -> None:
            del chat_messages
            self._round.cheat(page)

        def teardown(self) -> None:
            self._round.errand.close()

    OfficeTask.__name__ = OfficeTask.__qualname__ = "".join(part.title() for part in family.split("-"))
    return OfficeTask
