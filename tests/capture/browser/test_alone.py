"""Where browsers are all there is: every input comes after the window and the page it went to."""

from __future__ import annotations

from typing import Any

import msgspec

from byhand.capture.browser.alone import Desk
from byhand.capture.browser.telling import Deed, Place
from byhand.events.browser import DocumentEvent, TabTold
from byhand.events.raw import Raw, RawButton, RawElement, RawKey, RawMotion, RawPage, RawScroll, RawWindow
from tests.capture.browser.extension import focus, key, page, press

SHOP, DESK = "https://shop.example/", "https://desk.example/"
decode = msgspec.json.Decoder(DocumentEvent).decode


def deed(
    told: dict[str, Any], ms: int, *, url: str = SHOP, tab: int = 7, window: int = 1, frame: int = 0, document: str = ""
) -> Deed:
    event = {"at": 0, "trusted": True} | told
    if told["kind"] == "page":
        del event["trusted"]
    place = Place(1, "chromium", window, tab, frame, url, SHOP if frame else url)
    return Deed(ms * 1_000_000, place, document or f"{tab}/{frame}", decode(msgspec.json.encode(event)))


def tab(what: str, ms: int, *, url: str = SHOP, tab: int = 7, window: int = 1, title: str = "") -> Deed:
    place = Place(1, "chromium", window, tab, 0, url, url)
    return Deed(ms * 1_000_000, place, "", TabTold(0.0, what, window, tab, url, title, 5, 6, 800, 600))  # type: ignore[arg-type]


def played(*deeds: Deed, motion: bool = True) -> list[Raw]:
    desk = Desk(motion=motion)
    return [raw for one in deeds for raw in desk.tell(one)]


def shape(raws: list[Raw]) -> list[str]:
    """In short: what kind, and of what."""
    return [
        f"window {raw.window & 0xFFFF}" if isinstance(raw, RawWindow)
        else f"{raw.why} {raw.role} {raw.url}" if isinstance(raw, RawElement)
        else type(raw).__name__
        for raw in raws
    ]  # fmt: skip


def test_the_first_press_tells_its_window_and_its_page() -> None:
    """Then the button and its element, with the same stamps."""
    raws = played(deed(press("Save"), 5))
    assert shape(raws) == ["window 1", f"focus document web {SHOP}", "RawButton", f"press push button {SHOP}"]
    assert isinstance(button := raws[2], RawButton)
    assert isinstance(element := raws[3], RawElement)
    assert (button.mono_ns, button.window) == (element.mono_ns, element.window)
    assert element.dom is not None
    assert element.dom.alone


def test_a_key_from_another_tab_is_told_after_that_tab() -> None:
    """Also when it comes late, after the person has gone on: it must not be judged by what is in front by then."""
    raws = played(
        deed(focus("Subject"), 1), deed(key("a"), 2), deed(key("b"), 1, url=DESK, tab=8), deed(key("c"), 3),
    )  # fmt: skip
    assert shape(raws) == [
        "window 1", f"focus document web {SHOP}", f"focus entry {SHOP}", "RawKey",
        "window 1", f"focus document web {DESK}", "RawKey",
        "window 1", f"focus document web {SHOP}", "RawKey",
    ]  # fmt: skip
    stamps = [raw.mono_ns for raw in raws]
    assert stamps == sorted(stamps)


def test_a_key_in_a_frame_is_told_after_the_frame() -> None:
    """A frame has the keyboard without a window changing."""
    raws = played(deed(key("a"), 1), deed(key("b"), 2, url=DESK, frame=3), deed(key("c"), 3, url=DESK, frame=3))
    assert shape(raws)[2:] == ["RawKey", f"focus document web {DESK}", "RawKey", "RawKey"]


def test_a_tab_that_is_not_listed_is_no_window() -> None:
    """And neither is a browser that has lost the focus; coming back tells everything anew."""
    for gone in (tab("tab switched", 2, url="", tab=9), tab("window left", 2)):
        raws = played(tab("window focused", 1, title="Shop"), gone, tab("window focused", 3))
        windows = [raw for raw in raws if isinstance(raw, RawWindow)]
        assert [one.window & 0xFFFF for one in windows] == [1, 0, 1]
        assert windows[0].title == "Shop"
        assert (windows[0].x, windows[0].y, windows[0].w, windows[0].h) == (5, 6, 800, 600)
        assert not [raw for raw in raws if isinstance(raw, RawPage) and raw.title and not raw.url]


def test_a_new_title_of_the_page_in_front_is_told() -> None:
    raws = played(
        tab("window focused", 1, title="Shop"), deed(page("moved", "Cart"), 2), deed(page("moved", "Cart"), 3)
    )
    assert [(raw.change, raw.title) for raw in raws if isinstance(raw, RawWindow)] == [
        ("focus", "Shop"),
        ("title", "Cart"),
    ]


def test_a_page_that_is_loaded_takes_the_keyboard_from_the_one_before() -> None:
    """But not from a field of its own that took the focus before it was ready."""
    raws = played(
        deed(focus("Search"), 1), deed(page("loaded"), 2), deed(key("a"), 3), deed(page("loaded"), 4, document="next"),
    )  # fmt: skip
    assert shape(raws)[2:] == [f"focus entry {SHOP}", "RawPage", "RawKey", "RawPage", f"focus document web {SHOP}"]


def test_a_tab_that_goes_to_a_listed_page_comes_to_the_front_with_it() -> None:
    """It was told to be in front while it showed another."""
    raws = played(tab("tab switched", 1, url=""), deed(page("loaded", "Shop"), 2))
    assert [raw.window & 0xFFFF for raw in raws if isinstance(raw, RawWindow)] == [0, 1]


def test_a_tab_that_goes_to_another_page_is_no_window_from_then_on() -> None:
    """Nobody tells so: nothing more comes of it. A page that only takes its time is no gap."""
    left = deed(page("left"), 1000)
    for ms, windows in ((4000, [1]), (9000, [1, 0, 1])):
        raws = played(deed(press(), 10), left, deed(page("loaded"), ms, document="next"))
        focus = [raw for raw in raws if isinstance(raw, RawWindow)]
        assert [raw.window & 0xFFFF for raw in focus] == windows
        assert all(raw.mono_ns == 1_000_000_000 for raw in focus if not raw.window)


def test_scrolls_are_in_notches_and_the_path_only_where_it_is_granted() -> None:
    wheel = {"kind": "scroll", "dx": 0, "dy": 180, "x": 1, "y": 2}
    move = {"kind": "move", "x": 1, "y": 2}
    raws = played(deed(wheel, 1), deed(move, 2))
    assert [raw.dy for raw in raws if isinstance(raw, RawScroll)] == [1.5]
    assert any(isinstance(raw, RawMotion) for raw in raws)
    assert not any(isinstance(raw, RawMotion) for raw in played(deed(move, 1), motion=False))


def test_a_press_on_nothing_is_one_on_the_page() -> None:
    raws = played(deed(press() | {"element": None}, 1))
    assert shape(raws)[-1] == f"press document web {SHOP}"


def test_repr_and_keys_of_a_secret_field_tell_nothing() -> None:
    """The extension names no key there; what is left is a key that means nothing."""
    raws = played(deed(key("") | {"code": ""}, 1))
    assert isinstance(last := raws[-1], RawKey)
    assert (last.keysym, last.keycode) == (0, 0)
