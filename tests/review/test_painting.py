"""Promises of review.painting and review.covering: what is painted is in no patch."""

from __future__ import annotations

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.errors import VaultDamaged
from byhand.events.kinds import AnyEvent, Element, Frame, Numbered, Snapshot, Wireframe
from byhand.privacy.frames.pixels import unpatch
from byhand.review.apply import apply
from byhand.review.edits import CutEvents, CutTime, Edit, Paint
from byhand.review.painting import COLOUR
from tests.review.recordings import TILE, WHITE, H, Pen, W, everywhere, header, picture

CANARY = b"PIXELCANARY"
SECRET = picture(CANARY)
OTHER = picture(b"something else")
FULL = everywhere()


def shared(pen: Pen, *edits: Edit) -> tuple[AnyEvent, ...]:
    return apply(header(), pen.numbered(), edits).events


def screens(events: tuple[AnyEvent, ...]) -> list[tuple[int, dict[tuple[int, int], int | bytes]]]:
    """What a player shows after each frame: time, and the tiles by column and row."""
    now: dict[tuple[int, int], int | bytes] = {}
    made: list[tuple[int, dict[tuple[int, int], int | bytes]]] = []
    for event in events:
        if isinstance(event, Frame):
            now |= {(tile.x // TILE, tile.y // TILE): tile.what for tile in unpatch(event.patch)}
            made.append((event.mono_ns // 10**6, dict(now)))
    return made


def pixels(events: tuple[AnyEvent, ...]) -> bytes:
    return b"".join(
        tile.what if isinstance(tile.what, bytes) else b""
        for event in events
        if isinstance(event, Frame)
        for tile in unpatch(event.patch)
    )


def test_without_paint_frames_are_handed_on_byte_for_byte() -> None:
    """Nothing is packed anew without need."""
    pen = Pen().frame(0, *FULL).frame(100, (1, 0, SECRET))
    patches = [event.patch for event in shared(pen) if isinstance(event, Frame)]
    assert patches == [event.patch for event in pen.events if isinstance(event, Frame)]


def test_what_showed_in_the_painted_time_is_in_no_patch_before_or_after() -> None:
    """Also where the tile was drawn long before and stays long after; the rest of the tile is as it was."""
    pen = Pen().frame(0, *FULL).frame(100, (1, 0, SECRET)).frame(900, (0, 0, OTHER)).frame(2_000, (0, 1, OTHER))
    events = shared(pen, Paint(64, 0, 20, 64, 500, 600))
    assert CANARY not in pixels(events)
    tile = screens(events)[-1][1][1, 0]
    assert isinstance(tile, bytes)
    assert tile[: 20 * 3] == COLOUR.to_bytes(3, "little") * 20
    assert tile[20 * 3 : 64 * 3] == SECRET[20 * 3 : 64 * 3]


def test_the_true_tile_comes_back_when_something_else_stands_there() -> None:
    """Painting a minute does not blind the hour."""
    pen = Pen().frame(0, *FULL).frame(100, (1, 0, SECRET)).frame(900, (1, 0, OTHER)).frame(2_000, (0, 1, OTHER))
    assert screens(shared(pen, Paint(64, 0, 64, 64, 100, 500)))[-1][1][1, 0] == OTHER
    late = screens(shared(pen, Paint(64, 0, 64, 64, 100, 1_000)))
    assert late[-1][1][1, 0] == COLOUR


def test_a_tile_painted_at_a_time_without_a_frame_comes_back_with_the_next_frame() -> None:
    """Content that was under the paint stays painted, what came before the time does not."""
    pen = Pen().frame(0, *FULL).frame(100, (1, 0, OTHER)).frame(400, (1, 0, SECRET)).frame(800, (1, 0, OTHER))
    states = screens(shared(pen, Paint(64, 0, 64, 64, 450, 500)))
    assert [state[1][1, 0] for state in states] == [WHITE, OTHER, COLOUR, OTHER]


def test_a_frame_that_would_show_nothing_new_is_not_told() -> None:
    """That something moved under the paint would be told by its being there."""
    pen = Pen().frame(0, *FULL).frame(100, (1, 0, SECRET)).frame(200, (1, 0, OTHER)).frame(300, (1, 0, SECRET))
    frames = [event for event in shared(pen, Paint(64, 0, 64, 64, 50, 400)) if isinstance(event, Frame)]
    assert [frame.mono_ns // 10**6 for frame in frames] == [0]


def test_what_changed_in_cut_frames_is_covered_until_it_is_drawn_anew() -> None:
    """A player would else show what stood there before as if it still did; what was cut does not come back."""
    pen = Pen().frame(0, *FULL).frame(100, (1, 0, SECRET)).frame(200, (0, 0, OTHER)).frame(300, (1, 0, OTHER))
    states = screens(shared(pen, CutTime(100, 100)))
    assert [state[1][1, 0] for state in states] == [WHITE, COLOUR, OTHER]
    assert states[1][1][0, 0] == OTHER


def test_another_desktop_size_is_another_canvas() -> None:
    """Tiles of the size before are not laid under it, and the rectangle is painted there as well."""
    pen = Pen().frame(0, *FULL)
    body = {"v": 1, "w": 128, "h": 64, "tiles": [(0, 0, WHITE), (1, 0, SECRET)]}
    small = zstandard.ZstdCompressor().compress(msgspec.msgpack.encode(body))
    pen.events.append(Frame(*pen._at(100), "frames.tiles", "start", 128, 64, 2, small))
    events = shared(pen, Paint(64, 0, 64, 64, 100, 200))
    last = [event for event in events if isinstance(event, Frame)][-1]
    assert [tile.what for tile in unpatch(last.patch)] == [WHITE, COLOUR]


def test_a_patch_that_can_not_be_read_is_damage() -> None:
    """It is not handed on unpainted."""
    pen = Pen().frame(0, *FULL)
    pen.events.append(Frame(*pen._at(100), "frames.tiles", "clock", W, H, 1, b"no patch"))
    with pytest.raises(VaultDamaged):
        shared(pen, Paint(0, 0, 64, 64, 0, 50))


TILES = st.tuples(st.integers(0, 3), st.integers(0, 1), st.sampled_from([SECRET, OTHER, WHITE, 0x123456]))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(TILES, min_size=1, max_size=3, unique_by=lambda tile: tile[:2]), min_size=1, max_size=8),
    st.integers(0, 900),
    st.integers(0, 400),
    st.lists(st.integers(1, 8), max_size=3),
)
def test_no_pixel_that_showed_in_the_painted_time_is_in_any_patch(
    frames: list[list[tuple[int, int, int | bytes]]], start: int, length: int, cut: list[int]
) -> None:
    """Whatever is drawn when, and whatever is cut besides: the whole screen is painted, and no picture that showed in
    that time is anywhere; what showed at other times only comes through.
    """
    pen = Pen().frame(0, *FULL)
    for number, tiles in enumerate(frames, 1):
        pen.frame(100 * number, *tiles)
    end = start + length
    cuts = [CutEvents(seq, seq) for seq in cut if seq < len(pen.events)]
    now: dict[tuple[int, int], int | bytes] = {}
    showed: dict[tuple[int, int], set[int | bytes]] = {}
    for place, event in enumerate(pen.events):
        assert isinstance(event, Frame)
        since = 100 * place
        until = 100 * (place + 1) if place + 1 < len(pen.events) else 10**9
        now |= {(tile.x, tile.y): tile.what for tile in unpatch(event.patch)}
        if since <= end and until > start:
            for key, what in now.items():
                showed.setdefault(key, set()).add(what)
    for event in shared(pen, Paint(0, 0, W, H, start, end), *cuts):
        if isinstance(event, Frame):
            for tile in unpatch(event.patch):
                assert tile.what == COLOUR or tile.what not in showed.get((tile.x, tile.y), set())


def _wires(events: tuple[AnyEvent, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(event.roles, event.names) for event in events if isinstance(event, Wireframe)]


def test_boxes_under_the_paint_go_and_names_it_touches_are_lost_everywhere() -> None:
    """In the wireframe that was the newest in the painted time, and the same words in the same place in others."""
    inside, across, apart = (70, 10, 20, 20), (50, 10, 30, 20), (150, 10, 20, 20)
    boxes = ("label", "INSIDE", inside), ("label", "ACROSS", across), ("label", "APART", apart)
    pen = Pen().wires(0, *boxes).wires(1_000, *boxes).wires(2_000, *boxes)
    told = _wires(shared(pen, Paint(64, 0, 64, 64, 1_500, 1_600)))
    assert told[1] == (("label", "label"), ("", "APART"))
    assert told[0] == told[2] == (("label", "label", "label"), ("", "", "APART"))


def test_a_page_loses_what_stood_under_the_paint() -> None:
    """Its boxes are told in CSS pixels of its viewport; what lies under the paint stays as an empty place."""
    columns = ("form", "label", "label", "label"), ("form",) * 4, ("", "INSIDE", "ACROSS", "APART"), ("",) * 4
    holds, places = ("", "1 file", "on", "off"), (0, 0, 100, 40, 35, 5, 10, 10, 25, 5, 15, 10, 75, 5, 10, 10)
    seen = Snapshot(0, 0, "actions.snapshot", "press", 1, 1, "https://a.org", "/", 1, 0, 0, 100, 40, 2.0, (1, 2, 3, 4),
                    (-1, 0, 0, 0), *columns, holds, places, 0)  # fmt: skip
    pen = Pen().mark(0, "start")
    for at in (0, 1_000, 2_000):
        stamps = pen._at(at)
        pen.events.append(msgspec.structs.replace(seen, server_ms=stamps[0], mono_ns=stamps[1]))
    told = [e for e in shared(pen, Paint(64, 0, 64, 64, 1_500, 1_600)) if isinstance(e, Snapshot)]
    assert [one.names for one in told] == [("", "", "", "APART")] * 3
    assert (told[1].holds, told[1].roles) == (("", "", "", "off"), ("form", "", "label", "label"))
    assert told[1].places == (0, 0, 100, 40, 0, 0, 0, 0, 25, 5, 15, 10, 75, 5, 10, 10)


def test_an_element_pressed_under_the_paint_loses_its_name() -> None:
    """Its role and box stay."""
    pen = Pen().mark(0, "start").click(100, "BUTTONCANARY", (70, 10, 20, 20)).click(5_000, "Send", (150, 10, 20, 20))
    names = [event.name for event in shared(pen, Paint(64, 0, 64, 64, 50, 200)) if isinstance(event, Element)]
    assert names == ["", "Send"]


def test_sequence_numbers_of_a_damaged_recording_need_not_be_whole() -> None:
    """Edits find events by their number, not by their place."""
    events = [Numbered(one.seq + 10, one.event) for one in Pen().frame(0, *FULL).frame(100, (1, 0, SECRET)).numbered()]
    left = apply(header(), events, [CutEvents(11, 11)]).events
    assert CANARY not in pixels(left)
