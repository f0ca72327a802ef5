"""Pictures out of a video: a real one, each of its frames another grey, so that it shows what an act was done on."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from byhand.datasets.formats import mcap, videos
from byhand.datasets.formats.owamcap import LIBRARY, OWAMCAP, TOPICS
from byhand.datasets.formats.port import Picture, Recording
from byhand.datasets.formats.pynput_tool import AGENTNET_RAW
from byhand.datasets.formats.videos import Reel
from byhand.episodes.build import build
from byhand.errors import Problem

FPS, SHADE = 20, 2


def film(path: Path, frames: int = 100, size: tuple[int, int] = (320, 200)) -> Path:
    """A frame is as grey as twice its number."""
    out = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, size)
    for number in range(frames):
        out.write(np.full((size[1], size[0], 3), number * SHADE, np.uint8))
    out.release()
    return path


def number(sight: Any) -> int:
    """Which frame it is. A grey may come back one darker."""
    assert isinstance(sight, Picture)
    grey: Any = Image.open(io.BytesIO(sight.data)).convert("L").getpixel((5, 5))
    return (grey + 1) // SHADE


def seen(found: Recording) -> list[tuple[str, int]]:
    """Each act with the frame it was done on."""
    sights = dict(found.sights.items())
    (episode,) = build("rec", found.events).episodes
    return [
        (step.action.op, number(sights[one.seq]))
        for step in episode.steps for one in step.before if one.kind == "frame"
    ]  # fmt: skip


def split(found: Any) -> tuple[list[Recording], list[str]]:
    every = list(found)
    problems = [one.message for one in every if isinstance(one, Problem)]
    return [one for one in every if isinstance(one, Recording)], problems


def test_pictures_come_in_any_order_each_the_last_of_its_moment(tmp_path: Path):
    """To the frame, forwards and backwards, near and far; none behind the end."""
    reel = Reel(film(tmp_path / "a.mkv", 120))
    assert reel.open() is None
    for seq, second in enumerate((0.0, 0.49, 0.5, 5.97, 1.0, 0.05)):
        reel.want(seq, second)
    assert [number(reel[seq]) for seq in range(6)] == [0, 9, 10, 119, 20, 1]
    reel.want(9, 6.5)
    assert [seq for seq, _ in reel.items()] == list(range(6))
    with pytest.raises(KeyError):
        reel[9]


def test_a_video_is_scaled_to_its_screen_and_one_of_another_shape_is_not_used(tmp_path: Path):
    """Places are the screen's pixels."""
    path = film(tmp_path / "a.mkv", 3)
    reel = Reel(path, (640, 400))
    assert reel.open() is None
    reel.want(0, 0)
    assert (reel[0].w, reel[0].h) == (640, 400)  # type: ignore[union-attr]
    problem = Reel(path, (640, 480)).open()
    assert problem is not None
    assert "another shape" in problem.message


def test_a_file_that_is_no_video_is_not_opened(tmp_path: Path):
    """A playlist could name any other file; one that only begins like a video is told."""
    for name, data in (("a.mp4", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"), ("b.mkv", b"\x1a\x45\xdf\xa3" + b"x" * 99)):
        (tmp_path / name).write_bytes(data)
    said = [problem.message for name in ("a.mp4", "b.mkv") if (problem := Reel(tmp_path / name).open()) is not None]
    assert said == ["no MP4, Matroska or AVI; it was not opened", "a video that can't be read"]


def test_without_the_library_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """And the rest is read all the same."""

    def missing(_name: str) -> Any:
        raise ModuleNotFoundError

    monkeypatch.setattr(videos, "import_module", missing)
    problem = Reel(film(tmp_path / "a.mkv", 1)).open()
    assert problem is not None
    assert "byhand[vision]" in problem.message


ACTS: tuple[tuple[float, dict[str, Any]], ...] = (
    (1.02, {"action": "move", "x": 10, "y": 10}), (1.2, {"action": "move", "x": 60, "y": 60}),
    (1.42, {"action": "click", "x": 60, "y": 60, "button": "left", "pressed": True}),
    (1.46, {"action": "click", "x": 60, "y": 60, "button": "left", "pressed": False}),
    (3.02, {"action": "click", "x": 60, "y": 60, "button": "left", "pressed": True}),
    (3.06, {"action": "click", "x": 60, "y": 60, "button": "left", "pressed": False}),
    (4.02, {"action": "press", "name": "enter"}), (4.06, {"action": "release", "name": "enter"}),
)  # fmt: skip


def agentnet(folder: Path, **about: Any) -> Path:
    folder.mkdir(exist_ok=True)
    lines = [json.dumps({"time_stamp": 500 + at, **act}) for at, act in ACTS]
    (folder / "events.jsonl").write_text("\n".join(lines))
    told = {"screen_width": 320, "screen_height": 200, "video_start_timestamp": 500.0} | about
    (folder / "metadata.json").write_text(json.dumps(told))
    return folder


def test_agentnets_acts_are_seen_on_the_video_as_it_was_before_them(tmp_path: Path):
    """Before the pointer set out; of a second press at the same place, and of a key, right before it."""
    folder = agentnet(tmp_path / "r")
    film(folder / "screen.mkv")
    assert AGENTNET_RAW.read is not None
    (found,), problems = split(AGENTNET_RAW.read(folder))
    assert problems == []
    assert seen(found) == [("click", 20), ("click", 60), ("key", 80)]
    (folder / "other.mkv").write_bytes(b"")
    (found,), _ = split(AGENTNET_RAW.read(folder))
    assert seen(found) == [], "of two videos nobody knows which"


def owamcap(path: Path, uri: str = "screen.mkv") -> Path:
    """Messages of a screen, twenty a second, and the same acts."""
    told: list[tuple[float, str, dict[str, Any]]] = [
        (at / FPS, "screen", {"source_shape": [320, 200], "shape": [320, 200],
                              "media_ref": {"uri": uri, "pts_ns": at * 1_000_000_000 // FPS}})
        for at in range(100)
    ]  # fmt: skip
    for at, act in ACTS:
        if "name" in act:
            told.append((at, "keyboard", {"event_type": act["action"], "vk": 13}))
        else:
            told.append((at, "mouse", {**act, "event_type": act["action"]}))
    with path.open("wb") as file:
        writer = mcap.Writer(file, "owa", LIBRARY, TOPICS)
        writer.begin()
        for at, topic, body in sorted(told, key=lambda one: one[0]):
            writer.add(topic, 1_700_000_000_000_000_000 + round(at * 1e9), json.dumps(body).encode())
        writer.end()
    return path


def test_owamcaps_acts_are_seen_on_the_video_that_its_messages_name(tmp_path: Path):
    """By the time that each message says it has in the video."""
    film(tmp_path / "screen.mkv")
    assert OWAMCAP.read is not None
    (found,), problems = split(OWAMCAP.read(owamcap(tmp_path / "a.mcap")))
    assert problems == []
    assert seen(found) == [("click", 20), ("click", 60), ("key", 80)]
    assert len(found.sights) == 3, "no picture that nobody needs"


@pytest.mark.parametrize("uri", ["gone.mkv", "../screen.mkv", "/etc/passwd", "http://127.0.0.1/a.mkv"])
def test_a_video_that_is_not_beside_its_file_is_told_and_never_looked_for(tmp_path: Path, uri: str):
    """The acts are read all the same."""
    film(tmp_path / "screen.mkv", 2)
    (tmp_path / "in").mkdir()
    assert OWAMCAP.read is not None
    (found,), problems = split(OWAMCAP.read(owamcap(tmp_path / "in" / "a.mcap", uri)))
    assert problems == ["it is not beside the file"]
    assert len(build("rec", found.events).episodes[0].steps) == 3
