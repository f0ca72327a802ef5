"""Wireframes: the boxes of a window, their roles and cleared words, and nothing a person wrote."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.capture.scripted import script
from byhand.events import codec
from byhand.events.kinds import Frame, Wireframe
from byhand.events.raw import Raw, RawBox, RawElement, RawFrame
from byhand.privacy.frames.roles import COVERED, POPUP
from byhand.privacy.frames.wireframe import MOST_BOXES, STEP, Sketch, Wires
from tests.privacy.rig import guard, run
from tests.privacy.test_guard import dataclass_replace

W, H = 700, 410
CANARY = "Jane Canary"


def box(role: str, x: int, y: int, w: int, h: int, name: str = "") -> RawBox:
    return RawBox(1, 1000, role, name, x, y, w, h)


def frame(boxes: Sequence[RawBox] | None, window: int = 7, url: str = "") -> RawFrame:
    """A look at the boxes alone."""
    given_boxes = None if boxes is None else tuple(boxes)
    return RawFrame(
        1_000_900, 1_000_900_000_000, "clock", window, 0, 0, W, H, 0, memoryview(b""), frozenset(), given_boxes, url,
        lambda: None,
    )  # fmt: skip


def named(one: RawBox) -> str:
    """What the guard would say: names that begin with "ok" are cleared."""
    return one.name if one.name.startswith("ok") else ""


def told(*boxes: RawBox) -> list[tuple[str, str, tuple[int, ...]]]:
    """The boxes of a wireframe, in order."""
    return rows(Sketch().keep(frame(boxes), named))


def rows(wires: Wires | None) -> list[tuple[str, str, tuple[int, ...]]]:
    if wires is None:
        return []
    places = [wires.places[at : at + 4] for at in range(0, len(wires.places), 4)]
    return list(zip(wires.roles, wires.names, places, strict=True))


def test_a_control_keeps_its_place_and_its_cleared_name():
    """A cleared button is told as it is; another one without its name, and wider than its name is."""
    assert told(box("push button", 10, 20, 80, 30, "ok Save")) == [("push button", "ok Save", (10, 20, 80, 30))]
    assert told(box("push button", 10, 20, 80, 30, CANARY)) == [("push button", "", (10, 20, 2 * STEP, 30))]


@pytest.mark.parametrize("role", ["paragraph", "document text", "terminal", "image", "table cell", "video", "log"])
def test_what_people_write_has_no_name(role: str):
    """A name is kept of controls, labels, headings and options, never of prose, even if it was cleared."""
    assert [name for _, name, _ in told(box(role, 0, 0, 300, 20, "ok yes"))] == [""]


@pytest.mark.parametrize("role", ["paragraph", "block quote", "document email", "terminal"])
def test_a_word_in_prose_is_no_label(role: str):
    """A text that lies in somebody's writing keeps no name, though it would as a label elsewhere."""
    inside = box("static", 10, 10, 60, 16, "ok yes")
    assert ("static", "ok yes", (10, 10, 60, 16)) in told(inside)
    assert not any(name for _, name, _ in told(box(role, 0, 0, 300, 200), inside))


@pytest.mark.parametrize("role", ["entry", "password text", "text", "terminal", "combo box", "never heard of this"])
def test_what_lies_in_a_field_is_not_told(role: str):
    """What was typed shows neither by words nor by its length: the field alone is there, with its cleared label."""
    field = box(role, 100, 100, 200, 30, "ok Name")
    typed = [box("static", 104, 104, wide, 20, "ok yes") for wide in (40, 150, 300)]
    shown = told(field)
    assert len(shown) == 1
    assert all(told(field, one) == shown for one in typed)


def test_the_length_of_an_uncleared_text_shows_only_in_steps():
    """Two names of unlike length look the same as long as they are about as long."""
    assert told(box("label", 10, 10, 70, 16, "Jo Ann")) == told(box("label", 10, 10, 120, 16, "Wilhelmina K"))


def test_what_is_under_another_window_is_not_told():
    """Neither a box that another program's window hides, nor its words; the window itself is a blank."""
    shown = told(box("push button", 10, 10, 50, 20, "ok Save"), box(COVERED, 0, 0, 200, 100))
    assert shown == [(COVERED, "", (0, 0, 200, 100))]


def test_a_menus_items_lie_on_the_menu():
    """Later boxes lie over earlier ones: window, menu, its items, other windows."""
    item, menu = box("menu item", 110, 110, 50, 20, "ok Copy"), box(POPUP, 100, 100, 80, 80)
    panel, over = box("frame", 0, 0, W, H), box(COVERED, 600, 0, 100, 50)
    assert [role for role, _, _ in told(item, menu, over, panel)] == ["panel", POPUP, "menu item", COVERED]


def test_boxes_outside_the_window_are_cut_or_left_out():
    """Sizes of zero, negative places and boxes beyond the window tell nothing outside of it."""
    assert told(box("push button", W - 20, H - 10, 500, 500)) == [("push button", "", (W - 20, H - 10, 20, 10))]
    assert told(box("push button", -500, 0, 100, 20), box("push button", 5, 5, 0, 20)) == []


def test_roles_a_program_made_up_are_not_kept():
    """A program could write a secret into a role's name."""
    assert [role for role, _, _ in told(box(CANARY, 0, 0, 50, 20))] == ["unknown"]


def test_only_what_differs_is_told():
    """The same look again is no event; another window, place or word is one."""
    sketch, one = Sketch(), [box("push button", 10, 10, 50, 20, "ok")]
    assert sketch.keep(frame(one), named) is not None
    assert sketch.keep(frame(one), named) is None
    assert sketch.keep(frame(one, window=8), named) is not None
    assert sketch.keep(frame([*one, box("label", 80, 10, 50, 20)], window=8), named) is not None
    sketch.restart()
    assert sketch.keep(frame([*one, box("label", 80, 10, 50, 20)], window=8), named) is not None
    assert sketch.keep(frame(None), named) is None


def test_typing_changes_nothing():
    """A field whose text grows, and a label that grows below one step, look the same: no key shows in a wireframe."""
    sketch = Sketch()
    looks = [
        [box("entry", 10, 10, 300, 30), box("static", 14, 14, 8 * count, 20, "a" * count), box("panel", 0, 0, W, H)]
        for count in range(1, 30)
    ]
    assert sum(sketch.keep(frame(look), named) is not None for look in looks) == 1


def test_a_window_of_a_thousand_boxes_is_bounded():
    """The smallest are left out."""
    shown = told(*(box("push button", n % 60, n // 60, 10 + n % 7, 10, "ok") for n in range(3000)))
    assert len(shown) == MOST_BOXES


ROLES = ["push button", "label", "entry", "password text", "paragraph", "list item", "odd", COVERED]
BOXES = st.lists(
    st.builds(
        box, st.sampled_from(ROLES),
        st.integers(-50, 800), st.integers(-50, 500), st.integers(-5, 900), st.integers(-5, 500),
        st.sampled_from(["", "ok yes", CANARY]),
    ), max_size=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(BOXES)
def test_no_arrangement_tells_an_uncleared_word(boxes: list[RawBox]):
    """Whatever a tree says, only cleared names are there, and every box lies in the window."""
    for _, name, (x, y, w, h) in told(*boxes):
        assert name in ("", "ok yes")
        assert x >= 0
        assert y >= 0
        assert w > 0
        assert h > 0
        assert x + w <= W
        assert y + h <= H


# ---- through the guard

FOCUS = '00.1 focus mail "Inbox"\n00.2 element entry "Message"\n'
BOXED = [box("push button", 10, 10, 50, 20, "Save"), box("label", 10, 40, 50, 20, CANARY)]


def kept(raws: Sequence[Raw], *streams: str) -> list[Wireframe]:
    events = run(guard(*streams, screen=(W, H)), raws)
    assert CANARY.encode() not in codec.encode(events)
    return [event for event in events if isinstance(event, Wireframe)]


def test_without_frames_a_wireframe_is_kept():
    """A grant of actions alone tells the boxes, with cleared words; a grant of frames keeps pictures instead."""
    wireframe = kept([*script(FOCUS), frame(BOXED, 0x400001)])[0]
    assert sorted(wireframe.names) == ["", "Save"]
    assert (wireframe.by, wireframe.window, wireframe.w, wireframe.h) == ("actions.wireframe", 1, W, H)
    pixels = dataclass_replace(frame(BOXED, 0x400001), pixels=memoryview(bytes(W * H * 4)), stride=W * 4)
    events = run(guard("frames", screen=(W, H)), [*script(FOCUS), pixels])
    assert [type(event) for event in events if isinstance(event, Frame | Wireframe)] == [Frame]


def test_a_window_that_is_not_listed_or_not_in_focus_has_none():
    raws = [*script(FOCUS + "00.3 focus bank"), frame(BOXED, 0x400001), frame(BOXED, 0x400002)]
    assert kept(raws) == []


def test_a_locked_screen_or_a_pause_has_none():
    assert kept([*script(FOCUS + "00.3 lock"), frame(BOXED, 0x400001)]) == []
    assert kept([*script(FOCUS + "00.3 pause"), frame(BOXED, 0x400001)]) == []


BROWSER = '00.1 focus chromium "Mail - Chromium"\n00.2 element entry "Search" url=https://work.example.org/a\n'


@pytest.mark.parametrize("url", ["", "https://elsewhere.example.net/", "about:blank"])
def test_a_page_that_is_not_listed_has_none(url: str):
    """Only a page whose address lies on a listed site shows its boxes."""
    assert kept([*script(BROWSER), frame(BOXED, 0x400001, url)]) == []
    assert len(kept([*script(BROWSER), frame(BOXED, 0x400001, "https://work.example.org/b")])) == 1


def test_a_private_window_has_none():
    """Neither by its title, nor when only its accessible name says so."""
    at = "https://work.example.org/b"
    titled = BROWSER.replace("Mail - Chromium", "Mail - Chromium (Incognito)")
    assert kept([*script(titled), frame(BOXED, 0x400001, at)]) == []
    raws = [
        dataclass_replace(raw, frame="Mail - Chromium (Incognito)") if isinstance(raw, RawElement) else raw
        for raw in script(BROWSER)
    ]
    assert kept([*raws, frame(BOXED, 0x400001, at)]) == []


def test_without_a_tree_there_is_none():
    """A program that does not say what its boxes are is counted, not drawn."""
    door = guard(screen=(W, H))
    assert not any(isinstance(event, Wireframe) for event in run(door, [*script(FOCUS), frame(None, 0x400001)]))
    assert door.tally.dropped["no accessibility tree"] == 1
