"""The portable driver on X11: the only platform it is tested on here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from byhand.capture.driver import Needs
from byhand.capture.portable import Front, PortableDriver, changed_tiles
from byhand.errors import NoDisplay
from byhand.events.raw import Raw, RawButton, RawElement, RawFrame, RawKey, RawMotion, RawScroll, RawWindow
from stage.desktop import Desktop
from stage.hands import Hands

EVERYTHING = Needs(motion=True, elements=True, frames=False)


class Heard:
    def __init__(self) -> None:
        self.got: list[Raw] = []
        self._came = threading.Condition()

    def __call__(self, batch: Sequence[Raw]) -> None:
        with self._came:
            self.got += batch
            self._came.notify_all()

    def wait(self, fits: Callable[[Raw], bool]) -> Raw:
        with self._came:
            assert self._came.wait_for(lambda: any(map(fits, self.got)), 20), "no such event was emitted"
            return next(filter(fits, self.got))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def driver(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[PortableDriver]:
    monkeypatch.setenv("DISPLAY", desktop.display)
    driver = PortableDriver()
    yield driver
    driver.stop()


def quiet(_: Exception) -> None:
    raise AssertionError("nothing was to be lost")


def test_it_tells_the_size_of_the_desktop(driver: PortableDriver) -> None:
    """Looking installs nothing."""
    found = driver.describe()
    assert (found.driver, found.screen_w, found.screen_h) == ("portable", 1280, 800)
    assert [(monitor.w, monitor.h) for monitor in found.monitors] == [(1280, 800)]


def test_keys_carry_keysyms_and_the_modifiers_held_before_them(
    driver: PortableDriver, heard: Heard, hands: Hands
) -> None:
    """Real input through the server: ctrl+s, a capital letter, Return."""
    driver.start(EVERYTHING, heard, quiet)
    hands.key("s", "Control_L")
    hands.type("aB")
    hands.key("Return")
    heard.wait(lambda e: isinstance(e, RawKey) and e.keysym == 0xFF0D and not e.down)
    downs = [(e.keysym, e.mods) for e in heard.got if isinstance(e, RawKey) and e.down]
    assert downs == [(0xFFE3, 0), (0x73, 4), (0x61, 0), (0xFFE1, 0), (0x42, 1), (0xFF0D, 0)]


def test_a_press_is_answered_with_an_element_that_was_not_found(
    driver: PortableDriver, heard: Heard, hands: Hands
) -> None:
    """Without accessibility the guard must be told that nobody knows."""
    driver.start(EVERYTHING, heard, quiet)
    hands.click(321, 123, button=3)
    press = heard.wait(lambda e: isinstance(e, RawButton) and e.down)
    element = heard.wait(lambda e: isinstance(e, RawElement) and e.why == "press")
    assert isinstance(press, RawButton)
    assert isinstance(element, RawElement)
    assert (press.button, press.x, press.y) == (3, 321, 123)
    assert (element.found, element.mono_ns, element.server_ms) == (False, press.mono_ns, press.server_ms)
    hands.key("Escape")


def test_a_wheel_turned_down_is_positive(driver: PortableDriver, heard: Heard, hands: Hands) -> None:
    """And it is a scroll, never a button."""
    driver.start(EVERYTHING, heard, quiet)
    hands.scroll(2)
    hands.scroll(-1)
    heard.wait(lambda e: isinstance(e, RawScroll) and e.dy < 0)
    assert [e.dy for e in heard.got if isinstance(e, RawScroll)] == [1.0, 1.0, -1.0]
    assert not [e for e in heard.got if isinstance(e, RawButton)]


def test_on_x11_the_program_in_front_is_unknown(driver: PortableDriver, heard: Heard) -> None:
    """One focus on nothing comes first, so the guard keeps what it would keep of an unlisted app."""
    driver.start(EVERYTHING, heard, quiet)
    first = heard.got[0]
    assert isinstance(first, RawWindow)
    assert (first.change, first.window, first.app) == ("focus", 0, "")


def test_where_the_program_in_front_is_known_it_is_told_before_the_input_it_got(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, heard: Heard, hands: Hands
) -> None:
    """As on Windows and macOS; here the answer is ours."""
    monkeypatch.setenv("DISPLAY", desktop.display)
    front = [Front(1, "mail", "Inbox", 11)]
    driver = PortableDriver(front=lambda: front[0])
    driver.start(EVERYTHING, heard, quiet)
    try:
        front[0] = Front(2, "bank", "Account", 12)
        hands.key("a")
        heard.wait(lambda e: isinstance(e, RawKey) and not e.down)
        front[0] = Front(2, "bank", "Payment", 12)
        hands.key("b")
        heard.wait(lambda e: isinstance(e, RawKey) and e.keysym == 0x62 and not e.down)
    finally:
        driver.stop()
    told = [e.app + " " + e.change if isinstance(e, RawWindow) else chr(e.keysym)
            for e in heard.got if isinstance(e, RawWindow) or (isinstance(e, RawKey) and e.down)]  # fmt: skip
    assert told == ["mail focus", "bank focus", "a", "bank title", "b"]


def test_without_need_of_it_the_path_of_the_pointer_is_not_observed(
    driver: PortableDriver, heard: Heard, hands: Hands
) -> None:
    """What the grant doesn't cover isn't asked of the system; nor are elements."""
    driver.start(Needs(motion=False, elements=False, frames=False), heard, quiet)
    hands.move(500, 300)
    hands.click(510, 310)
    heard.wait(lambda e: isinstance(e, RawButton) and not e.down)
    assert not [e for e in heard.got if isinstance(e, RawMotion | RawElement)]


def test_frames_say_what_changed_and_come_without_boxes(driver: PortableDriver, heard: Heard, hands: Hands) -> None:
    """Nobody knows what a frame shows, so nothing of it may be shown."""
    driver.start(Needs(motion=False, elements=True, frames=True), heard, quiet)
    frame = heard.wait(lambda e: isinstance(e, RawFrame))
    assert isinstance(frame, RawFrame)
    assert (frame.why, frame.w, frame.h, frame.stride, frame.boxes) == ("start", 1280, 800, 5120, None)
    assert len(frame.pixels) == 5120 * 800
    assert len(frame.dirty) == 20 * 13
    frame.release()
    hands.click(900, 600, button=3)  # the window manager's menu opens
    after = heard.wait(lambda e: isinstance(e, RawFrame) and e.why == "after")
    assert isinstance(after, RawFrame)
    assert 0 < len(after.dirty) < 20 * 13
    after.release()
    hands.key("Escape")


def test_tiles_that_changed() -> None:
    """Only the tiles with another pixel; all of them where the size changed."""
    black = bytes(130 * 70 * 4)
    white = bytearray(black)
    white[(65 * 130 + 129) * 4] = 255
    assert changed_tiles(black, bytes(white), 130, 70) == {(2, 1)}
    assert changed_tiles(black, black, 130, 70) == frozenset()
    assert changed_tiles(b"", black, 130, 70) == {(c, r) for c in range(3) for r in range(2)}


def test_without_a_display_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names what to do, and nothing was recorded."""
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(NoDisplay) as caught:
        PortableDriver().start(EVERYTHING, lambda _: None, quiet)
    assert caught.value.hints
    assert caught.value.fate == "nothing was recorded"
