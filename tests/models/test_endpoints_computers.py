"""Promises of the computer tools: a place in a picture is an element of the list, or nothing; a request is whole."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from msgspec.structs import replace

from byhand.models.decision import Decision, Did, Look
from byhand.models.endpoints import computers
from byhand.models.endpoints.computers import Picture, from_anthropic, from_openai, to_anthropic, to_openai
from byhand.models.endpoints.reading import Mistake
from tests.models.pages import page
from tests.models.stand_in import Said, calls, messages, responds, uses

# The form lies around all of it; the options of the closed list have the list's own box.
_BOXES = (0, 0, 400, 300, 10, 40, 100, 20, 10, 70, 100, 20, 10, 70, 100, 20, 10, 130, 100, 20)
SEEN = replace(page("form; >textbox Name; >combobox Colour; >>option red; >button Save"), places=_BOXES)
PICTURE = Picture(b"\x89PNG", 400, 300, SEEN)
LOOK = Look("save it", SEEN, (Did("click", 2, "textbox", "Name"),))
NOTHING = Mistake("pointed at a place where nothing is")
NO_ACT = Mistake("wanted an act that there is not")


def openai(action: dict[str, Any], did: tuple[Did, ...] = (), **more: Any) -> object:
    return from_openai(responds(calls(action, **more)).body, did, SEEN)


def anthropic(did: tuple[Did, ...] = (), **action: Any) -> object:
    return from_anthropic(messages(uses(**action)).body, did, SEEN)


def test_a_request_holds_the_picture_of_now_and_what_was_done():
    """Nothing is kept there, no list goes along; the tool is the one that the model has."""
    told = json.loads(to_openai("gpt-5.4", LOOK, PICTURE, "typed where no field has the keyboard"))
    assert (told["store"], told["tools"]) == (False, [{"type": "computer"}])
    text, image = told["input"][0]["content"]
    assert "clicked textbox" in text["text"]
    assert "Your last answer was not used" in text["text"]
    assert image["image_url"] == "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    assert b"combobox" not in to_openai("gpt-5.4", LOOK, PICTURE)
    told = json.loads(to_openai("computer-use-preview", LOOK, PICTURE))
    assert told["truncation"] == "auto"
    assert told["tools"] == [
        {"type": "computer_use_preview", "display_width": 400, "display_height": 300, "environment": "browser"}
    ]
    told = json.loads(to_anthropic("claude-sonnet-4-20250514", LOOK, PICTURE))
    assert told["tools"] == [
        {"type": "computer_20250124", "name": "computer", "display_width_px": 400, "display_height_px": 300}
    ]
    assert told["messages"][0]["content"][1]["source"]["media_type"] == "image/png"
    assert json.loads(to_anthropic("claude-opus-4-6", LOOK, PICTURE))["tools"][0]["type"] == "computer_20251124"
    assert computers.headers_anthropic("claude-opus-4-6", "k") == {
        "anthropic-version": "2023-06-01", "anthropic-beta": "computer-use-2025-11-24", "x-api-key": "k",
    }  # fmt: skip


def test_a_place_is_the_smallest_element_under_it():
    """The list, and not its options, which lie under it unseen; the very edge is outside."""
    assert openai({"type": "click", "x": 15, "y": 75, "button": "left"}) == Decision("click", 3)
    assert anthropic(action="left_click", coordinate=[15, 135]) == Decision("click", 5)
    assert anthropic(action="left_click", coordinate=[110, 135]) == NOTHING


def test_where_nothing_is_nothing_is_pressed():
    """On the bare ground of a form, and outside of the picture."""
    for x, y in ((300, 250), (5000, 5000), (-3, 4), (1e308, 2)):
        assert openai({"type": "click", "x": x, "y": y, "button": "left"}) == NOTHING
        assert anthropic(action="left_click", coordinate=[x, y]) == NOTHING


@pytest.mark.parametrize(
    ("action", "decided"),
    [
        ({"type": "double_click", "x": 15, "y": 135}, Decision("double_click", 5)),
        ({"type": "click", "x": 15, "y": 135, "button": "right"}, Decision("right_click", 5)),
        ({"type": "move", "x": 15, "y": 135}, Decision("hover", 5)),
        ({"type": "drag", "path": [{"x": 15, "y": 45}, {"x": 1, "y": 1}, {"x": 15, "y": 135}]}, Decision("drag", 2, 5)),
        ({"type": "scroll", "x": 300, "y": 250, "scroll_x": 0, "scroll_y": 300}, Decision("scroll", 1, dy=3.0)),
        ({"type": "keypress", "keys": ["CTRL", "A"]}, Decision("key", keys=("Control", "a"))),
        ({"type": "keypress", "keys": ["ENTER"]}, Decision("key", keys=("Enter",))),
        ({"type": "screenshot"}, "look"), ({"type": "wait"}, "look"),
        ({"type": "click", "x": 15, "y": 135, "button": "wheel"}, NO_ACT),
        ({"type": "scroll", "x": 300, "y": 250, "scroll_x": 100, "scroll_y": 0}, NO_ACT),
        ({"type": "click", "button": "left"}, NO_ACT), ({"type": "reboot"}, NO_ACT),
        ({"type": "drag", "path": []}, NO_ACT),
        ({"type": "keypress", "keys": []}, Mistake("named no key that there is")),
        ({"type": "click", "x": 15, "y": 135, "button": "left", "keys": ["SHIFT"]},
         Mistake("held a key while it used the mouse, which can't be done here")),
    ],
)  # fmt: skip
def test_each_act_of_openais_tool_is_read(action: dict[str, Any], decided: object):
    """As an act of ours, a wish to look, or a mistake."""
    assert openai(action) == decided


@pytest.mark.parametrize(
    ("action", "decided"),
    [
        ({"action": "triple_click", "coordinate": [15, 45]}, Decision("double_click", 2)),
        ({"action": "right_click", "coordinate": [15, 135]}, Decision("right_click", 5)),
        ({"action": "mouse_move", "coordinate": [15, 135]}, Decision("hover", 5)),
        ({"action": "left_click_drag", "start_coordinate": [15, 45], "coordinate": [15, 135]}, Decision("drag", 2, 5)),
        ({"action": "scroll", "coordinate": [300, 250], "scroll_direction": "up", "scroll_amount": 4},
         Decision("scroll", 1, dy=-4)),
        ({"action": "key", "text": "ctrl+s"}, Decision("key", keys=("Control", "s"))),
        ({"action": "key", "text": "Return"}, Decision("key", keys=("Enter",))),
        ({"action": "key", "text": "Page_Down"}, Decision("key", keys=("PageDown",))),
        ({"action": "key", "text": "rm"}, Mistake("named no key that there is")),
        ({"action": "screenshot"}, "look"), ({"action": "zoom", "region": [0, 0, 9, 9]}, "look"),
        ({"action": "middle_click", "coordinate": [15, 135]}, NO_ACT), ({"action": "left_mouse_down"}, NO_ACT),
        ({"action": "hold_key", "text": "a", "duration": 3}, NO_ACT), ({"action": "left_click"}, NO_ACT),
        ({"action": "left_click", "coordinate": [1, 2, 3]}, NO_ACT),
        ({"action": "scroll", "scroll_direction": "left", "scroll_amount": 4}, NO_ACT),
    ],
)  # fmt: skip
def test_each_act_of_anthropics_tool_is_read(action: dict[str, Any], decided: object):
    """The same of the other."""
    assert anthropic(**action) == decided


def test_what_is_typed_goes_to_the_field_that_has_the_keyboard():
    """Else to the one that was pressed last; else nowhere. Enter at its end is an act of its own."""
    focused = replace(SEEN, states=("", "focused", "", "", ""))
    said = responds(calls({"type": "type", "text": "Ada\n"})).body
    assert from_openai(said, (), focused) == Decision("type", 2, text="Ada")
    assert from_openai(said, LOOK.did, SEEN) == Decision("type", 2, text="Ada")
    assert from_openai(said, (), SEEN) == Mistake("typed where no field has the keyboard")
    assert from_openai(said, (Did("click", 77),), SEEN) == Mistake("typed where no field has the keyboard")


def test_of_several_acts_the_first_is_done():
    """The places of the others are of a page that will be no more; the older form with one act is read too."""
    both = [{"type": "screenshot"}, {"type": "click", "x": 15, "y": 135}, {"type": "click", "x": 15, "y": 45}]
    item = {"type": "computer_call", "call_id": "c", "actions": both}
    assert from_openai(responds({"type": "reasoning", "summary": []}, item).body, (), SEEN) == Decision("click", 5)
    old = {"type": "computer_call", "call_id": "c", "action": both[1], "pending_safety_checks": []}
    assert from_openai(responds(old).body, (), SEEN) == Decision("click", 5)


def test_a_check_for_a_person_is_never_answered_for_them():
    """It ends there."""
    found = openai({"type": "click", "x": 15, "y": 135}, pending_safety_checks=[{"id": "x", "code": "malicious"}])
    assert found == Mistake("wants a person to look at this first", final=True)


def text(said: str) -> tuple[Said, Said]:
    part = {"type": "output_text", "text": said}
    return (
        responds({"type": "message", "role": "assistant", "content": [part]}),
        messages({"type": "text", "text": said}, stop="end_turn"),
    )


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("DONE", Decision("done")), ("All of it is there. DONE.", Decision("done")),
        ("STUCK", Decision("done", sure=0.0)), ("Shall I go on?", Mistake("neither acted nor said that it is done")),
        ("", Mistake("neither acted nor said that it is done")),
    ],
)  # fmt: skip
def test_without_an_act_it_says_whether_it_is_done(said: str, means: object):
    """A question to nobody is no end."""
    one, other = text(said)
    assert from_openai(one.body, (), SEEN) == from_anthropic(other.body, (), SEEN) == means


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"output":3}', b'{"content":[{"type":"tool_use","input":3}]}'])
def test_what_can_not_be_read_is_a_mistake(body: bytes):
    """Of either."""
    assert from_openai(body, (), SEEN) == from_anthropic(body, (), SEEN) == Mistake("gave no answer that can be read")


def test_declining_is_final():
    """It would do so again."""
    assert from_anthropic(messages(stop="refusal").body, (), SEEN) == Mistake("declined to do it", final=True)
