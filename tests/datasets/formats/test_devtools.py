from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from byhand.datasets.formats.devtools import DEVTOOLS
from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Demonstration
from byhand.episodes.types import Action
from byhand.errors import Problem
from tests.datasets.formats import puppeteer
from tests.datasets.formats.samples import COUNTRY, CUSTOMER, EVERY, MORE, ORDER, SAID, SAVE, act, demonstration, framed


def flow(tmp_path: Path, actions: tuple[Action, ...]) -> dict[str, Any]:
    export(DEVTOOLS, [demonstration(actions)], tmp_path / "out")
    return json.loads(next((tmp_path / "out").iterdir()).read_text())


def read(path: Path) -> tuple[list[Demonstration], list[Problem]]:
    assert DEVTOOLS.read is not None
    found = list(DEVTOOLS.read(path))
    return [one for one in found if isinstance(one, Demonstration)], [one for one in found if isinstance(one, Problem)]


def test_a_step_has_all_ways_to_its_target_and_where_it_was_pressed(tmp_path: Path):
    """Replay tries one after the other, so a page that changed a little still replays."""
    step = flow(tmp_path, (act("click", SAVE),))["steps"][2]
    assert step == {
        "type": "click", "target": "main", "offsetX": 100, "offsetY": 15, "button": "primary",
        "selectors": [['aria/Save[role="button"]'], ["#save"], ['xpath///*[@id="save"]']],
    }  # fmt: skip


def test_what_has_no_step_is_counted_and_not_bent(tmp_path: Path):
    """A drag that is left out is told; it never becomes a click."""
    problems = export(DEVTOOLS, [demonstration(EVERY)], tmp_path / "out")
    said = " ".join(problem.message for problem in problems)
    assert "a drag has no step" in said
    assert "what was typed or chosen is not kept" in said


@pytest.fixture(scope="session")
def replay() -> Path:
    return puppeteer.installed()


def test_a_recording_replays_with_the_replay_of_its_own_makers(tmp_path: Path, form: str, replay: Path):
    """@puppeteer/replay does each step in a real Chromium, and the page says what the person's page would say."""
    export(DEVTOOLS, [demonstration(ORDER, origin=form)], tmp_path / "out")
    ran = puppeteer.replayed(replay, next((tmp_path / "out").iterdir()), "#said")
    assert ran.stdout.startswith(SAID), ran.stderr


def test_what_was_done_in_a_frame_replays_in_that_frame(tmp_path: Path, form: str, replay: Path):
    """Each step says the way to it; the page around hears from the form what became of it."""
    other = form.replace("127.0.0.1", "localhost")
    export(DEVTOOLS, [demonstration(framed(ORDER, f"{form}/shop", 1), origin=other)], tmp_path / "out")
    written = next((tmp_path / "out").iterdir())
    steps = json.loads(written.read_text())["steps"]
    assert steps[1] == {"type": "navigate", "url": f"{form}/shop"}
    assert all(step["frame"] == [1] for step in steps[2:] if "selectors" in step or "expression" in step)
    ran = puppeteer.replayed(replay, written, "#said")
    assert ran.stdout.startswith(SAID), ran.stderr
    (found,), problems = read(written)
    told = [step.action for step in found.episode.steps]
    assert problems == []
    assert {one.target.frames for one in told if one.target} == {(1,)}
    assert {(one.frame, one.top) for one in told if one.target} == {(2, f"{form}/shop")}


presses = st.sampled_from(["click", "double_click", "right_click", "middle_click", "hover"])
text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
chords = st.sampled_from([("Control", "a"), ("Control", "Shift", "Enter")])
PAIRS = st.one_of(
    st.builds(act, presses, st.sampled_from([SAVE, MORE])),
    st.builds(act, st.just("type"), st.just(CUSTOMER), text=text),
    st.builds(act, st.just("key"), keys=st.sampled_from([("Enter",), ("ArrowDown",)]), times=st.integers(1, 3)),
    st.builds(act, st.just("hotkey"), keys=chords),
    st.builds(act, st.just("navigate"), page=st.sampled_from(["/", "/orders"])),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(PAIRS, max_size=6).map(tuple))
def test_what_is_written_is_read_again(tmp_path_factory: Any, actions: tuple[Action, ...]):
    """Op, target, text, keys and address come back; a target's name and role by its first selector."""
    folder = tmp_path_factory.mktemp("pair")
    actions = (act("navigate"), act("click", SAVE), *actions)
    export(DEVTOOLS, [demonstration(actions)], folder / "out")
    (found,), problems = read(folder / "out")
    assert problems == []
    told = [
        (one.op, one.target and (one.target.name, one.target.selectors), one.text, one.keys, one.times)
        for one in (step.action for step in found.episode.steps)
    ]
    assert told == [
        (one.op, one.target and (one.target.name, one.target.selectors), one.text, one.keys, one.times)
        for one in _joined(actions)
    ]


def _joined(actions: tuple[Action, ...]) -> list[Action]:
    """The same key twice is the same as one pressed two times."""
    joined: list[Action] = []
    for one in actions:
        if joined and one.op in ("key", "hotkey") and joined[-1].keys == one.keys:
            joined[-1] = replace(joined[-1], times=joined[-1].times + one.times)
        else:
            joined.append(one)
    return joined


def test_a_choice_is_read_again_from_its_expression(tmp_path: Path):
    """By its label and the one way that the expression has to its list; another expression is no choice."""
    choice = act("select", COUNTRY, text='Fran"ce \\ é')
    by_path = act("select", replace(COUNTRY, selectors=COUNTRY.selectors[2:]), text="x")
    export(DEVTOOLS, [demonstration((choice, by_path))], tmp_path / "out")
    (found,), problems = read(tmp_path / "out")
    told = [
        (one.action.op, one.action.text, one.action.target and one.action.target.selectors)
        for one in found.episode.steps
    ]
    assert problems == []
    assert told[1:] == [("select", 'Fran"ce \\ é', ("#country",)), ("select", "x", ('xpath///*[@id="country"]',))]


def test_a_scroll_is_read_again_from_its_expression(tmp_path: Path):
    """What moved, and how far; a wheel of which nobody knows what it moved is left out."""
    moved = act("scroll", replace(MORE, frames=(2,)), dx=-0.5, dy=3)
    problems = export(DEVTOOLS, [demonstration((act("click", SAVE), moved, act("scroll", dy=1)))], tmp_path / "out")
    assert [one.message for one in problems] == [
        "1 step left out: what was scrolled is not known; a replay brings targets into view"
    ]
    (found,), wrong = read(tmp_path / "out")
    told = found.episode.steps[-1].action
    assert (told.op, told.dx, told.dy, wrong) == ("scroll", -0.5, 3, [])
    assert told.target is not None
    assert (told.target.selectors, told.target.frames) == (("#more",), (2,))


def test_a_broken_step_is_told_with_its_line_and_the_rest_is_read(tmp_path: Path):
    """One bad step in a recording of a hundred is no reason to lose the others."""
    (tmp_path / "a.json").write_text(
        '{"title": "t",\n"steps": [\n{"type": "navigate", "url": "http://u:p@x.example/a?q=1"},\n{"type": 3},\n'
        '{"type": "dance"},\n{"type": "keyDown"},\n{"type": "click", "selectors": ["#a", ["b", "c"]]}]}'
    )
    (found,), problems = read(tmp_path / "a.json")
    assert [problem.source for problem in problems] == ["a.json:4", "a.json:5", "a.json:6"]
    last = found.episode.steps[-1].action
    assert last.target is not None
    assert (last.origin, last.page, last.target.selectors) == ("http://x.example", "/a", ("#a", "pierce/b >>> c"))


def test_a_file_that_is_no_recording_is_told_and_the_next_one_read(tmp_path: Path):
    """Truncated, empty, something else, a link out of the folder: each a problem or nothing, never an end."""
    (tmp_path / "1.json").write_text('{"title": "t", "steps": [\n{"type"')
    (tmp_path / "2.json").write_text("")
    (tmp_path / "3.json").write_text('{"steps": []}')
    (tmp_path / "4.json").symlink_to("/etc/passwd")
    (tmp_path / "5.json").write_text('{"title": "t", "steps": []}')
    found, problems = read(tmp_path)
    assert len(found) == 1
    assert [problem.source for problem in problems] == ["1.json:2", "2.json:1", "3.json:1"]


def test_a_file_that_claims_to_be_100_gb_is_not_read(tmp_path: Path):
    """It is told, at once, and nothing of it is in memory."""
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate(100 << 30)
    _, problems = read(tmp_path)
    assert "102400 MiB long" in problems[0].message


def test_what_the_recorder_itself_writes_is_read_as_it_was_meant(tmp_path: Path):
    """A press on the text inside a link is the link's; a field that is typed into is one; a page is where it led."""
    led = [{"type": "navigation", "url": "http://x.example/orders/31", "title": ""}]
    steps = [
        {"type": "navigate", "url": "http://x.example/", "assertedEvents": [{"type": "navigation", "url": ""}]},
        {"type": "click", "selectors": [["aria/New order", 'aria/[role="generic"]'], ["nav > a:nth-of-type(2)"]],
         "offsetX": 1, "offsetY": 1, "assertedEvents": led},
        {"type": "click", "selectors": [["aria/Name"], ["#name"]], "offsetX": 1, "offsetY": 1},
        {"type": "change", "value": "Acme", "selectors": [["aria/Name"], ["#name"]]},
        {"type": "click", "selectors": [["aria/Save"], ["form > button"]], "offsetX": 1, "offsetY": 1},
    ]  # fmt: skip
    (tmp_path / "flow.json").write_text(json.dumps({"title": "Recording 1", "steps": steps}), "utf-8")
    [shown], problems = read(tmp_path / "flow.json")
    acts = [step.action for step in shown.episode.steps]
    told = [(one.op, one.target.role, one.target.name, one.page) for one in acts if one.target is not None]
    assert told == [
        ("click", "link", "New order", "/"), ("click", "textbox", "Name", "/orders/{id}"),
        ("type", "textbox", "Name", "/orders/{id}"), ("click", "button", "Save", "/orders/{id}"),
    ]  # fmt: skip
    assert problems == []
