"""The screen: consistent pictures of the focused window, and no work while nothing changes. On a real X server."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from struct import pack

import pytest
from Xlib import X, display
from Xlib.xobject.drawable import Window

from byhand.capture.x11 import camera
from byhand.capture.x11.camera import BoxesAnswer
from byhand.capture.x11.screen import SAVED_S, SHARE, SPACING_S, Screen
from byhand.capture.x11.wire import Connection
from byhand.errors import CaptureError
from byhand.events.raw import Raw, RawBox, RawButton, RawFrame, RawWindow
from stage.desktop import Desktop, wait_for

W, H = 1003, 701  # odd on purpose
RED, GREEN, BLUE = 0xC01020, 0x10A030, 0x2040E0


@pytest.fixture(scope="module")
def bare() -> Iterator[Desktop]:
    """A screen on which nothing moves but what a test moves."""
    with Desktop(size=(W, H), accessible=False, managed=False) as stage:
        yield stage


class Painter:
    """Another program with windows of flat colours."""

    def __init__(self, name: str) -> None:
        self.connection = display.Display(name)

    def window(self, x: int, y: int, w: int, h: int, colour: int = RED) -> Window:
        screen = self.connection.screen()
        made = screen.root.create_window(
            x, y, w, h, 0, screen.root_depth, X.InputOutput, background_pixel=colour, override_redirect=True
        )
        made.map()
        self.connection.sync()
        return made

    def fill(self, window: Window, colour: int, x: int, y: int, w: int, h: int) -> None:
        gc = window.create_gc(foreground=colour)
        window.fill_rectangle(gc, x, y, w, h)  # type: ignore[arg-type]
        gc.free()
        self.connection.sync()


@pytest.fixture
def painter(bare: Desktop) -> Iterator[Painter]:
    one = Painter(bare.display)
    yield one
    one.connection.close()


class Watch:
    """A screen under test: collects its frames."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.frames: queue.Queue[RawFrame] = queue.Queue()
        self.asked = 0
        self.meanwhile = lambda: None
        self.screen = Screen(environ, self.boxes)

    def boxes(self, window: int, within: float) -> BoxesAnswer | None:
        assert within == camera.BOXES_S
        self.asked += 1
        self.meanwhile()
        return (RawBox(0, 0, "push button", "Save", 1, 2, 3, 4),), f"page:{window}"

    def emit(self, batch: Sequence[Raw]) -> None:
        for raw in batch:
            assert isinstance(raw, RawFrame)
            self.frames.put(raw)

    def start(self, window: Window | None = None) -> None:
        self.screen.start(self.emit)
        if window is not None:
            self.focus(window)

    def focus(self, window: Window | None) -> None:
        number = window.id if window else 0
        self.screen.focused(RawWindow(0, 0, "focus", number, "app", "", 0, 0, 0, 10, 10, False))

    def press(self) -> None:
        self.screen.pressed(RawButton(0, 0, True, 1, 5, 5, 0, False))

    def next(self) -> RawFrame:
        return self.frames.get(timeout=20)

    def none(self, seconds: float = 0.8) -> bool:
        """Nothing comes for a while."""
        try:
            self.frames.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def watch(bare: Desktop) -> Iterator[Watch]:
    one = Watch(bare.env)
    yield one
    one.screen.stop()


def colour(frame: RawFrame, x: int, y: int) -> int:
    """The colour at a place of the desktop."""
    at = (y - frame.y) * frame.stride + (x - frame.x) * 4
    return int.from_bytes(frame.pixels[at : at + 3], "little")


def test_first_frame_is_the_focused_window(painter: Painter, watch: Watch):
    """The first frame holds the true pixels of the focused window, at its place on the desktop, with its boxes."""
    window = painter.window(100, 50, 333, 222)
    painter.fill(window, GREEN, 330, 219, 3, 3)
    watch.start(window)
    frame = watch.next()
    assert (frame.why, frame.window, frame.x, frame.y, frame.w, frame.h) == ("start", window.id, 100, 50, 333, 222)
    assert (colour(frame, 100, 50), colour(frame, 432, 271), colour(frame, 429, 268)) == (RED, GREEN, RED)
    assert frame.url == f"page:{window.id}"
    assert frame.boxes is not None
    assert [box.name for box in frame.boxes] == ["Save"]
    assert abs(frame.server_ms * 1_000_000 - frame.mono_ns) < 2_000_000
    frame.release()


def test_without_pixels_only_boxes_are_looked_at(painter: Painter, watch: Watch):
    """Where no frame may be kept, the same moments give boxes and an address, and no pixel to be given back."""
    window = painter.window(100, 50, 333, 222)
    watch.screen.start(watch.emit, pixels=False)
    watch.focus(window)
    frame = watch.next()
    assert (frame.why, len(frame.pixels), frame.stride) == ("start", 0, 0)
    assert (frame.x, frame.y, frame.w, frame.h, frame.url) == (100, 50, 333, 222, f"page:{window.id}")
    assert frame.boxes is not None
    assert [box.name for box in frame.boxes] == ["Save"]
    painter.fill(window, BLUE, 130, 66, 200, 200)
    watch.press()
    assert watch.next().why == "after"
    frame.release()


def test_after_a_press_comes_what_it_did(painter: Painter, watch: Watch):
    """A press is followed by one frame that tells exactly the tiles that changed; a press without effect by none."""
    window = painter.window(0, 0, 640, 400)
    watch.start(window)
    watch.next().release()
    painter.fill(window, BLUE, 130, 66, 20, 20)
    watch.press()
    frame = watch.next()
    assert (frame.why, frame.dirty, colour(frame, 140, 70)) == ("after", {(2, 1)}, BLUE)
    frame.release()
    watch.press()
    assert watch.none()


def test_a_press_on_an_old_frame_brings_a_new_one_first(painter: Painter, watch: Watch):
    """What changed since the last frame is taken at the press, before the press can change more.

    On a machine out of breath the picture may be spoilt or cost too much; then it is one of afterwards. Not five times.
    """
    window = painter.window(0, 0, 900, 600)
    watch.start(window)
    watch.next().release()
    for paint in (BLUE, GREEN, RED, BLUE, GREEN):
        time.sleep(SPACING_S)
        painter.fill(window, paint, 0, 0, 100, 100)
        watch.press()
        frame = watch.next()
        why = frame.why
        assert colour(frame, 50, 50) == paint
        frame.release()
        if why == "before":
            return
        assert why == "after"
    raise AssertionError("no press brought a frame of before it")


def test_large_changes_are_seen_without_a_press(painter: Painter, watch: Watch):
    """A blinking caret brings no frame; a new page does."""
    window = painter.window(0, 0, 900, 600)
    watch.start(window)
    watch.next().release()
    painter.fill(window, BLUE, 10, 10, 2, 20)
    assert watch.none()
    painter.fill(window, GREEN, 0, 100, 900, 400)
    frame = watch.next()
    assert (frame.why, colour(frame, 10, 10), colour(frame, 0, 100)) == ("clock", BLUE, GREEN)
    frame.release()


def test_boxes_and_pixels_belong_together(painter: Painter, watch: Watch):
    """If the window changes while the boxes are asked for, the picture is thrown away and taken again."""
    window = painter.window(0, 0, 400, 300)

    def once() -> None:
        if watch.asked == 1:
            painter.fill(window, GREEN, 0, 0, 400, 300)

    watch.meanwhile = once
    watch.start(window)
    frame = watch.next()
    assert (watch.asked, colour(frame, 5, 5)) == (2, GREEN)
    frame.release()


def test_a_restless_window_gives_no_frame(painter: Painter, watch: Watch):
    """A window that changes each time while we look is skipped, and that is counted."""
    window = painter.window(0, 0, 400, 300)
    watch.meanwhile = lambda: painter.fill(window, (GREEN, BLUE)[watch.asked % 2], 0, 0, 400, 300)
    watch.start(window)
    wait_for(lambda: watch.screen.tally.skipped, "the skipped frame")
    assert watch.frames.empty()


def test_boxes_that_fail_show_nothing(painter: Painter, watch: Watch):
    """When asking for the boxes raises, the frame says that it has none, which means that nothing may be shown."""

    def fail() -> None:
        raise RuntimeError("the app hangs")

    watch.meanwhile = fail
    watch.start(painter.window(0, 0, 400, 300))
    frame = watch.next()
    assert (frame.boxes, frame.url) == (None, "")
    frame.release()


def test_windows_over_the_focused_one_are_told(bare: Desktop, painter: Painter, watch: Watch):
    """Another program's window over the focused one is `covered`, one of the same program `popup`."""
    window = painter.window(100, 100, 400, 300)
    painter.window(450, 350, 100, 100, GREEN)
    other = Painter(bare.display)
    other.window(50, 50, 100, 100, BLUE)
    watch.start(window)
    frame = watch.next()
    assert frame.boxes is not None
    assert {(b.role, b.x, b.y, b.w, b.h) for b in frame.boxes[1:]} == {
        ("popup", 450, 350, 50, 50),
        ("covered", 100, 100, 50, 50),
    }
    frame.release()
    other.connection.close()


def test_a_window_off_the_screen_is_clipped(painter: Painter, watch: Watch):
    """Only what lies on the screen is taken; a window wholly outside gives no frame."""
    watch.start(painter.window(W - 30, H - 20, 300, 300, BLUE))
    frame = watch.next()
    assert (frame.x, frame.y, frame.w, frame.h) == (W - 30, H - 20, 30, 20)
    assert colour(frame, W - 1, H - 1) == BLUE
    frame.release()
    watch.focus(painter.window(W + 10, 0, 50, 50))
    assert watch.none()


def test_a_frame_is_not_overwritten_while_it_is_read(painter: Painter, watch: Watch):
    """The next frame waits until the last is given back; then the last can't be read any more."""
    window = painter.window(0, 0, 400, 300)
    watch.start(window)
    first = watch.next()
    painter.fill(window, GREEN, 0, 0, 400, 300)
    watch.press()
    assert watch.none()
    assert colour(first, 5, 5) == RED
    first.release()
    second = watch.next()
    assert colour(second, 5, 5) == GREEN
    with pytest.raises(ValueError, match="released"):
        bytes(first.pixels)
    first.release()
    assert colour(second, 5, 5) == GREEN
    second.release()


def test_a_frame_never_given_back_is_left_behind(painter: Painter, watch: Watch, monkeypatch: pytest.MonkeyPatch):
    """Whoever loses a frame does not end the frames; the lost one's memory is not used again."""
    monkeypatch.setattr(camera, "HELD_S", 0.5)
    window = painter.window(0, 0, 400, 300)
    watch.start(window)
    first = watch.next()
    painter.fill(window, GREEN, 0, 0, 400, 300)
    watch.press()
    second = watch.next()
    assert (colour(first, 5, 5), colour(second, 5, 5), watch.screen.tally.busy) == (RED, GREEN, 1)


def test_a_still_screen_wakes_nobody(painter: Painter, watch: Watch):
    """While nothing changes and nobody presses, the screen's thread does not run at all."""
    watch.start(painter.window(0, 0, 400, 300))
    watch.next().release()
    thread = next(one for one in threading.enumerate() if one.name == "byhand-screen")
    status = Path(f"/proc/self/task/{thread.native_id}/status")
    time.sleep(0.5)
    before = _switches(status)
    time.sleep(1.5)
    assert _switches(status) == before


def test_no_focus_no_frame(painter: Painter, watch: Watch):
    """When nothing we know has the focus, or the window closed, a press brings no frame."""
    window = painter.window(0, 0, 400, 300)
    watch.start(window)
    watch.next().release()
    watch.focus(None)
    painter.fill(window, GREEN, 0, 0, 400, 300)
    watch.press()
    assert watch.none()
    watch.focus(window)
    watch.next().release()
    window.destroy()
    painter.connection.sync()
    watch.press()
    assert watch.none()


def test_stop_ends_it_and_start_begins_anew(painter: Painter, watch: Watch):
    """Nothing comes after stop; what is still held stays readable; a new start gives a first frame again."""
    window = painter.window(0, 0, 400, 300)
    watch.start(window)
    first = watch.next()
    watch.screen.stop()
    watch.press()
    assert watch.none(0.3)
    assert colour(first, 5, 5) == RED
    first.release()
    watch.start(window)
    assert watch.next().why == "start"


def test_at_most_three_percent_of_the_time(painter: Painter, watch: Watch):
    """Slow accessibility brings fewer frames, not more load: what was saved up is spent, then it waits."""
    watch.meanwhile = lambda: time.sleep(0.15)
    window = painter.window(0, 0, 400, 300)
    began = time.monotonic()
    watch.start(window)
    for i in range(12):
        painter.fill(window, (GREEN, BLUE)[i % 2], 0, 0, 400, 300)
        watch.press()
        try:
            watch.frames.get(timeout=0.7).release()
        except queue.Empty:
            continue
    budget = SAVED_S + SHARE * (time.monotonic() - began)
    assert 0 < watch.screen.tally.cost_s < budget + 0.5  # the last one may overdraw by its own cost


@pytest.fixture
def without_sharing() -> Iterator[tuple[dict[str, str], subprocess.Popen[bytes]]]:
    """An X server that refuses shared memory."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1500x900x24", "-nolisten", "tcp", "-ac", "-extension",
         "MIT-SHM"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    yield {"DISPLAY": f":{number}"}, server
    server.terminate()
    server.wait()


def test_without_shared_memory_it_comes_in_strips(without_sharing: tuple[dict[str, str], subprocess.Popen[bytes]]):
    """Where the server shares no memory the same pixels come over the socket; when it dies the thread ends."""
    environ, server = without_sharing
    watch, connection = Watch(environ), Connection.open(environ)
    for x, y, w, h, paint in ((7, 9, 1400, 800, RED), (1397, 799, 10, 10, GREEN)):
        number = connection.new_id()
        payload = pack("<IIhhHHHHIIII", number, connection.root, x, y, w, h, 0, 1, 0, 0x202, paint, 1)
        connection.send(1, 0, payload)
        connection.send(8, 0, pack("<I", number))
    connection.sync()
    watch.screen.start(watch.emit)
    watch.screen.focused(RawWindow(0, 0, "focus", number - 1, "app", "", 0, 0, 0, 10, 10, False))
    frame = watch.next()
    assert (colour(frame, 7, 9), colour(frame, 1406, 808), colour(frame, 1396, 798)) == (RED, GREEN, RED)
    frame.release()
    server.kill()
    server.wait()
    wait_for(lambda: all(one.name != "byhand-screen" for one in threading.enumerate()), "the end of the thread")
    watch.press()
    watch.screen.stop()
    connection.close()


def test_no_display_is_an_error():
    """Starting where there is no display raises the house's error."""
    with pytest.raises(CaptureError):
        Screen({}, lambda _window, _within: None).start(print)


def _switches(status: Path) -> int:
    lines = status.read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)
