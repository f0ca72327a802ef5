"""The sign: it is there, stays there, says what is true, and its end is the recording's end. On a real X server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import X, Xatom, display
from Xlib.error import BadDrawable, BadWindow
from Xlib.protocol import event as xevent
from Xlib.xobject.drawable import Window

from byhand.errors import CaptureError, DisplayLost, RecorderError
from byhand.recorder.indicator import Indicator
from byhand.recorder.pill import DOTS, NO_DOT, dot, pill
from stage.desktop import Desktop, wait_for
from stage.hands import Hands

RED, AMBER = DOTS["recording"], DOTS["paused"]


@pytest.fixture(scope="module")
def seat() -> Iterator[Desktop]:
    """A desktop with a window manager, of another size than the others."""
    with Desktop(size=(900, 601), accessible=False) as stage:
        yield stage


class Eyes:
    """Somebody who looks at the screen, and can do to it what any program can."""

    def __init__(self, name: str) -> None:
        self.connection = display.Display(name)
        self.root = self.connection.screen().root

    def top(self) -> int:
        return self.root.query_tree().children[-1].id

    def window(self, number: int) -> Window:
        return self.connection.create_resource_object("window", number)

    def mapped(self, number: int) -> bool:
        """Whether a window is there and can be seen."""
        try:
            return self.window(number).get_attributes().map_state == X.IsViewable
        except (BadWindow, BadDrawable):
            return False

    def place(self, number: int) -> tuple[int, int, int, int]:
        size = self.window(number).get_geometry()
        at = self.window(number).translate_coords(self.root, 0, 0)
        return -at.x, -at.y, size.width, size.height

    def colours(self, number: int) -> set[int]:
        """The colours that can be seen where a window is."""
        x, y, w, h = self.place(number)
        data = self.root.get_image(x, y, w, h, X.ZPixmap, 0xFFFFFFFF).data
        return {int.from_bytes(data[i : i + 3], "little") for i in range(0, len(data), 4)}

    def cover(self, x: int, y: int, w: int, h: int) -> Window:
        made = self.root.create_window(x, y, w, h, 0, X.CopyFromParent, override_redirect=True)
        made.map()
        self.connection.sync()
        return made


@pytest.fixture
def eyes(seat: Desktop) -> Iterator[Eyes]:
    one = Eyes(seat.display)
    yield one
    one.connection.close()


class Shown:
    def __init__(self, environ: dict[str, str]) -> None:
        self.sign = Indicator(environ)
        self.clicks = threading.Semaphore(0)
        self.lost: list[Exception] = []
        self.sign.start(clicked=self.clicks.release, lost=self.lost.append)

    @property
    def window(self) -> int:
        return min(self.sign.windows(), default=0)


@pytest.fixture
def shown(seat: Desktop) -> Iterator[Shown]:
    one = Shown(seat.env)
    yield one
    one.sign.stop()
    assert one.sign.windows() == frozenset()


def test_it_is_on_the_screen_when_start_returns(shown: Shown, eyes: Eyes):
    """A red dot on a pill at the top of the screen, over everything, from the first moment."""
    assert eyes.mapped(shown.window)
    assert eyes.top() == shown.window
    x, y, w, h = eyes.place(shown.window)
    assert (abs(x + w / 2 - 450) <= 1, 0 <= y <= 20, h) == (True, True, 32)
    wait_for(lambda: RED in eyes.colours(shown.window), "the red dot")


def test_it_says_what_is_true(shown: Shown, eyes: Eyes):
    """Paused is amber, stopping is grey, and the width fits the words."""
    width = eyes.place(shown.window)[2]
    shown.sign.show("paused", "Paused")
    wait_for(lambda: AMBER in eyes.colours(shown.window), "the amber dot")
    assert RED not in eyes.colours(shown.window)
    assert eyes.place(shown.window)[2] < width
    shown.sign.show("stopping", "Stopping")
    wait_for(lambda: NO_DOT in eyes.colours(shown.window), "the grey dot")


def test_what_covers_it_is_covered(shown: Shown, eyes: Eyes):
    """A window put over the sign does not stay over it."""
    other = eyes.cover(300, 0, 300, 100)
    wait_for(lambda: eyes.top() == shown.window, "the sign on top again")
    other.raise_window()
    eyes.connection.sync()
    wait_for(lambda: eyes.top() == shown.window, "the sign on top a second time")
    other.destroy()


def test_with_a_compositor_it_watches_the_stacking(seat: Desktop, eyes: Eyes):
    """Where a compositor runs the server does not tell what is covered; the sign comes up all the same."""
    owner = eyes.cover(-10, -10, 1, 1)
    owner.set_selection_owner(eyes.connection.intern_atom("_NET_WM_CM_S0"), X.CurrentTime)
    eyes.connection.sync()
    shown = Shown(seat.env)
    other = eyes.cover(0, 300, 50, 50)  # not over it: no visibility event tells of this one
    wait_for(lambda: eyes.top() == shown.window, "the sign on top again")
    shown.sign.stop()
    other.destroy()
    owner.destroy()
    eyes.connection.sync()


def test_it_can_not_be_unmapped(shown: Shown, eyes: Eyes):
    """A program that hides the sign sees it come back."""
    eyes.window(shown.window).unmap()
    eyes.connection.sync()
    wait_for(lambda: eyes.mapped(shown.window), "the sign again")


def test_a_click_is_told_and_a_drag_moves_it(seat: Desktop, shown: Shown, eyes: Eyes):
    """A click calls `clicked`; a drag moves the sign, is no click, and can't push it off the screen."""
    with Hands(seat.display, pace=0.1) as hands:
        x, y, w, h = eyes.place(shown.window)
        hands.click(x + w // 2, y + h // 2)
        assert shown.clicks.acquire(timeout=10)
        hands.drag(x + w // 2, y + h // 2, x + w // 2 - 100, y + h // 2 + 300)
        wait_for(lambda: eyes.place(shown.window)[:2] == (x - 100, y + 300), "the moved sign")
        hands.drag(x + w // 2 - 100, y + h // 2 + 300, 899, 600)
        wait_for(lambda: eyes.place(shown.window)[:2] == (900 - w, 601 - h), "the sign in the corner")
        assert not shown.clicks.acquire(blocking=False)


@pytest.mark.parametrize("how", ["destroy", "kill_client"])
def test_taken_away_it_comes_back_once(shown: Shown, eyes: Eyes, how: str):
    """Destroyed or cut off, the sign comes back; the second time `lost` is called, so that the recorder stops."""
    getattr(eyes.window(shown.window), how)()
    eyes.connection.sync()
    wait_for(lambda: eyes.mapped(shown.window), "another sign")
    wait_for(lambda: RED in eyes.colours(shown.window), "its red dot")
    assert not shown.lost
    getattr(eyes.window(shown.window), how)()
    eyes.connection.sync()
    wait_for(lambda: shown.lost, "the loss")
    assert isinstance(shown.lost[0], RecorderError)
    assert len(shown.lost) == 1


def test_without_a_server_it_is_lost():
    """When the X server dies the sign is lost, and that is told once."""
    with Desktop(size=(300, 200), accessible=False, managed=False) as stage:
        shown = Shown(stage.env)
    wait_for(lambda: shown.lost, "the loss")
    assert isinstance(shown.lost[0], DisplayLost)
    assert len(shown.lost) == 1
    shown.sign.stop()


def test_without_a_display_it_does_not_start():
    """No desktop, no sign: starting raises the house's error."""
    with pytest.raises(CaptureError):
        Indicator({}).start(clicked=print, lost=print)


def test_it_sleeps_while_nothing_changes(shown: Shown):
    """Saying the same thing again wakes nobody."""
    shown.sign.show("recording", "Recording · 3 min")
    thread = next(one for one in threading.enumerate() if one.name == "byhand-sign")
    status = Path(f"/proc/self/task/{thread.native_id}/status")
    time.sleep(0.7)
    before = _switches(status)
    for _ in range(10):
        shown.sign.show("recording", "Recording · 3 min")
        time.sleep(0.1)
    assert _switches(status) == before


def test_it_is_twice_as_large_where_letters_are(seat: Desktop, eyes: Eyes):
    """On a desktop of 192 dots an inch the sign is drawn at twice the size."""
    name = eyes.connection.intern_atom("RESOURCE_MANAGER")
    eyes.root.change_property(name, Xatom.STRING, 8, b"Xft.dpi:\t192\n")
    eyes.connection.sync()
    shown = Shown(seat.env)
    assert eyes.place(shown.window)[3] == 64
    shown.sign.stop()
    eyes.root.delete_property(name)
    eyes.connection.sync()


class SmallTray(Eyes):
    """The least a system tray does: own the selection, say so, take icons in and give them a size."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        atom = self.connection.intern_atom
        self.selection = atom("_NET_SYSTEM_TRAY_S0")
        self.window_ = self.cover(0, 500, 60, 60)
        self.window_.set_selection_owner(self.selection, X.CurrentTime)
        data = (32, [X.CurrentTime, self.selection, self.window_.id, 0, 0])
        message = xevent.ClientMessage(window=self.root, client_type=atom("MANAGER"), data=data)
        self.root.send_event(message, event_mask=X.StructureNotifyMask)
        self.connection.sync()

    def dock(self) -> int:
        """Wait for an icon and take it in, 30 by 40 pixels."""
        while True:
            told = self.connection.next_event()
            if told.type == X.ClientMessage and told.data[1][1] == 0:
                icon = self.window(told.data[1][2])
                icon.reparent(self.window_, 5, 5)  # type: ignore[arg-type]
                icon.configure(width=30, height=40)
                icon.map()
                self.connection.sync()
                return icon.id


def test_the_tray_may_come_later_and_go(seat: Desktop, shown: Shown, eyes: Eyes):
    """A tray that starts after the sign gets its icon, in the size it gives; when it goes the sign stays."""
    for _ in range(2):
        tray = SmallTray(seat.display)
        icon = tray.dock()
        wait_for(lambda: RED in eyes.colours(icon), "the red icon")  # noqa: B023 - asked within the turn
        assert icon in shown.sign.windows()
        shown.sign.show("paused", "Paused")
        wait_for(lambda: AMBER in eyes.colours(icon), "the amber icon")  # noqa: B023
        shown.sign.show("recording", "Recording")
        tray.connection.close()
        wait_for(lambda: len(shown.sign.windows()) == 1, "no icon")
    assert eyes.mapped(shown.window)
    assert not shown.lost


def test_a_click_on_the_icon_is_a_click(seat: Desktop, shown: Shown, eyes: Eyes):
    """The icon in the tray pauses and resumes as the pill does."""
    tray = SmallTray(seat.display)
    icon = tray.dock()
    wait_for(lambda: RED in eyes.colours(icon), "the red icon")
    x, y, w, h = eyes.place(icon)
    with Hands(seat.display, pace=0.1) as hands:
        hands.click(x + w // 2, y + h // 2)
    assert shown.clicks.acquire(timeout=10)
    tray.connection.close()


def test_pictures_hold_what_they_say():
    """Any text and any state gives a picture of its own size whose visible part lies within it."""
    for state in ("recording", "paused", "something else"):
        for picture in (
            pill(state, "Zeit läuft · 中\n", 1),
            pill(state, "", 2),
            dot(state, 22, 31),
            dot(state, 30, 20),
        ):
            assert len(picture.pixels) == picture.w * picture.h * 4
            assert len(picture.spans) == picture.h
            assert all(0 <= first <= last <= picture.w for first, last in picture.spans)


def _switches(status: Path) -> int:
    lines = status.read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)
