from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.datasets.formats import code
from byhand.datasets.formats.agentnet import AGENTNET
from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Demonstration
from byhand.episodes.types import Action
from byhand.errors import Problem
from tests.datasets.formats.samples import CUSTOMER, SAVE, act, demonstration, png


def read(path: Path) -> tuple[list[Demonstration], list[Problem]]:
    assert AGENTNET.read is not None
    found = list(AGENTNET.read(path))
    return [one for one in found if isinstance(one, Demonstration)], [one for one in found if isinstance(one, Problem)]


def line(*steps: dict[str, Any], **told: Any) -> str:
    return json.dumps({"task_id": "t", "instruction": "do it", "traj": list(steps)} | told)


def step(said: str, image: str = "") -> dict[str, Any]:
    return {"index": 0, "image": image, "value": {"code": said}}


def test_a_row_is_written_as_its_own_project_writes_it(tmp_path: Path):
    """Fractions of the picture with four digits, named arguments, the end as a call."""
    export(AGENTNET, [demonstration((act("click", SAVE), act("drag", SAVE, to=CUSTOMER)))], tmp_path / "out")
    row = json.loads((tmp_path / "out/agentnet.jsonl").read_text())
    assert [one["value"]["code"] for one in row["traj"]] == [
        "pyautogui.click(x=0.0938, y=0.3937)",
        "pyautogui.moveTo(x=0.0938, y=0.3937)\npyautogui.dragTo(x=0.0938, y=0.1437, button='left')",
        "computer.terminate(status='success')",
    ]
    assert (tmp_path / "out/images" / row["traj"][0]["image"]).is_file()


X, Y = st.integers(1, 1279), st.integers(1, 799)
held = st.sampled_from([(), ("Control",), ("Control", "Shift")])
presses = st.sampled_from(["click", "double_click", "triple_click", "right_click", "middle_click", "hover"])
text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
keys = st.sampled_from([("Enter",), ("ArrowDown",), ("F5",), (" ",), ("PageUp",), ("a",)])
PAIRS = st.one_of(
    st.builds(act, presses, x=X, y=Y, keys=held),
    st.builds(act, st.just("drag"), x=X, y=Y, to_x=X, to_y=Y, keys=held),
    st.builds(act, st.just("scroll"), x=X, y=Y, dy=st.sampled_from([-3.0, 0.5, 7.0])),
    st.builds(act, st.just("scroll"), x=X, y=Y, dx=st.sampled_from([-3.0, 2.0])),
    st.builds(act, st.just("type"), text=text),
    st.builds(act, st.just("key"), keys=keys),
    st.builds(act, st.just("hotkey"), keys=st.sampled_from([("Control", "c"), ("Control", "Shift", "Tab")])),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(PAIRS, max_size=5).map(tuple))
def test_what_is_written_is_read_again(tmp_path_factory: Any, actions: tuple[Action, ...]):
    """Ops, places to the pixel, text, keys and held modifiers come back."""
    folder = tmp_path_factory.mktemp("pair")
    export(AGENTNET, [demonstration(actions)], folder / "out")
    (found,), problems = read(folder / "out")
    assert problems == []
    assert [_told(one.action) for one in found.episode.steps] == [_told(one) for one in actions]
    assert all(found.sights[one.before[0].seq].w == 1280 for one in found.episode.steps)  # type: ignore[union-attr]


def _told(one: Action) -> tuple[object, ...]:
    return one.op, one.x, one.y, one.to_x, one.to_y, one.dx, one.dy, one.text, one.keys


@pytest.mark.parametrize(
    "said",
    [
        "import os", "os.system('x')", "pyautogui.click(x=f())", "pyautogui.click(x=1e999, y=0)",
        "pyautogui.click(x='1', y=0)", "pyautogui.click", "x = 1",
        "pyautogui.click(**{})", "pyautogui.dragTo(x=0, y=0)",
        "(" * 500, "pyautogui.click(1,2,3,4,5,6,7)", "pyautogui.write(message=3)", "pyautogui.hotkey({})",
        "pyautogui.write('" + "a" * 200_000 + "')", "pyautogui.press(presses=-1, keys=3)",
    ],
)  # fmt: skip
def test_code_is_read_and_never_run(said: str):
    """Whatever is no known call with literals is refused, without a word of it in the message."""
    with pytest.raises(ValueError) as refused:
        code.read(said, lambda x, y: (round(x), round(y)))
    assert "os.system" not in str(refused.value)


def test_a_bad_step_and_a_bad_row_are_told_and_the_rest_is_read(tmp_path: Path):
    """File and line of each, and nothing of what it says."""
    (tmp_path / "a.jsonl").write_text(
        "\n".join((line(step("pyautogui.click(x=0.5, y=0.5)"), step("secret()")), '{"task_id": 3}', '{"task', line()))
    )
    found, problems = read(tmp_path / "a.jsonl")
    assert [len(one.episode.steps) for one in found] == [1, 0]
    assert [problem.source for problem in problems] == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3"]
    assert not any("secret" in problem.message for problem in problems)


def test_a_picture_is_taken_from_inside_the_folder_only(tmp_path: Path):
    """`..`, a root, a link: as good as not there. A picture of 60,000 pixels is none of a screen."""
    (tmp_path / "outside.png").write_bytes(png())
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "link.png").symlink_to(tmp_path / "outside.png")
    (inner / "bomb.png").write_bytes(png(1, 1).replace(b"\0\0\0\1\0\0\0\1", b"\0\0\xea\x60\0\0\xea\x60", 1))
    names = ("../outside.png", str(tmp_path / "outside.png"), "link.png", "bomb.png", "x\0.png", "a" * 5000)
    (inner / "a.jsonl").write_text(line(*(step("pyautogui.click(x=0.5, y=0.5)", name) for name in names)))
    (found,), problems = read(inner)
    assert found.sights == {}
    assert "6 pictures are not beside it" in problems[-1].message


def test_a_line_without_end_is_not_read(tmp_path: Path):
    """100 GB of one line: told, and the rows before it are there."""
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(line().encode() + b"\n")
        file.truncate(100 << 30)
    found, problems = read(tmp_path)
    assert len(found) == 1
    assert problems[0].source == "a.jsonl:2"
