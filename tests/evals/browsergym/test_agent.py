"""Turn by turn: what was done is remembered, what went wrong is not, and it does not go round in circles."""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.cli import extension
from byhand.errors import UsageFault
from byhand.evals.browsergym.acts import Page, Thing
from byhand.evals.browsergym.agent import Agent, Prepared
from byhand.evals.browsergym.looking import Looking
from byhand.events.kinds import OBSERVER, Snapshot
from byhand.models.scripted import Scripted
from tests.models.pages import page

FORM = page("textbox Name; button Save; combobox City")
OPEN = page("textbox Name; button Save; combobox City; >option Reno")


def made(script: str) -> tuple[Agent, Scripted]:
    decider = Scripted(script)
    return Agent(decider, Looking(extension.folder(), ValueError)), decider


def turn(seen: Snapshot | None = FORM, *, begins: bool = False, wrong: bool = False, why: str = "") -> Prepared:
    known = page("button None") if seen is None else seen
    things = {node: Thing(str(node)) for node in known.nodes}
    return Prepared("a goal", Page(seen, things, why=why), begins, wrong)


def test_a_task_is_done_line_by_line():
    """Each act is told as done with the next observation; at the end it says so."""
    agent, decider = made('type "Name" Ada\nclick "Save"')
    said = [agent.get_action(turn(begins=True))[0], agent.get_action(turn())[0], agent.get_action(turn())[0]]
    assert said == ["fill('1', 'Ada', True)", "click('2')", "send_msg_to_user('done')"]
    assert [[(one.op, one.name, one.text) for one in look.did] for look in decider.looks] == [
        [], [("type", "Name", "Ada")], [("type", "Name", "Ada"), ("click", "Save", "")],
    ]  # fmt: skip


def test_what_went_wrong_was_not_done_unless_the_page_went_on():
    """It is decided anew; a page that is another one by now says that the act came through."""
    agent, decider = made('click "Save"')
    agent.get_action(turn(begins=True))
    assert agent.get_action(turn(wrong=True))[0] == "click('2')"
    assert agent.get_action(turn(page("heading Saved"), wrong=True))[0] == "send_msg_to_user('done')"
    assert [len(look.did) for look in decider.looks] == [0, 0, 1]


def test_the_same_act_on_the_same_page_is_not_tried_a_third_time():
    agent, _ = made('click "Save"')
    said = [agent.get_action(turn(begins=not number, wrong=bool(number)))[0] for number in range(3)]
    assert said == ["click('2')", "click('2')", "report_infeasible('it went round in circles')"]


def test_an_option_is_pressed_once_its_list_is_open():
    """Two lines for one act, which is told once."""
    agent, decider = made('select "City" Reno\nclick "Save"')
    said = [agent.get_action(turn(begins=True))[0], agent.get_action(turn(OPEN))[0], agent.get_action(turn())[0]]
    assert said == ["click('3')", "click('4')", "click('2')"]
    assert [[one.op for one in look.did] for look in decider.looks] == [[], ["select"]]


def test_a_new_episode_knows_nothing_of_the_last():
    agent, decider = made('click "Save"')
    agent.get_action(turn(begins=True))
    agent.get_action(turn(begins=True))
    assert decider.looks[1].did == ()


def test_a_page_that_may_not_be_seen_ends_it():
    """With the guard's reason, and without a decision."""
    agent, decider = made('click "Save"')
    assert "report_infeasible" in agent.get_action(turn(None, begins=True, why="private context"))[0]
    assert not decider.looks


def test_a_model_of_another_observer_is_refused():
    with pytest.raises(UsageFault, match=f"learned from observer {OBSERVER + 1}"):
        Agent(Scripted("done", observer=OBSERVER + 1), Looking(extension.folder(), ValueError))


def test_an_observation_without_a_page_is_told():
    agent, _ = made("done")
    with pytest.raises(UsageFault, match="holds no page") as caught:
        agent.act({"goal": "x", "last_action": "", "last_action_error": ""})
    assert "use_raw_page_output" in caught.value.hints[0]


def test_the_script_of_marks_ships_with_the_package():
    """It is read beside the module."""
    assert (Path(__file__).parents[3] / "src/byhand/evals/browsergym/marks.js").is_file()
