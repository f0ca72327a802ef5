"""Human demonstrations become events, events actions, and the actions are true to the pages; where not, it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from byhand.datasets.formats.miniwob_check import Checked, check
from byhand.datasets.formats.miniwob_human import Demo, demos, read
from byhand.datasets.formats.port import Recording
from byhand.episodes.build import build
from byhand.episodes.reduce import reduce
from byhand.episodes.types import Action
from byhand.errors import Problem
from tests.datasets.formats.miniwob_made import Made, node


def text_field() -> Made:
    fields = [
        node("INPUT_text", "name", value=""),
        node("INPUT_text", "town", value=""),
        node("BUTTON", "ok", text="Submit"),
    ]
    return Made("enter-text", fields, 'Enter "Ada".')


def demo(made: Made, folder: Path, *, values: bool = True) -> Demo:
    (found,) = demos(made.write(folder), values=values)
    assert isinstance(found, Demo)
    return found


def acts(one: Demo) -> list[tuple[str, str]]:
    """What was done, from the first page on."""
    return [(act.op, act.text or "+".join(act.keys)) for act in reduce(one.events).actions if act.op != "navigate"]


def checked(one: Demo) -> Checked:
    return check(one, reduce(one.events).actions)


def right(one: Demo) -> bool:
    found = checked(one)
    assert found.why_not == ()
    return found.explained and found.values_equal


def test_a_label_is_checked_once_though_browsers_click_twice(tmp_path: Path):
    """The second click has no press of its own."""
    boxes = [node("LABEL", "label", children=[node("INPUT_checkbox", "box", value=False), node("t", "", text="yes")])]
    made = Made("click-checkboxes", [*boxes, node("BUTTON", "ok", text="Submit")])
    made.toggles("label", "box")
    made.toggles("label", "box")
    made.press("ok")
    one = demo(made, tmp_path)
    assert acts(one) == [("check", ""), ("uncheck", ""), ("click", "")]
    assert right(one)


@pytest.mark.parametrize("values", [True, False], ids=["told by the page", "from the keys alone"])
def test_typing_with_corrections_tab_and_enter_is_what_the_page_holds(tmp_path: Path, *, values: bool):
    """Also where only the keys are known."""
    made = text_field()
    made.press("name")
    made.type("Adb")
    made.key("Backspace", "Ad")
    made.type("a")
    made.key("Tab")
    made.focus = "town"
    made.type("Paris")
    made.key("Enter")
    one = demo(made, tmp_path, values=values)
    assert acts(one) == [("click", ""), ("type", "Ada"), ("key", "Tab"), ("type", "Paris"), ("key", "Enter")]
    assert right(one)


def test_a_date_typed_in_parts_is_one_choice(tmp_path: Path):
    """Its value comes only with the last part."""
    made = Made("enter-date", [node("INPUT_date", "when", value=""), node("BUTTON", "ok", text="Submit")])
    made.press("when")
    for sign in "0315202":
        made.key(sign)
    made.key("4", "2024-03-15")
    made.press("ok")
    one = demo(made, tmp_path)
    assert acts(one) == [("select", "2024-03-15"), ("click", "")]
    assert right(one)


def test_a_native_list_is_one_choice_and_its_option_is_not_known(tmp_path: Path):
    """The source tells only that a button went up outside of the page; that is said, not made up."""
    made = Made("choose-list", [node("SELECT", "list"), node("BUTTON", "ok", text="Submit")])
    made.press("list")
    made.event("mouseup", x=-21, y=-301)
    made.event("click", x=-21, y=-301)
    made.press("ok")
    one = demo(made, tmp_path)
    assert [act.op for act in reduce(one.events).actions][1:] == ["select", "click"]
    found = checked(one)
    assert (found.explained, found.values_equal) == (True, False)
    assert found.why_not == ("the source does not tell the option",)


def test_what_a_script_writes_after_a_press_is_explained_by_the_press(tmp_path: Path):
    """A calendar puts the day into a field that nobody can type into."""
    made = Made("choose-date", [node("INPUT_text", "when", value=""), node("A", "day", text="27")])
    made.press("day")
    made.holds("when", "03/27/2016")
    made.event("mouseup", x=0, y=0)
    one = demo(made, tmp_path)
    assert acts(one) == [("click", "")]
    assert right(one)


def test_a_demonstration_that_ends_while_a_button_is_down_is_a_click(tmp_path: Path):
    """The task was done by the press alone."""
    made = text_field()
    made.press("name", up=False)
    one = demo(made, tmp_path)
    assert acts(one) == [("click", "")]
    assert right(one)


def test_a_change_that_another_act_would_have_to_explain_is_not_explained(tmp_path: Path):
    """A box can't be toggled by a press on something else and no check."""
    made = Made("click-checkboxes", [node("INPUT_checkbox", "box", value=False), node("BUTTON", "ok", text="Submit")])
    made.toggles("box", "box")
    made.press("ok")
    one = demo(made, tmp_path)
    only_clicks = [replace(act, op="click") if act.op == "check" else act for act in reduce(one.events).actions]
    assert check(one, only_clicks).why_not == ("a box changed by a click",)


def _without(actions: tuple[Action, ...], op: str) -> list[Action]:
    return [act for act in actions if act.op != op]


def test_wrong_text_missing_acts_and_doubled_events_are_found(tmp_path: Path):
    """The check can fail."""
    made = text_field()
    made.press("name")
    made.type("Ada")
    made.press("ok")
    one = demo(made, tmp_path)
    actions = reduce(one.events).actions
    assert right(one)
    wrong = [replace(act, text="Bob") if act.op == "type" else act for act in actions]
    assert check(one, wrong).why_not == ("a type says something else than the page",)
    missing = check(one, _without(actions, "type"))
    assert not missing.explained
    assert "a key belongs to no action" in missing.why_not
    twice = check(one, [*actions, actions[-1]])
    assert "an event belongs to two actions" in twice.why_not


def test_a_recording_has_its_task_and_can_be_built_like_our_own(tmp_path: Path):
    """With its words and its outcome."""
    made = text_field()
    made.press("name")
    made.type("Ada")
    made.told["rawReward"] = 0
    (found,) = read(made.write(tmp_path))
    assert isinstance(found, Recording)
    episode = build(found.name, found.events, by="source").episodes[-1]
    assert (episode.instruction, episode.by, episode.outcome) == ('Enter "Ada".', "source", "failed")
    assert [step.action.op for step in episode.steps] == ["click", "type"]
    assert episode.steps[1].before


def test_keys_that_write_have_no_name(tmp_path: Path):
    """As our own guard would have kept them."""
    made = text_field()
    made.press("name")
    made.type("Ada")
    made.key("Tab")
    keys = [one.event for one in demo(made, tmp_path).events if type(one.event).__name__ == "Key"]
    assert {(getattr(key, "cls", ""), getattr(key, "keysym", "")) for key in keys} == {("letter", ""), ("tab", "Tab")}


def test_what_is_no_demonstration_is_told_and_the_rest_is_read(tmp_path: Path):
    """With its file; nothing outside of the folder is opened."""
    good = text_field()
    good.press("name")
    good.write(tmp_path, "a")
    whole = (tmp_path / "a.json.gz").read_bytes()
    (tmp_path / "b.json.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "c.json").write_text('{"states": [{"time": "soon"}]}')
    (tmp_path / "d.json").write_text(json.dumps({"states": []}))
    (tmp_path / "e.json").write_text("[" * 100_000)
    (tmp_path / "f.json").symlink_to("/etc/hostname")
    found = list(read(tmp_path))
    assert [type(one) for one in found] == [Recording, *[Problem] * 5]
    problems = [one for one in found if isinstance(one, Problem)]
    assert [Path(one.source.removesuffix(":1")).name for one in problems] == [
        "b.json.gz", "c.json", "d.json", "e.json", "f.json",
    ]  # fmt: skip
    assert "soon" not in "".join(one.message for one in problems)
