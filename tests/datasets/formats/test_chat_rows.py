from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from byhand.datasets.formats.chat_anthropic import ANTHROPIC
from byhand.datasets.formats.chat_openai import OPENAI
from byhand.datasets.formats.chat_qwen import QWEN3, QWEN25, smart_resize
from byhand.datasets.formats.chat_uitars import UITARS
from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Format, Picture
from byhand.episodes.types import Observation
from tests.datasets.formats.samples import EVERY, MORE, ORDER, SAVE, act, demonstration, png


def rows(kind: Format, actions: tuple[Any, ...], folder: Path, **told: Any) -> list[dict[str, Any]]:
    export(kind, [demonstration(actions, **told)], folder / "out")
    return [json.loads(line) for line in (folder / "out/train/metadata.jsonl").read_text().splitlines()]


def answer(row: dict[str, Any]) -> str:
    return row["messages"][-1]["content"][0]["text"]


@pytest.mark.parametrize(
    ("kind", "place", "unit"),
    [(QWEN25, [118, 316], "px"), (QWEN3, [94, 394], "0-1000")],
)
def test_a_press_is_told_in_the_coordinates_its_model_was_trained_on(
    kind: Format, place: list[int], unit: str, tmp_path: Path
):
    """1280x800 is resized to 1288x812 for Qwen2.5-VL: 120, 315 becomes 121, 320 there, and 94, 394 in thousandths."""
    row = rows(kind, (act("click", SAVE),), tmp_path)[0]
    call = json.loads(answer(row).removeprefix("<tool_call>\n").removesuffix("\n</tool_call>"))
    want = [round(120 * 1288 / 1280), round(315 * 812 / 800)] if unit == "px" else place
    assert call == {"name": "computer_use", "arguments": {"action": "left_click", "coordinate": want}}
    assert row["space"]["unit"] == unit


@given(st.integers(1, 6000), st.integers(1, 6000))
def test_the_resized_picture_keeps_to_multiples_of_28_and_to_the_budget(w: int, h: int):
    """As the processor's rule demands, or its coordinates are off for everybody."""
    to_w, to_h = smart_resize(w, h)
    assert to_w % 28 == 0
    assert to_h % 28 == 0
    assert to_w * to_h <= 12845056
    assert to_w * to_h >= 3136


def test_a_row_holds_the_picture_before_the_act_and_what_was_done_so_far(tmp_path: Path):
    """The model is asked for the next act: it sees nothing of it."""
    third = rows(QWEN3, ORDER, tmp_path)[2]
    said = third["messages"][1]["content"]
    assert [part["type"] for part in said] == ["image", "text"]
    assert "2. type" in said[1]["text"]
    assert "France" not in said[1]["text"]
    assert (tmp_path / "out/train" / third["images_file_names"][0]).is_file()


def test_a_task_that_was_done_ends_with_the_word_for_it(tmp_path: Path):
    """A model has to learn when to stop."""
    assert '"status":"success"' in answer(rows(QWEN25, ORDER, tmp_path)[-1])


@pytest.mark.parametrize("kind", [QWEN25, QWEN3, UITARS])
def test_what_a_kind_cannot_say_gives_no_row_and_is_counted(kind: Format, tmp_path: Path):
    """Text that was not kept teaches nothing, and a row that leaves it out silently teaches the wrong thing."""
    problems = export(kind, [demonstration(EVERY)], tmp_path / "out")
    told = [json.loads(line) for line in (tmp_path / "out/train/metadata.jsonl").read_text().splitlines()]
    left_out = sum(int(problem.message.split()[0]) for problem in problems)
    assert len(told) - 1 + left_out == len(EVERY)
    assert any("not kept" in problem.message for problem in problems)
    assert not any('coordinate":[0,0]' in answer(row) for row in told)


def test_without_pictures_a_row_lists_what_stood_where_in_the_same_units(tmp_path: Path):
    """A recording of actions only still makes rows; its list counts as its answers do."""
    row = rows(QWEN3, (act("click", MORE),), tmp_path, pictures=False)[0]
    assert row["images_file_names"] == []
    assert 'button "More" (94, 331)' in row["messages"][1]["content"][0]["text"]
    assert '"coordinate":[94,331]' in answer(row)


def test_a_conversation_answers_each_call_with_what_it_showed(tmp_path: Path):
    """OpenAI: every call_id is called once and answered once, and each picture is the one before the next act."""
    row = rows(OPENAI, EVERY, tmp_path)[0]
    calls = [item["call_id"] for item in row["messages"] if item["type"] == "computer_call"]
    answers = [item["call_id"] for item in row["messages"] if item["type"] == "computer_call_output"]
    assert calls == answers == [f"call_{number}" for number in range(len(calls))]
    shown = [item["output"]["image_url"] for item in row["messages"] if item["type"] == "computer_call_output"]
    assert len(set(shown)) == len(EVERY) + 1
    held = [act for item in row["messages"] for act in item.get("actions", []) if act.get("keys")]
    assert {"type": "click", "button": "left", "x": 120, "y": 315, "keys": ["CTRL"]} in held


def test_messages_take_turns_and_every_tool_use_is_answered_in_the_next(tmp_path: Path):
    """Anthropic refuses a conversation where they don't."""
    row = rows(ANTHROPIC, EVERY, tmp_path)[0]
    assert [message["role"] for message in row["messages"]] == ["user", "assistant"] * (len(row["messages"]) // 2)
    for asked, answered in zip(row["messages"][1::2], row["messages"][2::2], strict=False):
        used = [part["id"] for part in asked["content"] if part["type"] == "tool_use"]
        assert used == [part["tool_use_id"] for part in answered["content"] if part["type"] == "tool_result"]
    inputs = [part["input"] for message in row["messages"] for part in message["content"] if part["type"] == "tool_use"]
    shown = [
        [part["content"][0]["type"] for part in message["content"] if part["type"] == "tool_result"][-1]
        for message in row["messages"][2::2]
    ]
    assert set(shown) == {"image"}
    assert {"action": "key", "text": "ctrl+End"} in inputs
    assert {"action": "scroll", "coordinate": [100, 100], "scroll_direction": "left", "scroll_amount": 2} in inputs


def test_the_newest_of_what_was_seen_is_shown(tmp_path: Path):
    """An older picture may lie beside it."""
    made = demonstration((act("click", SAVE),))
    (step,) = made.episode.steps
    old, new = Observation("frame", 0, 0), Observation("frame", 1, 1)
    for before in ((old, new), (new, old)):
        episode = structs.replace(made.episode, steps=(structs.replace(step, before=before),), outcome="unknown")
        sights = {0: made.sights[0], 1: Picture("image/png", png(640, 400), 640, 400, x=0, y=0)}
        out = tmp_path / str(before[0].seq)
        export(QWEN3, [replace(made, episode=episode, sights=sights)], out)
        (row,) = [json.loads(line) for line in (out / "train/metadata.jsonl").read_text().splitlines()]
        assert row["space"]["picture_w"] == 640


def test_splits_lie_in_folders_of_their_own(tmp_path: Path):
    """What is for testing can't slip into training by a glob."""
    export(QWEN3, [replace(demonstration(ORDER), split="test")], tmp_path / "out")
    assert (tmp_path / "out/test/metadata.jsonl").is_file()
    assert not (tmp_path / "out/train").exists()


def test_text_that_is_no_unicode_does_not_stop_an_export(tmp_path: Path):
    """A window's title may hold bytes that were no UTF-8."""
    row = rows(QWEN3, (act("type", SAVE, text="a\udcffb"),), tmp_path)[0]
    assert '"text":"a?b"' in answer(row)
