from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.datasets.formats.mind2web import MIND2WEB
from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Demonstration, Markup
from byhand.episodes.types import Action
from byhand.errors import Problem
from tests.datasets.formats.samples import CUSTOMER, EVERY, ORDER, SAVE, act, demonstration


def read(path: Path) -> tuple[list[Demonstration], list[Problem]]:
    assert MIND2WEB.read is not None
    found = list(MIND2WEB.read(path))
    return [one for one in found if isinstance(one, Demonstration)], [one for one in found if isinstance(one, Problem)]


def test_the_candidate_is_found_in_the_page_by_its_number(tmp_path: Path):
    """As Mind2Web's own loader does: `backend_node_id` of the candidate is an attribute of exactly one tag."""
    export(MIND2WEB, [demonstration(EVERY, pictures=False)], tmp_path / "out")
    (task,) = json.loads((tmp_path / "out/mind2web.json").read_text())
    assert len(task["actions"]) == len(task["action_reprs"])
    for action in task["actions"]:
        (candidate,) = action["pos_candidates"]
        found: list[str] = []

        class Finder(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                if dict(attrs).get("backend_node_id") == candidate["backend_node_id"]:  # noqa: B023  used at once
                    found.append(tag)  # noqa: B023

        Finder().feed(action["cleaned_html"])
        assert found == [candidate["tag"]]
        assert json.loads(candidate["attributes"])["bounding_box_rect"].count(",") == 3
        assert candidate["backend_node_id"] not in [one["backend_node_id"] for one in action["neg_candidates"]]
    assert task["action_reprs"][1] == '[textbox]  Customer -> TYPE: Jane O\'Neil "x"'


text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
PAIRS = st.one_of(
    st.builds(act, st.sampled_from(["click", "hover"]), st.sampled_from([SAVE, CUSTOMER])),
    st.builds(act, st.sampled_from(["type", "select"]), st.just(CUSTOMER), text=text),
)


@settings(deadline=None, max_examples=30)
@given(st.lists(PAIRS, min_size=1, max_size=5).map(tuple))
def test_what_is_written_is_read_again(tmp_path_factory: Any, actions: tuple[Action, ...]):
    """Op, text, and of the target role, name, tag, node, place and selectors."""
    folder = tmp_path_factory.mktemp("pair")
    export(MIND2WEB, [demonstration(actions, pictures=False)], folder / "out")
    (found,), problems = read(folder / "out")
    assert problems == []
    assert [_told(step.action) for step in found.episode.steps] == [_told(one) for one in actions]
    assert all(isinstance(found.sights[step.before[0].seq], Markup) for step in found.episode.steps)


def _told(one: Action) -> tuple[object, ...]:
    target = one.target
    assert target is not None
    return one.op, one.text, target.name, target.aria, target.tag, target.node, target.area, target.selectors


def test_a_task_that_makes_no_sense_is_told_and_the_next_is_read(tmp_path: Path):
    """With the line it begins at."""
    good = '{"annotation_id": "a", "confirmed_task": "t", "actions": [{"operation": {"op": "CLICK"}, "extra": 1},'
    good += '{"operation": {"op": "FLY"}}, {"operation": {"op": "CLICK"}, "pos_candidates": [{"attributes": "{"}]}]}'
    (tmp_path / "t.json").write_text(f'[\n{{"annotation_id": 1}},\n{good}\n]')
    (found,), problems = read(tmp_path / "t.json")
    assert [problem.source for problem in problems] == ["t.json:2", "t.json:3", "t.json:3"]
    assert len(found.episode.steps) == 1
    (tmp_path / "t.json").write_text((tmp_path / "t.json").read_text()[:-3])
    assert read(tmp_path / "t.json")[0] == []


def test_a_million_brackets_are_no_page_and_no_crash(tmp_path: Path):
    """Nesting is a bomb of its own."""
    (tmp_path / "t.json").write_text("[" * 1_000_000)
    _, (problem,) = read(tmp_path / "t.json")
    assert problem.source.startswith("t.json:")


def test_an_export_without_a_page_says_so(tmp_path: Path):
    """A desktop's episode is nothing for Mind2Web."""
    problems = export(MIND2WEB, [demonstration((act("key", keys=("Enter",)),)), demonstration(ORDER)], tmp_path / "out")
    assert any(problem.message.startswith("left out") for problem in problems)
    assert len(json.loads((tmp_path / "out/mind2web.json").read_text())) == 1
