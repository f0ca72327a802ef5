"""What every driver promises, whatever it observes. Each driver acts out the same small scene on its own stage."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
import pytest

from byhand.capture.accessibility import Accessibility
from byhand.capture.driver import Driver, Needs
from byhand.capture.portable import PortableDriver
from byhand.capture.scripted import ScriptedDriver
from byhand.capture.x11.driver import X11Driver
from byhand.events.raw import Raw, RawButton, RawElement, RawFrame, RawGap, RawKey, RawMotion, RawScroll, RawWindow
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands

ALL = Needs(motion=True, elements=True, frames=False)
LITTLE = Needs(motion=False, elements=False, frames=False)
SCENE = """
00.0 focus xterm "work" 40,40 640x400
00.1 move 320,200
+0.1 click 320,200
+0.1 type "abc"
+0.1 scroll 1
+0.1 key Escape
"""


@dataclass
class Stage:
    """A driver, and what makes its scene happen: move, click, type, scroll, and Escape to end with."""

    driver: Driver
    act: Callable[[], None]


class Heard:
    """Takes batches, and notes when two came at once."""

    def __init__(self) -> None:
        self.got: list[Raw] = []
        self.overlaps = 0
        self._busy = threading.Lock()
        self._came = threading.Condition()

    def __call__(self, batch: Sequence[Raw]) -> None:
        if not self._busy.acquire(blocking=False):
            self.overlaps += 1
            return
        try:
            with self._came:
                self.got += batch
                self._came.notify_all()
        finally:
            self._busy.release()

    def wait(self, fits: Callable[[Raw], bool]) -> None:
        with self._came:
            assert self._came.wait_for(lambda: any(map(fits, self.got)), 20), "the scene did not end"


def quiet(_: Exception) -> None:
    raise AssertionError("nothing was to be lost")


def ended(raw: Raw) -> bool:
    return isinstance(raw, RawKey) and raw.keysym == 0xFF1B and not raw.down


@pytest.fixture(params=["scripted", "portable", "x11"])
def stage(
    request: pytest.FixtureRequest, desktop: Desktop, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    if request.param == "scripted":
        driver = ScriptedDriver(SCENE)
        yield Stage(driver, lambda: None)
        driver.stop()
        return
    monkeypatch.setenv("DISPLAY", desktop.display)
    process = programs.terminal(desktop)
    programs.place(desktop, "xterm", 40, 40, 640, 400)

    def act() -> None:
        hands.move(300, 190)
        hands.click(320, 200)
        hands.type("abc")
        hands.scroll(1)
        hands.key("Escape")

    driver = (
        PortableDriver() if request.param == "portable" else X11Driver(desktop.env, elements=Accessibility(desktop.env))
    )
    yield Stage(driver, act)
    driver.stop()
    process.kill()
    process.wait()
    wait_for(lambda: not programs.window_of(desktop, "xterm"), "the terminal's end")


@pytest.fixture
def played(stage: Stage) -> Heard:
    """The scene, heard with everything a grant can cover but frames."""
    heard = Heard()
    stage.driver.start(ALL, heard, quiet)
    stage.act()
    heard.wait(ended)
    heard.wait(lambda e: isinstance(e, RawElement) and e.why == "press")
    stage.driver.stop()
    return heard


def test_it_says_what_desktop_it_observes(stage: Stage) -> None:
    """Without installing anything, and all sizes make sense."""
    found = stage.driver.describe()
    assert found.driver
    assert found.screen_w > 0
    assert found.screen_h > 0
    assert found.monitors
    assert all(monitor.w > 0 and monitor.h > 0 and monitor.scale >= 1.0 for monitor in found.monitors)


def test_the_first_thing_told_is_a_window(played: Heard) -> None:
    """Before any input can be judged it must be known where it goes."""
    assert isinstance(played.got[0], RawWindow)
    first_input = next(i for i, e in enumerate(played.got) if isinstance(e, RawKey | RawButton | RawMotion | RawScroll))
    assert any(isinstance(e, RawWindow) and e.change == "focus" for e in played.got[:first_input])


def test_the_scene_arrives_whole_and_in_order(played: Heard) -> None:
    """Press and release, three letters down and up, one notch."""
    assert [e.down for e in played.got if isinstance(e, RawButton)] == [True, False]
    assert [chr(e.keysym) for e in played.got if isinstance(e, RawKey) and e.down and e.keysym < 0x80] == [
        "a",
        "b",
        "c",
    ]
    assert [e.dy for e in played.got if isinstance(e, RawScroll)] == [1.0]
    assert any(isinstance(e, RawMotion) for e in played.got)
    assert not any(isinstance(e, RawGap) for e in played.got)


def test_stamps_never_go_back(played: Heard) -> None:
    """Both of them, in input of one kind and between kinds; a press's element carries the stamps of its press."""
    events = [e for e in played.got if not isinstance(e, RawElement)]
    assert [e.mono_ns for e in events] == sorted(e.mono_ns for e in events)
    assert [e.server_ms for e in events] == sorted(e.server_ms for e in events)
    presses = {(e.server_ms, e.mono_ns) for e in events if isinstance(e, RawButton) and e.down}
    answers = {(e.server_ms, e.mono_ns) for e in played.got if isinstance(e, RawElement) and e.why == "press"}
    assert answers == presses


def test_stamps_are_microseconds(played: Heard) -> None:
    """A multiple of 1000 ns, and both stamps tell the same moment to a ms on a local desktop."""
    assert all(e.mono_ns % 1000 == 0 for e in played.got)
    assert all(abs(e.mono_ns / 1e6 - e.server_ms) < 5 for e in played.got)


def test_only_raw_events_are_emitted_and_none_can_be_written(played: Heard) -> None:
    """No codec takes them, and their repr tells the time and nothing else."""
    for raw in played.got:
        assert isinstance(raw, Raw)
        assert repr(raw) == f"<{type(raw).__name__} at {raw.server_ms} ms>"
        with pytest.raises(TypeError):
            pickle.dumps(raw)
        with pytest.raises(TypeError):
            msgspec.msgpack.encode(raw)


def test_batches_come_one_at_a_time(played: Heard) -> None:
    """Whatever threads a driver has."""
    assert played.overlaps == 0


def test_what_is_not_needed_is_not_told(stage: Stage) -> None:
    """No path of the pointer, no elements, no frames without a grant for them."""
    heard = Heard()
    stage.driver.start(LITTLE, heard, quiet)
    stage.act()
    heard.wait(ended)
    stage.driver.stop()
    assert any(isinstance(e, RawButton) for e in heard.got)
    assert not [e for e in heard.got if isinstance(e, RawMotion | RawElement | RawFrame)]


def test_after_stop_nothing_is_emitted(stage: Stage) -> None:
    """Stop means stop, also for what happens later; a second stop does no harm."""
    heard = Heard()
    stage.driver.start(ALL, heard, quiet)
    stage.driver.stop()
    told = len(heard.got)
    stage.act()
    stage.driver.stop()
    assert len(heard.got) == told


def test_it_may_start_again_and_tells_its_windows_again(stage: Stage) -> None:
    """Pause and resume do so."""
    first, second = Heard(), Heard()
    stage.driver.start(ALL, first, quiet)
    stage.act()
    first.wait(ended)
    stage.driver.stop()
    stage.driver.start(ALL, second, quiet)
    second.wait(lambda e: isinstance(e, RawWindow) and e.change == "focus")
    stage.driver.stop()
    assert isinstance(second.got[0], RawWindow)
    assert second.got[0].mono_ns >= first.got[-1].mono_ns
