"""Boxes on the screen are in device pixels, whatever the zoom, the screen and the frames around."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from byhand.events.browser import Happened, Press
from tests.browser.pretend import Rig, browser_with_extension


@pytest.fixture(scope="module")
def sharp(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """A screen with two device pixels for each."""
    folder = tmp_path_factory.mktemp("b")
    # Not emulated: frames of other origins are not told of an emulated screen.
    words = ("--force-device-scale-factor=2", "--window-size=1000,800")
    with browser_with_extension(play, folder, *words, no_viewport=True) as rig:
        rig.records()
        yield rig


def inside(press: Press) -> bool:
    """Was the press in the middle of what it says was pressed? The pointer stands on whole pixels before scaling."""
    assert press.element
    x, y, w, h = press.element.screen
    return abs(x + w / 2 - press.x) <= 6 and abs(y + h / 2 - press.y) <= 6


@pytest.mark.parametrize("zoom", [1, 1.5])
def test_boxes_and_presses_agree(sharp: Rig, zoom: float):
    """On a sharp screen, zoomed, scrolled, in frames of this and of another origin, and where the frame is unknown."""
    page = sharp.open("frames.html")
    sharp.worker.evaluate(
        "z => chrome.tabs.query({active: true}).then(([tab]) => chrome.tabs.setZoom(tab.id, z))", zoom
    )
    for one in page.frames:  # each is told in its own time
        one.wait_for_function("ratio => devicePixelRatio === ratio", arg=2 * zoom)
    page.wait_for_timeout(300)
    page.evaluate("scrollTo(0, 120)")
    for frame in ("same", "cross", "srcdoc"):
        page.frame_locator(f"#{frame}").locator("button").click()
    presses = sorted(sharp.acts("press"), key=lambda one: one.at)  # each frame tells in its own time
    sharp.worker.evaluate("() => chrome.tabs.query({active: true}).then(([tab]) => chrome.tabs.setZoom(tab.id, 1))")
    assert len(presses) == 3
    assert all(inside(press) for press in presses), [(one.x, one.y, one.element.screen) for one in presses]
    assert [one.element.screen[2:] for one in presses[:2]] == [(160 * zoom, 60 * zoom)] * 2


def test_a_press_lies_where_the_pointer_was(sharp: Rig):
    """Two presses that are 100 CSS pixels apart are 200 device pixels apart, in the page and in a frame of it."""
    page = sharp.open("frames.html")
    box = page.locator("#cross").bounding_box()
    assert box
    page.mouse.click(200, box["y"] - 100)
    page.mouse.click(200, box["y"] + 45)
    one, two = sorted(sharp.acts("press"), key=lambda each: each.at)  # each frame tells in its own time
    assert (two.x - one.x, two.y - one.y) == (0, 290)


def test_before_any_pointer_came_the_window_says_where_the_page_is(sharp: Rig):
    """What is done by keys alone has a box too."""
    page = sharp.open("form.html")
    page.mouse.move(5, 5)
    page.goto(f"{sharp.mine}/form.html?keys")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focus = rig_focus(sharp, "Vanish")
    page.locator("#gone").click()
    press = sharp.acts("press")[0].element.screen
    assert abs(focus[0] - press[0]) <= 20
    assert focus[2:] == press[2:]


def rig_focus(rig: Rig, name: str) -> tuple[int, int, int, int]:
    (found,) = [
        one.element.screen
        for one in rig.pretend.flush()
        if isinstance(one, Happened) and one.why == "focus" and one.element.name == name
    ]
    return found
