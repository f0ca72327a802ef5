"""The driver as a whole: describe, start, stop, loss, and the sources beside it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence

import pytest

from byhand.capture.driver import Emit, Needs
from byhand.capture.x11.clock import ServerClock
from byhand.capture.x11.driver import X11Driver
from byhand.capture.x11.wire import Connection
from byhand.errors import DisplayLost, NoDisplay
from byhand.events.raw import Raw, RawButton, RawElement, RawKey, RawWindow
from stage.desktop import Desktop
from stage.hands import Hands
from tests.capture.x11_watch import ALL, Client, Watch, watching


def test_it_describes_the_desktop_without_observing_it(desktop: Desktop) -> None:
    found = X11Driver(desktop.env).describe()
    assert (found.driver, found.screen_w, found.screen_h) == ("x11", *desktop.size)
    assert found.layout.startswith("evdev/pc105/us")
    assert [(m.x, m.y, m.w, m.h, m.scale) for m in found.monitors] == [(0, 0, *desktop.size, 1.0)]


def test_the_scale_is_the_desktops_own_setting(desktop: Desktop) -> None:
    with Connection.open(desktop.env) as wire:
        wire.change_property(wire.root, "RESOURCE_MANAGER", "STRING", 8, b"Xft.antialias:\t1\nXft.dpi:\t144\n")
        wire.sync()
        assert X11Driver(desktop.env).describe().monitors[0].scale == 1.5
        wire.change_property(wire.root, "RESOURCE_MANAGER", "STRING", 8, b"")
        wire.sync()


def test_without_a_display_it_says_so() -> None:
    driver, watch = X11Driver({}), Watch()
    with pytest.raises(NoDisplay):
        driver.describe()
    with pytest.raises(NoDisplay):
        driver.start(ALL, watch.take, watch.lose)


def test_it_may_be_stopped_and_started_again(desktop: Desktop, hands: Hands) -> None:
    """Pause and resume: nothing is told in between, and a held modifier is known afterwards."""
    driver, watch = X11Driver(desktop.env), Watch()
    driver.start(ALL, watch.take, watch.lose)
    hands.key("a")
    watch.wait(RawKey, 2)
    driver.stop()
    told = len(watch.got)
    hands.key("b")
    hands._stroke("Shift_L", down=True)
    try:
        assert len(watch.got) == told
        driver.start(ALL, watch.take, watch.lose)
        hands.key("c")
    finally:
        hands._stroke("Shift_L", down=False)
    assert watch.wait(RawKey, 4)[2].keysym == ord("C")
    driver.stop()
    driver.stop()
    assert watch.lost == []


def test_stopping_works_while_another_program_holds_the_server(desktop: Desktop) -> None:
    """A grabbed server answers nobody: stopping must not wait for it."""
    driver, watch, client = X11Driver(desktop.env), Watch(), Client(desktop.env)
    driver.start(ALL, watch.take, watch.lose)
    watch.wait(RawWindow, 1)
    client.wire.send(36)  # GrabServer
    client.wire.sync()
    window = client.window((10, 10, 50, 50), override=True)
    ended = threading.Thread(target=driver.stop)
    ended.start()
    ended.join(10)
    assert not ended.is_alive()
    client.wire.send(37)
    client.destroy(window)
    client.wire.close()


def test_a_display_that_goes_away_is_told_once() -> None:
    stage = Desktop(size=(300, 200), accessible=False, managed=False)
    with stage, watching(stage.env) as watch:
        watch.wait(RawWindow, 1)
        stage._processes[0].send_signal(signal.SIGKILL)
        watch.until(lambda: bool(watch.lost), "the loss")
    assert [type(error) for error in watch.lost] == [DisplayLost]


def test_an_emit_that_fails_ends_the_observing_and_says_so(desktop: Desktop) -> None:
    """Nothing may look as if it were recorded when it isn't."""

    def fail(batch: Sequence[Raw]) -> None:
        raise RuntimeError("full")

    driver, watch = X11Driver(desktop.env), Watch()
    driver.start(ALL, fail, watch.lose)
    watch.until(lambda: bool(watch.lost), "the failure")
    driver.stop()
    assert [type(error) for error in watch.lost] == [RuntimeError]


class Sources:
    """An element source and a screen source that note what they are told, and answer."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.emit: Emit | None = None
        self.pids: list[int] = []

    def start(self, emit: Emit, *, pixels: bool = False) -> None:
        self.emit, self.pixels = emit, pixels
        self.told.append("start")

    def stop(self) -> None:
        self.told.append("stop")

    def pressed(self, button: RawButton, pid: int = -1) -> None:
        self.told.append("pressed")
        self.pids.append(pid)
        if self.emit:
            stamps = (button.server_ms, button.mono_ns)
            self.emit([RawElement(*stamps, "press", False, button.window, 0, "", "", (), 0, 0, 0, 0, (), "")])

    def focused(self, window: RawWindow) -> None:
        if window.change == "focus":
            self.told.append("focused")


def test_sources_are_told_of_presses_and_focus_after_the_event_itself(desktop: Desktop, hands: Hands) -> None:
    elements, screen, watch = Sources(), Sources(), Watch()
    driver = X11Driver(desktop.env, elements=elements, screen=screen)
    driver.start(Needs(motion=False, elements=True, frames=True), watch.take, watch.lose)
    hands.press()
    hands.release()
    watch.wait(RawElement, 2)
    watch.wait(RawButton, 2)
    driver.stop()
    assert watch.got.index(watch.of(RawButton)[0]) < watch.got.index(watch.of(RawElement)[0])
    for source in (elements, screen):
        assert source.told.count("pressed") == 1
        assert source.told[0] == "start"
        assert "focused" in source.told
        assert source.told[-1] == "stop"
    assert (elements.pids, screen.pids) == ([0], [-1])


def test_sources_the_grant_does_not_need_are_not_started(desktop: Desktop) -> None:
    elements, screen, watch = Sources(), Sources(), Watch()
    driver = X11Driver(desktop.env, elements=elements, screen=screen)
    driver.start(ALL, watch.take, watch.lose)
    watch.wait(RawWindow, 1)
    driver.stop()
    assert elements.told + screen.told == []


def test_without_frames_the_screen_is_asked_for_boxes_alone(desktop: Desktop) -> None:
    """A grant without frames starts the screen's source, and tells it to touch no pixel."""
    screen, watch = Sources(), Watch()
    driver = X11Driver(desktop.env, screen=screen)
    for frames in (False, True):
        driver.start(Needs(motion=False, elements=False, frames=frames, boxes=True), watch.take, watch.lose)
        driver.stop()
        assert screen.pixels is frames


def test_a_late_answer_of_a_source_is_not_let_through(desktop: Desktop) -> None:
    """Nothing is emitted after `stop` returned, whoever tries."""
    elements, watch = Sources(), Watch()
    driver = X11Driver(desktop.env, elements=elements)
    driver.start(Needs(motion=False, elements=True, frames=False), watch.take, watch.lose)
    driver.stop()
    told = len(watch.got)
    elements.pressed(RawButton(1, 1000, True, 1, 0, 0, 0, False))
    assert len(watch.got) == told


def test_the_servers_clock_is_ours_on_a_local_display(desktop: Desktop) -> None:
    with Connection.open(desktop.env) as wire:
        assert ServerClock(wire).offset_ns == 0
