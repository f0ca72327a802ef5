"""The one picture that waits for its finds: when it is kept, and all the ways in which it is not. No processes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from byhand.capture.scripted import script
from byhand.events.kinds import AnyEvent, Frame, Mark
from byhand.events.raw import Raw, RawBox, RawFrame, RawLock, RawMark
from byhand.privacy.frames.pixels import unpatch
from byhand.privacy.guard import Guard
from byhand.privacy.pictures import UNLOOKED
from byhand.recorder import late
from byhand.recorder.late import WAIT_NS, Late
from tests.privacy.rig import guard

S = 1_000_000_000
START = 1_000_500_000_000
GROUND, INK = 0x204060, 0xF0E0D0
FIND = RawBox(0, 0, "text found", "", 8, 8, 32, 16)


def picture() -> bytes:
    """64 x 64 of a dark ground, with something light where `FIND` is."""
    rows = bytearray(GROUND.to_bytes(3, "little") + b"\0") * (64 * 64)
    for row in range(10, 22):
        rows[row * 256 + 40 : row * 256 + 120] = (INK.to_bytes(3, "little") + b"\0") * 20
    return bytes(rows)


class Slow:
    """Eyes that answer when the test says so."""

    def __init__(self) -> None:
        self.there, self.note, self.looking, self.closed = True, "", False, False
        self.copy = b""
        self.answer: tuple[RawBox, ...] | None = None

    def look(self, frame: RawFrame) -> bool:
        self.copy, self.looking = bytes(frame.pixels), True
        return True

    def finds(self) -> tuple[RawBox, ...] | None:
        answer, self.answer = self.answer, None
        self.looking = self.looking and answer is None
        return answer

    def pixels(self) -> tuple[memoryview, Callable[[], None]]:
        return memoryview(self.copy), self.forget

    def forget(self) -> None:
        self.copy, self.looking = b"", False

    def close(self) -> None:
        self.closed = True


class Rig:
    def __init__(self, *streams: str) -> None:
        self.released = 0
        self.eyes = Slow()
        self.guard: Guard = guard(*(streams or ("frames",)), screen=(128, 64))
        self.late = Late(self.guard, self.eyes)
        self.kept: list[AnyEvent] = []
        self.tell(*script("00.1 focus mail\n00.2 focus editor"))
        self.window = 0x400002  # scripts number windows as they come

    def tell(self, *raws: Raw) -> None:
        for raw in raws:
            self.kept += self.late.feed(raw)

    def shoot(self, at_ns: int = START, *, boxes: tuple[RawBox, ...] | None = None, blind: bool = False) -> None:
        def release() -> None:
            self.released += 1

        covers = None if blind else (RawBox(0, 0, "covered", "", 48, 40, 16, 24),)
        self.tell(
            RawFrame(
                at_ns // 10**6, at_ns, "after", self.window, 0, 0, 64, 64, 256, memoryview(picture()),
                frozenset({(0, 0)}), boxes, "", release, covers,
            )
        )  # fmt: skip

    def settle(self, at_ns: int) -> None:
        self.kept += self.late.settle(at_ns)

    @property
    def frames(self) -> list[Frame]:
        return [event for event in self.kept if isinstance(event, Frame)]

    @property
    def dropped(self) -> int:
        return self.guard.tally.dropped[UNLOOKED]


@pytest.fixture
def rig() -> Rig:
    return Rig()


def colours(frame: Frame) -> list[int]:
    """The first tile, pixel by pixel."""
    tile = unpatch(frame.patch)[0]
    assert (tile.x, tile.y) == (0, 0)
    rgb = tile.rgb()
    return [int.from_bytes(rgb[at : at + 3], "big") for at in range(0, len(rgb), 3)]


def test_a_picture_is_kept_with_its_finds_painted_once_they_are_known(rig: Rig) -> None:
    """The camera has its pixels back at once. What lies over the window and what was found is painted."""
    rig.shoot()
    assert rig.released == 1
    assert not rig.frames
    rig.settle(START + S)
    assert rig.late.waiting
    rig.eyes.answer = (FIND,)
    rig.settle(START + 2 * S)
    (frame,) = rig.frames
    shown = colours(frame)
    assert (frame.by, frame.mono_ns, frame.why) == ("frames.looked", START, "after")
    assert INK not in shown
    assert shown[30 * 64 + 4] == GROUND
    assert shown[50 * 64 + 56] != GROUND
    assert rig.eyes.copy == b""
    assert not rig.late.waiting
    assert rig.dropped == 0


def test_only_one_waits_and_the_next_is_dropped_and_counted(rig: Rig) -> None:
    """The later one is given back and told in the tally; the first one still comes."""
    rig.shoot()
    rig.shoot(START + S)
    assert (rig.released, rig.dropped) == (2, 1)
    rig.eyes.answer = (FIND,)
    rig.settle(START + 2 * S)
    assert len(rig.frames) == 1


def test_what_was_overtaken_bears_the_later_stamp(rig: Rig) -> None:
    """Time never runs backwards in a recording."""
    rig.shoot()
    rig.tell(RawMark(START // 10**6 + 900, START + 900_000_000, "task_begin", "x"))
    rig.eyes.answer = ()
    rig.settle(START + 2 * S)
    assert [type(event) for event in rig.kept[-2:]] == [Mark, Frame]
    assert (rig.frames[0].mono_ns, rig.frames[0].why) == (START + 900_000_000, "clock")


def test_too_late_is_dropped(rig: Rig) -> None:
    """A look that takes longer than its time leaves nothing, even if the finds come that moment."""
    rig.shoot()
    rig.settle(START + WAIT_NS - 1)
    assert rig.late.waiting
    rig.eyes.answer = ()
    rig.settle(START + WAIT_NS)
    assert not rig.frames
    assert rig.dropped == 1
    assert rig.eyes.copy == b""


CHANGES = {
    "another window": script("02.0 focus mail"),
    "another window and back": script("02.0 focus mail\n02.1 focus editor"),
    "a lock": [RawLock(START // 10**6 + 1, START + 10**6, active=True)],
    "a lock that was opened again": [
        RawLock(START // 10**6 + 1, START + 10**6, active=True),
        RawLock(START // 10**6 + 2, START + 2 * 10**6, active=False),
    ],
    "a pause": [RawMark(START // 10**6 + 1, START + 10**6, "pause", "")],
    "a shared screen": script('02.0 seen chromium "You are sharing your screen - Meet"\n02.1 seen zoom "Zoom Meeting"'),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_scene_that_changed_meanwhile_drops_it(rig: Rig, change: str) -> None:
    """Also one that changed back: nobody knows what it showed."""
    rig.shoot()
    rig.tell(*CHANGES[change])
    rig.eyes.answer = ()
    rig.settle(START + 2 * S)
    assert not rig.frames
    assert rig.dropped == 1
    assert rig.eyes.copy == b""


def test_a_newer_picture_with_boxes_ends_the_wait(rig: Rig) -> None:
    """That one is kept as ever; the old one never comes after it."""
    rig.shoot()
    rig.shoot(START + S, boxes=())
    rig.eyes.answer = ()
    rig.settle(START + 2 * S)
    assert [frame.by for frame in rig.frames] == ["frames.tiles"]
    assert rig.dropped == 1


def test_eyes_that_fail_drop_it_and_eyes_that_are_gone_leave_a_flat_panel(rig: Rig) -> None:
    """A crash costs the picture that waits; once they are gone for good it is as if there were none."""
    rig.shoot()
    rig.eyes.there = rig.eyes.looking = False
    rig.settle(START + S)
    assert (rig.dropped, len(rig.frames)) == (1, 0)
    rig.shoot(START + 2 * S)
    (frame,) = rig.frames
    assert frame.by == "frames.tiles"
    assert not {GROUND, INK} & set(colours(frame))


@pytest.mark.parametrize("streams", [("actions",), ("frames",)])
def test_what_is_not_granted_or_not_certain_is_never_looked_at(streams: tuple[str, ...]) -> None:
    """No grant of frames, or nobody knows which windows lie over this one: no copy is made at all."""
    rig = Rig(*streams)
    rig.shoot(blind=streams == ("frames",))
    assert rig.eyes.copy == b""
    assert not rig.late.waiting
    assert rig.released == 1


def test_a_picture_too_large_for_the_recorders_memory_is_a_flat_panel(rig: Rig) -> None:
    """It is kept as where nothing looks, and no copy is made."""
    high, wide = 2, late.MOST_PIXELS // 2 + 1
    pixels = memoryview(bytes(wide * high * 4))
    rig.tell(
        RawFrame(
            START // 10**6, START, "after", rig.window, 0, 0, wide, high, wide * 4, pixels, frozenset({(0, 0)}), None,
            "", pixels.release, (),
        )
    )  # fmt: skip
    assert rig.eyes.copy == b""
    assert [frame.by for frame in rig.frames] == ["frames.tiles"]


def test_closing_leaves_nothing(rig: Rig) -> None:
    """The picture that waits is dropped, and the eyes are closed."""
    rig.shoot()
    rig.late.close()
    assert (rig.dropped, rig.eyes.copy, rig.eyes.closed) == (1, b"", True)
