"""Pixels: only what structure proves harmless is ever in a patch."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.errors import VaultDamaged
from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.pixels import TILE, Canvas, Kept, unpatch
from byhand.privacy.frames.roles import COVERED, POPUP

CANARY = (0x13, 0x57, 0x9B)  # RGB; no paint of ours has it
W, H = 700, 410  # no multiple of 64 in either direction


def box(role: str, x: int, y: int, w: int, h: int, name: str = "") -> RawBox:
    return RawBox(server_ms=1, mono_ns=1000, role=role, name=name, x=x, y=y, w=w, h=h)


def ok(one: RawBox) -> bool:
    """What the guard would say: names that begin with "ok" are cleared."""
    return one.name.startswith("ok")


def frame(
    boxes: Sequence[RawBox] | None,
    at: tuple[int, int, int, int] = (0, 0, W, H),
    colour: tuple[int, int, int] = CANARY,
    dirty: frozenset[tuple[int, int]] | None = None,
) -> RawFrame:
    """A frame whose every pixel is `colour`; all tiles dirty unless said otherwise."""
    x, y, w, h = at
    red, green, blue = colour
    stride = w * 4 + 12
    pixels = (bytes((blue, green, red, 0xAA)) * w + b"\x77" * 12) * h
    everything = frozenset((c, r) for c in range(40) for r in range(40))
    return RawFrame(
        server_ms=1, mono_ns=1000, why="clock", window=7, x=x, y=y, w=w, h=h, stride=stride, pixels=memoryview(pixels),
        dirty=everything if dirty is None else dirty, boxes=None if boxes is None else tuple(boxes), url="",
        release=lambda: None,
    )  # fmt: skip


class Picture:
    """The desktop as somebody who has only the patches sees it."""

    def __init__(self, width: int = W, height: int = H) -> None:
        self.width, self.rows = width, [bytearray(width * 3) for _ in range(height)]

    def lay(self, kept: Kept | None) -> None:
        for tile in unpatch(kept.patch) if kept else ():
            rgb = tile.rgb()
            for i in range(tile.h):
                self.rows[tile.y + i][tile.x * 3 : (tile.x + tile.w) * 3] = rgb[i * tile.w * 3 : (i + 1) * tile.w * 3]

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        red, green, blue = self.rows[y][x * 3 : x * 3 + 3]
        return red, green, blue

    def true_pixels(self) -> set[tuple[int, int]]:
        return {(x, y) for y in range(len(self.rows)) for x in range(self.width) if self.at(x, y) == CANARY}


def seen(
    boxes: Sequence[RawBox] | None, at: tuple[int, int, int, int] = (0, 0, W, H), scale: float = 1.0
) -> set[tuple[int, int]]:
    """Where the true pixels of a frame can be seen."""
    picture = Picture()
    picture.lay(Canvas(W, H, scale).keep(frame(boxes, at), ok))
    return picture.true_pixels()


def area(x: int, y: int, w: int, h: int) -> set[tuple[int, int]]:
    return {(i, j) for i in range(x, x + w) for j in range(y, y + h)}


BUTTON = box("push button", 100, 100, 90, 30, "ok Save")


def test_only_a_cleared_control_shows():
    """Of a frame full of canary pixels nothing is kept but the button whose name the guard cleared."""
    others = [
        box("entry", 10, 10, 200, 30, "ok"),
        box("push button", 300, 200, 80, 30, "Dr Who"),
        box("document web", 0, 0, W, H),
    ]
    assert seen([*others, BUTTON]) == area(100, 100, 90, 30)


@pytest.mark.parametrize(
    "role", ["entry", "password text", "text", "terminal", "combo box", "image", "never heard of this"]
)
def test_a_field_hides_what_it_meets(role: str):
    """Whatever lies in a text field, a picture or something unknown stays hidden, also a cleared control in it."""
    assert seen([BUTTON, box(role, 80, 90, 130, 50)]) == set()
    assert seen([BUTTON, box(role, 100, 100, 40, 30)]) == area(140, 100, 50, 30)


@pytest.mark.parametrize("role", ["static", "label", "list item", "panel", "push button", "tool bar", "document web"])
def test_a_box_over_a_control_wins(role: str):
    """Anything that lies inside a cleared control or cuts into it is painted."""
    assert seen([BUTTON, box(role, 120, 110, 10, 10)]) == area(100, 100, 90, 30) - area(120, 110, 10, 10)
    assert seen([box(role, 150, 0, 300, 300), BUTTON]) == area(100, 100, 50, 30)


def test_what_holds_a_control_does_not_hide_it():
    """A panel, a page and a list item show the buttons in them; a text laid exactly over a control does not."""
    assert seen([box("panel", 100, 100, 90, 30), box("list item", 90, 95, 200, 60), BUTTON]) == area(100, 100, 90, 30)
    assert seen([box("list item", 100, 100, 90, 30), BUTTON]) == set()


def test_a_controls_own_label_is_no_secret():
    """A text in a control with the very name that was cleared shows; another text in it does not."""
    assert seen([BUTTON, box("static", 110, 105, 50, 20, "ok Save")]) == area(100, 100, 90, 30)
    assert seen([BUTTON, box("static", 110, 105, 50, 20, "Jane, ok")]) == area(100, 100, 90, 30) - area(
        110, 105, 50, 20
    )


def test_a_control_too_large_to_be_one_is_hidden():
    """A card that is a link, and a link of two lines, show other people's words; both stay hidden."""
    assert seen([box("push button", 0, 0, 600, 60, "ok"), box("link", 0, 100, 100, 36, "ok")]) == set()
    assert seen([box("link", 0, 100, 100, 36, "ok")], scale=2.0) == area(0, 100, 100, 36)


def test_without_boxes_nothing_shows():
    """When accessibility did not answer, the frame is an empty window."""
    assert seen(None) == set()
    assert seen([]) == set()


def test_other_windows_hide_what_is_under_them():
    """Another program's window over the focused one is painted, and so is a menu, save for the menu's own items."""
    item = box("menu item", 120, 105, 40, 20, "ok Copy")
    menu = box(POPUP, 110, 100, 60, 60)
    assert seen([box(COVERED, 90, 90, 30, 300), BUTTON, item]) == area(120, 100, 70, 30)
    assert seen([BUTTON, box(POPUP, 90, 90, 120, 300)]) == set()
    assert seen([BUTTON, item, menu]) == (area(100, 100, 90, 30) - area(110, 100, 60, 60)) | area(120, 105, 40, 20)
    assert seen([item, menu, box("text", 0, 0, W, H)]) == area(120, 105, 40, 20)
    assert seen([item, menu, box("entry", 112, 102, 56, 50)]) == set()
    assert seen([item, menu, box(COVERED, 100, 90, 100, 100)]) == set()


def test_a_text_under_a_menu_does_not_hide_its_items():
    """A text of the window that reaches under a menu lies under it; a text within the menu hides what it meets."""
    item, menu = box("menu item", 120, 105, 40, 20, "ok Copy"), box(POPUP, 110, 100, 60, 60)
    assert seen([item, menu, box("label", 90, 110, 300, 10)]) == area(120, 105, 40, 20)
    assert seen([item, menu, box("label", 130, 105, 10, 20)]) == area(120, 105, 10, 20) | area(140, 105, 20, 20)


def test_a_control_without_a_name_is_hidden():
    """Nobody cleared what a nameless button shows: it may be a portrait."""
    picture = Picture()
    picture.lay(Canvas(W, H).keep(frame([box("push button", 10, 10, 24, 24)]), lambda _: True))
    assert picture.true_pixels() == set()


def test_outside_the_window_is_paint():
    """A box that reaches out of the focused window shows only what lies in it, also at the desktop's odd edges."""
    at = (W - 100, H - 60, 100, 60)
    assert seen([box("push button", W - 120, H - 30, 400, 60, "ok")], at) == area(W - 100, H - 30, 100, 30)
    assert seen([BUTTON], (-50, -40, 200, 160)) == area(100, 100, 50, 20)


def test_frame_on_another_monitor_keeps_its_place():
    """A window at x = 500 of the desktop is kept at x = 500: positions are the desktop's, whatever the monitor."""
    assert seen([box("push button", 520, 300, 33, 17, "ok")], (500, 280, 190, 100)) == area(520, 300, 33, 17)


def test_pixels_too_few_for_their_frame_are_not_read():
    """A frame that promises more pixels than it has is treated as one without boxes."""
    lying = frame([BUTTON])
    object.__setattr__(lying, "pixels", lying.pixels[: W * 40])
    picture = Picture()
    picture.lay(Canvas(W, H).keep(lying, ok))
    assert picture.true_pixels() == set()


def test_typing_under_paint_leaves_no_trace():
    """A damaged tile whose paint did not change is not kept: not even that something happened there."""
    canvas = Canvas(W, H)
    boxes = [BUTTON, box("password text", 300, 100, 200, 30)]
    assert canvas.keep(frame(boxes), ok) is not None
    assert canvas.keep(frame(boxes, colour=(1, 2, 3), dirty=frozenset({(4, 1), (5, 1), (6, 1), (7, 1)})), ok) is None


def test_only_changed_tiles_are_kept():
    """The first patch is the whole desktop, a later one holds the tiles that look different."""
    canvas, picture = Canvas(W, H), Picture()
    first = canvas.keep(frame([BUTTON]), ok)
    assert first is not None
    assert first.tiles == 11 * 7
    second = canvas.keep(frame([BUTTON], colour=(9, 9, 9), dirty=frozenset({(1, 1), (8, 3)})), ok)
    assert second is not None
    assert [(tile.x, tile.y) for tile in unpatch(second.patch)] == [(TILE, TILE)]
    assert canvas.keep(frame([BUTTON], colour=(9, 9, 9), dirty=frozenset({(1, 1)})), ok) is None
    picture.lay(first)
    picture.lay(second)
    assert picture.at(110, 110) == (9, 9, 9)
    assert picture.at(150, 110) == CANARY


def test_a_missed_frame_and_a_restart():
    """After unseen frames every tile with true pixels is looked at again; after a restart the patch is whole."""
    canvas = Canvas(W, H)
    canvas.keep(frame([BUTTON]), ok)
    canvas.missed()
    again = canvas.keep(frame([BUTTON], colour=(9, 9, 9), dirty=frozenset()), ok)
    assert again is not None
    assert again.tiles == len({(x // TILE, y // TILE) for x, y in area(100, 100, 90, 30)})
    canvas.restart()
    whole = canvas.keep(frame([BUTTON], dirty=frozenset()), ok)
    assert whole is not None
    assert whole.tiles == 11 * 7


def test_a_window_that_moved_leaves_paint_behind():
    """Where the window was, the desktop's paint is; what showed there is gone from the picture."""
    canvas, picture = Canvas(W, H), Picture()
    picture.lay(canvas.keep(frame([BUTTON], (60, 60, 300, 200)), ok))
    picture.lay(canvas.keep(frame([box("push button", 500, 300, 90, 30, "ok")], (460, 260, 200, 140)), ok))
    assert picture.true_pixels() == area(500, 300, 90, 30)


@pytest.mark.parametrize("patch", [b"", b"nothing", zstandard.compress(b"\x81\xa1v\x01")])
def test_a_damaged_patch_is_an_error(patch: bytes):
    """Bytes that are no patch raise the house's error."""
    with pytest.raises(VaultDamaged):
        unpatch(patch)


ROLES = [
    "push button",
    "menu item",
    "link",
    "entry",
    "password text",
    "static",
    "panel",
    "list item",
    "image",
    "odd",
    COVERED,
    POPUP,
]
NUMBERS = (st.integers(-40, 170), st.integers(-40, 110), st.integers(0, 120), st.integers(0, 90))
BOXES = st.lists(st.builds(box, st.sampled_from(ROLES), *NUMBERS, st.sampled_from(["", "ok", "no"])), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(BOXES, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_no_arrangement_of_boxes_shows_a_field(sequence: list[list[RawBox]], dice: random.Random):
    """However boxes lie, no pixel of a field, a picture, a covering window or of nothing at all is ever seen."""
    canvas, picture = Canvas(150, 100), Picture(150, 100)
    for boxes in sequence:
        at = (dice.randrange(-20, 60), dice.randrange(-20, 40), dice.randrange(20, 140), dice.randrange(20, 90))
        picture.lay(canvas.keep(frame(boxes, at), ok))
        shown = picture.true_pixels()
        allowed: set[tuple[int, int]] = set()
        for one in boxes:
            if ok(one) and one.role in {"push button", "menu item", "link"}:
                allowed |= area(one.x, one.y, one.w, one.h)
        for one in boxes:
            if one.role in {"entry", "password text", "image", "odd"} and not any(b.role == POPUP for b in boxes):
                allowed -= area(one.x, one.y, one.w, one.h)
            if one.role == COVERED:
                allowed -= area(one.x, one.y, one.w, one.h)
        assert shown <= allowed & area(*at)
