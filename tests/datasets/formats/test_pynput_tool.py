from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from byhand.datasets.formats.port import Recording
from byhand.datasets.formats.pynput_tool import AGENTNET_RAW, DUCKTRACK
from byhand.episodes.reduce import reduce
from byhand.errors import Problem


def lines(path: Path, *told: dict[str, Any] | str) -> None:
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in told))


def click(time: float, x: float, y: float, button: str = "left") -> tuple[dict[str, Any], dict[str, Any]]:
    at: dict[str, Any] = {"action": "click", "x": x, "y": y, "button": button}
    return {"time_stamp": time, "pressed": True, **at}, {"time_stamp": time + 0.1, "pressed": False, **at}


def key(time: float, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"time_stamp": time, "action": "press", "name": name}, {
        "time_stamp": time + 0.05,
        "action": "release",
        "name": name,
    }


def read(path: Path, kind: Any = DUCKTRACK) -> tuple[Recording, list[Problem]]:
    found = list(kind.read(path))
    (one,) = [one for one in found if isinstance(one, Recording)]
    return one, [one for one in found if isinstance(one, Problem)]


def test_events_become_the_acts_they_were(tmp_path: Path):
    """Typing, an enter, a wheel that turned down: by the same reducer as our own recordings."""
    wheel = {"time_stamp": 4, "action": "scroll", "x": 5, "y": 5, "dx": 0, "dy": -2}
    lines(tmp_path / "events.jsonl", *click(1, 10.4, 20.6), *key(2, "h"), *key(2.2, "i"), *key(2.4, "enter"), wheel)
    recording, problems = read(tmp_path)
    told = [(one.op, one.x, one.y, one.text, one.keys, one.dy) for one in reduce(recording.events).actions]
    assert problems == []
    assert told == [
        ("click", 10, 21, "", (), 0), ("type", 0, 0, "hi", (), 0), ("key", 0, 0, "", ("Enter",), 0),
        ("scroll", 5, 5, "", (), 2),
    ]  # fmt: skip


def test_a_press_gets_the_element_that_was_looked_at_before_it(tmp_path: Path):
    """By time and by place: one that lies elsewhere or is old says nothing."""
    box = {"left": 0, "top": 0, "right": 50, "bottom": 50}
    tree = {"Name": "Save", "ControlType": "ButtonControl", "BoundingRectangle": box, "Children": []}
    lines(tmp_path / "events.jsonl", *click(1, 10, 10), *click(5, 10, 10), *click(9, 60, 10))
    lines(tmp_path / "element.jsonl", *({"time_stamp": time, "a11y_tree": tree} for time in (0.9, 3, 8.9)))
    lines(tmp_path / "metadata.json", {"screen_width": 100, "screen_height": 80})
    lines(tmp_path / "task_name.json", {"task_name": "Save it"})
    recording, _ = read(tmp_path, AGENTNET_RAW)
    named = [one.target and (one.target.role, one.target.name) for one in reduce(recording.events).actions]
    assert named == [("push button", "Save"), None, None]
    assert recording.screen == (100, 80)
    assert "Save it" in str([one.event for one in recording.events[:2]])


def test_a_line_that_makes_no_sense_is_told_and_the_rest_is_read(tmp_path: Path):
    """Wrong types, numbers out of range, keys nobody knows, a torn end: each with its line, none with its content."""
    lines(
        tmp_path / "events.jsonl", *click(1, 1, 1), {"time_stamp": "x", "action": "move"}, {"action": "move"},
        {"time_stamp": 1e300, "action": "move"}, {"time_stamp": 2, "action": "move", "x": 1e300},
        {"time_stamp": 2, "action": "press", "name": "secretkey"}, {"time_stamp": 2, "action": "dance"},
        *click(3, 1, 1, "nose"), *click(4, 2, 2), '{"time_stamp": 5, "act',
    )  # fmt: skip
    recording, problems = read(tmp_path)
    assert [problem.source for problem in problems] == [
        f"events.jsonl:{line}" for line in (3, 4, 5, 6, 7, 8, 9, 10, 13)
    ]
    assert not any("secret" in problem.message or "nose" in problem.message for problem in problems)
    assert [one.op for one in reduce(recording.events).actions] == ["click", "click"]


def test_time_that_runs_backwards_stands_still(tmp_path: Path):
    """The reducer is promised events in order."""
    lines(tmp_path / "events.jsonl", *click(5, 1, 1), *click(2, 1, 1))
    recording, _ = read(tmp_path)
    moments = [one.event.mono_ns for one in recording.events]
    assert moments == sorted(moments)


def test_an_empty_folder_and_an_empty_file_are_problems(tmp_path: Path):
    """Not a recording of nothing."""
    assert DUCKTRACK.read is not None
    assert [type(one) for one in DUCKTRACK.read(tmp_path)] == [Problem]
    (tmp_path / "events.jsonl").write_text("\n\n")
    assert [type(one) for one in DUCKTRACK.read(tmp_path)] == [Problem]
