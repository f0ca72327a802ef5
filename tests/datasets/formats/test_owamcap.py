from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.datasets.formats import mcap
from byhand.datasets.formats.events_made import Maker
from byhand.datasets.formats.out import export
from byhand.datasets.formats.owamcap import OWAMCAP, TOPICS
from byhand.datasets.formats.port import Picture, Recording
from byhand.episodes.reduce import reduce
from byhand.errors import Problem
from byhand.events.kinds import AnyEvent, Frame, Key, Numbered
from tests.datasets.formats.samples import demonstration, png

UTC = 1_700_000_000_000_000_000


def read(path: Path) -> tuple[list[Recording], list[Problem]]:
    assert OWAMCAP.read is not None
    found = list(OWAMCAP.read(path))
    return [one for one in found if isinstance(one, Recording)], [one for one in found if isinstance(one, Problem)]


def written(folder: Path, maker: Maker, **more: Any) -> Path:
    events = maker.recording("r").events
    export(OWAMCAP, [replace(demonstration(()), events=events, utc_ns=UTC, **more)], folder / "out")
    return next((folder / "out").iterdir())


place = st.integers(-3000, 9000)
names = st.sampled_from(["a", "7", "Return", "Tab", "Left", "F12", "Control_L", "Shift_R", "space", "U002F", "U005B"])
STROKES = st.one_of(
    st.tuples(st.just("move"), place, place),
    st.tuples(st.just("button"), st.sampled_from([1, 2, 3, 8]), st.booleans()),
    st.tuples(st.just("scroll"), st.integers(-9, 9), st.integers(-9, 9)),
    st.tuples(st.just("key"), names, st.booleans()),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(STROKES, min_size=1, max_size=20))
def test_what_is_written_is_read_again(tmp_path_factory: Any, strokes: list[tuple[str, Any, Any]]):
    """Every key by name, every place, every wheel, each with its moment to the microsecond."""
    maker = Maker("test")
    for number, (kind, one, two) in enumerate(strokes):
        if kind == "move":
            maker.move(number, one, two)
        elif kind == "button":
            maker.button(number, one, 5, 6, down=two)
        elif kind == "scroll":
            maker.scroll(number, one, two, 5, 6)
        else:
            maker.key(number, one, down=two)
    (found,), problems = read(written(tmp_path_factory.mktemp("pair"), maker))
    assert problems == []
    first = maker.recording("r").events
    assert [_told(one.event) for one in found.events[2:-2]] == [_told(one.event) for one in first]


def _told(event: AnyEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__struct_fields__ if name != "by"}


def test_a_picture_travels_inside_of_the_message(tmp_path: Path):
    """Byte for byte, at the moment it was taken."""
    maker = Maker("test")
    seq = maker.add(Frame(*maker.at(1), "clock", 1280, 800, 0, b""))
    (found,), _ = read(written(tmp_path, maker, sights={seq: Picture("image/png", png(), 1280, 800)}))
    (picture,) = found.sights.values()
    assert isinstance(picture, Picture)
    assert picture.data == png()
    assert found.screen == (1280, 800)


def test_a_key_that_was_not_named_is_counted_and_not_guessed(tmp_path: Path):
    """Our recordings keep of most keys their class only."""
    maker = Maker("test")
    maker.add(Key(*maker.at(1), True, "letter", 0, "", 0, False, False))
    maker.move(2, 1, 1)
    events = maker.recording("r").events
    (problem,) = export(OWAMCAP, [replace(demonstration(()), events=events)], tmp_path / "out")
    assert problem.message == "1 event left out: which key it was is not kept"


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path):
    """A recorder that was killed leaves such a file."""
    maker = Maker("test")
    for number in range(60_000):
        maker.move(number / 100, number % 1000, 5)
    path = written(tmp_path, maker)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (found,), (problem,) = read(path)
    assert 1000 < len(found.events) < 60_000
    assert "ends inside of a record" in problem.message


def bomb() -> bytes:
    return zstandard.ZstdCompressor(level=19).compress(bytes(400 << 20))


def chunk(size: int, packed: bytes) -> bytes:
    body = mcap.struct.pack("<QQQI", 0, 0, size, 0) + mcap.text("zstd")
    return mcap.record(mcap.CHUNKED, body + mcap.struct.pack("<Q", len(packed)) + packed)


HEAD = mcap.MAGIC + mcap.record(mcap.HEADER, mcap.text("owa") + mcap.text("x"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"MCAP", "no MCAP file"), (HEAD, "without a footer"), (HEAD + b"\5", "inside of a record"),
        (HEAD + b"\5" + b"\xff" * 8, "longer than"), (HEAD + mcap.record(5, b"x"), "no sense"),
        (HEAD + mcap.record(4, b"\0\0\0\0\xff\xff\xff\xff"), "longer than its record"),
        (HEAD + chunk(100 << 30, b"x"), "unpacks to more"), (HEAD + chunk(10, b"x" * 20), "can't be unpacked"),
        (HEAD + chunk(1000, zstandard.ZstdCompressor().compress(bytes(1 << 20))), "not what it says"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_before_it_is_unpacked(data: bytes, said: str):
    """Lengths that lie, chunks that unpack to 100 GB, records from nowhere."""
    with pytest.raises(mcap.McapFault, match=said):
        list(mcap.read(BytesIO(data)))


def test_a_message_that_makes_no_sense_is_told_with_its_number_and_the_rest_is_read(tmp_path: Path):
    """And nothing of what it says."""
    with (tmp_path / "a.mcap").open("wb") as file:
        writer = mcap.Writer(file, "owa", "x", TOPICS)
        writer.begin()
        for moment, said in enumerate(
            (b'{"event_type":"press","vk":65}', b'{"event_type":"secret"}', b"{", b'{"event_type":"release","vk":65}')
        ):
            writer.add("keyboard", UTC + moment, said)
        writer.end()
    (found,), problems = read(tmp_path)
    assert [problem.source for problem in problems] == ["a.mcap:2", "a.mcap:3"]
    assert not any("secret" in problem.message for problem in problems)
    assert [one.text for one in reduce(found.events).actions] == ["a"]
    assert isinstance(found.events[0], Numbered)
