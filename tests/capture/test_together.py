"""Two drivers as one: one order of events, nothing lost, and no cost where there is no browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.capture.driver import Desktop, Emit, Needs
from byhand.capture.order import Shelf
from byhand.capture.together import HOLD_NS, Together
from byhand.events.raw import Raw, RawMotion, RawPage

NEEDS = Needs(motion=True, elements=True, frames=False)


def move(mono_ns: int, x: int = 0) -> RawMotion:
    return RawMotion(mono_ns // 1_000_000, mono_ns, x, 0, 1, False)


def moved(mono_ns: int) -> RawPage:
    return RawPage(mono_ns // 1_000_000, mono_ns, "moved", "chromium", 1, 0, "", "", "")


def nobody(_: Sequence[Raw]) -> None: ...


class Told:
    """A driver that emits what a test says."""

    def __init__(self, *, connected: int = 1) -> None:
        self.connected = connected
        self.emit: Emit = nobody
        self.last: Sequence[Raw] = ()

    def describe(self) -> Desktop:
        return Desktop("x11", "", 800, 600, ())

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        self.emit = emit

    def flush(self) -> None: ...

    def stop(self) -> None:
        if self.last:
            self.emit(self.last)
        self.emit = nobody


def running(connected: int = 1) -> tuple[Together, Told, Told, list[Raw]]:
    heard: list[Raw] = []
    desktop, browser = Told(), Told(connected=connected)
    together = Together(desktop, browser)
    together.start(NEEDS, heard.extend, lambda _: None)
    return together, desktop, browser, heard


def test_without_a_browser_nothing_waits() -> None:
    """What the desktop tells is there when its call returns, and on its own thread."""
    together, desktop, _, heard = running(connected=0)
    batch = (move(5), move(3))
    desktop.emit(batch)
    assert heard == list(batch)
    together.stop()


def test_a_page_that_tells_late_is_put_where_it_belongs() -> None:
    """Within the time that everything waits."""
    together, desktop, browser, heard = running()
    now = time.monotonic_ns()
    desktop.emit((move(now, 1),))
    desktop.emit((move(now + 5_000_000, 2),))
    browser.emit((moved(now + 1_000_000),))
    assert not heard
    until = time.monotonic() + 2
    while len(heard) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    assert [type(raw) for raw in heard] == [RawMotion, RawPage, RawMotion]
    assert time.monotonic_ns() - now >= HOLD_NS
    together.stop()


def test_an_end_hands_on_everything_and_then_nothing() -> None:
    """Also what the browser tells at the last moment."""
    together, desktop, browser, heard = running()
    now = time.monotonic_ns()
    browser.last = (moved(now),)
    desktop.emit((move(now + 1000),))
    late = desktop.emit
    together.stop()
    late((move(now),))
    assert [type(raw) for raw in heard] == [RawPage, RawMotion]
    assert not [one for one in threading.enumerate() if one.name == "together"]


def test_what_is_forgotten_is_told_to_nobody() -> None:
    together, desktop, _, heard = running()
    desktop.emit((move(time.monotonic_ns()),))
    together.forget()
    together.stop()
    assert not heard


def test_it_says_that_it_is_two() -> None:
    assert Together(Told(), Told()).describe().driver == "x11+browser"


batches = st.lists(st.lists(st.integers(0, 500), max_size=4), max_size=8)


@settings(max_examples=30, deadline=None)
@given(batches, batches)
def test_nothing_is_lost_and_the_desktops_order_stays(
    desktop_says: list[list[int]], browser_says: list[list[int]]
) -> None:
    """Whatever comes when: all of it leaves; the desktop's in its own order, an older stamp behind a newer one too."""
    together, desktop, browser, heard = running()
    now = time.monotonic_ns()
    sent: list[Raw] = []
    for place in range(max(len(desktop_says), len(browser_says))):
        if place < len(desktop_says):
            batch = [move(now + us * 1000) for us in desktop_says[place]]
            sent += batch
            desktop.emit(batch)
        if place < len(browser_says):
            pages = [moved(now + us * 1000) for us in sorted(browser_says[place])]
            sent += pages
            browser.emit(pages)
    together.stop()
    assert {id(raw) for raw in heard} == {id(raw) for raw in sent}
    assert len(heard) == len(sent)
    assert [raw for raw in heard if isinstance(raw, RawMotion)] == [raw for raw in sent if isinstance(raw, RawMotion)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers())))
def test_a_shelf_sorts_by_time_and_keeps_equals_in_line(things: list[tuple[int, int]]) -> None:
    shelf: Shelf[tuple[int, int]] = Shelf(10)
    shelf.put((when, (when, number)) for when, number in things)
    early = shelf.take(40)
    assert [*early, *shelf.rest()] == sorted(things, key=lambda one: one[0])
    assert all(when <= 30 for when, _ in early)
