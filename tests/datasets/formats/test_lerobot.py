from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image as Pictures

from byhand.datasets.formats import lerobot_files
from byhand.datasets.formats.events_made import Maker
from byhand.datasets.formats.lerobot import LEROBOT
from byhand.datasets.formats.lerobot_rows import FPS, NAMES
from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Demonstration, Picture
from byhand.errors import Problem
from byhand.events.kinds import Frame
from tests.datasets.formats.samples import ORDER, act, demonstration, png

PICTURE = "observation.images.screen"


def written(folder: Path, *demonstrations: Demonstration) -> tuple[Path, tuple[Problem, ...]]:
    return folder / "out", export(LEROBOT, demonstrations, folder / "out")


def recorded(maker: Maker, **more: Any) -> Demonstration:
    """An episode that lasts as long as its events."""
    events = maker.recording("r").events
    start, end = events[0].event.mono_ns, events[-1].event.mono_ns
    return replace(demonstration((), start_ns=start, end_ns=end), events=events, **more)


def opened(out: Path) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """info.json, and the columns of all rows' files, which are of the types that it names."""
    info = json.loads((out / "meta/info.json").read_bytes())
    schema = pa.schema([(name, arrow(told)) for name, told in info["features"].items()])
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    for path in sorted((out / "data").glob("*/*.parquet")):
        table = pq.read_table(path)
        assert table.schema.equals(schema)
        for name in columns:
            columns[name] += table[name].to_pylist()
    return info, columns


def arrow(told: dict[str, Any]) -> Any:
    """What `get_hf_features_from_features` of lerobot 0.4.4 makes of a feature, as an Arrow type."""
    if told["dtype"] == "image":
        return pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    plain = {"float32": pa.float32(), "int64": pa.int64(), "bool": pa.bool_()}[told["dtype"]]
    return plain if told["shape"] == [1] else pa.list_(plain, told["shape"][0])


def picture(row: dict[str, Any]) -> Any:
    return Pictures.open(BytesIO(row["bytes"]))


def actions(out: Path) -> dict[str, Any]:
    """Columns of `action` by name."""
    table = pq.read_table(out / "data/chunk-000/file-000.parquet")
    rows = np.array(table["action"].to_pylist())
    return {name: rows[:, place] for place, name in enumerate(NAMES)}


def at(column: Iterable[float]) -> list[int]:
    return [place for place, value in enumerate(column) if value]


def test_the_rows_open_as_lerobot_opens_them(tmp_path: Path):
    """Every feature that info.json names has its type and shape; indices count through, timestamps are the rate's."""
    out, _ = written(tmp_path, demonstration(ORDER), demonstration(ORDER, id="e2", instruction="Another"))
    info, rows = opened(out)
    assert info["codebase_version"] == "v3.0"
    assert (info["total_episodes"], info["total_tasks"], info["total_frames"]) == (2, 2, len(rows["index"]))
    assert rows["index"] == list(range(len(rows["index"])))
    half = len(rows["index"]) // 2
    assert rows["episode_index"][half] == rows["task_index"][half] == 1
    assert rows["frame_index"][half + 3] == 3
    assert abs(rows["timestamp"][half + 3] - 3 / FPS) < 1e-4  # lerobot's own tolerance
    assert info["features"]["action"]["names"] == list(NAMES)
    assert picture(rows[PICTURE][0]).size == (1280, 800)


def test_words_are_found_by_the_number_of_a_row(tmp_path: Path):
    """lerobot takes a task's words from the index of a pandas frame: the Parquet says which column that is."""
    out, _ = written(tmp_path, demonstration(ORDER))
    for name, first in (("task", "Order for Jane"), ("subtask", 'click textbox "Customer"')):
        schema = pq.read_schema(out / f"meta/{name}s.parquet")
        assert json.loads(schema.metadata[b"pandas"])["index_columns"] == [name]
        assert pq.read_table(out / f"meta/{name}s.parquet").to_pylist()[0] == {f"{name}_index": 0, name: first}


def test_an_episode_says_where_its_rows_lie(tmp_path: Path):
    """By file, by range of rows, and by split in info.json, which names ranges of episodes."""
    split = replace(demonstration(ORDER, id="e2", outcome="failed"), split="test")
    out, _ = written(tmp_path, demonstration(ORDER), split)
    first, second = pq.read_table(out / "meta/episodes/chunk-000/file-000.parquet").to_pylist()
    assert (first["dataset_from_index"], first["dataset_to_index"]) == (0, first["length"])
    assert (second["dataset_from_index"], second["length"]) == (first["length"], first["length"])
    assert (second["data/chunk_index"], second["data/file_index"]) == (0, 0)
    assert (second["tasks"], second["episode"], second["outcome"]) == (["Order for Jane"], "e2", "failed")
    assert json.loads((out / "meta/info.json").read_bytes())["splits"] == {"train": "0:1", "test": "1:2"}


def test_a_row_tells_what_was_done_until_the_next(tmp_path: Path):
    """Pointer, buttons and wheel from the events; places as fractions of the screen."""
    maker = Maker("test")
    maker.move(0, 320, 200)
    maker.button(0.52, 1, 640, 400, down=True)
    maker.button(0.78, 1, 640, 600, down=False)
    maker.scroll(1.0, 0, 3, 640, 600)
    maker.move(1.5, 0, 0)
    out, problems = written(tmp_path, recorded(maker))
    told = actions(out)
    assert problems == ()
    assert at(told["button_left"]) == [5, 6, 7]
    assert at(told["dy"]) == [10]
    assert told["dy"][10] == 3
    assert told["x"][4:8].tolist() == [0.25, 0.5, 0.5, 0.5]
    assert told["y"][4:8].tolist() == [0.25, 0.5, 0.5, 0.75]
    table = pq.read_table(out / "data/chunk-000/file-000.parquet").to_pylist()
    assert [row["observation.state"] for row in table[1:]] == [row["action"] for row in table[:-1]]


def test_no_row_tells_which_key_it_was(tmp_path: Path):
    """Its class only, and modifiers for as long as they are held."""
    maker = Maker("test")
    maker.move(0, 1, 1)
    maker.key(0.2, "Control_L", down=True)
    maker.key(0.3, "s", down=True)
    maker.key(0.35, "s", down=False)
    maker.key(0.5, "Control_L", down=False)
    maker.key(0.7, "Return", down=True)
    maker.move(1, 1, 1)
    told = actions(written(tmp_path, recorded(maker))[0])
    assert at(told["key_modifier"]) == [2, 3, 4, 5]
    assert at(told["key_letter"]) == [3]
    assert at(told["key_enter"]) == [7]


def test_a_press_without_an_end_does_not_last_for_ever(tmp_path: Path):
    """A button that never came up is told in one row; two presses within one row are counted, not lost in silence."""
    maker = Maker("test")
    maker.button(0, 1, 5, 5, down=True)
    for moment in (1.0, 1.04):
        maker.button(moment, 1, 5, 5, down=True)
        maker.button(moment + 0.02, 1, 5, 5, down=False)
    maker.move(2, 5, 5)
    out, problems = written(tmp_path, recorded(maker))
    assert at(actions(out)["button_left"]) == [0, 10]
    assert [one.message for one in problems] == ["presses that fall into a row with one of the same button: 1"]


def test_an_episode_without_events_is_told_by_its_actions(tmp_path: Path):
    """An imported one has no others; what hands can't do is said."""
    out, problems = written(tmp_path, demonstration((*ORDER, act("upload", ORDER[0].target)), pictures=False))
    told = actions(out)
    assert at(told["key_tab"]) == [60]
    assert at(told["button_left"])[0] == 10
    assert [one.message[:7] for one in problems] == ["1 step:"]
    assert PICTURE not in opened(out)[1]


def test_a_source_without_times_gets_a_second_for_each_step_and_says_so(tmp_path: Path):
    """AgentNet tells none, and rows need them."""
    known = demonstration(ORDER, end_ns=0)
    steps = tuple(
        msgspec.structs.replace(one, action=msgspec.structs.replace(one.action, start_ns=0, end_ns=0))
        for one in known.episode.steps
    )
    episode = msgspec.structs.replace(known.episode, steps=steps)
    out, problems = written(tmp_path, replace(known, episode=episode))
    assert at(actions(out)["button_left"])[0] == 0
    assert opened(out)[0]["total_frames"] == 80
    assert [one.message for one in problems] == ["8 steps: no time is told, so each was given a second"]


def test_a_picture_is_seen_from_its_moment_on(tmp_path: Path):
    """Never before it was there: a model must not see what comes. Rows without one are black, and say so."""
    maker = Maker("test")
    maker.move(0, 0, 0)
    seq = maker.add(Frame(*maker.at(0.55), "clock", 1280, 800, 0, b""))
    maker.move(1, 640, 400)
    out, _ = written(tmp_path, recorded(maker, sights={seq: Picture("image/png", png(), 1280, 800)}))
    _, rows = opened(out)
    assert rows["picture_kept"] == [False] * 6 + [True] * 5
    assert picture(rows[PICTURE][5]).getpixel((9, 9)) == (0, 0, 0)
    assert picture(rows[PICTURE][6]).getpixel((9, 9)) == (200, 200, 200)
    mean = json.loads((out / "meta/stats.json").read_bytes())[PICTURE]["mean"]
    assert np.allclose(mean, [[[200 / 255]]] * 3)


def test_all_pictures_are_of_one_size_and_in_colour(tmp_path: Path):
    """A batch can't hold two sizes. What fits stays as it is, byte for byte; episodes before it are filled up."""
    Pictures.new("RGB", (1280, 800), (10, 20, 30)).save(tmp_path / "fits.png")
    fits = (tmp_path / "fits.png").read_bytes()
    many = [demonstration(ORDER, pictures=False, id="e0")]
    for name, data, w, h in (("e1", fits, 1280, 800), ("e2", png(2560, 1440), 2560, 1440)):
        known = demonstration(ORDER, id=name)
        sights = dict.fromkeys(known.sights, Picture("image/png", data, w, h))
        many.append(replace(known, sights=sights))
    out, _ = written(tmp_path, *many)
    info, rows = opened(out)
    assert info["features"][PICTURE]["shape"] == [800, 1280, 3]
    third = len(rows["index"]) // 3
    looked = [picture(rows[PICTURE][place]) for place in (0, third + 20, 2 * third + 20)]
    assert {(one.mode, one.size) for one in looked} == {("RGB", (1280, 800))}
    assert [one.getpixel((9, 9)) for one in looked] == [(0, 0, 0), (10, 20, 30), (200, 200, 200)]
    assert rows[PICTURE][third + 20]["bytes"] == fits


def test_a_picture_that_nobody_can_open_is_no_picture(tmp_path: Path):
    """One bad file costs its rows' pictures and no more."""
    known = demonstration(ORDER)
    sights = {**known.sights, 0: Picture("image/png", b"x", 1280, 800)}
    out, problems = written(tmp_path, replace(known, sights=sights))
    assert [one.message for one in problems] == ["pictures that can't be opened: 1"]
    assert opened(out)[1]["picture_kept"][10:21] == [False] * 10 + [True]


def test_stats_are_those_of_the_rows(tmp_path: Path):
    """Whoever trains normalises by them: joined over episodes they equal those of all rows at once."""
    out, _ = written(tmp_path, demonstration(ORDER), demonstration(ORDER[:3], id="e2", pictures=False))
    info, rows = opened(out)
    stats = json.loads((out / "meta/stats.json").read_bytes())
    assert set(stats) == set(info["features"])
    for name in ("action", "observation.state", "timestamp"):
        column = np.array(rows[name], np.float64).reshape(len(rows[name]), -1)
        for key, value in (("mean", column.mean(0)), ("std", column.std(0)), ("min", column.min(0))):
            assert np.allclose(stats[name][key], value, atol=1e-5), (name, key)
        assert stats[name]["count"] == [info["total_frames"]]


def test_a_new_file_begins_when_one_is_full_and_an_episode_stays_whole(tmp_path: Path, monkeypatch: Any):
    """Readers find rows by file; the files together count through."""
    monkeypatch.setattr(lerobot_files, "FILE_MB", 0)
    out, _ = written(tmp_path, demonstration(ORDER), demonstration(ORDER, id="e2"))
    places = pq.read_table(out / "meta/episodes/chunk-000/file-000.parquet")["data/file_index"].to_pylist()
    assert places == [0, 1]
    info, rows = opened(out)
    assert rows["index"] == list(range(info["total_frames"]))


def test_what_has_no_size_or_lasts_for_ever_is_left_out(tmp_path: Path):
    """With a word about it; an export of nothing says that its readers will find nothing."""
    unknown = replace(demonstration(ORDER, pictures=False), screen=(0, 0), sights={})
    endless = demonstration(ORDER, id="e2", end_ns=1 << 62)
    _, problems = written(tmp_path, unknown, endless)
    assert [one.message.partition(":")[0] for one in problems[:2]] == ["left out", "left out"]
    assert "nothing to open" in problems[2].message
