"""Promises of the report on whether collecting is worth it: data that pays is told from data that does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
import torch

from byhand.evals.miniwob.catalog import LEFT_OUT, ORACLES
from byhand.evals.miniwob.skills import SKILLS, TASKS, by_skill, skill
from byhand.evals.necessity import Case, Learned, Report, limits, report
from byhand.evals.necessity_page import page, picture
from byhand.evals.suites import worth
from byhand.evals.suites.miniwob import Played
from byhand.models.decision import Decides
from byhand.models.examples import Example
from byhand.models.learning import Split
from byhand.models.network import Shape
from byhand.models.right import same
from byhand.models.training import Plan
from tests.models.pages import examples

PLAN = Plan(epochs=10, batch=16, rate=3e-3, shape=Shape(width=32, layers=1, heads=2, words=16, dropout=0.0))


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def told(cases: list[Case], least: float = 0.05) -> Report:
    return report(
        "new beside old", Learned(("old@1",), 40, 20), Learned(("new@1",), 80, 40), cases, least=least, epochs=3
    )  # fmt: skip


def cases(task: str, *, won: int = 0, lost: int = 0, both: int = 0) -> list[Case]:
    sorts = [(False, True)] * won + [(True, False)] * lost + [(True, True)] * both
    return [Case(0, task, 200_000 + at, *sort) for at, sort in enumerate(sorts)]


def test_data_of_a_kind_that_was_missing_pays_and_more_of_the_same_does_not():
    """Two real models each: one never saw a press. With presses it does them on pages it never saw; with the same
    typing over again it gains nothing.
    """
    pool = examples(128)
    presses, types = ([one for one in pool if one.task == kind] for kind in ("click", "type"))
    asked = {
        (task, 200_000 + at): one
        for task in ("click", "type")
        for at, one in enumerate([one for one in examples(96, seed=1) if one.task == task][:30])
    }

    def play(model: Decides, task: str, seed: int) -> Played:
        one = asked[task, seed]
        return Played(task, seed, float(same(one, model.decide(one.look))), 1, 0.0)

    asking = worth.Asking(("click", "type"), 30, 200_000, (0,))
    whole = told(list(worth.measure(of(types), of([*types, *presses]), PLAN, asking, play)))
    by_task = {task: [one for one in whole.cases if one.task == task] for task in ("click", "type")}
    assert told(by_task["click"]).whole.verdict == "justified"
    assert sum(one.before for one in by_task["click"]) == 0
    again = told(list(worth.measure(of(types), of([*types, *types]), PLAN, asking, play)))
    assert told([one for one in again.cases if one.task == "click"]).whole.verdict == "open"  # none of 30, in both


def of(learned: list[Example]) -> Split:
    return Split(learned, [], Counter(), 1)


def test_a_verdict_for_each_skill_and_one_for_all():
    """Dropdowns gain, shortcuts are too few to tell, and many steps gain nothing."""
    one = told([*cases("choose-list", won=30), *cases("copy-paste", won=2, both=4), *cases("login-user", both=90)])
    assert {part.name: part.verdict for part in one.parts} == {
        "all tasks": "open", "dropdowns": "justified", "shortcuts": "open", "multi-step": "stop",
    }  # fmt: skip
    said = {part.name: part.said for part in one.parts}
    assert "n is too small, it would take about" in said["shortcuts"]
    assert said["multi-step"] == "stop collecting: no gain of 5 points"


def test_what_makes_it_worse_is_said_to_do_harm():
    assert told(cases("choose-list", lost=30, both=5)).whole.said == "stop collecting: it does harm"


def test_what_is_worth_having_is_for_whoever_pays_for_it():
    """The same cases: no gain of ten points, and of one point nobody knows."""
    own = cases("choose-list", won=2, lost=2, both=96)
    assert [told(own, least).whole.verdict for least in (0.1, 0.01)] == ["stop", "open"]


def test_the_page_says_what_it_does_not_show():
    """Verdict, figures, tasks and limits; no script; names as text."""
    one = told([*cases("choose-list", won=30), *cases("login-user", both=90)])
    made = page(one._replace(about="<new> & old"))
    assert "&lt;new&gt; &amp; old" in made
    assert "<new>" not in made
    assert "<script" not in made
    for said in ("No gain shown", "choose-list", "30 of 30", "old@1", "none can be asked for", "Of dropdowns, multi-"):
        assert said in made
    assert "no figure here is of a person" in " ".join(limits(one)).lower()
    assert len(ET.fromstring(picture(one)).findall(".//{http://www.w3.org/2000/svg}circle")) == 2 + 3 * 2 + 3


def test_every_task_has_one_skill():
    """All that somebody can do; and each skill has some."""
    found = by_skill(ORACLES)
    assert tuple(found) == SKILLS
    assert sorted(name for own in found.values() for name in own) == sorted(ORACLES)
    assert [skill(one) for one in ("choose-list", "copy-paste", "login-user", "click-button")] == list(SKILLS)


def test_no_skill_names_a_task_that_is_not_there():
    """A misspelt name would count as another skill's, and nobody would see."""
    assert set().union(*TASKS.values()) <= set(ORACLES) | set(LEFT_OUT)
